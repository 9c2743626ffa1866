//! Documents made from the schemas themselves: every one of them survives reading and writing.

use std::collections::BTreeMap;

use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::select,
    strategy::Union,
    test_runner::{Config, TestRunner},
};
use serde_json::{Map, Number, Value, json};

use crate::{
    schema::{description, schemas, validator, validators},
    types::TYPES,
};

/// How far a generated document goes.
#[derive(Clone, Copy, PartialEq)]
enum Reach {
    /// Valid by the schema.
    Schema,
    /// Also `null` where a field is optional, and words that no enum lists: what servers send all the same.
    Beyond,
}

/// A document for a schema.
fn document(schema: &Value, reach: Reach) -> BoxedStrategy<Value> {
    if let Some(target) = schema["$ref"].as_str() {
        let target = description().pointer(target.trim_start_matches('#')).expect("references resolve");
        return document(target, reach);
    }
    if let Some(first) = schema["allOf"].as_array().and_then(|all| all.first()) {
        return document(first, reach);
    }
    if let Some(options) = schema["oneOf"].as_array() {
        return Union::new(options.iter().map(|option| document(option, reach))).boxed();
    }
    if let Some(words) = schema["enum"].as_array() {
        let known = select(words.clone()).boxed();
        let is_word = words.iter().all(Value::is_string);
        return if reach == Reach::Beyond && is_word { Union::new([known, text(0)]).boxed() } else { known };
    }
    match &schema["type"] {
        Value::Array(kinds) => Union::new(kinds.iter().map(|kind| of_kind(schema, kind, reach))).boxed(),
        kind => of_kind(schema, kind, reach),
    }
}

fn of_kind(schema: &Value, kind: &Value, reach: Reach) -> BoxedStrategy<Value> {
    let bound = |key: &str| schema[key].as_u64();
    match kind.as_str() {
        Some("null") => Just(Value::Null).boxed(),
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") => {
            let least = schema["minimum"].as_i64().unwrap_or(i64::MIN);
            let most = schema["maximum"].as_i64().unwrap_or(i64::MAX);
            (least..=most).prop_map(Value::from).boxed()
        }
        Some("number") => {
            let least = schema["minimum"].as_f64().unwrap_or(-1e300);
            let most = schema["maximum"].as_f64().unwrap_or(1e300);
            let whole = (least.max(-1e9) as i64..=most.min(1e9) as i64).prop_map(Value::from);
            Union::new([(least..=most).prop_map(Value::from).boxed(), whole.boxed()]).boxed()
        }
        Some("string") => text(bound("minLength").unwrap_or(0)),
        Some("array") => {
            let least = usize::try_from(bound("minItems").unwrap_or(0)).expect("small");
            vec(document(&schema["items"], reach), least..least + 3).prop_map(Value::from).boxed()
        }
        Some("object") => object(schema, reach),
        _ => anything(),
    }
}

fn object(schema: &Value, reach: Reach) -> BoxedStrategy<Value> {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut fields = Vec::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let value = document(field, reach);
        let field = if required.contains(&name.as_str()) {
            value.prop_map(Some).boxed()
        } else if reach == Reach::Beyond {
            option::of(Union::new([value, Just(Value::Null).boxed()])).boxed()
        } else {
            option::of(value).boxed()
        };
        fields.push((Just(name.clone()), field));
    }
    // No field of any schema begins with one of these.
    let unknown_key = "[~$.é]\\PC{0,5}";
    let others: BoxedStrategy<BTreeMap<String, Value>> = match &schema["additionalProperties"] {
        Value::Bool(false) => Just(BTreeMap::new()).boxed(),
        Value::Object(_) => {
            btree_map(unknown_key, document(&schema["additionalProperties"], reach), 0..4).boxed()
        }
        _ => btree_map(unknown_key, anything(), 0..3).boxed(),
    };
    (fields, others)
        .prop_map(|(fields, others)| {
            let known = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
            Value::Object(known.chain(others).collect::<Map<_, _>>())
        })
        .boxed()
}

fn text(least: u64) -> BoxedStrategy<Value> {
    let free = format!("\\PC{{{least},9}}");
    let free = proptest::string::string_regex(&free).expect("a pattern").prop_map(Value::from).boxed();
    let hostile =
        ["2026-05-01T14:30:00.000Z", "null", "source", "\u{0}\u{202e}", "a\"b\\c/\n", "😀"].map(Value::from);
    Union::new([free, select(hostile.to_vec()).boxed()]).boxed()
}

fn anything() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |number| Number::from_f64(number).map(Value::Number)),
        "\\PC{0,6}".prop_map(Value::from),
    ];
    let nested = |inner: BoxedStrategy<Value>| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map("\\PC{0,4}", inner, 0..3).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    };
    leaf.prop_recursive(2, 8, 3, move |inner| nested(inner.boxed())).boxed()
}

