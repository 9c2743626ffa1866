//! The rules that settings keep, judged on the configuration that a change would make.

use std::ops::RangeInclusive;

use super::problem::{SettingsProblem, SettingsProblemCode as Code};
use super::{
    CustomFieldPatch, CustomFieldRule, FuzzyMergeSettings, MatchMode, SettingsPatch, compare_rules,
    max_possible_score,
};

/// What `candidateLimit` may be, by the contract.
pub const CANDIDATE_LIMITS: RangeInclusive<u32> = 1..=200;
/// How many custom rules or listed paths are taken: a bound of our own, so that a request has a bounded cost.
pub const MAX_RULES: usize = 50;
/// How long a dotted path may be, in characters: a bound of our own.
pub const MAX_PATH_CHARS: usize = 200;

impl FuzzyMergeSettings {
    /// These settings with a change applied.
    ///
    /// Absolute thresholds are converted against the max possible score of the merged configuration, so that
    /// a change of weights and of a threshold in one request fit together.
    ///
    /// # Errors
    /// Every rule that the merged configuration breaks, in the order of the contract's keys. An old value
    /// that became wrong by the change counts too: the review threshold above a lowered merge threshold.
    pub fn apply(&self, patch: &SettingsPatch) -> Result<Self, Vec<SettingsProblem>> {
        let mut problems = Vec::new();
        let mut merged = self.clone();
        if let Some(rules) = &patch.custom_fields {
            merged.custom_fields = custom_fields(rules, &mut problems);
        }
        if let Some(limit) = patch.candidate_limit {
            candidate_limit(limit, &mut merged.candidate_limit, &mut problems);
        }
        let most = max_possible_score(&merged);
        threshold(
            &mut merged.threshold_percent,
            patch.threshold_percent,
            ("threshold", patch.threshold),
            most,
            &mut problems,
        );
        threshold(
            &mut merged.review_threshold_percent,
            patch.review_threshold_percent,
            ("reviewThreshold", patch.review_threshold),
            most,
            &mut problems,
        );
        if let Some(paths) = &patch.lookup_trigger_fields {
            merged.lookup_trigger_fields.clone_from(paths);
        }
        if let Some(paths) = &patch.instant_merge_fields {
            merged.instant_merge_fields.clone_from(paths);
        }
        if let Some(rules) = &patch.conflict_resolution_rules {
            merged.conflict_resolution_rules.clone_from(rules);
        }
        problems.extend(merged.problems());
        if problems.is_empty() { Ok(merged) } else { Err(problems) }
    }

    /// Every rule that these settings break; empty when they are sound.
    #[must_use]
    pub fn problems(&self) -> Vec<SettingsProblem> {
        let mut problems = Vec::new();
        if !CANDIDATE_LIMITS.contains(&self.candidate_limit) {
            problems.push(bad_limit());
        }
        percent("thresholdPercent", self.threshold_percent, &mut problems);
        percent("reviewThresholdPercent", self.review_threshold_percent, &mut problems);
        if self.review_threshold_percent > self.threshold_percent {
            let message = "must not be above thresholdPercent";
            problems.push(SettingsProblem::new("reviewThresholdPercent", Code::ReviewAboveMerge, message));
        }
        for (at, rule) in self.custom_fields.iter().enumerate() {
            let field = format!("customFields[{at}].weight");
            percent(&field, rule.weight, &mut problems);
        }
        let custom: Vec<&str> = self.custom_fields.iter().map(|rule| rule.field.as_str()).collect();
        paths("customFields", ".field", &custom, &mut problems);
        let lookup: Vec<&str> = self.lookup_trigger_fields.iter().map(String::as_str).collect();
        paths("lookupTriggerFields", "", &lookup, &mut problems);
        let instant: Vec<&str> = self.instant_merge_fields.iter().map(String::as_str).collect();
        paths("instantMergeFields", "", &instant, &mut problems);
        if self.conflict_resolution_rules.keys().any(|path| !is_path(path)) {
            problems.push(SettingsProblem::new(
                "conflictResolutionRules",
                Code::BadPath,
                "has a key that is no path",
            ));
        }
        if compare_rules(self).iter().all(|rule| rule.weight == 0.0) {
            let message = "leaves every field with the weight 0, so that no pair could be scored";
            problems.push(SettingsProblem::new("customFields", Code::NoWeight, message));
        }
        problems
    }
}

