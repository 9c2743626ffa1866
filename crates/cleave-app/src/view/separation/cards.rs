//! Child records as cards.

use cleave_core::normalise::phone_display;
use cleave_core::separation::{Child, ChildKind, Conversation, Subject};

use super::side::kind_view;
use crate::ipc::ChildCard;
use crate::view::children::{channel_name, one_line};
use crate::view::names::Names;

/// Every child record, conversations first, in each kind the newest first.
pub(crate) fn cards(subject: &Subject, names: &Names) -> Vec<ChildCard> {
    let mut all: Vec<ChildCard> = subject.conversations.iter().map(conversation).collect();
    newest_first(&mut all);
    for kind in ChildKind::ALL {
        let mut of_kind: Vec<ChildCard> =
            subject.children(kind).iter().map(|child| record(child, names)).collect();
        newest_first(&mut of_kind);
        all.append(&mut of_kind);
    }
    all
}

/// Times of one server have one form, so their texts sort as they do; those without a time come last.
fn newest_first(cards: &mut [ChildCard]) {
    cards.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
}

/// What a conversation is called: channel and number, or its subject.
pub(crate) fn title(conversation: &Conversation) -> String {
    let channel = conversation.channel_type.as_deref().map_or("Conversation", channel_name);
    let with = conversation.channel_identifier.as_deref().map(phone_display).unwrap_or_default();
    let subject = conversation.subject.as_deref().filter(|subject| !subject.trim().is_empty());
    let title =
        subject.map_or_else(|| format!("{channel} {with}"), |subject| format!("{channel}: {subject}"));
    one_line(title.trim())
}

fn conversation(conversation: &Conversation) -> ChildCard {
    let last = conversation.messages.iter().flatten().next_back();
    let detail = last.and_then(|message| message.text.as_deref()).unwrap_or_default();
    let last_at = last.and_then(|message| message.created_at.clone());
    ChildCard {
        kind: kind_view(ChildKind::Conversation),
        id: conversation.id.clone(),
        title: title(conversation),
        detail: one_line(detail),
        channel: conversation.channel_type.clone(),
        messages: conversation.count().map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
        readable: conversation.messages.is_some(),
        at: conversation.last_message_at.clone().or(last_at),
    }
}

fn record(child: &Child, names: &Names) -> ChildCard {
    let fact = |keys: &[&str]| keys.iter().find_map(|key| child.facts.get(*key));
    let about = fact(&["applicantName", "contactName", "customerName"]).cloned();
    let by = fact(&["userId", "createdBy"]).map(|by| format!("by {}", names.read(by)));
    let detail = Some(child.detail.clone()).filter(|detail| !detail.trim().is_empty());
    let parts: Vec<String> = about.into_iter().chain(detail).chain(by).collect();
    ChildCard {
        kind: kind_view(child.kind),
        id: child.id.clone(),
        title: record_title(child),
        detail: one_line(&parts.join(" · ")),
        channel: None,
        messages: None,
        readable: false,
        at: child.at.clone(),
    }
}

/// What a record other than a conversation is called.
pub(crate) fn record_title(child: &Child) -> String {
    let title = one_line(&child.title);
    if title.is_empty() { child.id.clone() } else { title }
}
