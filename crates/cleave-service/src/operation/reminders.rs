//! `GET /api/reminders`: the caller's own reminders that have not fired, the one due first ahead.

use axum::Json;
use serde_json::{Value, json};

use crate::auth::Call;
use crate::db::child::{self, Kind};
use crate::db::document::{self, text};
use crate::http::{Answer, Params};

/// Answers `{success, data}`; with `contactId` those about one contact, and none for one that is not there.
pub(super) async fn handle(call: Call, params: Params) -> Answer {
    let contact = params.id("contactId")?.map(str::to_owned);
    let (organization, caller) = (call.organization(), call.caller.user.clone());
    let mut reminders = call
        .read(move |db| match contact {
            Some(id) => child::of_contact(db, Kind::Reminder, &organization, &id),
            None => {
                let sql = "SELECT doc FROM child WHERE kind = ?1 AND organization_id = ?2";
                document::many(db, sql, [Kind::Reminder.key(), &organization])
            }
        })
        .await?;
    reminders.retain(|reminder| {
        reminder["createdBy"] == caller.as_str() && reminder["fired"] != Value::Bool(true)
    });
    reminders.sort_by(|a, b| text(a, "reminderDate").cmp(text(b, "reminderDate")));
    Ok(Json(json!({"success": true, "data": reminders})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn only_the_callers_own_and_unfired_ones() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        let mine = trial.record("reminders", &id, json!({"createdBy": trial.admin, "fired": false}));
        trial.record("reminders", &id, json!({"createdBy": trial.admin, "fired": true}));
        trial.record("reminders", &id, json!({"createdBy": "another", "fired": false}));
        for path in ["/api/reminders".to_owned(), format!("/api/reminders?contactId={id}")] {
            assert_eq!(trial.get(&path).await.ids("data"), [mine.as_str()], "{path}");
        }
        assert!(trial.get("/api/reminders?contactId=missing").await.ids("data").is_empty());
    }
}
