//! A contact that the tests of this room separate.

use std::sync::Arc;

use cleave_core::contact::{Contact, Phone};
use cleave_core::separation::{Child, ChildKind, Conversation, MessageHead, Subject};
use cleave_store::Store;
use cleave_sync::SystemClock;
use serde_json::json;

use super::draft::Draft;
use crate::accounts::Account;
use crate::active::Active;
use crate::ipc::{self, ChildPlace, ChildRef, Connection, SeparationEdit, SeparationSide};
use crate::view::names::Names;

/// An account without a server, and its folder.
pub(crate) fn active() -> (Arc<Active>, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path(), "2026-03-01T09:00:00Z".parse().unwrap()).unwrap();
    let account = Account {
        id: "a".into(),
        origin: "https://crm.example.com".into(),
        user_id: "u".into(),
        person: "Ada".into(),
        organization: "o".into(),
        role: "ADMIN".into(),
        sandbox: false,
    };
    (Arc::new(Active::new(account, store, Arc::new(SystemClock::default()), None, Connection::Offline)), dir)
}

/// A draft of Jane Doe that can be sent.
pub(crate) fn ready() -> Draft {
    let set = |path: &str, text: &str| SeparationEdit::Set {
        path: path.into(),
        side: SeparationSide::New,
        text: text.into(),
    };
    let note = ChildRef { kind: ipc::ChildKind::Note, id: "n1".into() };
    let cut = SeparationEdit::Divide {
        conversation_id: "sms".into(),
        message_id: "m2".into(),
        before: SeparationSide::Original,
    };
    let assign = SeparationEdit::Assign { children: vec![note], to: ChildPlace::New };
    let mut draft = Draft::start(subject(), Names::default());
    draft.change(vec![set("firstName", "Janet"), set("lastName", "Doe"), assign, cut]).unwrap();
    draft
}

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
