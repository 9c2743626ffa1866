use super::*;
use proptest::prelude::*;
use serde_json::json;

fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn held() -> Map<String, Value> {
    map(json!({
        "candidateLimit": 50, "thresholdPercent": 90, "reviewThresholdPercent": 70, "theirs": {"a": [1]},
        "customFields": [{"_id": "1", "field": "address.streetAddress", "weight": 25, "matchMode": "sounds_like"}],
        "lookupTriggerFields": ["email", "phoneNumber"], "instantMergeFields": [],
        "conflictResolutionRules": {"email": "prefer_longer"}
    }))
}

fn with(base: &Map<String, Value>, more: Value) -> Map<String, Value> {
    let mut merged = base.clone();
    merged.extend(map(more));
    merged
}

/// As the admin wants it: what they saw, with something changed.
fn decided(change: Value) -> DecidedSettings {
    DecidedSettings::of(held(), &with(&held(), change)).unwrap()
}

fn refused(change: Value) -> Vec<(String, Code)> {
    let refused = DecidedSettings::of(held(), &with(&held(), change)).unwrap_err();
    refused.into_iter().map(|problem| (problem.field, problem.code)).collect()
}

#[test]
fn only_what_differs_is_a_change_and_thresholds_go_together() {
    let same = decided(json!({"thresholdPercent": 90.0, "lookupTriggerFields": ["phoneNumber", "email"]}));
    assert!(same.is_empty() && same.request(&held()).is_empty());
    let one = decided(json!({"candidateLimit": 60}));
    assert_eq!(Value::Object(one.request(&held())), json!({"candidateLimit": 60}));
    let merge = decided(json!({"thresholdPercent": 95}));
    assert_eq!(
        Value::Object(merge.request(&held())),
        json!({"thresholdPercent": 95, "reviewThresholdPercent": 70})
    );
    let now = with(&held(), json!({"reviewThresholdPercent": 75}));
    assert_eq!(merge.request(&now)["reviewThresholdPercent"], 75, "as the server has it now");
    let partial = DecidedSettings::of(held(), &map(json!({"candidateLimit": 60}))).unwrap();
    assert_eq!(partial, one, "a key that is not there stays as it is");
    let rules = json!([{"field": "a", "weight": 1, "matchMode": "fuzzy_string"}]);
    assert_eq!(decided(json!({"customFields": rules})).request(&held())["customFields"], rules, "whole");
}

#[test]
fn what_is_wrong_is_named_at_its_key_and_what_the_server_has_is_not_judged() {
    let rule = |mode: &str, weight: f64| json!({"field": "address.streetAddress", "weight": weight, "matchMode": mode});
    let cases = [
        (json!({"candidateLimit": 0}), "candidateLimit", Code::OutOfRange),
        (json!({"candidateLimit": "5"}), "candidateLimit", Code::WrongType),
        (json!({"candidateLimit": null}), "candidateLimit", Code::WrongType),
        (json!({"thresholdPercent": 60}), "reviewThresholdPercent", Code::ReviewAboveMerge),
        (json!({"theirs": {"a": [2]}}), "theirs", Code::UnknownKey),
        (json!({"threshold": 100}), "threshold", Code::UnknownKey),
        (
            json!({"conflictResolutionRules": {"email": "x"}}),
            "conflictResolutionRules.email",
            Code::UnknownRule,
        ),
        (
            json!({"customFields": [rule("soundex", 1.0)]}),
            "customFields[0].matchMode",
            Code::UnknownMatchMode,
        ),
        (json!({"customFields": [rule("sounds_like", 101.0)]}), "customFields[0].weight", Code::OutOfRange),
    ];
    for (change, field, code) in cases {
        assert_eq!(refused(change.clone()), [(field.to_owned(), code)], "{change}");
    }
    for change in [
        json!({"customFields": [rule("fuzzy_string", 5.0)]}),
        json!({"customFields": [{"field": "x", "weight": 1, "matchMode": "fuzzy_string"}, rule("sounds_like", 30.0)]}),
        json!({"conflictResolutionRules": {"email": "prefer_longer", "misc.a": "prefer_longer", "b": "prefer_newer"}}),
    ] {
        assert!(!decided(change.clone()).is_empty(), "{change}");
    }
    let odd = map(json!({"candidateLimit": 900, "lookupTriggerFields": "all", "thresholdPercent": 50}));
    let wanted = with(&odd, json!({"instantMergeFields": ["email"]}));
    assert!(DecidedSettings::of(odd.clone(), &wanted).is_ok(), "only what changes is judged");
    let missing = DecidedSettings::of(odd.clone(), &map(json!({"thresholdPercent": 60}))).unwrap_err();
    assert_eq!((missing[0].field.as_str(), missing[0].code), ("reviewThresholdPercent", Code::Missing));
    assert!(
        DecidedSettings::of(odd, &map(json!({"thresholdPercent": 60, "reviewThresholdPercent": 50}))).is_ok()
    );
}

