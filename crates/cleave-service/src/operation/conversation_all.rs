//! `POST /api/conversation/all`: the conversations of a contact on one channel.

use axum::Json;
use serde_json::json;

use crate::auth::Call;
use crate::db::conversation;
use crate::http::{Answer, Body, LONGEST_ID, Refusal, bounded};

/// Answers `{conversations}`, none for a contact that is not there. Without `channelType` only `sms`: the trap of the
/// published operation, kept on purpose.
pub(super) async fn handle(call: Call, body: Body) -> Answer {
    let contact = body.text("contactId")?.ok_or_else(|| Refusal::field("contactId", "required"))?;
    let contact = bounded("contactId", contact, LONGEST_ID)?.to_owned();
    let channel = bounded("channelType", body.text("channelType")?.unwrap_or("sms"), 64)?.to_owned();
    let organization = call.organization();
    let conversations = call
        .read(move |db| {
            let found = conversation::of_contact(db, &organization, &contact, Some(&channel))?.into_iter();
            found.map(|one| conversation::populated(db, one)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    Ok(Json(json!({"conversations": conversations})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn one_channel_a_call_and_sms_unless_told() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        let sms = trial.conversation(&id, "sms", &["hi"]);
        let mail = trial.conversation(&id, "email", &["hello"]);
        let path = "/api/conversation/all";
        for (body, expected) in
            [(json!({"contactId": id}), sms), (json!({"contactId": id, "channelType": "email"}), mail)]
        {
            let answer = trial.post(path, &body).await;
            assert_eq!(answer.ids("conversations"), [expected]);
            assert_eq!(answer.body["conversations"][0]["assignees"][0]["_id"], trial.admin.as_str());
        }
        for body in [json!({}), json!({"contactId": 7}), json!({"contactId": id, "channelType": 7})] {
            assert_eq!(trial.post(path, &body).await.status, 400, "{body}");
        }
        assert!(trial.post(path, &json!({"contactId": "missing"})).await.ids("conversations").is_empty());
    }
}
