//! Each reading of the contract that a separation depends on, seen in what a preview says.

use cleave_core::contact::Contact;
use cleave_core::readings;
use cleave_core::separation::{
    ChildKind, ChildSide, Conversation, Direction, Divider, Edit, MessageHead, Preview, SeparationPlan,
    Subject, Target, TargetField, preview,
};
use serde_json::json;

/// A contact with one conversation of four messages, cut at the third or given to the new contact.
fn seen(direction: Option<Direction>) -> (SeparationPlan, Preview) {
    let head = |at| MessageHead {
        id: format!("m{at}"),
        created_at: Some(format!("2026-03-01T09:0{at}:00Z")),
        ..MessageHead::default()
    };
    let mut conversation = Conversation { id: "k".into(), ..Conversation::default() };
    conversation.read((0..4).map(head).collect());
    let values =
        [("status".into(), json!("Won")), ("company".into(), json!("Acme")), ("userId".into(), json!("u"))];
    let subject = Subject {
        contact: Contact { id: "c".into(), values: values.into(), ..Contact::default() },
        conversations: vec![conversation],
        ..Subject::default()
    };
    let mut plan = SeparationPlan::start(&subject);
    plan.apply(Edit::Target { field: TargetField::Status, to: Target::New }).unwrap();
    let edit = match direction {
        Some(direction) => Edit::Divide {
            conversation: "k".into(),
            divider: Some(Divider { message_id: "m2".into(), direction }),
        },
        None => Edit::Assign { kind: ChildKind::Conversation, id: "k".into(), to: Target::New.into() },
    };
    plan.apply(edit).unwrap();
    let preview = preview(&subject, &plan);
    (plan, preview)
}

#[test]
fn the_divider_message_is_after_the_divider() {
    let (_, preview) = seen(Some(Direction::BeforeToOriginal));
    let first = preview.cuts[0].halves.new.first.as_ref().map(|mark| mark.id.as_str());
    assert_eq!(first == Some("m2"), readings::DIVIDER_MESSAGE_IS_AFTER);
    let (_, preview) = seen(Some(Direction::BeforeToNew));
    let first = preview.cuts[0].halves.original.first.as_ref().map(|mark| mark.id.as_str());
    assert_eq!(first == Some("m2"), readings::DIVIDER_MESSAGE_IS_AFTER);
}

#[test]
fn a_conversation_takes_one_divider() {
    let (mut plan, _) = seen(Some(Direction::BeforeToOriginal));
    let second = Divider { message_id: "m1".into(), direction: Direction::BeforeToNew };
    plan.apply(Edit::Divide { conversation: "k".into(), divider: Some(second) }).unwrap();
    assert_eq!(plan.dividers.len(), readings::DIVIDERS_A_CONVERSATION);
}

#[test]
fn the_original_contact_keeps_the_id_of_a_cut_conversation_and_it_is_listed_there() {
    let (plan, preview) = seen(Some(Direction::BeforeToNew));
    assert_eq!(preview.children[0].side, ChildSide::Cut);
    assert_eq!(readings::CUT_KEEPS_ID_ON, Target::Original);
    let listed = plan.assignment(ChildKind::Conversation, "k").target();
    assert_eq!(listed, Some(readings::DIVIDED_IS_LISTED_AS));
}

#[test]
fn messages_of_whole_conversations_count_and_cuts_count_as_no_conversation() {
    let (_, whole) = seen(None);
    assert_eq!(whole.summary.messages_reassigned == Some(4), readings::WHOLE_CONVERSATIONS_COUNT_MESSAGES);
    assert_eq!(whole.summary.conversations_moved, 1);
    let (_, cut) = seen(Some(Direction::BeforeToOriginal));
    assert_eq!(cut.summary.messages_reassigned, Some(2));
    assert_eq!(cut.summary.conversations_moved, u64::from(readings::CUT_COUNTS_AS_MOVED));
}

#[test]
fn a_target_takes_the_value_and_leaves_the_default() {
    let (_, preview) = seen(None);
    assert_eq!(preview.contacts.new.contact.text("status").as_deref(), Some("Won"));
    assert_eq!(preview.contacts.original.contact.text("status"), None);
    let left = preview.contacts.original.server_decides.contains(&"status".into());
    assert_eq!(left, readings::TARGET_LEAVES_DEFAULT);
}

#[test]
fn what_has_no_slot_stays_and_the_new_contacts_owner_is_the_servers_to_say() {
    let (_, preview) = seen(None);
    let fates: Vec<(&str, Target)> =
        preview.unslotted.iter().map(|entry| (entry.path.as_str(), entry.stays_with)).collect();
    let fate = readings::UNSLOTTED_STAY_WITH;
    assert_eq!(fates, [("company", fate), ("userId", fate)]);
    assert_eq!(preview.contacts.new.contact.text("company"), None);
    for field in readings::SERVER_FILLS_ON_NEW {
        assert!(preview.contacts.new.server_decides.contains(&field.into()), "{field}");
    }
}
