//! A contact and a plan of it that tests look at.

use serde_json::json;

use super::*;
use crate::contact::{Contact, Phone};

/// A conversation with messages `ID-0`, `ID-1`, … a minute apart.
pub(super) fn conversation(id: &str, count: usize) -> Conversation {
    let mut conversation = Conversation {
        id: id.into(),
        channel_type: Some("sms".into()),
        channel_identifier: Some("+14165550101".into()),
        ..Conversation::default()
    };
    let message = |at| MessageHead {
        id: format!("{id}-{at}"),
        created_at: Some(format!("2026-03-01T09:{at:02}:00Z")),
        inbound: Some(at % 2 == 0),
        text: Some("hello".into()),
    };
    conversation.read((0..count).map(message).collect());
    conversation
}

fn child(kind: ChildKind, id: &str) -> Child {
    Child { id: id.into(), kind, title: String::new(), detail: String::new(), at: None, facts: [].into() }
}

/// Two conversations, one of each other kind, two documents, three numbers.
pub(super) fn subject() -> Subject {
    let phone = |value: &str, is_primary| Phone { value: value.into(), is_primary };
    let values = json!({"firstName": "Jane", "lastName": "Doe", "email": "jane@example.com", "status": "Won",
        "dateOfBirth": "1980-02-01", "pipelineId": "p1", "pipelineStage": "s1", "assignees": ["u1"], "userId": "u1",
        "company": "Acme", "address.city": "Toronto", "misc.tier": "gold", "misc.score.value": 7});
    Subject {
        contact: Contact {
            id: "c1".into(),
            organization_id: Some("o1".into()),
            phones: vec![phone("+14165550100", true), phone("+14165550101", false)],
            secondary_phones: vec!["+14165550102".into()],
            values: values.as_object().unwrap().iter().map(|(k, v)| (k.as_str().into(), v.clone())).collect(),
            ..Contact::default()
        },
        misc: Some([("tier".into(), json!("gold")), ("score".into(), json!({"value": 7}))].into()),
        conversations: vec![conversation("sms", 5), conversation("web", 3)],
        applications: vec![child(ChildKind::Application, "a1")],
        notes: vec![child(ChildKind::Note, "n1")],
        reminders: vec![child(ChildKind::Reminder, "r1")],
        training_snapshots: vec![child(ChildKind::TrainingSnapshot, "t1")],
        documents: Some(["d1", "d2"].map(|id| Document { id: id.into(), ..Document::default() }).into()),
        ..Subject::default()
    }
}

/// A plan of [`subject`] that can be sent.
pub(super) fn plan() -> SeparationPlan {
    let mut plan = SeparationPlan::start(&subject());
    let assign = |kind, id: &str, to: Target| Edit::Assign { kind, id: id.into(), to: to.into() };
    let misc = |key: &str, original, new| Edit::Misc { key: key.into(), values: Pair { original, new } };
    let divider = Divider { message_id: "sms-2".into(), direction: Direction::BeforeToOriginal };
    let edits = vec![
        Edit::Name { part: NamePart::First, side: Target::New, value: "Janet".into() },
        Edit::Value {
            field: OptionalField::PhoneNumber,
            side: Target::New,
            value: Some("+14165550101".into()),
        },
        Edit::Document { id: "d2".into(), on: Pair { original: false, new: true } },
        misc("tier", Some(json!("gold")), Some(json!("silver"))),
        misc("score", None, Some(json!({"value": 7}))),
        assign(ChildKind::Conversation, "web", Target::New),
        assign(ChildKind::Application, "a1", Target::Original),
        assign(ChildKind::Note, "n1", Target::New),
        assign(ChildKind::Reminder, "r1", Target::New),
        assign(ChildKind::TrainingSnapshot, "t1", Target::Original),
        Edit::Divide { conversation: "sms".into(), divider: Some(divider) },
        Edit::Describe {
            conversation: "sms".into(),
            meta: NewConversationMeta { assignees: Some(vec!["u1".into()]), status: None },
        },
    ];
    plan.apply(Edit::Batch { edits }).unwrap();
    plan
}

/// Both contacts as a server that shares our readings would show them.
pub(super) fn separated() -> (Subject, Subject) {
    let before = subject();
    let (mut original, mut new) = (before.clone(), before.clone());
    let seen = preview(&before, &plan());
    original.contact = seen.contacts.original.contact;
    new.contact = seen.contacts.new.contact;
    original.conversations.truncate(1);
    original.conversations[0].messages.as_mut().unwrap().truncate(2);
    new.conversations[0].id = "made".into();
    new.conversations[0].messages.as_mut().unwrap().drain(..2);
    original.notes.clear();
    original.reminders.clear();
    new.applications.clear();
    new.training_snapshots.clear();
    original.documents.as_mut().unwrap().truncate(1);
    new.documents.as_mut().unwrap().remove(0);
    (original, new)
}

/// The plan of [`plan`] as it is queued.
pub(crate) fn decided() -> DecidedSeparation {
    let (subject, plan) = (subject(), plan());
    let seen = preview(&subject, &plan);
    DecidedSeparation {
        request: json!({"fieldSplit": {}}),
        subject: subject.kept_for(&plan),
        expected: Expected::of(&subject, &plan, &seen),
        predicted: seen.summary,
        plan,
    }
}
