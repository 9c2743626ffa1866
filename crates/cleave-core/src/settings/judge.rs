//! Whether a change may be made to what a server holds.
//!
//! What the server itself holds is not judged: it may know more than the contract says. Judged is what a change makes of
//! it, in the keys that it sets.

use serde_json::{Map, Value, json};

use super::problem::{SettingsProblem, SettingsProblemCode as Code};
use super::same::SETTINGS_KEYS;
use super::{FuzzyMergeSettings, MatchMode, SettingsPatch};

/// The only rule for a conflict that the contract ever shows.
const KNOWN_RULE: &str = "prefer_newer";

/// Keys that say the same as a percentage, in units that only the server can convert.
const IN_UNITS: [&str; 2] = ["threshold", "reviewThreshold"];

/// Everything that is wrong with `change`, made to `held`; empty where nothing is.
pub(super) fn problems(held: &Map<String, Value>, change: &Map<String, Value>) -> Vec<SettingsProblem> {
    let mut problems: Vec<SettingsProblem> = change.keys().filter_map(|key| unknown(key)).collect();
    problems.extend(unknown_rules(held, change));
    let mut document = Map::new();
    for key in SETTINGS_KEYS {
        let value = match change.get(key) {
            Some(value) => Some(value.clone()),
            None => held.get(key).filter(|value| is_readable(key, value)).cloned(),
        };
        if let Some(value) = value {
            document.insert(key.to_owned(), value);
        }
    }
    take_known_modes(held, &mut document);
    let judged = SettingsPatch::from_json(&Value::Object(document)).and_then(|patch| neutral().apply(&patch));
    let found = judged.err().unwrap_or_default();
    problems.extend(found.into_iter().filter(|problem| change.contains_key(key_of(&problem.field))));
    problems
}

/// The key that a path into the settings starts with.
pub(super) fn key_of(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

/// Settings that stand in nobody's way, for what a server does not show.
fn neutral() -> FuzzyMergeSettings {
    FuzzyMergeSettings {
        threshold_percent: 100.0,
        review_threshold_percent: 0.0,
        custom_fields: Vec::new(),
        lookup_trigger_fields: Vec::new(),
        ..FuzzyMergeSettings::default()
    }
}

fn unknown(key: &str) -> Option<SettingsProblem> {
    if SETTINGS_KEYS.contains(&key) {
        return None;
    }
    let message = if IN_UNITS.contains(&key) {
        "is in units that only the server can convert; give the percentage"
    } else {
        "is no setting that can be changed from here"
    };
    Some(SettingsProblem::new(key, Code::UnknownKey, message))
}

/// A rule is the one that is known, or one that the server has somewhere already.
fn unknown_rules(held: &Map<String, Value>, change: &Map<String, Value>) -> Vec<SettingsProblem> {
    let key = "conflictResolutionRules";
    let rules = |of: &Map<String, Value>| of.get(key).and_then(Value::as_object).cloned().unwrap_or_default();
    let theirs = rules(held);
    let is_known = |rule: &Value| *rule == KNOWN_RULE || theirs.values().any(|known| known == rule);
    let message = format!("must be {KNOWN_RULE}, or a rule that the server has already");
    rules(change)
        .into_iter()
        .filter(|(_, rule)| !is_known(rule))
        .map(|(path, _)| SettingsProblem::new(format!("{key}.{path}"), Code::UnknownRule, message.clone()))
        .collect()
}

fn is_readable(key: &str, value: &Value) -> bool {
    SettingsPatch::from_json(&json!({ key: value })).is_ok()
}

/// Reads a match mode that nobody knows as a known one, where the server has that rule already.
fn take_known_modes(held: &Map<String, Value>, document: &mut Map<String, Value>) {
    let theirs = held.get("customFields").and_then(Value::as_array).cloned().unwrap_or_default();
    let has = |rule: &Value| {
        theirs.iter().any(|known| known["field"] == rule["field"] && known["matchMode"] == rule["matchMode"])
    };
    let rules = document.get_mut("customFields").and_then(Value::as_array_mut);
    for rule in rules.into_iter().flatten() {
        let named = rule.get("matchMode").and_then(Value::as_str);
        let is_unknown = named.is_some_and(|name| MatchMode::from_name(name).is_none());
        if is_unknown && has(rule) {
            rule["matchMode"] = MatchMode::ExactNormalized.name().into();
        }
    }
}
