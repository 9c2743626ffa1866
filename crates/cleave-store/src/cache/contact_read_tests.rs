use std::time::Duration;

use serde_json::{Value, json};

use super::super::child::{ChildKind, ChildList, Children};
use super::super::contact::ContactUpdate;
use super::super::page::QueueQuery;
use super::*;
use crate::outbox::trial::{Trial, start};

fn later(seconds: u64) -> Timestamp {
    start() + Duration::from_secs(seconds)
}

fn review(trial: &Trial, contacts: [Value; 2], now: Timestamp) {
    let [source, candidate] = contacts;
    let doc = json!({"_id": "r", "status": "needs_review", "sourceContactId": source, "candidateContactId": candidate});
    trial.store.put_reviews(&[serde_json::from_value(doc).unwrap()], now).unwrap();
}

fn whole(trial: &Trial, contact: Value, now: Timestamp) {
    trial.store.put_contacts(&[ContactUpdate::whole(serde_json::from_value(contact).unwrap())], now).unwrap();
}

fn part(trial: &Trial, contact: Value, now: Timestamp) {
    trial.store.put_contacts(&[ContactUpdate::part(serde_json::from_value(contact).unwrap())], now).unwrap();
}

fn lists(trial: &Trial, contact: &str, complete: bool, conversations: &[&str], now: Timestamp) {
    let of = |kind: ChildKind| {
        let ids = if kind == ChildKind::Conversation { conversations } else { &[] };
        let docs = ids.iter().map(|id| json!({"_id": id})).collect();
        (kind, ChildList { docs, complete, seen_at: now })
    };
    let lists = ChildKind::ALL.into_iter().map(of).collect();
    trial.store.put_children(contact, &Children { lists, protection: None }, now).unwrap();
}

fn is_here(trial: &Trial) -> bool {
    let query = QueueQuery { limit: 10, ..QueueQuery::default() };
    trial.store.queue_page(&query).unwrap().rows[0].here
}

#[test]
fn a_review_is_here_only_when_everything_of_both_contacts_is() {
    let trial = Trial::new();
    review(&trial, [json!({"_id": "s"}), json!({"_id": "c"})], start());
    assert!(!is_here(&trial));
    for id in ["s", "c"] {
        whole(&trial, json!({"_id": id}), start());
        lists(&trial, id, true, &["t1"], start());
    }
    assert!(!is_here(&trial), "messages are missing");
    trial.store.put_messages("t1", &[], start()).unwrap();
    for id in ["s", "c"] {
        trial.store.settle_contact(id).unwrap();
    }
    assert!(is_here(&trial));
    lists(&trial, "c", false, &["t1"], start());
    assert!(!is_here(&trial), "a list may have more");
    lists(&trial, "c", true, &["t1"], start());
    assert!(is_here(&trial));
    trial.store.doubt_messages("s", &[], &["t1".into()], start()).unwrap();
    assert!(!is_here(&trial), "the server counts other messages");
    trial.store.doubt_messages("s", &["t1".into()], &[], start()).unwrap();
    assert!(is_here(&trial));
    lists(&trial, "c", true, &["t1", "t2"], start());
    assert!(!is_here(&trial), "another conversation");
}

#[test]
fn contacts_that_a_list_shows_differently_come_first_and_only_once() {
    let trial = Trial::new();
    review(&trial, [json!({"_id": "s"}), json!({"_id": "c"})], start());
    let due = |before: Timestamp| -> Vec<String> {
        trial.store.contacts_due(before, 10).unwrap().into_iter().map(|due| due.id).collect()
    };
    whole(&trial, json!({"_id": "s", "updatedAt": "1", "tags": ["a", "b"]}), start());
    whole(&trial, json!({"_id": "c", "updatedAt": "1"}), later(60));
    whole(&trial, json!({"_id": "lone", "updatedAt": "1"}), start());
    assert_eq!(due(later(30)), ["s"], "by age, and only of open reviews");
    assert_eq!(due(later(90)), ["s", "c"], "the oldest first");
    part(&trial, json!({"_id": "c", "updatedAt": "2"}), later(70));
    assert_eq!(due(later(90)), ["c", "s"], "what changed first");
    whole(&trial, json!({"_id": "c", "updatedAt": "2"}), later(80));
    assert_eq!(due(start()), [""; 0]);
    // A list that writes something in its own way is believed once.
    for (round, expected) in [(0, &["s"][..]), (1, &[])] {
        part(&trial, json!({"_id": "s", "updatedAt": "1", "tags": "a,b"}), later(100 + round));
        assert_eq!(due(start()), expected, "round {round}");
        whole(&trial, json!({"_id": "s", "updatedAt": "1", "tags": ["a", "b"]}), later(100 + round));
    }
    trial.store.contact_tried("s", later(200)).unwrap();
    assert_eq!(due(later(150)), ["c"], "what cannot be read does not stand in the way of others");
}

#[test]
fn the_time_told_is_that_of_the_oldest_part() {
    let trial = Trial::new();
    whole(&trial, json!({"_id": "s", "firstName": "Ann"}), start());
    whole(&trial, json!({"_id": "c", "firstName": "Anne"}), later(10));
    // The list is read every minute, and does not have every field.
    review(&trial, [json!({"_id": "s", "firstName": "Ann"}), json!("c")], later(60));
    assert_eq!(trial.store.review("r").unwrap().unwrap().seen_at, start());
    lists(&trial, "s", true, &["t1"], later(70));
    assert_eq!(trial.store.subject("s").unwrap().unwrap().read_at, Some(start()));
    whole(&trial, json!({"_id": "s", "firstName": "Ann"}), later(80));
    assert_eq!(trial.store.subject("s").unwrap().unwrap().read_at, Some(later(70)));
    trial.store.put_messages("t1", &[], later(20)).unwrap();
    assert_eq!(trial.store.subject("s").unwrap().unwrap().read_at, Some(later(20)));
    trial.store.doubt_messages("s", &["t1".into()], &[], later(90)).unwrap();
    assert_eq!(
        trial.store.subject("s").unwrap().unwrap().read_at,
        Some(later(70)),
        "the list vouches for them"
    );
    assert_eq!(trial.store.review("r").unwrap().unwrap().seen_at, later(10));
}

#[test]
fn bytes_are_those_of_the_stored_documents() {
    let trial = Trial::new();
    assert_eq!(trial.store.contact_bytes("s").unwrap(), 0);
    assert_eq!(trial.store.mean_contact_bytes(false).unwrap(), None);
    whole(&trial, json!({"_id": "s"}), start());
    lists(&trial, "s", true, &["t1"], start());
    let records = u64::try_from(r#"{"_id":"s"}"#.len() + r#"{"_id":"t1"}"#.len()).unwrap();
    assert_eq!(trial.store.contact_bytes("s").unwrap(), records);
    assert_eq!(trial.store.mean_contact_bytes(false).unwrap(), Some(records as f64));
    assert_eq!(trial.store.mean_contact_bytes(true).unwrap(), None, "its messages are not here");
    trial.store.put_messages("t1", &[], start()).unwrap();
    trial.store.settle_contact("s").unwrap();
    assert_eq!(trial.store.mean_contact_bytes(true).unwrap(), Some((records + 2) as f64));
}
