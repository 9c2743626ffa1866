//! What an admin decided, as it is stored in the outbox and turned into a request.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::field::{FieldPath, Side};
use crate::review::ReviewStatus;

/// A decision about a review. Stored as JSON with [`PAYLOAD_VERSION`]; later kinds are added, none is ever renamed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Decision {
    /// Merge the source into the candidate.
    Merge {
        /// The side whose value survives, for every field in which the two differ.
        choices: BTreeMap<FieldPath, Side>,
        /// What the admin wrote about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Keep the pair as two contacts; the server never suggests it again.
    KeepSeparate {
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
}

/// Version of the stored form of [`Decision`].
pub const PAYLOAD_VERSION: u32 = 1;

/// Longest note, in characters.
pub const NOTE_LIMIT: usize = 2_000;

impl Decision {
    /// The word for this kind in the CLI, the outbox and the stored form.
    pub fn kind(&self) -> DecisionKind {
        match self {
            Decision::Merge { .. } => DecisionKind::Merge,
            Decision::KeepSeparate { .. } => DecisionKind::KeepSeparate,
        }
    }

    /// The status of the review once the decision has taken effect.
    pub fn intended_status(&self) -> ReviewStatus {
        match self {
            Decision::Merge { .. } => ReviewStatus::Merged,
            Decision::KeepSeparate { .. } => ReviewStatus::KeptSeparate,
        }
    }

    /// The admin's note, if there is one.
    pub fn note(&self) -> Option<&str> {
        match self {
            Decision::Merge { note, .. } | Decision::KeepSeparate { note } => note.as_deref(),
        }
    }
}

/// A note may hold personal data: only the kind is printed.
impl std::fmt::Debug for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Decision({})", self.kind().as_str())
    }
}

/// The kind of a decision, without what was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionKind {
    /// Merge the source into the candidate.
    Merge,
    /// Keep the pair separate.
    KeepSeparate,
}

impl DecisionKind {
    /// `merge` or `keep-separate`.
    pub fn as_str(self) -> &'static str {
        match self {
            DecisionKind::Merge => "merge",
            DecisionKind::KeepSeparate => "keep-separate",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_form_is_stable() {
        let merge =
            Decision::Merge { choices: [(FieldPath::from("email"), Side::Source)].into(), note: None };
        let stored = r#"{"kind":"merge","choices":{"email":"source"}}"#;
        assert_eq!(serde_json::to_string(&merge).unwrap(), stored);
        assert_eq!(serde_json::from_str::<Decision>(stored).unwrap(), merge);
        let keep = Decision::KeepSeparate { note: Some("twins".into()) };
        let stored = r#"{"kind":"keepSeparate","note":"twins"}"#;
        assert_eq!(serde_json::to_string(&keep).unwrap(), stored);
        assert!(!format!("{keep:?}").contains("twins"));
    }
}
