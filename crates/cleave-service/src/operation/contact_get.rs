//! `GET /api/contacts/{id}`: one contact.

use axum::Json;
use serde_json::json;

use crate::auth::Call;
use crate::db::contact;
use crate::http::{Answer, Ids};

/// Answers `{success, data}`, or 404 for a contact that is not there, was merged away or is another organisation's.
pub(super) async fn handle(call: Call, Ids(id): Ids<String>) -> Answer {
    let organization = call.organization();
    let contact = call.read(move |db| contact::found(db, &organization, &id)).await?;
    Ok(Json(json!({"success": true, "data": contact})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn a_contact_is_seen_by_its_own_organisation_only() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann", "misc": {"kept": [1, {"deep": null}]}}));
        let answer = trial.get(&format!("/api/contacts/{id}")).await;
        assert_eq!(answer.body["data"]["misc"], json!({"kept": [1, {"deep": null}]}));
        let theirs = trial.foreign_contact();
        assert_eq!(trial.get(&format!("/api/contacts/{theirs}")).await.status, 404);
        assert_eq!(trial.get("/api/contacts/000000000000000000000000").await.status, 404);
        assert_eq!(trial.get("/api/contacts/%00").await.status, 404);
        assert_eq!(trial.get("/api/contacts/%ff").await.status, 400);
        assert_eq!(trial.anonymous().get(&format!("/api/contacts/{id}")).await.status, 401);
        assert_eq!(trial.sales_rep().await.get(&format!("/api/contacts/{id}")).await.status, 200);
    }
}
