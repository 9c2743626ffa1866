//! What a merge makes of two contacts: the source goes into the candidate, and the candidate survives.
//!
//! Field by field, the order of authority is: the caller's choice, then the organisation's conflict rule
//! (`prefer_newer` where both have a value), then the candidate's value if it has one, then the source's. Numbers of
//! both are kept; a choice for `phoneNumber` says whose stays primary. Objects are merged by their leaves, lists
//! are taken whole.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::clock::millis_of;
use crate::db::document::text;
use crate::http::Refusal;
use crate::rule::phones;

/// What stays the candidate's whatever is chosen: who it is, when it began, and what has rules of its own.
const KEPT: [&str; 8] = [
    "_id",
    "organizationId",
    "createdAt",
    "createdBy",
    "updatedAt",
    "existingConversationId",
    "phoneNumber",
    "secondaryPhoneNumber",
];

/// Words under `resolution` that are no fields in the flat dialect.
const NO_FIELDS: [&str; 2] = ["cleaveOpId", "note"];

/// Which contact a field comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Source,
    Candidate,
}

/// The caller's choices, by dotted path.
#[derive(Debug, Default)]
pub(crate) struct Choices(BTreeMap<String, Side>);

impl Choices {
    /// Reads the choices of a resolution in any of the three dialects: `{fieldChoices: {field: side}}`,
    /// `{field: side}`, or `{keepContactId, mergedFields}` where the merged fields come from the contact that is not
    /// kept. 400 for a side that is none and for a kept contact outside the pair.
    pub(crate) fn of(
        resolution: &Map<String, Value>,
        source: &str,
        candidate: &str,
    ) -> Result<Choices, Refusal> {
        if let Some(choices) = resolution.get("fieldChoices") {
            let choices = choices.as_object().ok_or_else(|| {
                Refusal::field("resolution.fieldChoices", "must be an object of sides by field")
            })?;
            let mut read = BTreeMap::new();
            for (field, side) in choices {
                let side = side_of(side).ok_or_else(|| {
                    Refusal::field(format!("resolution.fieldChoices.{field}"), "must be source or candidate")
                })?;
                read.insert(field.clone(), side);
            }
            return Ok(Choices(read));
        }
        if let Some(kept) = resolution.get("keepContactId") {
            let side = match kept.as_str() {
                Some(id) if id == candidate => Side::Source,
                Some(id) if id == source => Side::Candidate,
                _ => {
                    return Err(Refusal::field(
                        "resolution.keepContactId",
                        "must be one of the two contacts",
                    ));
                }
            };
            let merged = resolution.get("mergedFields").and_then(Value::as_array);
            let fields = merged.into_iter().flatten().filter_map(Value::as_str);
            return Ok(Choices(fields.map(|field| (field.to_owned(), side)).collect()));
        }
        let flat = resolution.iter().filter(|(field, _)| !NO_FIELDS.contains(&field.as_str()));
        Ok(Choices(flat.filter_map(|(field, side)| Some((field.clone(), side_of(side)?))).collect()))
    }

    /// The choice for a path, or for an object around it.
    fn for_path(&self, path: &str) -> Option<Side> {
        let mut path = path;
        loop {
            if let Some(side) = self.0.get(path) {
                return Some(*side);
            }
            path = path.rsplit_once('.')?.0;
        }
    }
}

fn side_of(value: &Value) -> Option<Side> {
    match value.as_str() {
        Some("source") => Some(Side::Source),
        Some("candidate") => Some(Side::Candidate),
        _ => None,
    }
}

/// The candidate as it is after the merge.
pub(crate) fn merged(
    source: &Value,
    candidate: &Value,
    choices: &Choices,
    rules: &BTreeMap<String, Value>,
    now: &str,
) -> Value {
    let source_is_newer = millis_of(text(source, "updatedAt")) > millis_of(text(candidate, "updatedAt"));
    let decide = |path: &str, of_source: &Value, of_candidate: &Value| -> Value {
        let side = choices.for_path(path).unwrap_or_else(|| {
            let newer_wins = rules.get(path).and_then(Value::as_str) == Some("prefer_newer");
            match (is_missing(of_source), is_missing(of_candidate)) {
                (false, true) => Side::Source,
                (false, false) if newer_wins && source_is_newer => Side::Source,
                _ => Side::Candidate,
            }
        });
        match side {
            Side::Source => of_source.clone(),
            Side::Candidate => of_candidate.clone(),
        }
    };
    let mut result = candidate.clone();
    merge_members(&mut result, source, "", &decide);
    unite_phones(&mut result, source, candidate, choices);
    result["updatedAt"] = json!(now);
    result
}

