//! A contact that the tests of this room separate.

use cleave_core::contact::{Contact, Phone};
use cleave_core::separation::{Child, ChildKind, Conversation, MessageHead, Subject};
use serde_json::json;

/// Jane Doe: two numbers, a thread of six messages over a third one, a note, and free-form fields.
pub(crate) fn subject() -> Subject {
    let phone = |value: &str, is_primary| Phone { value: value.into(), is_primary };
    let values = json!({"firstName": "Jane", "lastName": "Doe", "email": "jane@example.com", "status": "Won",
        "company": "Acme", "misc.tier": "gold", "misc.score": 7, "misc.parts.a": 1});
    let message = |at: usize| MessageHead {
        id: format!("m{at}"),
        created_at: Some(format!("2026-03-0{}T09:00:00Z", at + 1)),
        inbound: Some(at.is_multiple_of(2)),
        text: Some(format!("message {at}")),
    };
    let note = Child {
        id: "n1".into(),
        kind: ChildKind::Note,
        title: "Call back".into(),
        detail: String::new(),
        at: None,
        facts: [("userId".to_owned(), "u1".to_owned())].into(),
    };
    Subject {
        contact: Contact {
            id: "c1".into(),
            phones: vec![phone("+14165550100", true), phone("(416) 555-0101", false)],
            values: values.as_object().unwrap().iter().map(|(k, v)| (k.as_str().into(), v.clone())).collect(),
            ..Contact::default()
        },
        misc: Some(
            [("tier".into(), json!("gold")), ("score".into(), json!(7)), ("parts".into(), json!({"a": 1}))]
                .into(),
        ),
        conversations: vec![Conversation {
            id: "sms".into(),
            channel_type: Some("sms".into()),
            channel_identifier: Some("+14165550102".into()),
            messages: Some((0..6).map(message).collect()),
            ..Conversation::default()
        }],
        notes: vec![note],
        documents: Some(Vec::new()),
        ..Subject::default()
    }
}
