//! `GET /api/organizations/{organizationId}/contact-fuzzy-merge-settings`: the settings in force.

use axum::Json;
use serde_json::json;

use crate::auth::Admin;
use crate::db::organization;
use crate::http::{Answer, Ids};

/// Answers `{success, data}`. 403 for another organisation, unless the caller is SUPERADMIN.
pub(super) async fn handle(call: Admin, Ids(id): Ids<String>) -> Answer {
    call.reach(&id)?;
    let settings = call.read(move |db| organization::settings(db, &id)).await?;
    Ok(Json(json!({"success": true, "data": settings})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    #[tokio::test]
    async fn settings_are_seen_by_the_organisations_admins() {
        let trial = Trial::start().await;
        let path = format!("/api/organizations/{}/contact-fuzzy-merge-settings", trial.organization);
        let answer = trial.get(&path).await;
        assert_eq!(
            (answer.status, &answer.body["data"]["thresholdPercent"]),
            (200, &serde_json::json!(90.0))
        );
        assert_eq!(trial.superadmin().await.get(&path).await.status, 200);
        assert_eq!(trial.foreign_admin().await.get(&path).await.status, 403);
        assert_eq!(trial.sales_rep().await.get(&path).await.status, 403);
        let nowhere = "/api/organizations/nowhere/contact-fuzzy-merge-settings";
        assert_eq!(trial.superadmin().await.get(nowhere).await.status, 404);
        assert_eq!(trial.get(nowhere).await.status, 403);
    }
}
