//! Every property that a schema names is a field of its type: none of them only survives among the unknown ones.

use serde_json::{Map, Value, json};

use crate::{
    schema::{description, schemas},
    types::TYPES,
};

/// A document with every property that the schema names, at every depth.
fn full(schema: &Value) -> Value {
    if let Some(target) = schema["$ref"].as_str() {
        return full(description().pointer(target.trim_start_matches('#')).expect("references resolve"));
    }
    if let Some(word) = schema["enum"].as_array().and_then(|words| words.first()) {
        return word.clone();
    }
    if let Some(option) = ["allOf", "oneOf"].iter().find_map(|key| schema[*key].as_array()?.first()) {
        return full(option);
    }
    let kind = schema["type"].as_array().map_or(&schema["type"], |kinds| &kinds[0]);
    match kind.as_str() {
        Some("object") => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            Value::Object(
                properties.map(|(name, property)| (name.clone(), full(property))).collect::<Map<_, _>>(),
            )
        }
        Some("array") => json!([full(&schema["items"])]),
        Some("boolean") => json!(true),
        Some("integer" | "number") => json!(1),
        Some("string") => json!("word"),
        _ => json!({"any": "thing"}),
    }
}

/// Pointers to the properties that a schema names itself, in objects within it too.
fn properties(schema: &Value, prefix: &str) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let pointer = format!("{prefix}/{name}");
        all.extend(properties(property, &pointer));
        all.push((pointer, property.clone()));
    }
    all
}

/// Whether the schema leaves the value open, so that no value is of the wrong type.
fn is_open(pointer: &str, property: &Value) -> bool {
    let unconstrained =
        ["type", "oneOf", "allOf", "enum", "$ref"].iter().all(|key| property.get(key).is_none());
    // A word or a number, read as any value.
    unconstrained || pointer == "/status" && property["type"] == json!(["string", "integer", "null"])
}

#[test]
fn every_property_is_read_by_the_type() {
    let mut checked = 0;
    for (schema, round_trip) in TYPES {
        let whole = full(&schemas()[*schema]);
        let text = whole.to_string();
        assert_eq!(round_trip(text.as_bytes()).as_ref(), Ok(&whole), "{schema}");
        for (pointer, property) in properties(&schemas()[*schema], "") {
            if is_open(&pointer, &property) {
                continue;
            }
            let refused = [json!(true), json!("word"), json!([[[]]]), json!({"": []})].iter().any(|wrong| {
                let mut document = whole.clone();
                *document.pointer_mut(&pointer).expect("the property is there") = wrong.clone();
                round_trip(document.to_string().as_bytes()).is_err()
            });
            assert!(refused, "{schema}{pointer} is not a field of the type");
            checked += 1;
        }
    }
    assert!(checked > 250, "{checked} properties");
}