fn survives(reach: Reach, schema_is_in: impl Fn(&str) -> bool) {
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    for (schema, round_trip) in TYPES.iter().filter(|(schema, _)| schema_is_in(schema)) {
        let documents = document(&schemas()[*schema], reach);
        let outcome = TestRunner::new(config.clone()).run(&documents, |document| {
            let bytes = serde_json::to_vec(&document).expect("JSON");
            if reach == Reach::Schema {
                prop_assert!(validators()[*schema].is_valid(&document), "{schema}: the generator is wrong");
            }
            let written =
                round_trip(&bytes).map_err(|error| TestCaseError::fail(format!("{schema}: {error}")))?;
            prop_assert_eq!(written, document, "{}", schema);
            Ok(())
        });
        outcome.unwrap_or_else(|failure| panic!("{schema}: {failure}"));
    }
}

/// Requests are closed: they are for the service to refuse, not to guess at.
fn is_request(schema: &str) -> bool {
    let parts = [
        "SeparateContactChild",
        "SeparateContactField",
        "SeparateContactM",
        "SeparateContactNew",
        "SeparationField",
    ];
    schema.ends_with("Request")
        || schema.ends_with("Body")
        || schema == "SeparationTarget"
        || parts.iter().any(|part| schema.starts_with(part))
}

#[test]
fn documents_of_every_schema_survive() {
    survives(Reach::Schema, |_| true);
}

#[test]
fn answers_beyond_their_schema_survive() {
    survives(Reach::Beyond, |schema| !is_request(schema));
}

/// The schemas without their bounds: what a reader answers for. Bounds are for the service to judge, and so are the
/// words of a match mode, because settings are validated as a whole.
fn shapes() -> Value {
    fn unbound(value: &mut Value) {
        match value {
            Value::Object(map) => {
                for bound in ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"] {
                    map.remove(bound);
                }
                if map.get("type") == Some(&Value::from("integer")) {
                    map.insert("type".into(), "number".into());
                }
                map.values_mut().for_each(unbound);
            }
            Value::Array(list) => list.iter_mut().for_each(unbound),
            _ => {}
        }
    }
    let mut components = description()["components"].clone();
    unbound(&mut components);
    let mode = "/schemas/ContactFuzzyMergeCustomFieldRule/properties/matchMode";
    components.pointer_mut(mode).and_then(Value::as_object_mut).expect("the match mode").remove("enum");
    components
}

/// The document with one of its parts, chosen by `at`, replaced.
fn spoil(document: &mut Value, at: usize, by: &Value) {
    let children = match document {
        Value::Object(map) => map.values_mut().collect::<Vec<_>>(),
        Value::Array(list) => list.iter_mut().collect(),
        _ => Vec::new(),
    };
    let choices = children.len() + 1;
    match children.into_iter().nth(at % choices) {
        Some(child) => spoil(child, at / choices, by),
        None => *document = by.clone(),
    }
}

#[test]
fn a_request_that_is_read_has_the_shape_of_its_schema() {
    let components = shapes();
    let tricky = [
        json!([]),
        json!({}),
        json!({"original": null}),
        json!(["Jane", "Janet"]),
        json!([{}, {}, {}, {}, {}]),
        json!([["a"], ["b"]]),
        json!("before_to_new"),
    ];
    let spoiler = Union::new([anything(), select(tricky.to_vec()).boxed()]);
    let config = Config { cases: 128, failure_persistence: None, ..Config::default() };
    for (schema, round_trip) in TYPES.iter().filter(|(schema, _)| is_request(schema)) {
        let shape = validator(schema, &components);
        let cases = (document(&schemas()[*schema], Reach::Schema), any::<usize>(), &spoiler);
        let outcome = TestRunner::new(config.clone()).run(&cases, |(mut document, at, by)| {
            spoil(&mut document, at, &by);
            let bytes = serde_json::to_vec(&document).expect("JSON");
            if let Ok(written) = round_trip(&bytes) {
                prop_assert!(shape.is_valid(&document), "{schema} takes {document}");
                prop_assert_eq!(written, document);
            }
            Ok(())
        });
        outcome.unwrap_or_else(|failure| panic!("{schema}: {failure}"));
    }
}

#[test]
fn a_null_is_refused_where_a_request_allows_none() {
    let cases = [
        ("ContactDedupReviewResolutionBody", r#"{"resolution":null}"#, "resolution"),
        ("BulkKeepSeparateRequest", r#"{"reviewIds":["a"],"resolution":null}"#, "resolution"),
        ("UpdateContactFuzzyMergeSettingsRequest", r#"{"customFields":null}"#, "customFields"),
        ("SeparationFieldMisc", r#"{"original":null}"#, "original"),
        ("ConversationsRequest", r#"{"contactId":"c","channelType":null}"#, "channelType"),
    ];
    for (schema, text, path) in cases {
        let (_, round_trip) = TYPES.iter().find(|(name, _)| *name == schema).expect("typed");
        let error = round_trip(text.as_bytes()).expect_err("null is not allowed");
        assert_eq!(error.path, path, "{schema}");
        let document: Value = serde_json::from_str(text).expect("JSON");
        assert!(!validators()[schema].is_valid(&document), "{schema}");
    }
}
