//! What a separation works on: a contact with everything that hangs on it, as far as it has been read.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::kind::ChildKind;
use super::phones::phone_key;
use super::plan::SeparationPlan;
use crate::contact::Contact;

/// A contact with its child records, documents, and what else a plan is judged against.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// The contact.
    pub contact: Contact,
    /// `misc` of the contact, key by key; `None` where the contact has a `misc` that is no object, which has no slot.
    pub misc: Option<BTreeMap<String, Value>>,
    /// Conversations of all channels.
    pub conversations: Vec<Conversation>,
    /// Applications.
    pub applications: Vec<Child>,
    /// Notes.
    pub notes: Vec<Child>,
    /// Reminders of every user.
    pub reminders: Vec<Child>,
    /// Training snapshots.
    pub training_snapshots: Vec<Child>,
    /// Documents; `None` when they have not been read, and then no split of them is sent.
    pub documents: Option<Vec<Document>>,
    /// Kinds whose list may lack records, because the server did not give it as a whole.
    pub incomplete: BTreeSet<ChildKind>,
    /// Numbers that other contacts of the organisation are known to hold, by [`phone_key`]. See [`Subject::hold`].
    pub held_elsewhere: BTreeSet<String>,
    /// Whether a colleague is at work with the contact.
    pub protection: Option<Protection>,
}

impl Subject {
    /// Notes that another contact of the organisation holds a number.
    pub fn hold(&mut self, number: &str) {
        self.held_elsewhere.insert(phone_key(number));
    }

    /// The records of a kind that are not conversations; none for [`ChildKind::Conversation`].
    pub fn children(&self, kind: ChildKind) -> &[Child] {
        match kind {
            ChildKind::Conversation => &[],
            ChildKind::Application => &self.applications,
            ChildKind::Note => &self.notes,
            ChildKind::Reminder => &self.reminders,
            ChildKind::TrainingSnapshot => &self.training_snapshots,
        }
    }

    /// The ids of every child of a kind, in the order they came.
    pub fn ids(&self, kind: ChildKind) -> impl Iterator<Item = &str> {
        let conversations: &[Conversation] =
            if kind == ChildKind::Conversation { &self.conversations } else { &[] };
        let records = self.children(kind).iter().map(|child| child.id.as_str());
        conversations.iter().map(|conversation| conversation.id.as_str()).chain(records)
    }

    /// A conversation by its id.
    pub fn conversation(&self, id: &str) -> Option<&Conversation> {
        self.conversations.iter().find(|conversation| conversation.id == id)
    }

    /// The subject as it is kept beside a plan for comparing it with what is there later: the messages of conversations
    /// that the plan does not cut become their count, and no text of a message is kept.
    pub fn kept_for(&self, plan: &SeparationPlan) -> Subject {
        let mut kept = self.clone();
        for conversation in &mut kept.conversations {
            conversation.message_count = conversation.count();
            if plan.dividers.contains_key(&conversation.id) {
                conversation.messages.iter_mut().flatten().for_each(|message| message.text = None);
            } else {
                conversation.messages = None;
            }
        }
        kept
    }

    /// The ids of the documents, as far as they are known.
    pub fn document_ids(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().flatten().map(|document| document.id.as_str())
    }
}

/// A conversation.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// The server's opaque id.
    pub id: String,
    /// The channel's word, such as `sms`.
    pub channel_type: Option<String>,
    /// The other side's number or address on that channel.
    pub channel_identifier: Option<String>,
    /// Subject line, for channels that have one.
    pub subject: Option<String>,
    /// Ids of the users who work on it.
    pub assignees: Vec<String>,
    /// The server's word for where it stands, where it has one.
    pub status: Option<String>,
    /// RFC 3339 time of the last message.
    pub last_message_at: Option<String>,
    /// How many messages the server counts; used while they have not been read.
    pub message_count: Option<u64>,
    /// Every message, the oldest first; `None` while they have not been read. See [`Conversation::read`].
    pub messages: Option<Vec<MessageHead>>,
}

impl Conversation {
    /// Takes in all messages of the conversation, in whatever order they came.
    ///
    /// They are put in the order of their instants and, where those are equal, of their ids. A time that does not
    /// parse comes first.
    pub fn read(&mut self, mut messages: Vec<MessageHead>) {
        messages.sort_by_cached_key(|message| {
            let instant = message.created_at.as_deref().and_then(|at| at.parse::<jiff::Timestamp>().ok());
            (instant, message.id.clone())
        });
        self.messages = Some(messages);
    }

    /// How many messages it has: those that were read, else what the server counts.
    pub fn count(&self) -> Option<u64> {
        match &self.messages {
            Some(messages) => u64::try_from(messages.len()).ok(),
            None => self.message_count,
        }
    }
}

/// A message of a conversation.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageHead {
    /// The server's opaque id.
    pub id: String,
    /// RFC 3339.
    pub created_at: Option<String>,
    /// Whether it came from the contact; `None` where the server does not say.
    pub inbound: Option<bool>,
    /// The text.
    pub text: Option<String>,
}

/// A child record other than a conversation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Child {
    /// The server's opaque id.
    pub id: String,
    /// Which kind of record it is.
    pub kind: ChildKind,
    /// What to call it; may be empty.
    pub title: String,
    /// What else a person reads of it; may be empty.
    pub detail: String,
    /// RFC 3339 time that it stands for: when it was made, for a reminder when it is due.
    pub at: Option<String>,
    /// Texts the record carries that may tell whose it is, by the API's names (`customerPhone`, `contactName`).
    pub facts: BTreeMap<String, String>,
}

/// A document of a contact.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The server's opaque id.
    pub id: String,
    /// Name of the file; may be empty.
    pub filename: String,
    /// RFC 3339.
    pub uploaded_at: Option<String>,
}

/// A colleague's claim on the contact.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Protection {
    /// By whom, where the server says so.
    pub owner_name: Option<String>,
    /// Until when, RFC 3339.
    pub until: Option<String>,
}

private_debug!(Subject, Conversation, MessageHead, Child, Document, Protection);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_stand_in_the_order_of_instants_then_ids() {
        let head = |id: &str, at: Option<&str>| MessageHead {
            id: id.into(),
            created_at: at.map(str::to_owned),
            ..MessageHead::default()
        };
        let mut conversation = Conversation { message_count: Some(9), ..Conversation::default() };
        assert_eq!(conversation.count(), Some(9));
        conversation.read(vec![
            head("d", Some("2026-03-01T10:00:00Z")),
            head("b", Some("2026-03-01T10:00:00+01:00")),
            head("c", Some("2026-03-01T09:00:00.000Z")),
            head("a", Some("2026-03-01T09:00:00Z")),
            head("z", Some("yesterday")),
        ]);
        let order: Vec<&str> = conversation.messages.iter().flatten().map(|m| m.id.as_str()).collect();
        // 10:00+01:00 is 09:00Z, too.
        assert_eq!(order, ["z", "a", "b", "c", "d"]);
        assert_eq!(conversation.count(), Some(5));
    }
}
