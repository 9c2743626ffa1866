//! Deciding: the last sheet, and what became of it.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::SeparationSide;
use crate::ipc::{Changes, OutboxEntry};

/// The separation for real, or a last look at it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparateRequest {
    /// Made by the caller (a UUID): a second call with the same id answers with the first result.
    pub op_id: String,
    /// The contact.
    pub contact_id: String,
    /// `revision` of the state the admin decided from.
    pub revision: u32,
    /// Only look: nothing is saved.
    pub dry_run: bool,
}

/// The last sheet: what will happen, in words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparationSheet {
    /// Names of both contacts afterwards.
    pub title: String,
    /// What will happen, a sentence each.
    pub happens: Vec<String>,
    /// What cannot be taken back afterwards, a sentence each.
    pub irrevocable: Vec<String>,
    /// What the admin should know before, a sentence each.
    pub warnings: Vec<String>,
}

/// Answer to a separation.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparateAnswer {
    /// What it does.
    pub sheet: SeparationSheet,
    /// The saved entry; `None` for a dry run, or where it was saved and could not be read back.
    pub entry: Option<OutboxEntry>,
    /// What changed on the screen; `None` for a dry run, or where that could not be read back.
    pub changes: Option<Changes>,
}

/// Plan beside receipt: what was predicted and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
    /// The contact that the separation made, where it is known.
    pub new_contact_id: Option<String>,
    /// The counters of the answer, then both contacts as they were read again.
    pub rows: Vec<ReceiptRow>,
    /// Whether all of them are as predicted.
    pub as_predicted: bool,
    /// Whether both contacts were read again.
    pub was_read: bool,
}

/// One prediction and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptRow {
    /// What it is.
    pub label: String,
    /// Whose; `None` for a counter of the answer.
    pub side: Option<SeparationSide>,
    /// What the plan said; empty is nothing.
    pub predicted: String,
    /// What the server shows; empty is nothing.
    pub actual: String,
    /// Whether they are the same.
    pub same: bool,
}

discreet! {
    SeparationSheet {}
}
