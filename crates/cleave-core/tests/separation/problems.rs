//! Every problem, with its place.

use std::collections::BTreeSet;

use cleave_core::contact::{Contact, Phone};
use cleave_core::separation::{
    Assignment, Child, ChildKind, Conversation, Direction, Divider, Document, MessageHead,
    NewConversationMeta, Place, ProblemCode, Protection, SeparationPlan, Severity, Subject, Target, preview,
};
use serde_json::json;

fn subject() -> Subject {
    let mut sms = Conversation {
        id: "sms".into(),
        channel_identifier: Some("(416) 555-0100".into()),
        ..Conversation::default()
    };
    let head = |at| MessageHead {
        id: format!("m{at}"),
        created_at: Some(format!("2026-03-01T09:0{at}:00Z")),
        ..MessageHead::default()
    };
    sms.read((0..3).map(head).collect());
    let note = Child {
        id: "n".into(),
        kind: ChildKind::Note,
        title: String::new(),
        detail: String::new(),
        at: None,
        facts: [].into(),
    };
    let values = json!({"firstName": "Jane", "lastName": "Doe", "email": "jane@example.com"});
    Subject {
        contact: Contact {
            id: "c".into(),
            phones: vec![Phone { value: "+14165550100".into(), is_primary: true }],
            values: values.as_object().unwrap().iter().map(|(k, v)| (k.as_str().into(), v.clone())).collect(),
            ..Contact::default()
        },
        misc: Some([("tier".into(), json!("gold"))].into()),
        conversations: vec![sms],
        notes: vec![note],
        documents: Some(vec![Document { id: "d".into(), ..Document::default() }]),
        ..Subject::default()
    }
}

/// A plan without any problem.
fn clean(subject: &Subject) -> SeparationPlan {
    let mut plan = SeparationPlan::start(subject);
    plan.fields.first_name.new = "Janet".into();
    let kinds =
        [(ChildKind::Conversation, "sms", Assignment::Original), (ChildKind::Note, "n", Assignment::New)];
    for (kind, id, assignment) in kinds {
        plan.children.get_mut(&kind).unwrap().insert(id.into(), assignment);
    }
    plan
}

fn divide(plan: &mut SeparationPlan, message: &str, direction: Direction) {
    plan.dividers.insert("sms".into(), Divider { message_id: message.into(), direction });
}

fn at(path: &str, side: Target) -> Place {
    Place::Field(path.into(), side)
}

type Spoil = fn(&mut Subject, &mut SeparationPlan);