#[test]
fn the_table_of_what_the_server_shows() {
    use SettingsShown::{Before, Other, Wanted};
    let both = decided(json!({"candidateLimit": 60, "instantMergeFields": ["email"]}));
    let cases = [
        (json!({}), Before),
        (json!({"reviewThresholdPercent": 80, "theirs": 7}), Before),
        (json!({"candidateLimit": 60.0}), Before),
        (json!({"candidateLimit": 60, "instantMergeFields": ["email"]}), Wanted),
        (json!({"candidateLimit": 60, "instantMergeFields": ["email"], "thresholdPercent": 99}), Wanted),
        (json!({"candidateLimit": 61}), Other),
        (json!({"candidateLimit": 61, "instantMergeFields": ["email"]}), Other),
        (json!({"candidateLimit": null}), Other),
    ];
    for (now, expected) in cases {
        assert_eq!(both.shown_by(&with(&held(), now.clone())), expected, "{now}");
    }
    let now =
        with(&held(), json!({"candidateLimit": 61, "instantMergeFields": ["email"], "thresholdPercent": 1}));
    assert_eq!(both.contradicted_by(&now), ["candidateLimit"]);
}

#[test]
fn a_change_that_the_others_made_impossible_says_why() {
    let review = decided(json!({"reviewThresholdPercent": 80}));
    assert_eq!(review.problems_with(&held()), []);
    let now = with(&held(), json!({"thresholdPercent": 75}));
    assert_eq!(review.shown_by(&now), SettingsShown::Before, "the key that it changes is as it was");
    let problems = review.problems_with(&now);
    assert_eq!(problems[0].code, Code::ReviewAboveMerge, "{problems:?}");
}

#[test]
fn the_stored_form_is_stable() {
    let decided = decided(json!({"candidateLimit": 60}));
    let stored = serde_json::to_value(&decided).unwrap();
    assert_eq!(stored, json!({"seen": held(), "change": {"candidateLimit": 60}}));
    assert_eq!(serde_json::from_value::<DecidedSettings>(stored).unwrap(), decided);
    let (one, other) = (DecidedSettings::basis_of(&held()), DecidedSettings::basis_of(&Map::new()));
    assert!(one != other && one.len() == 64);
    let mut reordered = with(&map(json!({"thresholdPercent": 90.0})), Value::Object(held()));
    reordered["customFields"][0]["_id"] = "2".into();
    assert_eq!(DecidedSettings::basis_of(&reordered), one);
}

fn settings() -> impl Strategy<Value = Map<String, Value>> {
    let paths = || {
        prop::collection::btree_set(prop::sample::select(vec!["email", "phoneNumber", "misc.a", "x.y"]), 0..4)
    };
    let rule = (prop::sample::select(vec!["a", "b.c", "email"]), 1..=100u32, any::<bool>());
    let parts = (
        1..=200u32,
        0..=100u32,
        0..=100u32,
        prop::collection::vec(rule, 0..2),
        paths(),
        paths(),
        any::<u8>(),
    );
    parts.prop_map(|(limit, one, other, rules, lookup, instant, theirs)| {
        let rules: Vec<Value> = rules
            .into_iter()
            .enumerate()
            .map(|(at, (field, weight, exact))| {
                let mode = if exact { "exact_normalized" } else { "fuzzy_string" };
                json!({"field": format!("{field}.{at}"), "weight": weight, "matchMode": mode, "_id": theirs})
            })
            .collect();
        map(json!({
            "candidateLimit": limit, "thresholdPercent": one.max(other), "reviewThresholdPercent": one.min(other),
            "customFields": rules, "lookupTriggerFields": lookup, "instantMergeFields": instant, "theirs": theirs,
        }))
    })
}

/// As the contract says: what is sent takes its place, the rest stays.
fn served(now: &Map<String, Value>, request: Map<String, Value>) -> Map<String, Value> {
    let mut after = now.clone();
    after.extend(request);
    after
}

proptest! {
    #[test]
    fn what_is_sent_makes_the_changed_keys_as_wanted_and_leaves_the_others(
        seen in settings(), wanted in settings(), now in settings(),
    ) {
        let mut wanted = wanted;
        wanted.insert("theirs".into(), seen["theirs"].clone());
        let decided = DecidedSettings::of(seen.clone(), &wanted).unwrap();
        let after = served(&now, decided.request(&now));
        prop_assert_eq!(decided.shown_by(&after), SettingsShown::Wanted);
        for key in now.keys() {
            let expected = if decided.change.contains_key(key) { &wanted[key] } else { &now[key] };
            prop_assert_eq!(&after[key], expected, "{}", key);
        }
        // On what was seen it makes exactly what was wanted, however that is written.
        let whole = served(&seen, decided.request(&seen));
        for key in wanted.keys() {
            prop_assert!(same_setting(whole.get(key), wanted.get(key)), "{}", key);
        }
        prop_assert_eq!(decided.contradicted_by(&now).is_empty(), decided.shown_by(&now) != SettingsShown::Other);
        let sound = decided.problems_with(&now).is_empty();
        let fits = after["reviewThresholdPercent"].as_f64() <= after["thresholdPercent"].as_f64();
        let touches = decided.change.contains_key("thresholdPercent") || decided.change.contains_key("reviewThresholdPercent");
        prop_assert_eq!(sound, fits || !touches);
    }
}
