//! What a document that does not fit says about itself, and what it keeps to itself.

use cleave_wire::{
    DecodeError,
    auth::LoginResponse,
    contact::ContactListResponse,
    decode,
    decode::DecodeFault::{self, Missing, NotJson, Truncated, Unexpected, WrongType},
    decode::decode_value,
    review::ReviewListResponse,
    separate::SeparateContactRequest,
};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn fault<T: DeserializeOwned>(text: &str) -> DecodeError {
    decode::<T>(text.as_bytes()).err().expect("it does not fit")
}

#[test]
fn the_place_is_named() {
    let reviews: [(&str, &str, DecodeFault); 10] = [
        ("", "", Truncated),
        ("<html>", "", NotJson),
        (r#"{"data":[]} {}"#, "", NotJson),
        (r#"{"data":[{"_id":"a""#, "data[0]", Truncated),
        (r#"[]"#, "", WrongType),
        (r#"{}"#, "data", Missing),
        (r#"{"data":{}}"#, "data", WrongType),
        (r#"{"data":[{},{"score":"high"}]}"#, "data[1].score", WrongType),
        (r#"{"data":[{"sourceContactId":{"email":5}}]}"#, "data[0].sourceContactId.email", WrongType),
        (r#"{"data":[{"candidateContactId":7}]}"#, "data[0].candidateContactId", WrongType),
    ];
    for (text, path, expected) in reviews {
        let error = fault::<ReviewListResponse>(text);
        assert_eq!((error.path.as_str(), error.fault), (path, expected), "{text}");
    }
    let phones = [
        (r#"{"data":[{"phoneNumber":5}]}"#, "data[0].phoneNumber", WrongType),
        (
            r#"{"data":[{"phoneNumber":[{"value":"1"},{"isPrimary":true}]}]}"#,
            "data[0].phoneNumber[1].value",
            Missing,
        ),
        (r#"{"data":[{"secondaryPhoneNumber":[1]}]}"#, "data[0].secondaryPhoneNumber[0]", WrongType),
    ];
    for (text, path, expected) in phones {
        let error = fault::<ContactListResponse>(text);
        assert_eq!((error.path.as_str(), error.fault), (path, expected), "{text}");
    }
}

fn separation() -> Value {
    json!({
        "fieldSplit": {
            "firstName": {"original": "Jane", "new": "Janet"},
            "lastName": {"original": "Doe", "new": "Doe"},
            "status": "original", "pipelineId": "original", "pipelineStage": "original",
            "assignees": "original", "outreachConfigId": "original"
        },
        "childRecordAssignment": {
            "conversations": {}, "applications": {}, "contactNotes": {}, "reminders": {}, "trainingSnapshots": {}
        }
    })
}

#[test]
fn a_separation_names_the_field_that_is_wrong() {
    assert!(decode_value::<SeparateContactRequest>(separation()).is_ok());
    type Spoil = fn(&mut Value);
    let cases: [(Spoil, &str, DecodeFault); 6] = [
        (
            |body| drop(without(body, "/childRecordAssignment", "reminders")),
            "childRecordAssignment.reminders",
            Missing,
        ),
        (|body| drop(without(body, "", "fieldSplit")), "fieldSplit", Missing),
        (|body| body["fieldSplit"]["status"] = json!("both"), "fieldSplit.status", WrongType),
        (|body| body["fieldSplit"]["firstName"]["new"] = json!(null), "fieldSplit.firstName.new", WrongType),
        (
            |body| body["childRecordAssignment"]["conversations"]["c1"] = json!("neither"),
            "childRecordAssignment.conversations.c1",
            WrongType,
        ),
        (
            |body| body["childRecordAssignment"]["documents"] = json!({}),
            "childRecordAssignment.documents",
            Unexpected,
        ),
    ];
    for (spoil, path, expected) in cases {
        let mut body = separation();
        spoil(&mut body);
        let error = fault::<SeparateContactRequest>(&body.to_string());
        assert_eq!(error.path, path);
        assert_eq!(error.fault, expected, "{path}");
    }
}

fn without(body: &mut Value, pointer: &str, key: &str) -> Option<Value> {
    body.pointer_mut(pointer)?.as_object_mut()?.remove(key)
}

#[test]
fn an_error_reads_as_a_sentence() {
    let missing = fault::<ReviewListResponse>("{}");
    assert_eq!(missing.to_string(), "data is required");
    assert_eq!(fault::<ReviewListResponse>("<html>").to_string(), "the document is not JSON");
}

#[test]
fn no_value_is_told() {
    let secret = "canary-7f3a";
    for text in [
        format!(r#"{{"token":"{secret}","user":"{secret}"}}"#),
        format!(r#"{{"token":["{secret}"]}}"#),
        format!(r#"{{"token":"{secret}","user":{{"id":"u","email":["{secret}"]}}}}"#),
    ] {
        let error = fault::<LoginResponse>(&text);
        assert!(!format!("{error} {error:?}").contains(secret), "{error}");
    }
    let mut body = separation();
    body["fieldSplit"]["status"] = json!(secret);
    let error = fault::<SeparateContactRequest>(&body.to_string());
    assert!(!format!("{error} {error:?}").contains(secret), "{error}");
}

#[test]
fn debug_of_a_document_is_a_placeholder() {
    let login: LoginResponse =
        decode(br#"{"token":"canary","user":{"id":"canary","fullName":"canary"},"more":"canary"}"#)
            .expect("it fits");
    let shown = format!("{login:?} {:?} {:?} {:?}", login.user, login.user.full_name, login.refresh_token);
    assert_eq!(shown, "LoginResponse { .. } SignedInUser { .. } Value(..) Absent");
}

#[test]
fn a_path_is_bounded() {
    let body = format!(r#"{{"childRecordAssignment":{{"conversations":{{"{}":1}}}}}}"#, "k".repeat(10_000));
    assert!(fault::<SeparateContactRequest>(&body).path.len() <= 200);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Err(error) = decode::<ReviewListResponse>(&bytes) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn no_cut_or_flipped_document_panics(cut in 0usize..400, at in 0usize..400, bit in 0u8..8) {
        let document = include_bytes!("../../fixtures/ReviewResponse/populated.json");
        let mut bytes = document[..cut.min(document.len())].to_vec();
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
        if let Err(error) = decode::<cleave_wire::review::ReviewResponse>(&bytes) {
            prop_assert!(!error.to_string().contains("jane.doe@example.com"));
        }
    }
}
