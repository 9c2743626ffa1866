use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

fn apply(body: Value) -> Result<FuzzyMergeSettings, Vec<SettingsProblem>> {
    SettingsPatch::from_json(&body).and_then(|patch| FuzzyMergeSettings::default().apply(&patch))
}

fn refused(body: Value) -> Vec<(String, Code)> {
    apply(body).unwrap_err().into_iter().map(|problem| (problem.field, problem.code)).collect()
}

#[test]
fn the_default_is_sound_and_an_empty_change_keeps_it() {
    assert_eq!(FuzzyMergeSettings::default().problems(), []);
    assert_eq!(apply(json!({})), Ok(FuzzyMergeSettings::default()));
}

#[test]
fn a_change_touches_only_its_keys_and_replaces_lists_whole() {
    let merged = apply(json!({
        "thresholdPercent": 95.5, "lookupTriggerFields": ["email"],
        "conflictResolutionRules": {"email": "prefer_newer", "misc.x": {"own": 1}}
    }))
    .unwrap();
    assert_eq!(merged.threshold_percent, 95.5);
    assert_eq!(merged.review_threshold_percent, 70.0);
    assert_eq!(merged.lookup_trigger_fields, ["email"]);
    assert_eq!(merged.conflict_resolution_rules["misc.x"], json!({"own": 1}));
    assert_eq!(merged.custom_fields, FuzzyMergeSettings::default().custom_fields);
}

#[test]
fn a_table_of_refusals() {
    let rule =
        |field: &str, weight: f64, mode: &str| json!({"field": field, "weight": weight, "matchMode": mode});
    for (body, field, code) in [
        (json!({"candidateLimit": 0}), "candidateLimit", Code::OutOfRange),
        (json!({"candidateLimit": 201}), "candidateLimit", Code::OutOfRange),
        (json!({"candidateLimit": 50.5}), "candidateLimit", Code::NotInteger),
        (json!({"thresholdPercent": 100.1}), "thresholdPercent", Code::OutOfRange),
        (json!({"reviewThresholdPercent": -1}), "reviewThresholdPercent", Code::OutOfRange),
        (json!({"thresholdPercent": 60}), "reviewThresholdPercent", Code::ReviewAboveMerge),
        (json!({"reviewThresholdPercent": 91}), "reviewThresholdPercent", Code::ReviewAboveMerge),
        (json!({"threshold": 151}), "threshold", Code::OutOfRange),
        (json!({"reviewThreshold": 10.5}), "reviewThreshold", Code::NotInteger),
        (
            json!({"customFields": [rule("a", 101.0, "fuzzy_string")]}),
            "customFields[0].weight",
            Code::OutOfRange,
        ),
        (
            json!({"customFields": [rule("a", 1.0, "soundex")]}),
            "customFields[0].matchMode",
            Code::UnknownMatchMode,
        ),
        (json!({"customFields": [rule("", 1.0, "fuzzy_string")]}), "customFields[0].field", Code::BadPath),
        (
            json!({"customFields": [rule("a..b", 1.0, "fuzzy_string")]}),
            "customFields[0].field",
            Code::BadPath,
        ),
        (
            json!({"customFields": [rule("a", 1.0, "fuzzy_string"), rule("a", 2.0, "fuzzy_string")]}),
            "customFields[1].field",
            Code::DuplicatePath,
        ),
        (
            json!({"customFields": super::super::BASE_RULES.map(|(field, ..)| rule(field, 0.0, "fuzzy_string"))}),
            "customFields",
            Code::NoWeight,
        ),
        (json!({"lookupTriggerFields": ["email", "email"]}), "lookupTriggerFields[1]", Code::DuplicatePath),
        (json!({"instantMergeFields": [" "]}), "instantMergeFields[0]", Code::BadPath),
        (json!({"instantMergeFields": vec!["a"; 51]}), "instantMergeFields", Code::TooMany),
        (json!({"lookupTriggerFields": ["x".repeat(201)]}), "lookupTriggerFields[0]", Code::BadPath),
        (json!({"conflictResolutionRules": {"": "prefer_newer"}}), "conflictResolutionRules", Code::BadPath),
    ] {
        assert_eq!(refused(body.clone()), [(field.to_owned(), code)], "{body}");
    }
}

#[test]
fn absolute_thresholds_are_shares_of_the_merged_max_possible_score() {
    assert_eq!(apply(json!({"threshold": 135, "reviewThreshold": 120})).unwrap().threshold_percent, 90.0);
    let merged = apply(json!({"customFields": [], "threshold": 100, "reviewThreshold": 75})).unwrap();
    assert_eq!((merged.threshold_percent, merged.review_threshold_percent), (80.0, 60.0));
    let both = apply(json!({"threshold": 150, "thresholdPercent": 91})).unwrap();
    assert_eq!(both.threshold_percent, 91.0);
}

#[test]
fn every_problem_is_named_at_once() {
    assert_eq!(
        refused(json!({"candidateLimit": 500, "thresholdPercent": -5, "instantMergeFields": [""]})).len(),
        4
    );
}

proptest! {
    #[test]
    fn whatever_is_accepted_is_sound(
        limit in -10.0..300.0f64, merge in -20.0..120.0f64, review in -20.0..120.0f64, weight in -10.0..120.0f64,
        path in "[a-z. ]{0,6}", mode in prop::sample::select(vec!["exact_normalized", "fuzzy_string", ""]),
    ) {
        let body = json!({
            "candidateLimit": limit.round(), "thresholdPercent": merge, "reviewThresholdPercent": review,
            "customFields": [{"field": path, "weight": weight, "matchMode": mode}],
        });
        if let Ok(merged) = apply(body) {
            prop_assert_eq!(merged.problems(), []);
            prop_assert!(merged.review_threshold_percent <= merged.threshold_percent);
        }
    }
}
