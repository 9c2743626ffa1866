//! Settings as people read them.

use cleave_core::settings::{DecidedSettings, SETTINGS_KEYS, same_setting};
use serde_json::{Map, Value};

use crate::ipc::{ConflictRow, SettingsChange};

/// What would change, in the order of the contract.
pub(super) fn changes(decided: &DecidedSettings) -> Vec<SettingsChange> {
    decided
        .keys()
        .map(|key| SettingsChange {
            key: key.to_owned(),
            before: words(key, decided.seen.get(key)),
            after: words(key, decided.change.get(key)),
        })
        .collect()
}

/// For people, what a change is about.
pub(super) fn title(decided: &DecidedSettings) -> String {
    let labels: Vec<&str> = decided.keys().map(label).collect();
    format!("Settings: {}", labels.join(", "))
}

/// The three columns of a change of settings: when it was decided, now, and what was decided. `now` is what the server
/// shows, where that could be read.
///
/// Every key that is changed has a line, and every other one that somebody has changed since: it stays as it is now.
/// What somebody has changed comes first.
pub(crate) fn conflict_rows(decided: &DecidedSettings, now: Option<&Map<String, Value>>) -> Vec<ConflictRow> {
    let mut rows: Vec<ConflictRow> = SETTINGS_KEYS
        .into_iter()
        .map(|key| {
            let shown = now.and_then(|now| now.get(key));
            let wanted = decided.change.get(key);
            ConflictRow {
                path: key.to_owned(),
                label: label(key).to_owned(),
                when_decided: Some(words(key, decided.seen.get(key))),
                now: now.map(|_| words(key, shown)),
                mine: wanted.map(|wanted| words(key, Some(wanted))),
                changed: now.is_some() && !same_setting(shown, decided.seen.get(key)),
            }
        })
        .filter(|row| row.changed || row.mine.is_some())
        .collect();
    rows.sort_by_key(|row| !row.changed);
    rows
}

fn label(key: &str) -> &'static str {
    match key {
        "candidateLimit" => "candidate limit",
        "thresholdPercent" => "merge threshold",
        "reviewThresholdPercent" => "review threshold",
        "customFields" => "custom fields",
        "lookupTriggerFields" => "lookup fields",
        "instantMergeFields" => "instant merge fields",
        _ => "conflict rules",
    }
}

/// A value in words; in its own form where it is none that the contract knows.
fn words(key: &str, value: Option<&Value>) -> String {
    let Some(value) = value.filter(|value| !value.is_null()) else { return "not set".to_owned() };
    let read = match key {
        "thresholdPercent" | "reviewThresholdPercent" => value.as_f64().map(|percent| format!("{percent} %")),
        "customFields" => list(value, rule),
        "lookupTriggerFields" | "instantMergeFields" => list(value, |path| path.as_str().map(str::to_owned)),
        "conflictResolutionRules" => rules(value),
        _ => value.as_f64().map(|number| number.to_string()),
    };
    read.unwrap_or_else(|| value.to_string())
}

fn list(value: &Value, word: impl Fn(&Value) -> Option<String>) -> Option<String> {
    let words = value.as_array()?.iter().map(word).collect::<Option<Vec<_>>>()?;
    Some(some(words))
}

fn rule(rule: &Value) -> Option<String> {
    let (field, weight) = (rule["field"].as_str()?, rule["weight"].as_f64()?);
    Some(format!("{field} (weight {weight}, {})", rule["matchMode"].as_str()?))
}

fn rules(value: &Value) -> Option<String> {
    // A rule is a word; one that is not is shown as it is written.
    let word = |(path, rule): (&String, &Value)| match rule {
        Value::String(rule) => format!("{path}: {rule}"),
        other => format!("{path}: {other}"),
    };
    Some(some(value.as_object()?.iter().map(word).collect()))
}

fn some(words: Vec<String>) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn the_table_of_words() {
        let rule = json!([{"field": "a.b", "weight": 25.0, "matchMode": "fuzzy_string", "own": 1}]);
        for (key, value, expected) in [
            ("candidateLimit", json!(50.0), "50"),
            ("thresholdPercent", json!(92.5), "92.5 %"),
            ("thresholdPercent", json!("high"), "\"high\""),
            ("reviewThresholdPercent", json!(null), "not set"),
            ("customFields", rule, "a.b (weight 25, fuzzy_string)"),
            ("customFields", json!([{"field": "a"}]), "[{\"field\":\"a\"}]"),
            ("lookupTriggerFields", json!(["email", "x"]), "email, x"),
            ("instantMergeFields", json!([]), "none"),
            (
                "conflictResolutionRules",
                json!({"email": "prefer_newer", "x": {"a": 1}}),
                "email: prefer_newer, x: {\"a\":1}",
            ),
        ] {
            assert_eq!(words(key, Some(&value)), expected, "{key} {value}");
        }
    }

    #[test]
    fn the_columns_have_what_was_decided_and_what_somebody_changed_first() {
        let seen = map(json!({"candidateLimit": 50, "thresholdPercent": 90, "reviewThresholdPercent": 70}));
        let decided = DecidedSettings::of(seen, &map(json!({"reviewThresholdPercent": 80}))).unwrap();
        assert_eq!(title(&decided), "Settings: review threshold");
        assert_eq!(changes(&decided).len(), 1);
        let now = map(json!({"candidateLimit": 50.0, "thresholdPercent": 75, "reviewThresholdPercent": 70}));
        let rows = conflict_rows(&decided, Some(&now));
        let shown: Vec<_> = rows
            .iter()
            .map(|row| (row.path.as_str(), row.now.as_deref(), row.mine.as_deref(), row.changed))
            .collect();
        assert_eq!(
            shown,
            [
                ("thresholdPercent", Some("75 %"), None, true),
                ("reviewThresholdPercent", Some("70 %"), Some("80 %"), false),
            ]
        );
        let unread = conflict_rows(&decided, None);
        assert_eq!((unread.len(), unread[0].now.as_deref(), unread[0].changed), (1, None, false));
    }
}
