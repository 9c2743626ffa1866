//! The OpenAPI description: which operation a request belongs to and which schema its answer has.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Value, json};

/// One operation of the description.
pub struct Operation {
    pub method: String,
    pub template: String,
    pub has_body: bool,
    /// Whether a token is asked for.
    pub secured: bool,
    answers: BTreeMap<u16, Option<Validator>>,
}

impl Operation {
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.template)
    }

    pub fn describes(&self, status: u16) -> bool {
        self.answers.contains_key(&status)
    }

    /// What speaks against an answer; nothing when it is as described.
    pub fn objections(&self, status: u16, body: &Value) -> Vec<String> {
        match self.answers.get(&status) {
            None => vec![format!("{status} is not described")],
            Some(None) => Vec::new(),
            Some(Some(schema)) => schema
                .iter_errors(body)
                .map(|error| format!("at {}: {error}", error.instance_path()))
                .collect(),
        }
    }
}

/// Every operation.
pub struct Description(pub Vec<Operation>);

impl Description {
    pub fn of(document: &Value) -> Description {
        let mut operations = Vec::new();
        for (template, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                let answers = operation["responses"].as_object().expect("responses").iter();
                operations.push(Operation {
                    method: method.to_uppercase(),
                    template: template.clone(),
                    has_body: operation.get("requestBody").is_some(),
                    secured: operation["security"].as_array().is_some_and(|list| !list.is_empty()),
                    answers: answers
                        .map(|(status, answer)| {
                            (status.parse().expect("a status"), validator(document, answer))
                        })
                        .collect(),
                });
            }
        }
        Description(operations)
    }

    /// The operation of a request. Templates with fewer placeholders win, as in the router.
    pub fn operation(&self, method: &str, path: &str) -> &Operation {
        let path = path.split('?').next().unwrap_or_default();
        let fitting = self.0.iter().filter(|one| one.method == method && fits(&one.template, path));
        fitting
            .min_by_key(|one| one.template.matches('{').count())
            .unwrap_or_else(|| panic!("{method} {path} is not described"))
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (wanted, segments): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    wanted.len() == segments.len()
        && wanted.iter().zip(&segments).all(|(want, segment)| want.starts_with('{') || want == segment)
}

fn validator(document: &Value, answer: &Value) -> Option<Validator> {
    let answer = match answer["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).expect("a shared answer"),
        None => answer,
    };
    let mut schema = answer.pointer("/content/application~1json/schema")?.clone();
    schema["components"] = document["components"].clone();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    Some(jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema"))
}
