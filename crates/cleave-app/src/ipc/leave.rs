//! What is still to do when an account is left, or the window closed, and what the person wants done with it.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What is not settled in an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PendingWork {
    /// Decisions that wait to be sent.
    pub waiting: u32,
    /// Decisions on their way now: being checked or sent.
    pub under_way: u32,
    /// Decisions that were sent and whose answer was lost.
    pub uncertain: u32,
    /// Decisions that need a person.
    pub needs_person: u32,
    /// Separations somebody works on and has not decided.
    pub drafts: u32,
    /// Those of the drafts whose last change is not on the disk: it is lost when the window closes now.
    pub unsaved: u32,
    /// Of all these decisions, those that discarding takes back: the server cannot have carried them out, because
    /// nothing was sent, or it answered that it did not.
    pub discardable: u32,
    /// Whether the server can be reached now, so that sending makes sense.
    pub online: bool,
    /// What has to be typed to discard: a word of the account that nobody types by accident.
    pub word: String,
}

/// What becomes of the work when an account is signed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum LeaveHow {
    /// It is sent first; what cannot be sent keeps the account signed in.
    Send,
    /// It stays here, and goes on after signing in again.
    Keep,
    /// What the server cannot have carried out is taken back ([`PendingWork::discardable`]), and drafts are thrown away.
    /// What it may have carried out stays.
    Discard {
        /// The typed word.
        word: String,
    },
}

/// What becomes of the work when the window closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum QuitHow {
    /// What waits for its cancel window is sent first; the window closes when nothing is left that can be sent now.
    Send,
    /// It stays here, and goes on at the next start.
    Keep,
    /// The window stays open.
    Stay,
}

/// A file that was written for the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportedFile {
    /// Where it lies.
    pub path: String,
    /// How many decisions are in it.
    pub entries: u32,
}
