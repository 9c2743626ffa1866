//! A change of settings, as it arrives.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::problem::{SettingsProblem, SettingsProblemCode};

/// A partial update (schema `UpdateContactFuzzyMergeSettingsRequest`): what is `None` stays as it is; lists and
/// the map of rules are replaced whole. Nothing in it has been judged yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SettingsPatch {
    /// New `candidateLimit`.
    pub candidate_limit: Option<f64>,
    /// New `thresholdPercent`. Wins over `threshold`.
    pub threshold_percent: Option<f64>,
    /// New `reviewThresholdPercent`. Wins over `review_threshold`.
    pub review_threshold_percent: Option<f64>,
    /// The merge threshold in units of weight, converted against the max possible score.
    pub threshold: Option<f64>,
    /// The review threshold in units of weight, converted against the max possible score.
    pub review_threshold: Option<f64>,
    /// New `customFields`.
    pub custom_fields: Option<Vec<CustomFieldPatch>>,
    /// New `lookupTriggerFields`.
    pub lookup_trigger_fields: Option<Vec<String>>,
    /// New `instantMergeFields`.
    pub instant_merge_fields: Option<Vec<String>>,
    /// New `conflictResolutionRules`.
    pub conflict_resolution_rules: Option<BTreeMap<String, Value>>,
}

/// A custom field rule whose mode may not exist.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomFieldPatch {
    /// A dotted path.
    pub field: String,
    /// The weight.
    pub weight: f64,
    /// The name of the match mode.
    pub match_mode: String,
}

impl SettingsPatch {
    /// Reads a request body. Unknown keys are passed over, as the schema allows them.
    ///
    /// # Errors
    /// Every key whose value has the wrong JSON type, `null` included: no key of the schema is nullable.
    pub fn from_json(body: &Value) -> Result<Self, Vec<SettingsProblem>> {
        let Some(body) = body.as_object() else {
            return Err(vec![wrong("body", "must be a JSON object")]);
        };
        let mut read = Reader { body, problems: Vec::new() };
        let patch = Self {
            candidate_limit: read.number("candidateLimit"),
            threshold_percent: read.number("thresholdPercent"),
            review_threshold_percent: read.number("reviewThresholdPercent"),
            threshold: read.number("threshold"),
            review_threshold: read.number("reviewThreshold"),
            custom_fields: read.custom_fields(),
            lookup_trigger_fields: read.strings("lookupTriggerFields"),
            instant_merge_fields: read.strings("instantMergeFields"),
            conflict_resolution_rules: read.rules(),
        };
        if read.problems.is_empty() { Ok(patch) } else { Err(read.problems) }
    }
}

fn wrong(field: impl Into<String>, message: &str) -> SettingsProblem {
    SettingsProblem::new(field, SettingsProblemCode::WrongType, message)
}

struct Reader<'a> {
    body: &'a Map<String, Value>,
    problems: Vec<SettingsProblem>,
}

impl Reader<'_> {
    fn number(&mut self, key: &str) -> Option<f64> {
        let value = self.body.get(key)?;
        let number = value.as_f64();
        if number.is_none() {
            self.problems.push(wrong(key, "must be a number"));
        }
        number
    }

    fn strings(&mut self, key: &str) -> Option<Vec<String>> {
        let Some(items) = self.body.get(key)?.as_array() else {
            self.problems.push(wrong(key, "must be a list of field paths"));
            return None;
        };
        let mut strings = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            match item.as_str() {
                Some(string) => strings.push(string.to_owned()),
                None => self.problems.push(wrong(format!("{key}[{at}]"), "must be a string")),
            }
        }
        Some(strings)
    }

    fn custom_fields(&mut self) -> Option<Vec<CustomFieldPatch>> {
        let Some(items) = self.body.get("customFields")?.as_array() else {
            self.problems.push(wrong("customFields", "must be a list of rules"));
            return None;
        };
        let mut rules = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let here = |key: &str| format!("customFields[{at}].{key}");
            let string = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
            let (field, match_mode) = (string("field"), string("matchMode"));
            let weight = item.get("weight").and_then(Value::as_f64);
            if field.is_none() {
                self.problems.push(wrong(here("field"), "must be a string"));
            }
            if weight.is_none() {
                self.problems.push(wrong(here("weight"), "must be a number"));
            }
            if match_mode.is_none() {
                self.problems.push(wrong(here("matchMode"), "must be a string"));
            }
            if let (Some(field), Some(weight), Some(match_mode)) = (field, weight, match_mode) {
                rules.push(CustomFieldPatch { field, weight, match_mode });
            }
        }
        Some(rules)
    }

    fn rules(&mut self) -> Option<BTreeMap<String, Value>> {
        let Some(rules) = self.body.get("conflictResolutionRules")?.as_object() else {
            self.problems.push(wrong("conflictResolutionRules", "must be an object of rules by field"));
            return None;
        };
        Some(rules.iter().map(|(field, rule)| (field.clone(), rule.clone())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_the_example_of_the_contract() {
        let patch = SettingsPatch::from_json(&json!({
            "candidateLimit": 100, "thresholdPercent": 92, "reviewThresholdPercent": 75,
            "customFields": [{"field": "address.streetAddress", "weight": 20, "matchMode": "fuzzy_string"}],
            "lookupTriggerFields": ["email", "phoneNumber"], "instantMergeFields": ["email"], "more": true
        }))
        .unwrap();
        assert_eq!(patch.candidate_limit, Some(100.0));
        assert_eq!(patch.threshold, None);
        assert_eq!(patch.custom_fields.unwrap()[0].weight, 20.0);
        assert_eq!(patch.instant_merge_fields.unwrap(), ["email"]);
    }

    #[test]
    fn names_every_key_of_the_wrong_type() {
        let problems = SettingsPatch::from_json(&json!({
            "candidateLimit": "50", "thresholdPercent": null, "customFields": [{"field": 1, "matchMode": "x"}],
            "lookupTriggerFields": "email", "instantMergeFields": ["email", 7], "conflictResolutionRules": []
        }))
        .unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "candidateLimit",
                "thresholdPercent",
                "customFields[0].field",
                "customFields[0].weight",
                "lookupTriggerFields",
                "instantMergeFields[1]",
                "conflictResolutionRules",
            ]
        );
        assert_eq!(SettingsPatch::from_json(&json!([])).unwrap_err()[0].field, "body");
    }
}
