//! `GET /api/users`: the people of the caller's organisation.

use axum::Json;
use serde_json::json;

use crate::auth::Call;
use crate::db::user;
use crate::http::Answer;

/// Answers `{success, data, total}`.
pub(super) async fn handle(call: Call) -> Answer {
    let organization = call.organization();
    let users = call.read(move |db| user::of_organization(db, &organization)).await?;
    Ok(Json(json!({"success": true, "total": users.len(), "data": users})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    #[tokio::test]
    async fn people_are_listed_without_their_hashes() {
        let trial = Trial::start().await;
        let answer = trial.get("/api/users").await;
        let users = answer.body["data"].as_array().unwrap();
        assert!(users.iter().any(|user| user["accessRole"] == "SALES_REP"));
        assert!(users.iter().all(|user| user["organizationId"] == trial.organization.as_str()));
        assert!(!answer.body.to_string().contains("argon2"));
    }
}
