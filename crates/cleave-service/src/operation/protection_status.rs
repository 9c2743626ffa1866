//! `GET /api/contacts/{id}/protection-status`: whether a colleague is at work with a contact.

use axum::Json;
use serde_json::{Value, json};

use crate::auth::Call;
use crate::clock::millis_of;
use crate::db::contact;
use crate::db::document::{self, text};
use crate::http::{Answer, Ids};

/// Answers `{success, data: {isProtected, protectedUntil, ownerName, ownerLastMessageAt}}`. A protection that is over
/// counts as none.
pub(super) async fn handle(call: Call, Ids(id): Ids<String>) -> Answer {
    let organization = call.organization();
    let now = call.state.clock.millis();
    let stored = call
        .read(move |db| {
            contact::found(db, &organization, &id)?;
            document::one(db, "SELECT doc FROM protection WHERE contact_id = ?1", [&id])
        })
        .await?;
    let mut data = stored
        .unwrap_or_else(|| json!({"protectedUntil": null, "ownerName": null, "ownerLastMessageAt": null}));
    let protected = millis_of(text(&data, "protectedUntil")).is_some_and(|until| until > now);
    if !protected {
        data["protectedUntil"] = Value::Null;
    }
    data["isProtected"] = json!(protected);
    Ok(Json(json!({"success": true, "data": data})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;
    use std::time::Duration;

    #[tokio::test]
    async fn a_protection_ends_by_itself() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        let path = format!("/api/contacts/{id}/protection-status");
        assert_eq!(trial.get(&path).await.body["data"]["isProtected"], false);
        trial.protect(&id, Duration::from_secs(60));
        assert_eq!(trial.get(&path).await.body["data"]["isProtected"], true);
        trial.clock.advance(Duration::from_secs(61));
        assert_eq!(trial.get(&path).await.body["data"]["isProtected"], false);
    }
}
