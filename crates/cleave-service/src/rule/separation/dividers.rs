//! Message dividers: where a conversation is cut, and which messages move.
//!
//! Readings: `before_to_original` keeps the messages strictly before the divider message and moves it with all later
//! ones; `before_to_new` moves those strictly before and keeps the rest. One divider a conversation. The conversation
//! keeps its id on the original contact and is assigned `original`, or not at all.

use std::collections::BTreeMap;

use cleave_wire::separate::{DividerDirection, SeparateContactMessageDivider};

use super::Cut;
use crate::http::Refusal;

/// The cuts that the dividers make.
pub(super) fn cuts(
    conversations: &BTreeMap<String, Vec<String>>,
    dividers: &[SeparateContactMessageDivider],
    moved: &[String],
) -> Result<Vec<Cut>, Refusal> {
    let mut cuts: Vec<Cut> = Vec::new();
    for (at, divider) in dividers.iter().enumerate() {
        let refuse = |key: &str, what: &str| Refusal::field(format!("messageDividers[{at}].{key}"), what);
        let Some(messages) = conversations.get(&divider.conversation_id) else {
            return Err(refuse("conversationId", "not a conversation of this contact"));
        };
        if cuts.iter().any(|cut| cut.conversation == divider.conversation_id) {
            return Err(refuse("conversationId", "a conversation takes one divider"));
        }
        if moved.contains(&divider.conversation_id) {
            return Err(refuse("conversationId", "a divided conversation is assigned to original"));
        }
        let Some(place) = messages.iter().position(|id| *id == divider.divider_message_id) else {
            return Err(refuse("dividerMessageId", "not a message of this conversation"));
        };
        if place == 0 {
            return Err(refuse("dividerMessageId", "leaves nothing before the divider"));
        }
        let (before, after) = messages.split_at(place);
        let messages = match divider.direction {
            DividerDirection::BeforeToOriginal => after,
            DividerDirection::BeforeToNew => before,
        };
        cuts.push(Cut {
            conversation: divider.conversation_id.clone(),
            messages: messages.to_vec(),
            assignees: None,
            status: None,
        });
    }
    Ok(cuts)
}
