//! Plans as requests and back, held against the documented schema, and separation data as what a plan is made for.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

#[path = "../../cleave-core/tests/separation/decide.rs"]
mod decide;
#[allow(dead_code, reason = "the tests of core use the rest")]
#[path = "../../cleave-core/tests/separation/worlds.rs"]
mod worlds;

use std::sync::OnceLock;

use cleave_core::separation::{Assignment, ChildKind, SeparationPlan, preview};
use cleave_wire::decode;
use cleave_wire::document::DocumentDto;
use cleave_wire::message::MessageDto;
use cleave_wire::protection::ProtectionStatus;
use cleave_wire::separate::SeparateContactRequest;
use cleave_wire::separate_core::{Undecided, documents, messages, plan, protection, request, subject};
use cleave_wire::separation_data::SeparationData;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

fn schema() -> &'static Validator {
    static SCHEMA: OnceLock<Validator> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let description: Value = serde_json::from_str(cleave_wire::OPENAPI_JSON).expect("JSON");
        let document = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$ref": "#/components/schemas/SeparateContactRequest",
            "components": description["components"],
        });
        jsonschema::validator_for(&document).expect("the schema compiles")
    })
}

proptest! {
    #[test]
    fn a_decided_plan_is_a_valid_request_and_comes_back((subject, decided) in worlds::decided()) {
        let encoded = serde_json::to_value(request(&decided, &subject).expect("decided")).expect("JSON");
        prop_assert!(schema().is_valid(&encoded));
        let bytes = serde_json::to_vec(&encoded).expect("JSON");
        let decoded: SeparateContactRequest = decode(&bytes).expect("fits");
        let back = plan(&decoded, &subject).expect("a plan can say it");
        // What the subject does not know is not sent, and the plan of it cannot be edited without an error.
        prop_assert!(back == decided);
        for (kind, key) in ChildKind::ALL.map(|kind| (kind, kind.key())) {
            let listed = encoded["childRecordAssignment"][key].as_object().expect("required");
            prop_assert!(subject.ids(kind).all(|id| listed.contains_key(id)));
        }
        for pair in ["email", "phoneNumber", "dateOfBirth"] {
            let sides = encoded["fieldSplit"][pair].as_object().expect("always sent");
            prop_assert_eq!(sides.len(), 2);
        }
    }

    #[test]
    fn an_undecided_child_is_never_sent(subject in worlds::subject()) {
        let start = SeparationPlan::start(&subject);
        match request(&start, &subject) {
            Ok(_) => prop_assert_eq!(start.undecided(), 0),
            Err(Undecided(count)) => prop_assert_eq!(count, start.undecided()),
        }
    }
}

fn sample() -> SeparationData {
    let data = json!({
        "contact": {"_id": "c", "firstName": "Jane", "lastName": "Doe", "email": "jane@example.com",
            "phoneNumber": [{"value": "+14165550100", "isPrimary": true}], "misc": {"tier": {"level": 2}}},
        "conversations": [{"_id": "k", "channelType": "sms", "channelIdentifier": "+14165550100",
            "assignees": ["u1", {"_id": "u2"}], "messageCount": 2, "status": "Open"}],
        "applications": [{"_id": "a", "title": "Loan", "status": "Sent", "applicantName": "Janet Doe"}],
        "contactNotes": [{"_id": "n", "note": "called", "userId": {"_id": "u1", "fullName": "Ann"},
            "createdAt": "2026-01-01T00:00:00Z"}],
        "reminders": [{"_id": "r", "note": "call", "reminderDate": "2026-02-01T00:00:00Z", "phoneNumber": "+1416"}],
    });
    serde_json::from_value(data).expect("fits")
}

