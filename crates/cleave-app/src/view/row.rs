//! A line of the queue.

use cleave_core::review::ReviewKind;
use cleave_store::{Local, QueueRow as StoredRow};

use crate::ipc::{LocalState, QueueRow, ReviewKindView};

/// The stored row, for the window.
pub(crate) fn row(stored: StoredRow) -> QueueRow {
    QueueRow {
        review_id: stored.review_id,
        source_id: stored.source_id,
        candidate_id: stored.candidate_id,
        source_name: stored.source_name,
        candidate_name: stored.candidate_name,
        kind: kind(&stored.kind),
        score: stored.score,
        differing: stored.differing,
        created_at: stored.created_at,
        local: local(stored.local),
        here: stored.here,
    }
}

/// Names of the pair as titles and lists show it where the two are two.
pub(crate) fn pair(source: &str, candidate: &str) -> String {
    format!("{source} and {candidate}")
}

/// Names of the pair where one goes into the other. The arrow says "into" and stands nowhere else.
pub(crate) fn into(source: &str, candidate: &str) -> String {
    format!("{source} → {candidate}")
}

/// Why a review was filed.
pub(crate) fn kind(kind: &ReviewKind) -> ReviewKindView {
    match kind {
        ReviewKind::FuzzyMatch => ReviewKindView::FuzzyMatch,
        ReviewKind::PhoneConflict => ReviewKindView::PhoneConflict,
        ReviewKind::Other(_) => ReviewKindView::Other,
    }
}

fn local(local: Local) -> LocalState {
    match local {
        Local::Open => LocalState::Open,
        Local::Queued => LocalState::Queued,
        Local::Done => LocalState::Done,
        Local::NeedsYou => LocalState::NeedsYou,
    }
}
