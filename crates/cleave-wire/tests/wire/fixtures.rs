//! Every fixture is read, written to an equal document, and valid by its schema.

use std::{collections::BTreeSet, fs, path::PathBuf};

use cleave_wire::ApiProblem;
use serde_json::Value;

use crate::{
    schema::{schemas, validators},
    types::{ERRORS, TYPES},
};

struct Fixture {
    schema: String,
    name: String,
    bytes: Vec<u8>,
}

impl Fixture {
    fn document(&self) -> Value {
        serde_json::from_slice(&self.bytes).expect("a fixture is JSON")
    }
}

#[expect(clippy::disallowed_methods, reason = "the test reads its fixtures; the crate reads nothing")]
fn fixtures() -> Vec<Fixture> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut all = Vec::new();
    for directory in fs::read_dir(root).expect("fixtures are there") {
        let directory = directory.expect("readable").path();
        let schema =
            directory.file_name().and_then(|name| name.to_str()).expect("a schema's name").to_owned();
        for file in fs::read_dir(&directory).expect("readable") {
            let file = file.expect("readable").path();
            let name = file.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
            all.push(Fixture { schema: schema.clone(), name, bytes: fs::read(&file).expect("readable") });
        }
    }
    all
}

#[test]
fn every_schema_has_a_type_and_a_fixture() {
    let described: BTreeSet<&str> = schemas().keys().map(String::as_str).collect();
    let typed: BTreeSet<&str> = TYPES.iter().map(|(schema, _)| *schema).chain(ERRORS).collect();
    let fixtures = fixtures();
    let shown: BTreeSet<&str> = fixtures.iter().map(|fixture| fixture.schema.as_str()).collect();
    assert_eq!(described, typed);
    assert_eq!(described, shown);
}

#[test]
fn fixtures_survive_reading_and_writing() {
    for fixture in fixtures() {
        let Some((_, round_trip)) = TYPES.iter().find(|(schema, _)| *schema == fixture.schema) else {
            continue;
        };
        let written = round_trip(&fixture.bytes)
            .unwrap_or_else(|error| panic!("{}/{}: {error}", fixture.schema, fixture.name));
        assert_eq!(written, fixture.document(), "{}/{}", fixture.schema, fixture.name);
    }
}

#[test]
fn fixtures_are_valid_by_their_schema_unless_they_say_otherwise() {
    for fixture in fixtures() {
        let document = fixture.document();
        let complaints: Vec<String> = validators()[&fixture.schema]
            .iter_errors(&document)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect();
        let beyond = fixture.name.starts_with("beyond-");
        assert_eq!(!complaints.is_empty(), beyond, "{}/{}: {complaints:?}", fixture.schema, fixture.name);
    }
}

#[test]
fn error_fixtures_give_the_servers_words() {
    for fixture in fixtures().iter().filter(|fixture| ERRORS.contains(&fixture.schema.as_str())) {
        let problem = ApiProblem::parse(400, Some("application/json"), &fixture.bytes);
        let document = fixture.document();
        let error = document.get("error").map(|error| error.get("message").unwrap_or(error));
        assert_eq!(problem.words.as_deref(), error.and_then(Value::as_str), "{}", fixture.name);
    }
}
