//! What was decided and settled: prediction beside receipt.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::OutboxEntry;

/// A page of the history.
#[derive(Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryRequest {
    /// Words of a title; empty for all.
    pub text: String,
    /// Only one kind (`merge`, `keep-separate`, `separate`); `None` for all.
    pub kind: Option<String>,
    /// Only those in which the server did something else than predicted.
    pub different: bool,
    /// `next` of the page before; `None` for the first.
    pub after: Option<String>,
    /// At most so many, 1 to 200.
    pub limit: u32,
}

/// What is looked for may be personal data: it is not printed.
impl std::fmt::Debug for HistoryRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HistoryRequest(limit {})", self.limit)
    }
}

/// Settled entries, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// The entries.
    pub entries: Vec<OutboxEntry>,
    /// Goes into `after` for the next page; `None` on the last.
    pub next: Option<String>,
}
