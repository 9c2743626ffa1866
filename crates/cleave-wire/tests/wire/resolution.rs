//! The three dialects of a resolution, written and read.

use cleave_core::{
    decision::Decision,
    field::{FieldPath, Side},
};
use cleave_wire::resolution::{Choices, FieldChoices, ResolutionBody, ResolutionDialect, ResolutionReading};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const DIALECTS: [ResolutionDialect; 3] =
    [ResolutionDialect::FieldChoices, ResolutionDialect::Flat, ResolutionDialect::KeepContact];

fn map(value: Value) -> Map<String, Value> {
    value.as_object().expect("an object").clone()
}

fn written(decision: &Decision, dialect: ResolutionDialect) -> Map<String, Value> {
    ResolutionBody::of(decision, "op-1", "candidate-id", dialect).resolution.expect("a resolution")
}

fn choices(list: &[(&str, Side)]) -> FieldChoices {
    list.iter().map(|(field, side)| (FieldPath::from(*field), *side)).collect()
}

#[test]
fn each_dialect_is_written_as_the_contract_shows_it() {
    let decision = Decision::Merge {
        choices: choices(&[("email", Side::Source), ("lastName", Side::Candidate)]),
        note: Some("one person".into()),
    };
    let expected = [
        json!({"fieldChoices": {"email": "source", "lastName": "candidate"}, "cleaveOpId": "op-1", "note": "one person"}),
        json!({"email": "source", "lastName": "candidate", "cleaveOpId": "op-1", "note": "one person"}),
        json!({"keepContactId": "candidate-id", "mergedFields": ["email"], "cleaveOpId": "op-1", "note": "one person"}),
    ];
    for (dialect, expected) in DIALECTS.into_iter().zip(expected) {
        assert_eq!(Value::from(written(&decision, dialect)), expected);
    }
    let kept = Decision::KeepSeparate { note: None };
    for dialect in DIALECTS {
        assert_eq!(Value::from(written(&kept, dialect)), json!({"cleaveOpId": "op-1"}));
    }
}

#[test]
fn the_documented_and_the_published_example_are_read() {
    let flat = ResolutionReading::of(&map(
        json!({"firstName": "candidate", "lastName": "candidate", "email": "source"}),
    ));
    let expected =
        choices(&[("firstName", Side::Candidate), ("lastName", Side::Candidate), ("email", Side::Source)]);
    assert_eq!(flat.field_choices("s", "c"), expected);

    let kept = ResolutionReading::of(&map(
        json!({"keepContactId": "c", "mergedFields": ["email", 7, "phoneNumber"]}),
    ));
    assert_eq!(
        kept.field_choices("s", "c"),
        choices(&[("email", Side::Source), ("phoneNumber", Side::Source)])
    );
    assert_eq!(
        kept.field_choices("c", "x"),
        choices(&[("email", Side::Candidate), ("phoneNumber", Side::Candidate)])
    );
    assert!(kept.field_choices("x", "y").is_empty(), "a third contact says nothing about these two");
}

#[test]
fn what_is_no_choice_is_not_taken_for_one() {
    for resolution in [
        json!({}),
        json!({"reason": "twins", "count": 2, "nested": {"email": "source"}}),
        json!({"note": "source", "cleaveOpId": "candidate"}),
        json!({"fieldChoices": "source"}),
    ] {
        let reading = ResolutionReading::of(&map(resolution.clone()));
        assert!(matches!(reading.choices, Choices::None), "{resolution}");
    }
    let reading = ResolutionReading::of(&map(
        json!({"fieldChoices": {"email": "both", "status": "source"}, "status": "candidate"}),
    ));
    assert_eq!(reading.field_choices("s", "c"), choices(&[("status", Side::Source)]), "the named map wins");
    assert!(!format!("{reading:?}").contains("status"));
}

fn any_choices() -> impl Strategy<Value = FieldChoices> {
    let side = prop_oneof![Just(Side::Source), Just(Side::Candidate)];
    // A contact field named like one of the two keys beside the choices cannot be told from them in a flat map.
    let field = "[a-zA-Z.é_]{1,12}".prop_filter("a key beside the choices", |field| field != "note");
    proptest::collection::btree_map(field.prop_map(FieldPath::new), side, 1..6)
}

proptest! {
    #[test]
    fn what_one_dialect_writes_any_reader_understands(choices in any_choices(), note in proptest::option::of("\\PC{0,20}")) {
        let decision = Decision::Merge { choices: choices.clone(), note: note.clone() };
        for dialect in DIALECTS {
            let reading = ResolutionReading::of(&written(&decision, dialect));
            let mut expected = choices.clone();
            if dialect == ResolutionDialect::KeepContact {
                expected.retain(|_, side| *side == Side::Source);
            }
            prop_assert_eq!(reading.field_choices("source-id", "candidate-id"), expected);
            prop_assert_eq!(reading.operation_id.as_deref(), Some("op-1"));
            prop_assert_eq!(&reading.note, &note);
        }
    }
}
