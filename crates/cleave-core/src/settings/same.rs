//! Whether two values of a setting mean the same, however they are written.

use serde_json::{Map, Number, Value};

/// The documented keys (schema `ContactFuzzyMergeSettingsData`), in its order. Every other key that a server sends is
/// its own: it is shown as it is and never sent.
pub const SETTINGS_KEYS: [&str; 7] = [
    "candidateLimit",
    "thresholdPercent",
    "reviewThresholdPercent",
    "customFields",
    "lookupTriggerFields",
    "instantMergeFields",
    "conflictResolutionRules",
];

/// The documented keys of a rule in `customFields`.
const RULE_KEYS: [&str; 3] = ["field", "weight", "matchMode"];

/// A server may name the parts of a list. Names say nothing about the configuration, and may be new with every save.
const OWN_NAME: &str = "_id";

/// Whether two readings of a setting show the same value. A missing value and null are the same, numbers are compared
/// by their value, and the order of a list does not count: no list of the settings has one.
#[must_use]
pub fn same_setting(one: Option<&Value>, other: Option<&Value>) -> bool {
    as_compared(one) == as_compared(other)
}

/// A value as it is compared: two that mean the same are the same text.
pub(super) fn as_compared(value: Option<&Value>) -> Value {
    normal(value, |name| name != OWN_NAME)
}

/// Whether a value of the server is what was wanted. What it adds to a rule of `customFields`, or leaves out of it, does
/// not count beside the documented keys.
#[must_use]
pub fn shows_setting(key: &str, now: Option<&Value>, wanted: &Value) -> bool {
    let is_rules = key == "customFields";
    let counts = |name: &str| !is_rules || RULE_KEYS.contains(&name);
    normal(now, counts) == normal(Some(wanted), counts)
}

fn normal(value: Option<&Value>, counts: impl Fn(&str) -> bool + Copy) -> Value {
    match value {
        None | Some(Value::Null) => Value::Null,
        Some(Value::Number(number)) => number
            .as_f64()
            .and_then(Number::from_f64)
            .map_or_else(|| Value::Number(number.clone()), Value::Number),
        Some(Value::Array(items)) => {
            let mut items: Vec<Value> = items.iter().map(|item| normal(Some(item), counts)).collect();
            items.sort_by_cached_key(Value::to_string);
            Value::Array(items)
        }
        Some(Value::Object(members)) => {
            // Sorted, so that two of them are written alike whatever order they came in.
            let mut kept: Vec<(&String, &Value)> =
                members.iter().filter(|(name, value)| counts(name) && !value.is_null()).collect();
            kept.sort_by_key(|(name, _)| *name);
            kept.into_iter()
                .map(|(name, value)| (name.clone(), normal(Some(value), counts)))
                .collect::<Map<_, _>>()
                .into()
        }
        Some(other) => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_table_of_values_that_mean_the_same() {
        let rule = |weight: Value, more: Value| json!([{"field": "a.b", "weight": weight, "matchMode": "fuzzy_string", "_id": more}]);
        let cases = [
            (json!(90), json!(90.0), true),
            (json!(90), json!(90.5), false),
            (json!(90), json!("90"), false),
            (json!(null), json!(null), true),
            (json!(["a", "b"]), json!(["b", "a"]), true),
            (json!(["a", "b"]), json!(["a"]), false),
            (json!(["a", "a"]), json!(["a"]), false),
            (json!([]), json!(null), false),
            (rule(json!(25), json!("1")), rule(json!(25.0), json!("2")), true),
            (rule(json!(25), json!("1")), rule(json!(26), json!("1")), false),
            (json!({"a": 1, "b": null}), json!({"a": 1.0}), true),
            (json!({"a": "prefer_newer"}), json!({"a": "prefer_newer", "b": "x"}), false),
            (json!({"a": {"own": [1, 2]}}), json!({"a": {"own": [2, 1]}}), true),
        ];
        for (one, other, expected) in cases {
            assert_eq!(same_setting(Some(&one), Some(&other)), expected, "{one} {other}");
            assert_eq!(same_setting(Some(&other), Some(&one)), expected, "{other} {one}");
        }
        assert!(same_setting(None, Some(&json!(null))) && !same_setting(None, Some(&json!(0))));
    }

    #[test]
    fn what_a_server_adds_to_a_rule_is_not_against_what_was_wanted() {
        let wanted = json!([{"field": "a", "weight": 1, "matchMode": "x", "_id": "1", "note": "n"}]);
        let now = json!([{"_id": "2", "field": "a", "weight": 1.0, "matchMode": "x", "by": "u"}]);
        assert!(shows_setting("customFields", Some(&now), &wanted));
        assert!(!shows_setting("customFields", Some(&json!([])), &wanted));
        let (more, less) = (json!({"a": "x", "b": "y"}), json!({"a": "x"}));
        assert!(!shows_setting("conflictResolutionRules", Some(&more), &less));
        assert!(!shows_setting("candidateLimit", None, &json!(5)));
    }
}
