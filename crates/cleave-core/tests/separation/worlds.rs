//! Generated subjects, plans and edits.
//!
//! Tests of other crates include this file, so it speaks of `cleave_core` as they do.

use std::collections::BTreeMap;

use cleave_core::contact::{Contact, Phone};
use cleave_core::separation::{
    Assignment, Child, ChildKind, Conversation, Direction, Divider, Document, Edit, MessageHead, NamePart,
    NewConversationMeta, OptionalField, Pair, SeparationPlan, Subject, Target, TargetField,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::decide::decide;

const NUMBERS: [&str; 6] =
    ["+14165550100", "+14165550101", "(416) 555-0101", "416 555 0102", "+442079460958", "ext. 7"];

/// Any JSON value, without objects at the top.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map("[a-c]", inner, 0..3).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn text() -> impl Strategy<Value = Option<Value>> {
    option::of(prop_oneof!["[A-Za-zé ]{0,8}", "\\PC{0,8}"].prop_map(Value::from))
}

fn contact() -> impl Strategy<Value = Contact> {
    let phone = (select(&NUMBERS[..]), any::<bool>())
        .prop_map(|(value, is_primary)| Phone { value: value.to_owned(), is_primary });
    let secondary = vec(select(&NUMBERS[..]).prop_map(str::to_owned), 0..3);
    let named = select(vec![
        "firstName",
        "lastName",
        "email",
        "dateOfBirth",
        "status",
        "pipelineId",
        "pipelineStage",
        "assignees",
        "userId",
        "company",
        "address.city",
        "outreachConfigId.name",
        "documents",
    ]);
    (vec(phone, 0..3), secondary, btree_map(named, text(), 0..10)).prop_map(
        |(phones, secondary_phones, values)| {
            let values = values.into_iter().filter_map(|(path, value)| Some((path.into(), value?)));
            Contact {
                id: "c1".into(),
                organization_id: Some("o1".into()),
                phones,
                secondary_phones,
                values: values.collect(),
                ..Contact::default()
            }
        },
    )
}

fn conversations() -> impl Strategy<Value = Vec<Conversation>> {
    let one =
        (option::weighted(0.8, vec(0_u8..20, 0..8)), option::of(0_u64..9), option::of(select(&NUMBERS[..])));
    btree_map("k[0-9]", one, 0..5).prop_map(|all| {
        let conversation =
            |(id, (times, message_count, number)): (String, (Option<Vec<u8>>, _, Option<&str>))| {
                let mut one = Conversation {
                    channel_identifier: number.map(str::to_owned),
                    message_count,
                    id: id.clone(),
                    ..Conversation::default()
                };
                if let Some(times) = times {
                    let head = |(at, second): (usize, u8)| MessageHead {
                        id: format!("{id}-{at}"),
                        created_at: Some(format!("2026-03-01T09:00:{second:02}Z")),
                        ..MessageHead::default()
                    };
                    one.read(times.into_iter().enumerate().map(head).collect());
                }
                one
            };
        all.into_iter().map(conversation).collect()
    })
}

fn children(kind: ChildKind) -> impl Strategy<Value = Vec<Child>> {
    btree_map("r[0-9]", "[a-z]{0,3}", 0..4).prop_map(move |all| {
        let child =
            |(id, title)| Child { id, kind, title, detail: String::new(), at: None, facts: BTreeMap::new() };
        all.into_iter().map(child).collect()
    })
}

/// A contact with everything that hangs on it.
pub fn subject() -> impl Strategy<Value = Subject> {
    let records = (
        children(ChildKind::Application),
        children(ChildKind::Note),
        children(ChildKind::Reminder),
        children(ChildKind::TrainingSnapshot),
    );
    let documents = option::weighted(0.8, btree_set("d[0-9]", 0..4));
    let misc = option::weighted(0.8, btree_map("[a-z.]{0,3}", value(), 0..4));
    (contact(), misc, conversations(), records, documents).prop_map(
        |(contact, misc, conversations, records, documents)| {
            let document = |id| Document { id, ..Document::default() };
            let (applications, notes, reminders, training_snapshots) = records;
            Subject {
                contact,
                misc,
                conversations,
                applications,
                notes,
                reminders,
                training_snapshots,
                documents: documents.map(|ids| ids.into_iter().map(document).collect()),
                ..Subject::default()
            }
        },
    )
}

/// A subject and a plan of it that decides everything.
pub fn decided() -> impl Strategy<Value = (Subject, SeparationPlan)> {
    (subject(), vec(any::<usize>(), 40)).prop_map(|(subject, drawn)| {
        let mut drawn = drawn.into_iter().cycle();
        let users = ["u1".to_owned(), "u2".to_owned()];
        let plan = decide(&subject, &users, &mut |below| drawn.next().unwrap_or_default() % below);
        (subject, plan)
    })
}

/// Any edit, of things that a generated subject may have or not.
pub fn edit() -> impl Strategy<Value = Edit> {
    let side = || select(&Target::BOTH[..]);
    let id = || prop_oneof!["k[0-9]", "r[0-9]"];
    let name = (select(vec![NamePart::First, NamePart::Last]), side(), "\\PC{0,4}")
        .prop_map(|(part, side, value)| Edit::Name { part, side, value });
    let field = select(vec![OptionalField::Email, OptionalField::PhoneNumber, OptionalField::DateOfBirth]);
    let optional = (field, side(), option::of("[ a@+1]{0,3}")).prop_map(|(field, side, value)| Edit::Value {
        field,
        side,
        value,
    });
    let target = (select(&TargetField::ALL[..]), side()).prop_map(|(field, to)| Edit::Target { field, to });
    let document = ("d[0-9]", any::<bool>(), any::<bool>())
        .prop_map(|(id, original, new)| Edit::Document { id, on: Pair { original, new } });
    let misc = ("[a-c]", option::of(value()), option::of(value()))
        .prop_map(|(key, original, new)| Edit::Misc { key, values: Pair { original, new } });
    let to = select(vec![Assignment::Undecided, Assignment::Original, Assignment::New]);
    let assign =
        (select(&ChildKind::ALL[..]), id(), to).prop_map(|(kind, id, to)| Edit::Assign { kind, id, to });
    let direction = select(vec![Direction::BeforeToOriginal, Direction::BeforeToNew]);
    let divider =
        ("k[0-9]-[0-9]", direction).prop_map(|(message_id, direction)| Divider { message_id, direction });
    let divide = ("k[0-9]", option::weighted(0.7, divider))
        .prop_map(|(conversation, divider)| Edit::Divide { conversation, divider });
    let describe = ("k[0-9]", option::of(vec("u[0-9]", 0..2)), option::of("[a-z]{1,3}")).prop_map(
        |(conversation, assignees, status)| Edit::Describe {
            conversation,
            meta: NewConversationMeta { assignees, status },
        },
    );
    let one = prop_oneof![name, optional, target, document, misc, assign, divide, describe].boxed();
    prop_oneof![8 => one.clone(), 1 => vec(one, 0..6).prop_map(|edits| Edit::Batch { edits })]
}
