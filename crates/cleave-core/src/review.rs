//! A review: the server's suspicion that a source and a candidate are one person.

use serde_json::Value;

use crate::contact::Contact;
use crate::score::Score;

/// Why the server filed the review (`reviewSource`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewKind {
    /// The two resemble each other.
    FuzzyMatch,
    /// They differ, but one phone number would belong to both.
    PhoneConflict,
    /// A word this version does not know, shown as it is.
    Other(String),
}

impl ReviewKind {
    /// Reads the API's word; an unknown one is kept.
    pub fn from_word(word: &str) -> Self {
        match word {
            "fuzzy_match" => ReviewKind::FuzzyMatch,
            "phone_conflict" => ReviewKind::PhoneConflict,
            other => ReviewKind::Other(other.to_owned()),
        }
    }

    /// The API's word.
    pub fn as_word(&self) -> &str {
        match self {
            ReviewKind::FuzzyMatch => "fuzzy_match",
            ReviewKind::PhoneConflict => "phone_conflict",
            ReviewKind::Other(word) => word,
        }
    }
}

/// Where the review stands on the server (`status`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewStatus {
    /// Waiting for an admin.
    NeedsReview,
    /// Resolved: the source went into the candidate.
    Merged,
    /// Resolved: the pair stays two contacts and is not suggested again.
    KeptSeparate,
    /// A word this version does not know, or none at all (empty).
    Other(String),
}

impl ReviewStatus {
    /// Reads the API's word; an unknown one is kept.
    pub fn from_word(word: &str) -> Self {
        match word {
            "needs_review" => ReviewStatus::NeedsReview,
            "merged" => ReviewStatus::Merged,
            "kept_separate" => ReviewStatus::KeptSeparate,
            other => ReviewStatus::Other(other.to_owned()),
        }
    }

    /// The API's word.
    pub fn as_word(&self) -> &str {
        match self {
            ReviewStatus::NeedsReview => "needs_review",
            ReviewStatus::Merged => "merged",
            ReviewStatus::KeptSeparate => "kept_separate",
            ReviewStatus::Other(word) => word,
        }
    }

    /// Whether somebody has already decided.
    pub fn is_resolved(&self) -> bool {
        matches!(self, ReviewStatus::Merged | ReviewStatus::KeptSeparate)
    }
}

/// One of the two contacts of a review: always its id where the server gave one, its values where they are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Party {
    /// The contact's id; empty where the server sent null.
    pub id: String,
    /// The contact as it is now, where the server populated it or the cache holds it.
    pub contact: Option<Contact>,
    /// The contact as it was when the review was filed.
    pub snapshot: Option<Contact>,
}

impl Party {
    /// The newest values known: now, else at detection.
    pub fn known(&self) -> Option<&Contact> {
        self.contact.as_ref().or(self.snapshot.as_ref())
    }
}

/// A review as decisions see it. `DedupReviewDto` requires no field, so nothing here is taken for granted.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The server's opaque id.
    pub id: String,
    /// The organisation, where the server says so.
    pub organization_id: Option<String>,
    /// The contact a merge dissolves.
    pub source: Party,
    /// The contact that survives.
    pub candidate: Party,
    /// Why it was filed.
    pub kind: ReviewKind,
    /// Where it stands.
    pub status: ReviewStatus,
    /// How alike the two are, as the server reports it.
    pub score: Option<Score>,
    /// `fieldBreakdown` as reported: field and value, in the server's order. The unit is unstated, so no sum is derived.
    pub breakdown: Vec<(String, Value)>,
    /// `thresholdSnapshot` as reported: name and value.
    pub thresholds: Vec<(String, Value)>,
    /// The number both would hold, for a phone conflict. Personal data.
    pub conflict_phone: Option<String>,
    /// `resolution.cleaveOpId`: the operation id of the Cleave that resolved it, if one did.
    pub resolved_op_id: Option<String>,
    /// Name or id of the person who resolved it.
    pub resolved_by: Option<String>,
    /// RFC 3339.
    pub resolved_at: Option<String>,
    /// RFC 3339.
    pub created_at: Option<String>,
    /// RFC 3339.
    pub updated_at: Option<String>,
}
