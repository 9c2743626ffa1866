//! What an admin decided, as it is stored in the outbox and turned into a request.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::field::{FieldPath, Side};
use crate::review::ReviewStatus;
use crate::separation::DecidedSeparation;
use crate::settings::DecidedSettings;

/// A decision about a review, about one contact, or about an organisation's settings. Stored as JSON with [`PAYLOAD_VERSION`]; later kinds are added, none is ever renamed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
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
    /// Separate one contact into two.
    Separate(Box<DecidedSeparation>),
    /// Change the fuzzy-merge settings of the organisation.
    Settings(Box<DecidedSettings>),
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
            Decision::Separate(_) => DecisionKind::Separate,
            Decision::Settings(_) => DecisionKind::Settings,
        }
    }

    /// The status of the review once the decision has taken effect; `None` where it is about no review.
    pub fn intended_status(&self) -> Option<ReviewStatus> {
        match self {
            Decision::Merge { .. } => Some(ReviewStatus::Merged),
            Decision::KeepSeparate { .. } => Some(ReviewStatus::KeptSeparate),
            Decision::Separate(_) | Decision::Settings(_) => None,
        }
    }

    /// The admin's note, if there is one.
    pub fn note(&self) -> Option<&str> {
        match self {
            Decision::Merge { note, .. } | Decision::KeepSeparate { note } => note.as_deref(),
            Decision::Separate(_) | Decision::Settings(_) => None,
        }
    }

    /// The separation, if it is one.
    pub fn separation(&self) -> Option<&DecidedSeparation> {
        match self {
            Decision::Separate(decided) => Some(decided),
            Decision::Merge { .. } | Decision::KeepSeparate { .. } | Decision::Settings(_) => None,
        }
    }

    /// The change of settings, if it is one.
    pub fn settings(&self) -> Option<&DecidedSettings> {
        match self {
            Decision::Settings(decided) => Some(decided),
            Decision::Merge { .. } | Decision::KeepSeparate { .. } | Decision::Separate(_) => None,
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
    /// Separate one contact into two.
    Separate,
    /// Change the fuzzy-merge settings.
    Settings,
}

/// What a decision is about. The same id in two of them names two subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A review.
    Review,
    /// One contact.
    Contact,
    /// An organisation.
    Organization,
}

impl About {
    /// `review`, `contact` or `organization`.
    pub fn as_str(self) -> &'static str {
        match self {
            About::Review => "review",
            About::Contact => "contact",
            About::Organization => "organization",
        }
    }
}

impl DecisionKind {
    /// Every kind.
    pub const ALL: [DecisionKind; 4] =
        [DecisionKind::Merge, DecisionKind::KeepSeparate, DecisionKind::Separate, DecisionKind::Settings];

    /// `merge`, `keep-separate`, `separate` or `settings`.
    pub fn as_str(self) -> &'static str {
        match self {
            DecisionKind::Merge => "merge",
            DecisionKind::KeepSeparate => "keep-separate",
            DecisionKind::Separate => "separate",
            DecisionKind::Settings => "settings",
        }
    }

    /// Reads what [`DecisionKind::as_str`] wrote.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// What such a decision is about.
    pub fn about(self) -> About {
        match self {
            DecisionKind::Merge | DecisionKind::KeepSeparate => About::Review,
            DecisionKind::Separate => About::Contact,
            DecisionKind::Settings => About::Organization,
        }
    }

    /// Whether it is about a review.
    pub fn is_about_review(self) -> bool {
        self.about() == About::Review
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

    #[test]
    fn a_separation_is_stored_beside_them() {
        let decided = crate::separation::samples::decided();
        let decision = Decision::Separate(Box::new(decided));
        let stored = serde_json::to_string(&decision).unwrap();
        assert!(stored.starts_with(r#"{"kind":"separate","plan":{"contactId":"c1""#), "{stored}");
        assert!(serde_json::from_str::<Decision>(&stored).unwrap() == decision);
        assert_eq!((decision.kind().as_str(), decision.intended_status()), ("separate", None));
        assert_eq!(DecisionKind::from_word("separate"), Some(DecisionKind::Separate));
        assert_eq!(DecisionKind::from_word("divide"), None);
        for kind in DecisionKind::ALL {
            assert_eq!(DecisionKind::from_word(kind.as_str()), Some(kind));
        }
    }
}
