//! The schemas of `openapi.json`, ready to validate with.

use std::{collections::BTreeMap, sync::OnceLock};

use jsonschema::Validator;
use serde_json::{Value, json};

/// The whole description.
pub fn description() -> &'static Value {
    static DESCRIPTION: OnceLock<Value> = OnceLock::new();
    DESCRIPTION.get_or_init(|| serde_json::from_str(cleave_wire::OPENAPI_JSON).expect("openapi.json is JSON"))
}

/// The component schemas by name.
pub fn schemas() -> &'static serde_json::Map<String, Value> {
    description()["components"]["schemas"].as_object().expect("components.schemas is an object")
}

/// A validator for one schema among these components. References between them resolve as they stand.
pub fn validator(name: &str, components: &Value) -> Validator {
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/components/schemas/{name}"),
        "components": components,
    });
    jsonschema::validator_for(&document).expect("the schema compiles")
}

/// A validator for each component schema.
pub fn validators() -> &'static BTreeMap<String, Validator> {
    static VALIDATORS: OnceLock<BTreeMap<String, Validator>> = OnceLock::new();
    VALIDATORS.get_or_init(|| {
        let compile = |name: &String| (name.clone(), validator(name, &description()["components"]));
        schemas().keys().map(compile).collect()
    })
}
