//! One item of advice.

use cleave_core::settings::{CustomFieldRule, FuzzyMergeSettings, MatchMode, compare_rules};

use crate::search::Point;

use super::labels::Thresholds;

/// A change to settings that can be made alone.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Another weight for a field.
    Weight {
        /// The dotted path.
        field: String,
        /// The weight now.
        from: f64,
        /// The advised weight, 0 to 100.
        to: f64,
    },
    /// Another mode for a field.
    Mode {
        /// The dotted path.
        field: String,
        /// The mode now.
        from: MatchMode,
        /// The advised mode.
        to: MatchMode,
    },
    /// Another `thresholdPercent`.
    MergeThreshold {
        /// The threshold now.
        from: f64,
        /// The advised one.
        to: f64,
    },
    /// Another `reviewThresholdPercent`.
    ReviewThreshold {
        /// The threshold now.
        from: f64,
        /// The advised one.
        to: f64,
    },
}

impl Change {
    /// Makes the change. A base field becomes a custom rule for its path, which takes its place; thresholds stay the
    /// right way round, the other one moving along where it must.
    pub fn apply(&self, settings: &mut FuzzyMergeSettings) {
        match self {
            Self::Weight { field, to, .. } => rule(settings, field, |rule| rule.weight = *to),
            Self::Mode { field, to, .. } => rule(settings, field, |rule| rule.match_mode = *to),
            Self::MergeThreshold { to, .. } => {
                settings.threshold_percent = *to;
                settings.review_threshold_percent = settings.review_threshold_percent.min(*to);
            }
            Self::ReviewThreshold { to, .. } => {
                settings.review_threshold_percent = *to;
                settings.threshold_percent = settings.threshold_percent.max(*to);
            }
        }
    }
}

/// Changes the rule for a path, adding it with what it is now where there is none.
fn rule(settings: &mut FuzzyMergeSettings, field: &str, change: impl FnOnce(&mut CustomFieldRule)) {
    if !settings.custom_fields.iter().any(|rule| rule.field == field) {
        let known = compare_rules(settings).into_iter().find(|rule| rule.field == field);
        let Some(known) = known else { return };
        let rule = CustomFieldRule { field: known.field, weight: known.weight, match_mode: known.match_mode };
        settings.custom_fields.push(rule);
    }
    if let Some(rule) = settings.custom_fields.iter_mut().find(|rule| rule.field == field) {
        change(rule);
    }
}

/// What leads from settings to a point and its thresholds.
pub(super) fn changes(
    settings: &FuzzyMergeSettings,
    fields: &[String],
    point: &Point,
    thresholds: Thresholds,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (at, rule) in
        compare_rules(settings).into_iter().enumerate().filter(|(_, rule)| fields.contains(&rule.field))
    {
        let to = point.weights.get(at).map_or(rule.weight, |weight| f64::from(*weight));
        // A weight between two whole numbers that the search left alone stays as it is.
        if crate::search::whole(rule.weight) != crate::search::whole(to) {
            changes.push(Change::Weight { field: rule.field.clone(), from: rule.weight, to });
        }
        let mode = if point.exact.get(at) == Some(&true) {
            MatchMode::ExactNormalized
        } else {
            MatchMode::FuzzyString
        };
        if mode != rule.match_mode {
            changes.push(Change::Mode { field: rule.field, from: rule.match_mode, to: mode });
        }
    }
    let (review, merge) = (settings.review_threshold_percent, settings.threshold_percent);
    if merge != thresholds.merge {
        changes.push(Change::MergeThreshold { from: merge, to: thresholds.merge });
    }
    if review != thresholds.review {
        changes.push(Change::ReviewThreshold { from: review, to: thresholds.review });
    }
    changes
}
