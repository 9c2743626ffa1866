//! `GET /api/conversation/{conversationId}/messages` and `POST /api/conversation/messages`: all messages, the oldest
//! first.

use axum::Json;
use cleave_wire::message::MessagesRequest;
use serde_json::json;

use crate::auth::Call;
use crate::db::conversation;
use crate::http::{Answer, Body, Ids, LONGEST_ID, bounded};

/// Answers `{success, messages, total}` for the conversation in the path.
pub(super) async fn by_path(call: Call, Ids(id): Ids<String>) -> Answer {
    answer(&call, id).await
}

/// The same for the conversation in the body.
pub(super) async fn by_body(call: Call, body: Body) -> Answer {
    let request: MessagesRequest = body.decode()?;
    bounded("conversationId", &request.conversation_id, LONGEST_ID)?;
    answer(&call, request.conversation_id).await
}

async fn answer(call: &Call, id: String) -> Answer {
    let organization = call.organization();
    let messages = call
        .read(move |db| {
            conversation::found(db, &organization, &id)?;
            conversation::messages(db, &id)
        })
        .await?;
    Ok(Json(json!({"success": true, "total": messages.len(), "messages": messages})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn both_ways_give_all_messages_in_order() {
        let trial = Trial::start().await;
        let id = trial.contact(json!({"firstName": "Ann"}));
        let thread = trial.conversation(&id, "sms", &["one", "two", "three"]);
        let by_path = trial.get(&format!("/api/conversation/{thread}/messages")).await;
        let by_body = trial.post("/api/conversation/messages", &json!({"conversationId": thread})).await;
        assert_eq!(by_path.body, by_body.body);
        let texts: Vec<_> =
            by_path.body["messages"].as_array().unwrap().iter().map(|m| m["content"].clone()).collect();
        assert_eq!(texts, ["one", "two", "three"]);
        assert_eq!(trial.get("/api/conversation/missing/messages").await.status, 404);
        assert_eq!(trial.post("/api/conversation/messages", &json!({})).await.status, 400);
    }
}
