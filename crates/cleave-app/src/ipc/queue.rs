//! The queue: a page of reviews, read from the local cache.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Why the server filed a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReviewKindView {
    /// The two resemble each other.
    FuzzyMatch,
    /// One phone number would belong to both.
    PhoneConflict,
    /// A kind this version does not know.
    Other,
}

/// What this machine knows about the review beyond the server's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LocalState {
    /// Nobody has decided here.
    Open,
    /// Decided here, waiting or on its way.
    Queued,
    /// Decided here and done.
    Done,
    /// Decided here; a person has to look.
    NeedsYou,
}

/// One review in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QueueRow {
    /// The review's id.
    pub review_id: String,
    /// Id of the source contact.
    pub source_id: String,
    /// Id of the candidate contact.
    pub candidate_id: String,
    /// Name of the source.
    pub source_name: String,
    /// Name of the candidate.
    pub candidate_name: String,
    /// Why it was filed.
    pub kind: ReviewKindView,
    /// Percent, 0 to 100; `None` where the server gave no score.
    pub score: Option<f64>,
    /// Paths of the fields in which the two differ, in reading order.
    pub differing: Vec<String>,
    /// RFC 3339 time at which it was filed.
    pub created_at: Option<String>,
    /// What this machine knows.
    pub local: LocalState,
    /// Whether everything it shows is stored here, so that it can be decided without a network.
    pub here: bool,
}

/// What to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum QueueFilter {
    /// Everything that waits for a decision.
    #[default]
    Open,
    /// Phone conflicts that wait for a decision.
    PhoneConflicts,
    /// Fuzzy matches that wait for a decision.
    FuzzyMatches,
    /// Decided here and not settled.
    Decided,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum QueueSort {
    /// Most alike first.
    #[default]
    ScoreDown,
    /// Least alike first.
    ScoreUp,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
}

/// Asks for a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QueueRequest {
    /// What to show.
    pub filter: QueueFilter,
    /// In which order.
    pub sort: QueueSort,
    /// Words that must occur in a name, e-mail address or phone number of either contact; empty for all.
    pub search: String,
    /// Rows to skip.
    pub offset: u32,
    /// Rows to answer with, 1 to 500.
    pub limit: u32,
}

/// A page of the queue.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct QueuePage {
    /// The rows, in the order asked for.
    pub rows: Vec<QueueRow>,
    /// How many rows there are in all pages.
    pub total: u32,
    /// Revision the page was read at.
    pub revision: u32,
}
