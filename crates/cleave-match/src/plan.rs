//! Settings, resolved to columns.

use cleave_core::normalise::FieldKind;
use cleave_core::settings::{FieldRule, FuzzyMergeSettings, MatchMode, compare_rules};

use crate::base::Base;
use crate::compare::Places;

/// Why nothing could be matched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MatchError {
    /// The base was built for other settings and does not keep a field that these need.
    #[error("the contacts were loaded without the field {path}")]
    NotInBase {
        /// The dotted path.
        path: String,
    },
    /// [`Progress::stop`](crate::Progress::stop) said so.
    #[error("the scan was stopped")]
    Stopped,
}

/// The path of the number by which a phone conflict is told.
pub(crate) const PHONE_PATH: &str = "phoneNumber";
/// The path of further numbers, which find candidates and agree like the first one.
pub(crate) const SECONDARY_PHONE_PATH: &str = "secondaryPhoneNumber";
pub(crate) const FIRST_NAME_PATH: &str = "firstName";
pub(crate) const LAST_NAME_PATH: &str = "lastName";

/// Every path that settings need, each once: compared ones first, in the order of the rules.
pub(crate) fn needed_paths(settings: &FuzzyMergeSettings) -> Vec<String> {
    let mut paths: Vec<String> = compare_rules(settings).into_iter().map(|rule| rule.field).collect();
    for path in settings.lookup_trigger_fields.iter().chain(&settings.instant_merge_fields) {
        if !paths.contains(path) {
            paths.push(path.clone());
        }
    }
    paths
}

/// One compared field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    pub(crate) field: String,
    pub(crate) kind: FieldKind,
    pub(crate) mode: MatchMode,
    pub(crate) weight: f64,
}

/// The rules of some settings, in the order of the columns of every base that was built for them.
pub(crate) fn rules(settings: &FuzzyMergeSettings) -> Vec<Rule> {
    let rule = |FieldRule { field, weight, match_mode }| Rule {
        kind: FieldKind::of(&field),
        field,
        mode: match_mode,
        weight,
    };
    compare_rules(settings).into_iter().map(rule).collect()
}

/// Where in a base the columns are that some settings speak of.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) rules: Vec<Rule>,
    pub(crate) weights: Vec<f64>,
    /// The column of each rule.
    pub(crate) compared: Vec<usize>,
    /// The columns of `lookupTriggerFields`.
    pub(crate) triggers: Vec<usize>,
    /// The columns of `instantMergeFields`.
    pub(crate) instant: Vec<usize>,
    /// The column of the phone number.
    pub(crate) phone: Option<usize>,
    /// Where rules stand that are looked at together.
    pub(crate) places: Places,
}

impl Plan {
    pub(crate) fn new(base: &Base, settings: &FuzzyMergeSettings) -> Result<Self, MatchError> {
        let place = |path: &str| base.columns.iter().position(|column| column.path == path);
        let known = |path: &str| place(path).ok_or_else(|| MatchError::NotInBase { path: path.to_owned() });
        let rules = rules(settings);
        Ok(Self {
            weights: rules.iter().map(|rule| rule.weight).collect(),
            compared: rules.iter().map(|rule| known(&rule.field)).collect::<Result<_, _>>()?,
            triggers: settings
                .lookup_trigger_fields
                .iter()
                .map(|path| known(path))
                .collect::<Result<_, _>>()?,
            instant: settings
                .instant_merge_fields
                .iter()
                .map(|path| known(path))
                .collect::<Result<_, _>>()?,
            phone: place(PHONE_PATH),
            places: Places::of(&rules),
            rules,
        })
    }
}
