//! Fuzzy-merge settings: the model, its defaults, what they weigh, and their validation.
//!
//! The model is `ContactFuzzyMergeSettingsData` of the contract with every value present. A change arrives as a
//! [`SettingsPatch`] and is judged against the configuration that it would make ([`FuzzyMergeSettings::apply`]).
//! A change that an admin decided is a [`DecidedSettings`]: it knows what the admin saw, and is compared three ways with
//! what the server holds by then.

mod decided;
mod judge;
mod patch;
mod problem;
mod same;
mod validate;
mod weights;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use decided::{DecidedSettings, SettingsShown};
pub use patch::{CustomFieldPatch, SettingsPatch};
pub use problem::{SettingsProblem, SettingsProblemCode};
pub use same::{SETTINGS_KEYS, same_setting, shows_setting};
pub use validate::{CANDIDATE_LIMITS, MAX_PATH_CHARS, MAX_RULES};
pub use weights::{BASE_RULES, FieldRule, compare_rules, max_possible_score};

/// The active configuration of duplicate detection (schema `ContactFuzzyMergeSettingsData`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FuzzyMergeSettings {
    /// The most candidates that one contact is compared with; see [`CANDIDATE_LIMITS`].
    pub candidate_limit: u32,
    /// From this score on (0 to 100) a pair is merged without a person.
    pub threshold_percent: f64,
    /// From this score on (0 to 100, at most `threshold_percent`) a pair is reviewed by a person.
    pub review_threshold_percent: f64,
    /// What is compared besides the base fields.
    pub custom_fields: Vec<CustomFieldRule>,
    /// The paths whose values find candidates; with none, nothing is found.
    pub lookup_trigger_fields: Vec<String>,
    /// The paths whose equal values merge at once, whatever the score.
    pub instant_merge_fields: Vec<String>,
    /// How a merge settles a field that differs, by field. `prefer_newer` is the only value ever shown in the
    /// contract; others are kept as they are.
    pub conflict_resolution_rules: BTreeMap<String, Value>,
}

/// What an organisation starts with.
///
/// The limit, the thresholds and the address rule are those of the contract's example of
/// `ContactFuzzyMergeSettingsData`. It differs in two places: names and birth dates find candidates too, because a
/// person who changed both number and address is found by nothing else, and nothing merges at once, because a shared
/// mailbox is no proof of one person.
impl Default for FuzzyMergeSettings {
    fn default() -> Self {
        Self {
            candidate_limit: 50,
            threshold_percent: 90.0,
            review_threshold_percent: 70.0,
            custom_fields: vec![CustomFieldRule {
                field: "address.streetAddress".to_owned(),
                weight: 25.0,
                match_mode: MatchMode::FuzzyString,
            }],
            lookup_trigger_fields: ["email", "phoneNumber", "firstName", "lastName", "dateOfBirth"]
                .map(str::to_owned)
                .to_vec(),
            instant_merge_fields: Vec::new(),
            conflict_resolution_rules: BTreeMap::new(),
        }
    }
}

/// One more field to compare (schema `ContactFuzzyMergeCustomFieldRule`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomFieldRule {
    /// A dotted path into the contact, such as `address.streetAddress`.
    pub field: String,
    /// How much it counts beside the other fields, 0 to 100.
    pub weight: f64,
    /// How its values are compared.
    pub match_mode: MatchMode,
}

/// How two values of a field are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchMode {
    /// Equal after normalising, or not.
    ExactNormalized,
    /// By how alike the normalised strings are.
    FuzzyString,
}

impl MatchMode {
    /// The mode that the contract calls `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "exact_normalized" => Some(Self::ExactNormalized),
            "fuzzy_string" => Some(Self::FuzzyString),
            _ => None,
        }
    }

    /// The contract's name of this mode.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ExactNormalized => "exact_normalized",
            Self::FuzzyString => "fuzzy_string",
        }
    }
}
