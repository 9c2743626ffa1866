//! How far the local files can be used.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Whether decisions can be saved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FilesView {
    /// Why nothing can be saved now, in a sentence; `None` where it can.
    pub read_only: Option<String>,
    /// Whether trying again may help: another process has the files, and may have ended.
    pub can_try_again: bool,
    /// The account whose outbox is damaged, where it is the one that would be in use. Nothing of it is open then.
    pub damaged: Option<DamagedView>,
}

/// An outbox that cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DamagedView {
    /// Whose it is.
    pub account_id: String,
    /// Person and server, for people.
    pub title: String,
}

/// What was carried over from a damaged outbox.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SalvagedView {
    /// Decisions that were read.
    pub entries: u32,
    /// Drafts that were read.
    pub drafts: u32,
    /// Rows of any kind that could not be read.
    pub lost_rows: u32,
    /// Decisions that wait for the person, because what was lost might say that they were sent.
    pub needs_person: u32,
    /// Name of the file that the damaged outbox is kept under, in the account's folder.
    pub kept_as: String,
}
