//! Telling the states before and after a separation apart, for every subject and plan, while life goes on.

use cleave_core::separation::{
    Child, ChildKind, ChildSide, Conversation, Document, Expected, MessageHead, Seen, SeparationPlan,
    Subject, Target, preview,
};
use proptest::prelude::*;

use crate::worlds::decided;

/// Both contacts as a server that shares our readings would show them.
fn separated(subject: &Subject, plan: &SeparationPlan) -> [Subject; 2] {
    let seen = preview(subject, plan);
    let side = |target: Target| {
        let mut contact = seen.contacts.of(target).contact.clone();
        if target == Target::New {
            contact.id = "made".into();
        }
        let has = |kind, id: &str| {
            let child = seen.children.iter().find(|child| child.kind == kind && child.id == id).unwrap();
            child.side == ChildSide::Cut || child.side == ChildSide::from(target)
        };
        let of = |kind| {
            let all = subject.children(kind).iter();
            all.filter(|child| has(kind, &child.id)).cloned().collect::<Vec<Child>>()
        };
        let conversations = subject.conversations.iter().filter(|one| has(ChildKind::Conversation, &one.id));
        let documents = subject.documents.as_ref().map(|all| {
            let ours = |document: &&Document| plan.fields.documents.of(target).contains(&document.id);
            all.iter().filter(ours).cloned().collect()
        });
        Subject {
            contact,
            misc: subject.misc.as_ref().map(|_| plan.fields.misc.of(target).clone()),
            conversations: conversations.map(|one| half(one, plan, target)).collect(),
            applications: of(ChildKind::Application),
            notes: of(ChildKind::Note),
            reminders: of(ChildKind::Reminder),
            training_snapshots: of(ChildKind::TrainingSnapshot),
            documents,
            ..Subject::default()
        }
    };
    [side(Target::Original), side(Target::New)]
}

fn half(conversation: &Conversation, plan: &SeparationPlan, side: Target) -> Conversation {
    let mut half = conversation.clone();
    if let Some(divider) = plan.dividers.get(&conversation.id) {
        let messages = half.messages.as_mut().unwrap();
        let at = messages.iter().position(|message| message.id == divider.message_id).unwrap();
        let late = messages.split_off(at);
        if divider.direction.before() != side {
            *messages = late;
        }
        if side == Target::New {
            half.id = format!("made of {}", conversation.id);
        }
    }
    half
}

/// Messages, records and documents that came later.
fn arrivals(subject: &mut Subject, tag: &str) {
    for conversation in &mut subject.conversations {
        if let Some(mut messages) = conversation.messages.take() {
            messages.push(MessageHead {
                id: format!("{}-{tag}", conversation.id),
                created_at: Some("2026-03-02T09:00:00Z".into()),
                ..MessageHead::default()
            });
            conversation.read(messages);
        }
    }
    subject.conversations.push(Conversation { id: format!("k-{tag}"), ..Conversation::default() });
    let kind = ChildKind::Note;
    let (id, title, detail) = (format!("n-{tag}"), String::new(), String::new());
    subject.notes.push(Child { id, kind, title, detail, at: None, facts: [].into() });
    if let Some(documents) = &mut subject.documents {
        documents.push(Document { id: format!("d-{tag}"), ..Document::default() });
    }
}

/// Takes the record at a place in the list of everything a contact has, and gives it to another one.
fn move_one(from: &mut Subject, to: &mut Subject, mut at: usize) -> bool {
    macro_rules! take {
        ($($list:ident),*) => {$(
            if at < from.$list.len() {
                let record = from.$list.remove(at);
                to.$list.push(record);
                return true;
            }
            at -= from.$list.len();
        )*};
    }
    take!(conversations, applications, notes, reminders, training_snapshots);
    match (&mut from.documents, &mut to.documents) {
        (Some(from), Some(to)) if at < from.len() => {
            to.push(from.remove(at));
            true
        }
        _ => false,
    }
}

