//! `GET /api/contacts/{id}/separation-data`: a contact with all of its child records.

use axum::Json;
use serde_json::{Value, json};

use crate::auth::Admin;
use crate::db::child::{self, Kind};
use crate::db::document::text;
use crate::db::{contact, conversation, user};
use crate::http::{Answer, Ids};

/// Answers `{success, data: {contact, conversations, applications, contactNotes, reminders, trainingSnapshots}}`:
/// conversations of every channel, reminders of everybody, fired ones too.
pub(super) async fn handle(call: Admin, Ids(id): Ids<String>) -> Answer {
    let organization = call.organization();
    let data = call
        .read(move |db| {
            let mut data = json!({"contact": contact::found(db, &organization, &id)?});
            let conversations = conversation::of_contact(db, &organization, &id, None)?.into_iter();
            let conversations = conversations.map(|one| conversation::populated(db, one));
            data["conversations"] = Value::Array(conversations.collect::<Result<_, _>>()?);
            for kind in Kind::ASSIGNED {
                let mut records = child::of_contact(db, kind, &organization, &id)?;
                if kind == Kind::Note {
                    for note in &mut records {
                        note["userId"] = user::reference(db, text(note, "userId"))?;
                    }
                }
                data[kind.key()] = Value::Array(records);
            }
            Ok(data)
        })
        .await?;
    Ok(Json(json!({"success": true, "data": data})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn every_kind_and_channel_is_there() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        for channel in ["sms", "email"] {
            trial.conversation(&id, channel, &["hello"]);
        }
        for kind in ["applications", "contactNotes", "reminders", "trainingSnapshots"] {
            trial.record(kind, &id, json!({"userId": trial.admin, "createdBy": "another", "fired": true}));
        }
        let data = trial.separation_data(&id).await;
        assert_eq!(data["conversations"].as_array().unwrap().len(), 2);
        for kind in ["applications", "contactNotes", "reminders", "trainingSnapshots"] {
            assert_eq!(data[kind].as_array().unwrap().len(), 1, "{kind}");
        }
        let path = format!("/api/contacts/{id}/separation-data");
        assert_eq!(trial.sales_rep().await.get(&path).await.status, 403);
        assert_eq!(trial.foreign_admin().await.get(&path).await.status, 404);
    }
}