#[test]
fn separation_data_becomes_a_subject() {
    let data = sample();
    let mut it = subject(&data);
    assert_eq!(it.contact.id, "c");
    assert_eq!(it.misc, Some([("tier".to_owned(), json!({"level": 2}))].into()));
    assert_eq!(it.incomplete, [ChildKind::TrainingSnapshot].into());
    let conversation = &mut it.conversations[0];
    assert_eq!((conversation.channel_type.as_deref(), conversation.count()), (Some("sms"), Some(2)));
    assert_eq!(conversation.assignees, ["u1", "u2"]);
    assert_eq!(conversation.status.as_deref(), Some("Open"));
    let list: Vec<MessageDto> = serde_json::from_value(json!([
        {"_id": "m2", "createdAt": "2026-01-01T10:00:00Z", "direction": "outbound", "content": "hi"},
        {"_id": "m1", "createdAt": "2026-01-01T09:00:00Z", "direction": "inbound", "body": "hello"},
        {"_id": "m3", "createdAt": "2026-01-01T11:00:00Z", "direction": "sideways"},
    ]))
    .expect("fits");
    conversation.read(messages(&list));
    let heads = conversation.messages.clone().expect("read");
    let read: Vec<_> = heads.iter().map(|m| (m.id.as_str(), m.inbound, m.text.as_deref())).collect();
    let expected = [("m1", Some(true), Some("hello")), ("m2", Some(false), Some("hi")), ("m3", None, None)];
    assert_eq!(read, expected);
    let (application, note, reminder) = (&it.applications[0], &it.notes[0], &it.reminders[0]);
    assert_eq!((application.title.as_str(), application.detail.as_str()), ("Loan", "Sent"));
    assert_eq!(application.facts["applicantName"], "Janet Doe");
    assert_eq!((note.title.as_str(), note.facts["userId"].as_str()), ("called", "Ann"));
    assert_eq!(reminder.at.as_deref(), Some("2026-02-01T00:00:00Z"));
    assert_eq!(reminder.facts["phoneNumber"], "+1416");

    let document: DocumentDto =
        serde_json::from_value(json!({"_id": "d", "filename": "id.pdf", "signedUrl": "https://x"}))
            .expect("fits");
    assert_eq!(documents(&[document])[0].filename, "id.pdf");
    let status = |protected: bool| -> ProtectionStatus {
        serde_json::from_value(json!({"isProtected": protected, "ownerName": "Ann"})).expect("fits")
    };
    assert_eq!(protection(&status(true)).expect("protected").owner_name.as_deref(), Some("Ann"));
    assert_eq!(protection(&status(false)), None);
}

#[test]
fn what_a_plan_file_leaves_out_is_undecided_or_stays() {
    let it = subject(&sample());
    let file = json!({
        "fieldSplit": {"firstName": {"original": "Jane", "new": "Janet"}, "lastName": {"original": "Doe", "new": "Doe"},
            "email": {"new": "janet@example.com"}, "status": "new", "pipelineId": "original",
            "pipelineStage": "original", "assignees": "original", "outreachConfigId": "original"},
        "childRecordAssignment": {"conversations": {}, "applications": {"a": "new"}, "contactNotes": {"gone": "new"},
            "reminders": {}, "trainingSnapshots": {}},
        "messageDividers": [{"conversationId": "k", "dividerMessageId": "m2", "direction": "before_to_new"}],
    });
    let read = plan(&serde_json::from_value(file.clone()).expect("fits"), &it).expect("a plan");
    assert_eq!(read.fields.email.original.as_deref(), Some("jane@example.com"));
    assert_eq!(read.fields.phone_number.new, None);
    assert_eq!(read.fields.misc.original.len(), 1);
    let assigned = [
        (ChildKind::Conversation, "k", Assignment::Original),
        (ChildKind::Application, "a", Assignment::New),
        (ChildKind::Note, "n", Assignment::Undecided),
        (ChildKind::Note, "gone", Assignment::New),
    ];
    for (kind, id, expected) in assigned {
        assert_eq!(read.assignment(kind, id), expected, "{id}");
    }
    assert!(!preview(&it, &read).can_submit());

    let cases: [(&str, Value, &str); 6] = [
        ("/fieldSplit/ownerNote", json!(1), "fieldSplit.ownerNote"),
        ("/copyTo", json!("both"), "copyTo"),
        ("/messageDividers/1", file["messageDividers"][0].clone(), "messageDividers[1].conversationId"),
        ("/childRecordAssignment/conversations/k", json!("new"), "messageDividers[0].conversationId"),
        ("/newConversationMeta", json!([{"conversationId": "x"}]), "newConversationMeta[0].conversationId"),
        (
            "/newConversationMeta",
            json!([{"conversationId": "k", "priority": 1}]),
            "newConversationMeta[0].priority",
        ),
    ];
    for (place, value, path) in cases {
        let mut spoilt = file.clone();
        let (parent, key) = place.rsplit_once('/').expect("a pointer");
        match spoilt.pointer_mut(parent).expect("is there") {
            Value::Array(list) => list.push(value),
            object => object[key] = value,
        }
        let fault = plan(&serde_json::from_value(spoilt).expect("fits"), &it).expect_err(place);
        assert_eq!(fault.path, path);
    }
}
