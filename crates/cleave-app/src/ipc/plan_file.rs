//! A separation from a file, and what it is decided on, for commands.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{SeparateAnswer, SeparationSheet, SeparationState};

/// Everything that the separation of a contact is decided on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeparationRecords {
    /// The contact with its child records, as the contract's separation data has them.
    pub data: Value,
    /// Its documents, without the addresses that open them; `None` where they could not be read.
    pub documents: Option<Vec<Value>>,
    /// How many messages of each conversation are here, by the conversation's id.
    pub messages: std::collections::BTreeMap<String, u32>,
    /// Conversations whose messages are not here.
    pub unread: Vec<String>,
    /// Kinds of which records may be missing, by their keys in `data`.
    pub incomplete: Vec<String>,
    /// RFC 3339 time at which the records were last read; `None` if they never were.
    pub read_at: Option<String>,
}

/// What a plan from a file would do, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedSeparation {
    /// What it does, in words.
    pub sheet: SeparationSheet,
    /// Both contacts, the place of every record, and every problem at its place.
    pub state: SeparationState,
}

/// Answer to a separation from a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SeparatedByPlan {
    /// What the plan does; `None` where the decision was saved before, by another call with the same id.
    pub planned: Option<PlannedSeparation>,
    /// What was saved; `None` for a dry run, or where the plan cannot be sent.
    pub answer: Option<SeparateAnswer>,
}
