//! The messages of a conversation.

use cleave_wire::message::{MessageDto, MessagesRequest, MessagesResponse};
use serde_json::Value;

use crate::api::Api;
use crate::failure::{ReadClass, ReadFailure};
use crate::route::Route;

impl Api {
    /// Every message of a conversation, in the order in which they came.
    ///
    /// # Errors
    /// [`ReadFailure`]; also where the server says that there are more than it answered with, because a conversation
    /// with a part of its messages is not known.
    pub(crate) async fn messages(&self, conversation_id: &str) -> Result<Vec<MessageDto>, ReadFailure> {
        let body = MessagesRequest { conversation_id: conversation_id.to_owned(), ..Default::default() };
        let answer: MessagesResponse = self.ask(Route::Messages, &body).await?;
        let (total, more) = said(&answer.extra);
        let broken = || ReadFailure::new(ReadClass::Broken);
        let messages = answer.into_messages().ok_or_else(broken)?;
        let named = messages.iter().filter_map(|message| message.conversation_id.text());
        if named.into_iter().any(|named| named != conversation_id) {
            return Err(broken());
        }
        let count = u64::try_from(messages.len()).unwrap_or(u64::MAX);
        if more || total.is_some_and(|total| total > count) {
            return Err(broken());
        }
        Ok(messages)
    }
}

/// How many messages the server says there are, and whether it says that more follow. Paging is not documented; these
/// are the words that the other lists have for it.
fn said(answer: &serde_json::Map<String, Value>) -> (Option<u64>, bool) {
    let page = answer.get("pagination");
    let either = |key: &str| answer.get(key).or_else(|| page?.get(key));
    let more = either("hasMore").and_then(Value::as_bool) == Some(true);
    (either("total").and_then(Value::as_u64), more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_part_of_the_messages_is_noticed() {
        let cases = [
            (json!({}), (None, false)),
            (json!({"total": 3}), (Some(3), false)),
            (json!({"pagination": {"total": 9, "hasMore": true}}), (Some(9), true)),
            (json!({"hasMore": true, "total": "many"}), (None, true)),
        ];
        for (answer, expected) in cases {
            assert_eq!(said(answer.as_object().unwrap()), expected, "{answer}");
        }
    }
}
