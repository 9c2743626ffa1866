//! What `openapi.json` promises about itself.

use serde_json::Value;

use crate::schema::description;

fn operations() -> Vec<(String, &'static Value)> {
    let paths = description()["paths"].as_object().expect("paths");
    let mut all = Vec::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().expect("methods") {
            all.push((format!("{method} {path}"), operation));
        }
    }
    all
}

#[test]
fn every_reference_points_somewhere() {
    fn check(value: &Value) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(target)) = map.get("$ref") {
                    let pointer = target.strip_prefix('#').expect("a reference within the document");
                    assert!(description().pointer(pointer).is_some(), "{target}");
                }
                map.values().for_each(check);
            }
            Value::Array(list) => list.iter().for_each(check),
            _ => {}
        }
    }
    check(description());
}

#[test]
fn every_operation_says_how_certain_it_is_and_how_it_fails() {
    for (name, operation) in operations() {
        let grade = operation["x-cleave-grade"].as_str().unwrap_or_default();
        assert!(["documented", "published", "inferred"].contains(&grade), "{name}: {grade}");
        let responses = operation["responses"].as_object().expect("responses");
        let has = |status: &str| responses.contains_key(status);
        assert!(has("200") && has("429") && has("500"), "{name}");
        let public = operation["security"].as_array().is_some_and(Vec::is_empty);
        assert_eq!(public, name.contains("/auth/login") || name.contains("/auth/refresh"), "{name}");
        assert!(has("401"), "{name}");
        assert_eq!(operation.get("requestBody").is_some(), has("413") && has("415"), "{name}");
    }
}

#[test]
fn only_the_four_operations_of_the_reference_pages_are_documented() {
    let mut documented: Vec<String> = operations()
        .into_iter()
        .filter(|(_, operation)| operation["x-cleave-grade"] == "documented")
        .map(|(name, _)| name)
        .collect();
    documented.sort();
    assert_eq!(
        documented,
        [
            "get /api/organizations/{organizationId}/contact-fuzzy-merge-settings",
            "patch /api/contacts/dedup-reviews/{reviewId}/keep-separate",
            "post /api/contacts/{id}/separate",
            "put /api/organizations/{organizationId}/contact-fuzzy-merge-settings",
        ]
    );
}

#[test]
fn path_parameters_are_those_of_the_path() {
    for (name, operation) in operations() {
        let mut in_path: Vec<&str> =
            name.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let mut described: Vec<&str> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == "path")
            .filter_map(|parameter| parameter["name"].as_str())
            .collect();
        in_path.sort_unstable();
        described.sort_unstable();
        assert_eq!(in_path, described, "{name}");
    }
}
