//! From separation data, and what is read beside it, to what a separation works on.

use std::collections::{BTreeMap, BTreeSet};

use cleave_core::contact::{Contact, text_of};
use cleave_core::separation::{Child, ChildKind, Conversation, Document, MessageHead, Protection, Subject};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::conversation::ConversationDto;
use crate::document::DocumentDto;
use crate::maybe::Maybe;
use crate::message::{MessageDirection, MessageDto};
use crate::protection::ProtectionStatus;
use crate::separation_data::SeparationData;

/// The contact with its children.
///
/// Messages, documents, protection and the numbers of other contacts are not part of separation data: the caller adds
/// them. A kind that is absent is marked incomplete.
pub fn subject(data: &SeparationData) -> Subject {
    let mut incomplete = BTreeSet::new();
    let mut known = |kind, absent: bool| {
        if absent {
            incomplete.insert(kind);
        }
    };
    known(ChildKind::Conversation, data.conversations.value().is_none());
    known(ChildKind::Application, data.applications.value().is_none());
    known(ChildKind::Note, data.contact_notes.value().is_none());
    known(ChildKind::Reminder, data.reminders.value().is_none());
    known(ChildKind::TrainingSnapshot, data.training_snapshots.value().is_none());
    let misc = match data.contact.extra.get("misc") {
        None | Some(Value::Null) => Some(BTreeMap::new()),
        Some(Value::Object(misc)) => {
            Some(misc.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
        }
        Some(_) => None,
    };
    Subject {
        contact: Contact::from(&data.contact),
        misc,
        conversations: data.conversations.items().iter().map(conversation).collect(),
        applications: children(ChildKind::Application, data.applications.items()),
        notes: children(ChildKind::Note, data.contact_notes.items()),
        reminders: children(ChildKind::Reminder, data.reminders.items()),
        training_snapshots: children(ChildKind::TrainingSnapshot, data.training_snapshots.items()),
        incomplete,
        ..Subject::default()
    }
}

/// Messages as a conversation takes them in ([`Conversation::read`]).
pub fn messages(list: &[MessageDto]) -> Vec<MessageHead> {
    let head = |message: &MessageDto| MessageHead {
        id: message.id.clone(),
        created_at: owned(&message.created_at),
        inbound: match message.direction.value() {
            Some(MessageDirection::Inbound) => Some(true),
            Some(MessageDirection::Outbound) => Some(false),
            _ => None,
        },
        text: message.text().map(str::to_owned),
    };
    list.iter().map(head).collect()
}

/// Documents, without their short-lived addresses.
pub fn documents(list: &[DocumentDto]) -> Vec<Document> {
    let one = |document: &DocumentDto| Document {
        id: document.id.clone(),
        filename: owned(&document.filename).unwrap_or_default(),
        uploaded_at: owned(&document.uploaded_at),
    };
    list.iter().map(one).collect()
}

/// A colleague's claim; `None` where there is none.
pub fn protection(status: &ProtectionStatus) -> Option<Protection> {
    (status.is_protected.value() == Some(&true))
        .then(|| Protection { owner_name: owned(&status.owner_name), until: owned(&status.protected_until) })
}

fn owned(text: &Maybe<String>) -> Option<String> {
    text.text().map(str::to_owned)
}

fn conversation(dto: &ConversationDto) -> Conversation {
    Conversation {
        id: dto.id.clone(),
        channel_type: dto.channel_type.value().map(|channel| channel.as_str().to_owned()),
        channel_identifier: owned(&dto.channel_identifier),
        subject: owned(&dto.subject),
        assignees: dto.assignees.items().iter().filter_map(|user| user.id()).map(str::to_owned).collect(),
        status: dto.extra.get("status").and_then(Value::as_str).map(str::to_owned),
        last_message_at: owned(&dto.last_message_time),
        message_count: dto.message_count.count(),
        messages: None,
    }
}

/// Children of one kind, read from their documents.
fn children<T: Serialize>(kind: ChildKind, list: &[T]) -> Vec<Child> {
    let documents = list.iter().filter_map(|record| match serde_json::to_value(record) {
        Ok(Value::Object(document)) => Some(document),
        // A record always is an object.
        _ => None,
    });
    documents.map(|document| child(kind, &document)).collect()
}

/// Which texts of a kind name it, tell about it, date it, and may tell whose it is; the first that is there counts.
fn child(kind: ChildKind, document: &Map<String, Value>) -> Child {
    let (title, detail, at): (&[&str], &[&str], &[&str]) = match kind {
        ChildKind::Conversation => (&["subject"], &["channelIdentifier"], &["lastMessageTime"]),
        ChildKind::Application => (&["title"], &["status"], &["createdAt"]),
        ChildKind::Note => (&["note"], &[], &["createdAt"]),
        ChildKind::Reminder => (&["note"], &["channelType"], &["reminderDate", "createdAt"]),
        ChildKind::TrainingSnapshot => (&["category"], &["notes"], &["snapshotDate", "createdAt"]),
    };
    let first = |keys: &[&str]| keys.iter().find_map(|key| document.get(*key).and_then(text_of));
    let facts =
        FACTS.iter().filter_map(|key| Some(((*key).to_owned(), document.get(*key).and_then(text_of)?)));
    Child {
        id: document.get("_id").and_then(Value::as_str).unwrap_or_default().to_owned(),
        kind,
        title: first(title).unwrap_or_default(),
        detail: first(detail).unwrap_or_default(),
        at: first(at),
        facts: facts.collect(),
    }
}

/// Fields of child records that may tell whose they are.
const FACTS: [&str; 9] = [
    "applicantName",
    "contactName",
    "createdBy",
    "customerEmail",
    "customerName",
    "customerPhone",
    "email",
    "phoneNumber",
    "userId",
];