fn count(subject: &Subject) -> usize {
    let children: usize = ChildKind::ALL.into_iter().map(|kind| subject.ids(kind).count()).sum();
    children + subject.document_ids().count()
}

proptest! {
    #[test]
    fn each_state_is_told_whatever_came_later((subject, plan) in decided()) {
        let expected = Expected::of(&subject, &plan, &preview(&subject, &plan));
        let [original, new] = separated(&subject, &plan);
        prop_assert_eq!(expected.compare(&subject, None), Seen::Before);
        prop_assert_eq!(expected.compare(&original, Some(&new)), Seen::After);
        prop_assert_eq!(expected.compare(&original, Some(&original)), Seen::Neither);
        let alone = if expected.leaves_trace() { Seen::Neither } else { Seen::Before };
        prop_assert_eq!(expected.compare(&original, None), alone);
        let [mut busy_before, mut busy, mut busy_new] = [subject, original, new];
        arrivals(&mut busy_before, "before");
        arrivals(&mut busy, "original");
        arrivals(&mut busy_new, "new");
        prop_assert_eq!(expected.compare(&busy_before, None), Seen::Before);
        prop_assert_eq!(expected.compare(&busy, Some(&busy_new)), Seen::After);
        prop_assert!(expected.has_left_original(&busy));
    }

    #[test]
    fn one_record_on_the_wrong_side_is_neither((subject, plan) in decided(), at in any::<usize>(), back: bool) {
        let expected = Expected::of(&subject, &plan, &preview(&subject, &plan));
        let [mut original, mut new] = separated(&subject, &plan);
        let (from, to) = if back { (&mut new, &mut original) } else { (&mut original, &mut new) };
        prop_assume!(count(from) > 0);
        let at = at % count(from);
        prop_assert!(move_one(from, to, at));
        prop_assert_eq!(expected.compare(&original, Some(&new)), Seen::Neither);
        // Where the one record was all that had left, the original is as it was.
        let all_back = back && count(&new) == 0;
        let seen = expected.compare(&original, None);
        prop_assert!(seen == Seen::Neither || (all_back && seen == Seen::Before), "{:?}", seen);
    }

    #[test]
    fn one_message_on_the_wrong_side_is_neither((subject, plan) in decided(), drawn in any::<usize>(), back: bool) {
        let Some(cut) = plan.dividers.keys().nth(drawn % plan.dividers.len().max(1)) else { return Ok(()) };
        let expected = Expected::of(&subject, &plan, &preview(&subject, &plan));
        let [mut original, mut new] = separated(&subject, &plan);
        let (kept, made) = (cut.clone(), format!("made of {cut}"));
        let (from, from_id, to, to_id) =
            if back { (&mut new, made, &mut original, kept) } else { (&mut original, kept, &mut new, made) };
        let there = from.conversations.iter_mut().find(|one| one.id == from_id).unwrap();
        let messages = there.messages.as_mut().unwrap();
        let message = messages.remove(drawn % messages.len());
        let there = to.conversations.iter_mut().find(|one| one.id == to_id).unwrap();
        let mut messages = there.messages.take().unwrap();
        messages.push(message);
        there.read(messages);
        prop_assert_eq!(expected.compare(&original, Some(&new)), Seen::Neither);
    }

    #[test]
    fn a_plan_that_moves_only_values_is_told_by_them((subject, plan) in decided(), change in 0_usize..3) {
        let expected = Expected::of(&subject, &plan, &preview(&subject, &plan));
        let [original, mut new] = separated(&subject, &plan);
        match change {
            0 => drop(new.contact.values.insert("lastName".into(), "Somebody Else".into())),
            1 => drop(new.contact.values.insert("email".into(), "else@example.org".into())),
            _ => drop(new.contact.values.insert("dateOfBirth".into(), "1901-01-01".into())),
        }
        prop_assert_eq!(expected.compare(&original, Some(&new)), Seen::Neither);
    }
}
