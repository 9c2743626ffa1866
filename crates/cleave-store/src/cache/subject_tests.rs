use super::super::child::{ChildList, Children};
use super::super::contact::ContactUpdate;
use super::*;
use crate::outbox::trial::{Trial, start};
use cleave_wire::message::MessageDto;
use serde_json::{Value, json};

fn list(docs: Value) -> ChildList {
    let Value::Array(docs) = docs else { panic!("a list") };
    ChildList { docs, complete: true, seen_at: start() }
}

fn known(trial: &Trial) {
    let contact =
        json!({"_id": "c1", "firstName": "Jane", "misc": {"tier": "gold"}, "phoneNumber": "+14165550101"});
    let contact = ContactUpdate::whole(serde_json::from_value(contact).unwrap());
    trial.store.put_contacts(&[contact], start()).unwrap();
}

fn everything() -> Children {
    let threads = json!([{"_id": "t1", "channelType": "sms", "messageCount": 7}, {"_id": "t2", "channelType": "email"}]);
    let lists = [
        (ChildKind::Conversation, list(threads)),
        (ChildKind::Application, list(json!([{"_id": "a1", "customerPhone": "+14165550102"}]))),
        (ChildKind::Note, list(json!([{"_id": "n1", "note": "Call"}, {"_id": "n2"}]))),
        (ChildKind::Reminder, list(json!([]))),
        (ChildKind::TrainingSnapshot, list(json!([{"_id": "s1"}]))),
        (
            ChildKind::Document,
            list(json!([{"_id": "d1", "filename": "a.pdf", "signedUrl": "https://x.example"}])),
        ),
    ];
    let protection = json!({"isProtected": true, "ownerName": "Bo"});
    Children { lists: lists.into(), protection: Some(serde_json::from_value(protection).unwrap()) }
}

fn messages(count: usize) -> Vec<MessageDto> {
    let message = |at: usize| {
        json!({"_id": format!("65f1c0de{at:016x}"), "direction": "inbound", "channelType": "sms", "status": "delivered",
            "content": format!("Hello, this is message number {at} and it says what people write in one of them."),
            "createdAt": format!("2026-03-{:02}T{:02}:{:02}:{:02}.000Z", 1 + at / 3600 % 28, at / 3600 % 24,
                at / 60 % 60, at % 60)})
    };
    (0..count).map(|at| serde_json::from_value(message(at)).unwrap()).collect()
}

#[test]
fn a_subject_has_everything_that_is_known() {
    let trial = Trial::new();
    assert!(trial.store.subject("c1").unwrap().is_none());
    known(&trial);
    trial.store.put_children("c1", &everything(), start()).unwrap();
    trial.store.put_messages("t1", &messages(2), start()).unwrap();
    let cached = trial.store.subject("c1").unwrap().unwrap();
    assert_eq!((cached.read_at, &cached.unread), (Some(start()), &vec!["t2".to_owned()]));
    let subject = cached.subject;
    let ids: Vec<Vec<&str>> = CoreKind::ALL.into_iter().map(|kind| subject.ids(kind).collect()).collect();
    assert_eq!(ids, [vec!["t1", "t2"], vec!["a1"], vec!["n1", "n2"], vec![], vec!["s1"]]);
    assert_eq!(subject.conversations[0].count(), Some(2), "what was read counts, not what the server says");
    assert_eq!(subject.applications[0].facts["customerPhone"], "+14165550102");
    assert_eq!(subject.document_ids().collect::<Vec<_>>(), ["d1"]);
    assert_eq!(subject.misc.unwrap()["tier"], "gold");
    assert_eq!(subject.protection.unwrap().owner_name.as_deref(), Some("Bo"));
    assert!(subject.incomplete.is_empty());
}

#[test]
fn what_is_not_known_is_never_taken_for_none() {
    let trial = Trial::new();
    known(&trial);
    let bare = trial.store.subject("c1").unwrap().unwrap();
    assert_eq!((bare.subject.incomplete.len(), bare.read_at), (5, None));
    assert!(bare.subject.documents.is_none());

    let mut children = everything();
    children.lists.remove(&ChildKind::Reminder);
    for kind in [ChildKind::Note, ChildKind::Document] {
        children.lists.get_mut(&kind).unwrap().complete = false;
    }
    trial.store.put_children("c1", &children, start()).unwrap();
    let doubtful = trial.store.subject("c1").unwrap().unwrap();
    assert_eq!(Vec::from_iter(doubtful.subject.incomplete), [CoreKind::Note, CoreKind::Reminder]);
    assert_eq!(
        (doubtful.subject.documents.is_none(), doubtful.read_at),
        (true, Some(start())),
        "one kind less is not none"
    );
}

#[test]
fn a_record_that_cannot_be_read_makes_its_kind_incomplete() {
    let trial = Trial::new();
    known(&trial);
    let mut children = everything();
    for kind in [ChildKind::Note, ChildKind::Document] {
        children.lists.insert(kind, list(json!([{"_id": "good"}, {"note": "without an id"}])));
    }
    trial.store.put_children("c1", &children, start()).unwrap();
    let subject = trial.store.subject("c1").unwrap().unwrap().subject;
    assert_eq!((subject.notes.len(), Vec::from_iter(subject.incomplete)), (1, vec![CoreKind::Note]));
    assert!(subject.documents.is_none());
}

/// Goal in release: 100 ms. The bound here is for a debug build on a busy machine.
#[test]
fn five_thousand_children_and_twenty_thousand_messages_are_read_quickly() {
    let trial = Trial::new();
    known(&trial);
    let note = |at: usize| {
        json!({"_id": format!("65f1c0df{at:016x}"), "note": "Called back about the offer, will write again.",
            "createdAt": "2026-03-01T09:00:00.000Z", "createdBy": {"_id": "u1", "fullName": "Bo"}, "contactId": "c1"})
    };
    let mut children = everything();
    for kind in [ChildKind::Application, ChildKind::Note, ChildKind::Reminder, ChildKind::TrainingSnapshot] {
        children.lists.insert(kind, list((0..1_250).map(note).collect()));
    }
    trial.store.put_children("c1", &children, start()).unwrap();
    let thread = messages(20_000);
    let began = std::time::Instant::now();
    trial.store.put_messages("t1", &thread, start()).unwrap();
    let put = began.elapsed();
    let began = std::time::Instant::now();
    let subject = trial.store.subject("c1").unwrap().unwrap().subject;
    let read = began.elapsed();
    println!("20,000 messages put in {put:?}; subject with 5,000 children and 20,000 messages in {read:?}");
    assert_eq!((subject.notes.len(), subject.conversations[0].count()), (1_250, Some(20_000)));
    assert!(read.as_secs() < 5, "{read:?}");
}
