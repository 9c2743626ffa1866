//! A conversation as a timeline: its cut, its messages.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::SeparationSide;

/// A conversation that is cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CutView {
    /// The conversation.
    pub conversation_id: String,
    /// The first message after the cut.
    pub message_id: String,
    /// Its position: messages before it are `before`'s.
    pub index: u32,
    /// Whose are the messages before the cut.
    pub before: SeparationSide,
    /// The half of the original contact.
    pub original: HalfView,
    /// The half of the new contact.
    pub new: HalfView,
    /// Which side's half becomes a new conversation.
    pub made_for: SeparationSide,
    /// Ids of the users who are to work on the new conversation; `None` leaves it to the server.
    pub assignees: Option<Vec<String>>,
    /// The status it is to have; `None` leaves it to the server.
    pub status: Option<String>,
}

/// One half of a cut conversation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HalfView {
    /// How many messages.
    pub count: u32,
    /// RFC 3339 time of the first message, where it has one.
    pub first_at: Option<String>,
    /// The beginning of the first message.
    pub first: String,
    /// RFC 3339 time of the last message, where it has one.
    pub last_at: Option<String>,
    /// The beginning of the last message.
    pub last: String,
}

/// Some messages of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MessagePage {
    /// How many there are in all.
    pub total: u32,
    /// Position of the first of `messages`.
    pub from: u32,
    /// The messages, oldest first.
    pub messages: Vec<MessageView>,
}

/// A message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// Its id.
    pub id: String,
    /// RFC 3339.
    pub at: Option<String>,
    /// Whether the contact wrote it; `None` where the server does not say.
    pub inbound: Option<bool>,
    /// The text.
    pub text: String,
}

discreet! {
    HalfView { count }
    MessageView { id, inbound }
}
