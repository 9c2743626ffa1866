//! Deciding: one call for the preview and for real.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Changes, MergePreview, OutboxEntry, SideName};

/// A decision, or a look at what it would do.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DecideRequest {
    /// Made by the caller (a UUID): a second call with the same id answers with the first result.
    pub op_id: String,
    /// The review.
    pub review_id: String,
    /// `basedOn` of the view the admin decided from.
    pub based_on: String,
    /// What is decided.
    pub decision: DecisionInput,
    /// Only look: nothing is saved.
    pub dry_run: bool,
}

/// A note may hold personal data: only the ids are printed.
impl std::fmt::Debug for DecideRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DecideRequest({} on {}, dry run: {})", self.op_id, self.review_id, self.dry_run)
    }
}

/// What is decided.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DecisionInput {
    /// Merge the source into the candidate.
    Merge {
        /// The admin's own picks; every other field follows the defaults of the preview.
        picks: Vec<FieldPick>,
        /// A note for the record.
        note: Option<String>,
    },
    /// Keep the two separate.
    KeepSeparate {
        /// Why.
        note: Option<String>,
    },
}

/// A note may hold personal data: only the kind is printed.
impl std::fmt::Debug for DecisionInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            DecisionInput::Merge { .. } => "DecisionInput(merge)",
            DecisionInput::KeepSeparate { .. } => "DecisionInput(keep-separate)",
        })
    }
}

/// One pick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldPick {
    /// Dotted path.
    pub path: String,
    /// Whose value survives.
    pub side: SideName,
}

/// Answer to a decision.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DecideAnswer {
    /// What it does, for a merge.
    pub preview: Option<MergePreview>,
    /// The saved entry; `None` for a dry run, or where it was saved and could not be read back.
    pub entry: Option<OutboxEntry>,
    /// What changed on the screen; `None` for a dry run, or where that could not be read back.
    pub changes: Option<Changes>,
}