#[test]
fn every_problem_is_named_at_its_place_and_nothing_else_is() {
    use ProblemCode as P;
    use Target::{New, Original};
    let sms = || Place::Child(ChildKind::Conversation, "sms".into());
    let cut = || Place::Divider("sms".into());
    let cases: Vec<(P, Place, Spoil)> = vec![
        (P::Undecided, Place::Child(ChildKind::Note, "n".into()), |_, p| {
            p.children.get_mut(&ChildKind::Note).unwrap().insert("n".into(), Assignment::Undecided);
            p.fields.documents.original.clear();
            p.fields.documents.new.insert("d".into());
        }),
        (P::UnknownChild, Place::Child(ChildKind::Reminder, "x".into()), |_, p| {
            p.children.get_mut(&ChildKind::Reminder).unwrap().insert("x".into(), Assignment::New);
        }),
        (P::WrongContact, Place::Whole, |_, p| p.contact_id = "other".into()),
        (P::NoName, at("firstName", New), |_, p| p.fields.first_name.new = " ".into()),
        (P::BadEmail, at("email", New), |_, p| p.fields.email.new = Some("no address".into())),
        (P::BadPhone, at("phoneNumber", New), |_, p| p.fields.phone_number.new = Some("12345".into())),
        (P::BadPhone, at("phoneNumber", New), |_, p| p.fields.phone_number.new = Some("416 555 0199".into())),
        (P::BadDate, at("dateOfBirth", Original), |_, p| {
            p.fields.date_of_birth.original = Some("soon".into())
        }),
        (P::SamePhone, at("phoneNumber", New), |_, p| {
            p.fields.phone_number.new = Some("+14165550100".into())
        }),
        (P::PhoneHeld, at("phoneNumber", New), |s, p| {
            s.hold("(416) 555-0177");
            p.fields.phone_number.new = Some("+14165550177".into());
        }),
        (P::DocumentLost, at("documents", Original), |_, p| p.fields.documents.original.clear()),
        (P::DocumentDoubled, at("documents", New), |_, p| {
            p.fields.documents.new.insert("d".into());
        }),
        (P::DocumentUnknown, at("documents", New), |_, p| {
            p.fields.documents.new.insert("x".into());
        }),
        (P::MiscLost, at("misc.tier", Original), |_, p| p.fields.misc.original.clear()),
        (P::MiscLost, at("misc", Original), |s, _| s.misc = None),
        (P::DividerUnknown, cut(), |_, p| divide(p, "m9", Direction::BeforeToNew)),
        (P::DividerUnknown, cut(), |s, p| {
            s.conversations[0].messages = None;
            divide(p, "m1", Direction::BeforeToNew);
        }),
        (P::DividerEmptyHalf, cut(), |_, p| divide(p, "m0", Direction::BeforeToNew)),
        (P::DividerEmptyHalf, cut(), |_, p| divide(p, "m0", Direction::BeforeToOriginal)),
        (P::DividedAssigned, cut(), |_, p| {
            divide(p, "m1", Direction::BeforeToOriginal);
            p.children.get_mut(&ChildKind::Conversation).unwrap().insert("sms".into(), Assignment::New);
        }),
        (P::MetaWithoutCut, cut(), |_, p| {
            p.meta.insert("sms".into(), NewConversationMeta { status: Some("Open".into()), assignees: None });
        }),
        (P::ValueDropped, at("email", Original), |_, p| {
            p.fields.email.original = Some("j@example.com".into())
        }),
        (P::PipelineApart, Place::Whole, |_, p| p.fields.pipeline_stage = New),
        (P::ThreadElsewhere, sms(), |_, p| {
            p.children.get_mut(&ChildKind::Conversation).unwrap().insert("sms".into(), Assignment::New);
        }),
        (P::ThreadElsewhere, sms(), |s, p| {
            s.conversations[0].channel_identifier = Some("Other@Example.com".into());
            divide(p, "m1", Direction::BeforeToNew);
        }),
        (P::Protected, Place::Whole, |s, _| s.protection = Some(Protection::default())),
        (P::Unslotted, Place::Whole, |s, _| {
            s.contact.values.insert("company".into(), json!("Acme"));
        }),
        (P::NothingMoved, Place::Whole, |_, p| {
            p.children.get_mut(&ChildKind::Note).unwrap().insert("n".into(), Assignment::Original);
        }),
        (P::Incomplete, Place::Whole, |s, _| {
            s.incomplete.insert(ChildKind::Reminder);
        }),
    ];
    let base = subject();
    assert_eq!(preview(&base, &clean(&base)).problems, []);
    let mut tried = BTreeSet::new();
    for (code, place, spoil) in cases {
        let (mut subject, mut plan) = (base.clone(), clean(&base));
        spoil(&mut subject, &mut plan);
        let preview = preview(&subject, &plan);
        let found: Vec<(ProblemCode, &Place)> = preview.problems.iter().map(|p| (p.code, &p.place)).collect();
        assert!(found.contains(&(code, &place)), "{code:?}: {found:?}");
        assert!(found.len() == 1 || code == P::MiscLost, "{code:?}: {found:?}");
        assert_eq!(preview.can_submit(), code.severity() == Severity::Warning, "{code:?}");
        for problem in &preview.problems {
            let message = &problem.message;
            assert!(message.ends_with('.') && message.len() > 20, "{message}");
            for value in ["Jane", "example.com", "0177", "gold", "Acme"] {
                assert!(!message.contains(value), "{code:?} tells a value");
            }
        }
        tried.insert(code);
    }
    assert_eq!(tried.len(), 24, "{tried:?}");
}
