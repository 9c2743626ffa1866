//! Settings of duplicate detection: what the server has, and a change of them on its way.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Changes, EntryLink, OutboxEntry};

/// The settings as the window shows them.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsView {
    /// The documented configuration as JSON text, every key that the server sent kept; `None` before it was ever read.
    pub current: Option<String>,
    /// Fingerprint of it; sent back with a change.
    pub based_on: String,
    /// RFC 3339 time at which it was read.
    pub read_at: Option<String>,
    /// A change that is not settled.
    pub pending: Option<OutboxEntry>,
    /// The keys that it changes, with what is wanted, as JSON text.
    pub pending_change: Option<String>,
}

/// Asks for a change, or for a look at it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsRequest {
    /// Made by the caller (a UUID): a second call with the same id answers with the first result.
    pub op_id: String,
    /// `basedOn` of the view it was made from.
    pub based_on: String,
    /// The wanted configuration as JSON text, in the documented form: the whole, or the keys to change. Only keys that
    /// differ are sent. A key that is not there stays as it is, or as a change that is not settled wants it.
    pub wanted: String,
    /// Only look: nothing is saved.
    pub dry_run: bool,
}

/// A key that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsChange {
    /// The documented key.
    pub key: String,
    /// What is there, as people read it.
    pub before: String,
    /// What is wanted.
    pub after: String,
}

/// What is wrong with a wanted configuration, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsIssue {
    /// Path of the key, such as `customFields[1].weight`.
    pub field: String,
    /// A sentence.
    pub message: String,
}

/// Answer to a change.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SettingsAnswer {
    /// What is wrong; nothing is saved then.
    pub issues: Vec<SettingsIssue>,
    /// What differs; empty means that there is nothing to save.
    pub changes: Vec<SettingsChange>,
    /// The saved entry; `None` for a dry run.
    pub entry: Option<OutboxEntry>,
    /// The change that is not settled and whose place this one takes. What it changes is part of this one, save the keys
    /// that were given otherwise.
    pub replaces: Option<EntryLink>,
    /// A sentence to be read first: that the change that is replaced was sent and may have been made.
    pub note: Option<String>,
    /// What changed on the screen; `None` for a dry run.
    pub screen: Option<Changes>,
}