fn bad_limit() -> SettingsProblem {
    let (low, high) = (CANDIDATE_LIMITS.start(), CANDIDATE_LIMITS.end());
    let message = format!("must be a whole number from {low} to {high}");
    SettingsProblem::new("candidateLimit", Code::OutOfRange, message)
}

/// Takes the limit over when it is one; a bad one is reported once and leaves the old value.
fn candidate_limit(asked: f64, limit: &mut u32, problems: &mut Vec<SettingsProblem>) {
    match CANDIDATE_LIMITS.clone().find(|&whole| f64::from(whole) == asked) {
        Some(whole) => *limit = whole,
        None if asked.fract() != 0.0 => {
            problems.push(SettingsProblem { code: Code::NotInteger, ..bad_limit() });
        }
        None => problems.push(bad_limit()),
    }
}

/// Takes a threshold over from its percent or, without one, from its absolute form.
fn threshold(
    current: &mut f64,
    percent: Option<f64>,
    (absolute_key, absolute): (&str, Option<f64>),
    most: f64,
    problems: &mut Vec<SettingsProblem>,
) {
    if let Some(value) = absolute {
        if value.fract() != 0.0 {
            problems.push(SettingsProblem::new(absolute_key, Code::NotInteger, "must be a whole number"));
        } else if !(0.0..=most).contains(&value) {
            let message = format!("must be from 0 to the max possible score, which is {most}");
            problems.push(SettingsProblem::new(absolute_key, Code::OutOfRange, message));
        } else if most > 0.0 {
            *current = 100.0 * value / most;
        }
    }
    if let Some(value) = percent {
        *current = value;
    }
}

fn custom_fields(rules: &[CustomFieldPatch], problems: &mut Vec<SettingsProblem>) -> Vec<CustomFieldRule> {
    let mut known = Vec::with_capacity(rules.len().min(MAX_RULES + 1));
    // One more than allowed is enough to be refused for it.
    for (at, rule) in rules.iter().take(MAX_RULES + 1).enumerate() {
        let match_mode = MatchMode::from_name(&rule.match_mode).unwrap_or_else(|| {
            let message = "must be exact_normalized or fuzzy_string";
            let field = format!("customFields[{at}].matchMode");
            problems.push(SettingsProblem::new(field, Code::UnknownMatchMode, message));
            MatchMode::ExactNormalized
        });
        known.push(CustomFieldRule { field: rule.field.clone(), weight: rule.weight, match_mode });
    }
    known
}

fn percent(field: &str, value: f64, problems: &mut Vec<SettingsProblem>) {
    if !(0.0..=100.0).contains(&value) {
        problems.push(SettingsProblem::new(field, Code::OutOfRange, "must be a number from 0 to 100"));
    }
}

fn paths(list: &str, part: &str, paths: &[&str], problems: &mut Vec<SettingsProblem>) {
    if paths.len() > MAX_RULES {
        problems.push(SettingsProblem::new(
            list,
            Code::TooMany,
            format!("must have at most {MAX_RULES} entries"),
        ));
        return;
    }
    for (at, path) in paths.iter().enumerate() {
        let field = format!("{list}[{at}]{part}");
        if !is_path(path) {
            problems.push(SettingsProblem::new(
                field,
                Code::BadPath,
                "must be a dotted path without empty parts",
            ));
        } else if paths[..at].contains(path) {
            problems.push(SettingsProblem::new(field, Code::DuplicatePath, "is listed twice"));
        }
    }
}

fn is_path(path: &str) -> bool {
    let short = path.len() <= 4 * MAX_PATH_CHARS && path.chars().count() <= MAX_PATH_CHARS;
    short && path.split('.').all(|part| !part.trim().is_empty() && part.trim() == part)
}

#[cfg(test)]
#[path = "validate_tests.rs"]
mod tests;