fn merge_members(
    into: &mut Value,
    source: &Value,
    prefix: &str,
    decide: &impl Fn(&str, &Value, &Value) -> Value,
) {
    let mut keys: Vec<String> =
        into.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default();
    for key in source.as_object().into_iter().flat_map(Map::keys) {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    for key in keys {
        if prefix.is_empty() && KEPT.contains(&key.as_str()) {
            continue;
        }
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        let of_source = source.get(&key).unwrap_or(&Value::Null);
        let of_candidate = into.get(&key).cloned().unwrap_or(Value::Null);
        if of_source.is_object() && (of_candidate.is_object() || of_candidate.is_null()) {
            let mut inner = if of_candidate.is_null() { json!({}) } else { of_candidate };
            merge_members(&mut inner, of_source, &path, decide);
            into[&key] = inner;
        } else if of_candidate.is_object() && of_source.is_null() {
            let mut inner = of_candidate;
            merge_members(&mut inner, &Value::Null, &path, decide);
            into[&key] = inner;
        } else if into.get(&key).is_some() || !is_missing(of_source) {
            into[&key] = decide(&path, of_source, &of_candidate);
        }
    }
}

fn is_missing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Numbers that either of the two held are held by the survivor; the others stay secondary.
fn unite_phones(result: &mut Value, source: &Value, candidate: &Value, choices: &Choices) {
    let (first, second) = match choices.for_path("phoneNumber") {
        Some(Side::Source) => (source, candidate),
        _ => (candidate, source),
    };
    let primary = phones::all(first).into_iter().next();
    let held = phones::distinct(phones::held(candidate).into_iter().chain(phones::held(source)));
    let keys: Vec<String> = held.iter().map(|number| phones::key(number)).collect();
    let primary = primary.filter(|number| keys.contains(&phones::key(number)));
    let primary = primary.or_else(|| phones::held(second).into_iter().next());
    let numbers = phones::distinct(primary.into_iter().chain(held));
    let secondary = phones::secondary(candidate).into_iter().chain(phones::secondary(source));
    let mut rest = phones::distinct(secondary);
    rest.retain(|number| !keys.contains(&phones::key(number)));
    result["phoneNumber"] = phones::as_list(&numbers);
    result["secondaryPhoneNumber"] = json!(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(resolution: Value) -> Choices {
        Choices::of(resolution.as_object().unwrap(), "s", "c").unwrap()
    }

    fn pair() -> (Value, Value) {
        let source = json!({"_id": "s", "firstName": "Janet", "email": "new@example.com", "company": "Acme",
            "phoneNumber": [{"value": "+14165550101", "isPrimary": true}], "secondaryPhoneNumber": ["+14165550109"],
            "address": {"city": "Oslo", "state": "X"}, "misc": {"tier": "gold"},
            "updatedAt": "2026-02-01T00:00:00.000Z"});
        let candidate = json!({"_id": "c", "firstName": "Jane", "email": "old@example.com", "company": null,
            "phoneNumber": "+14165550100", "address": {"city": "Bergen"},
            "updatedAt": "2026-01-01T00:00:00.000Z"});
        (source, candidate)
    }

    #[test]
    fn authority_goes_choice_rule_candidate_source() {
        let (source, candidate) = pair();
        let rules = BTreeMap::from([("email".to_owned(), json!("prefer_newer"))]);
        let choice = choices(json!({"fieldChoices": {"address.city": "source"}}));
        let merged = merged(&source, &candidate, &choice, &rules, "now");
        let cases = [
            ("/_id", json!("c")),
            ("/firstName", json!("Jane")),
            ("/email", json!("new@example.com")),
            ("/company", json!("Acme")),
            ("/address/city", json!("Oslo")),
            ("/address/state", json!("X")),
            ("/misc/tier", json!("gold")),
            ("/updatedAt", json!("now")),
        ];
        for (path, value) in cases {
            assert_eq!(merged.pointer(path), Some(&value), "{path}");
        }
    }

    #[test]
    fn a_choice_beats_a_rule_and_may_choose_nothing() {
        let (source, candidate) = pair();
        let rules = BTreeMap::from([("email".to_owned(), json!("prefer_newer"))]);
        let choice = choices(json!({"email": "candidate", "company": "candidate", "cleaveOpId": "1"}));
        let merged = merged(&source, &candidate, &choice, &rules, "now");
        assert_eq!(merged["email"], "old@example.com");
        assert_eq!(merged["company"], Value::Null);
    }

    #[test]
    fn numbers_are_united_and_the_choice_names_the_primary_one() {
        let (source, candidate) = pair();
        let numbers = |choice: Value| {
            let merged = merged(&source, &candidate, &choices(choice), &BTreeMap::new(), "now");
            assert_eq!(merged["secondaryPhoneNumber"], json!(["+14165550109"]));
            phones::held(&merged)
        };
        assert_eq!(numbers(json!({})), ["+14165550100", "+14165550101"]);
        assert_eq!(numbers(json!({"phoneNumber": "source"})), ["+14165550101", "+14165550100"]);
    }

    #[test]
    fn the_twins_dialect_takes_merged_fields_from_the_other_contact() {
        let (source, candidate) = pair();
        let choice = choices(json!({"keepContactId": "c", "mergedFields": ["firstName"]}));
        assert_eq!(merged(&source, &candidate, &choice, &BTreeMap::new(), "now")["firstName"], "Janet");
        let bad = [
            json!({"fieldChoices": {"email": "left"}}),
            json!({"fieldChoices": []}),
            json!({"keepContactId": 7}),
        ];
        for resolution in bad {
            let refused = Choices::of(resolution.as_object().unwrap(), "s", "c").unwrap_err();
            assert_eq!(refused.status(), 400, "{resolution}");
        }
    }
}
