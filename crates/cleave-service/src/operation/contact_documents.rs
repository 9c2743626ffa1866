//! `GET /api/contacts/{contactId}/documents`: the files of a contact.

use axum::Json;
use serde_json::json;

use crate::auth::Call;
use crate::db::child::{self, Kind};
use crate::db::document::text;
use crate::db::{contact, user};
use crate::http::{Answer, Ids};

/// How long a signed address is said to be good for, in milliseconds.
const SIGNED_FOR: i64 = 5 * 60 * 1000;

/// Answers `{success, data}`. The service keeps no files: a signed address has the form of one and leads nowhere.
pub(super) async fn handle(call: Call, Ids(id): Ids<String>) -> Answer {
    let organization = call.organization();
    let until = call.state.clock.millis() + SIGNED_FOR;
    let documents = call
        .read(move |db| {
            contact::found(db, &organization, &id)?;
            let mut documents = child::of_contact(db, Kind::Document, &organization, &id)?;
            for document in &mut documents {
                let address =
                    format!("https://files.example.com/{}?expires={until}", text(document, "storageKey"));
                document["signedUrl"] = json!(address);
                document["uploadedBy"] = user::reference(db, text(document, "uploadedBy"))?;
            }
            Ok(documents)
        })
        .await?;
    Ok(Json(json!({"success": true, "data": documents})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn files_are_listed_with_a_short_lived_address() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        trial.record(
            "documents",
            &id,
            json!({"filename": "offer.pdf", "storageKey": "k1", "uploadedBy": trial.admin}),
        );
        let answer = trial.get(&format!("/api/contacts/{id}/documents")).await;
        let file = &answer.body["data"][0];
        assert_eq!(file["filename"], "offer.pdf");
        assert!(file["signedUrl"].as_str().unwrap().starts_with("https://files.example.com/k1?expires="));
        assert_eq!(file["uploadedBy"]["_id"], trial.admin.as_str());
        assert_eq!(trial.get("/api/contacts/nobody/documents").await.status, 404);
    }
}
