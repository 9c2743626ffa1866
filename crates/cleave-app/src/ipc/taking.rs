//! Taking reviews along: everything they show, stored here, so that they can be decided without a network.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{QueueFilter, QueueSort};

/// Which reviews to take along: the first `count` of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakeRequest {
    /// How many, 1 to 5,000.
    pub count: u32,
    /// Of which list.
    pub filter: QueueFilter,
    /// In which order.
    pub sort: QueueSort,
    /// Words of a search; empty for all.
    pub search: String,
    /// Whether the messages of both contacts' conversations are taken too.
    pub messages: bool,
}

/// What taking along would mean, as far as it can be told before.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakeSize {
    /// Reviews in the list, at most the number asked for.
    pub reviews: u32,
    /// Those of them that are here in full already.
    pub here: u32,
    /// Bytes on this disk that it would take, by what reviews here took so far; `None` while there is nothing to go by.
    pub bytes: Option<f64>,
}

/// How far taking along is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TakingView {
    /// Reviews that are here in full.
    pub done: u32,
    /// Reviews to take.
    pub total: u32,
    /// Reviews of which something could not be read; they are left out, and tried again at the next taking.
    pub failed: u32,
    /// Bytes stored so far.
    pub bytes: f64,
    /// Whether it goes on; otherwise this is how it ended.
    pub running: bool,
    /// Why it ended early, or what was left out, in a sentence.
    pub ended: Option<String>,
}
