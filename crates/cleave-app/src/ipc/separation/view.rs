//! What the editor opens with: the contact, its records, and what changed since the draft was made.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ChildRef, SeparationState};
use crate::ipc::{ChildKind, OutboxEntry, ProtectionView};

/// What the editor opens with.
#[derive(Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparationView {
    /// The contact.
    pub contact_id: String,
    /// Its name as it is now.
    pub name: String,
    /// RFC 3339 time at which its records were last read from the server; `None` if they never were.
    pub read_at: Option<String>,
    /// Every child record, conversations first, in each kind the newest first.
    pub cards: Vec<ChildCard>,
    /// Set while a colleague is at work with the contact.
    pub protection: Option<ProtectionView>,
    /// What changed on the server underneath the draft since it was last looked at; empty for a new draft.
    pub drift: Vec<DriftView>,
    /// Whether this goes on with a draft of earlier.
    pub resumed: bool,
    /// The decision this draft was taken from again, if it was refused, contradicted or is still waiting.
    pub entry: Option<OutboxEntry>,
    /// People who can be assigned.
    pub users: Vec<Choice>,
    /// Words for the status of a conversation that were met so far.
    pub statuses: Vec<String>,
    /// Everything that changes with the plan.
    pub state: SeparationState,
}

/// An id and what to call it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// The id.
    pub id: String,
    /// What to call it.
    pub label: String,
}

/// A child record as a card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildCard {
    /// Its kind.
    pub kind: ChildKind,
    /// Its id.
    pub id: String,
    /// What it is, in one line.
    pub title: String,
    /// A second line; empty where there is none.
    pub detail: String,
    /// The channel's word, for conversations (`sms`).
    pub channel: Option<String>,
    /// Messages in it, for conversations, as far as known.
    pub messages: Option<u32>,
    /// Whether its messages are here, so that it can be opened and cut.
    pub readable: bool,
    /// RFC 3339 time of the last thing that happened in it.
    pub at: Option<String>,
}

/// One thing that changed underneath a draft.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DriftView {
    /// What changed, in words.
    pub message: String,
    /// The child record it is about, if it is about one that is there.
    pub child: Option<ChildRef>,
    /// The line it is about, if it is about one.
    pub path: Option<String>,
}

discreet! {
    SeparationView { contact_id, read_at, resumed, state }
    Choice { id }
    ChildCard { kind, id, messages, readable }
    DriftView { child, path }
}
