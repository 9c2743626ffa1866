//! `POST /api/conversation/all`: the conversations of a contact on one channel.

use axum::Json;
use serde_json::{Value, json};

use crate::auth::Call;
use crate::db::conversation;
use crate::http::{Answer, Body, Refusal, bounded, checked_id};

/// Answers `{conversations}`, none for a contact that is not there. Without `channelType` only `sms`: the trap of the published operation, kept on purpose.
pub(super) async fn handle(call: Call, body: Body) -> Answer {
    let request = body.required()?;
    let contact = match request.get("contactId") {
        Some(Value::String(id)) => checked_id("contactId", id)?.to_owned(),
        Some(_) => return Err(Refusal::field("contactId", "must be a string")),
        None => return Err(Refusal::field("contactId", "required")),
    };
    let channel = match request.get("channelType") {
        None => "sms".to_owned(),
        Some(Value::String(channel)) => bounded("channelType", channel, 64)?.to_owned(),
        Some(_) => return Err(Refusal::field("channelType", "must be a string")),
    };
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
