//! Conversations that are cut, with both halves.

use cleave_core::readings;
use cleave_core::separation::{Conversation, MessageHead, SeparationPlan, Subject, Target};

use super::side::side;
use crate::ipc::{CutView, HalfView};
use crate::view::children::one_line;

/// Every cut whose message is there, in the order of the conversations.
pub(super) fn cuts(subject: &Subject, plan: &SeparationPlan) -> Vec<CutView> {
    if plan.dividers.is_empty() {
        return Vec::new();
    }
    subject.conversations.iter().filter_map(|conversation| cut(conversation, plan)).collect()
}

fn cut(conversation: &Conversation, plan: &SeparationPlan) -> Option<CutView> {
    let divider = plan.dividers.get(&conversation.id)?;
    let messages = conversation.messages.as_deref()?;
    let at = messages.iter().position(|message| message.id == divider.message_id)?;
    let index = if readings::DIVIDER_MESSAGE_IS_AFTER { at } else { at + 1 };
    let (before, after) = messages.split_at_checked(index)?;
    let (original, new) = match divider.direction.before() {
        Target::Original => (before, after),
        Target::New => (after, before),
    };
    let meta = plan.meta.get(&conversation.id).cloned().unwrap_or_default();
    Some(CutView {
        conversation_id: conversation.id.clone(),
        message_id: divider.message_id.clone(),
        index: u32::try_from(index).unwrap_or(u32::MAX),
        before: side(divider.direction.before()),
        original: half(original),
        new: half(new),
        made_for: side(readings::CUT_KEEPS_ID_ON.other()),
        assignees: meta.assignees,
        status: meta.status,
    })
}

fn half(messages: &[MessageHead]) -> HalfView {
    let text = |message: Option<&MessageHead>| {
        one_line(message.and_then(|message| message.text.as_deref()).unwrap_or_default())
    };
    let at = |message: Option<&MessageHead>| message.and_then(|message| message.created_at.clone());
    let (first, last) = (messages.first(), messages.last());
    HalfView {
        count: u32::try_from(messages.len()).unwrap_or(u32::MAX),
        first_at: at(first),
        first: text(first),
        last_at: at(last),
        last: text(last),
    }
}
