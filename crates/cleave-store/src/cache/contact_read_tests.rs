use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::child::{ChildKind, ChildList, Children};
use super::super::contact::{ContactReading, ContactUpdate};
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
    trial.store.contact_failed("s", later(200)).unwrap();
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

fn reading(contact: Value, notes: &[&str], complete: bool, begun: Timestamp) -> ContactReading {
    let docs = notes.iter().map(|id| json!({"_id": id})).collect();
    let list = ChildList { docs, complete, seen_at: begun };
    ContactReading {
        contacts: vec![ContactUpdate::whole(serde_json::from_value(contact).unwrap()).begun(begun)],
        children: Children { lists: [(ChildKind::Note, list)].into(), protection: None },
        cut_short: BTreeSet::new(),
        left_out: false,
        begun,
    }
}

fn notes(trial: &Trial) -> (usize, bool) {
    let list = trial.store.children("s").unwrap().lists.remove(&ChildKind::Note).unwrap();
    (list.docs.len(), list.complete)
}

#[test]
fn a_complete_list_stays_where_a_failure_cut_the_new_one_short() {
    let trial = Trial::new();
    let put = |reading: &ContactReading, now| trial.store.put_reading("s", reading, now).unwrap();
    put(&reading(json!({"_id": "s"}), &["a", "b"], true, start()), start());
    let mut short = reading(json!({"_id": "s"}), &["a"], false, later(60));
    short.cut_short = [ChildKind::Note].into();
    put(&short, later(60));
    assert_eq!(notes(&trial), (2, true));
    assert_eq!(trial.store.contact_read("s").unwrap().unwrap().read_at, start(), "no newer than its list");
    short.cut_short.clear();
    put(&short, later(60));
    assert_eq!(notes(&trial), (1, false), "a server that hides some is believed");
    short.cut_short = [ChildKind::Note].into();
    short.children.lists.get_mut(&ChildKind::Note).unwrap().docs.clear();
    put(&short, later(60));
    assert_eq!(notes(&trial), (0, false));
}

#[test]
fn a_reading_that_began_before_another_does_not_replace_it() {
    let trial = Trial::new();
    let put = |reading: &ContactReading, now| trial.store.put_reading("s", reading, now).unwrap();
    let name = || trial.store.contact("s").unwrap().unwrap().contact.first_name.text().map(str::to_owned);
    put(&reading(json!({"_id": "s", "firstName": "before"}), &["a", "b"], true, start()), later(1));
    whole(&trial, json!({"_id": "s", "firstName": "merged"}), later(20));
    put(&reading(json!({"_id": "s", "firstName": "before"}), &["a"], true, later(10)), later(30));
    assert_eq!((name().as_deref(), notes(&trial)), (Some("merged"), (1, true)));
    put(&reading(json!({"_id": "s", "firstName": "before"}), &["a", "b"], true, later(5)), later(30));
    assert_eq!((name().as_deref(), notes(&trial)), (Some("merged"), (1, true)));
    // The clock was ahead when they were stored.
    put(&reading(json!({"_id": "s", "firstName": "now"}), &["c", "d"], true, later(2)), later(3));
    assert_eq!((name().as_deref(), notes(&trial)), (Some("now"), (2, true)));
}

#[test]
fn what_changed_stays_known_until_a_reading_that_began_later_left_out_nothing() {
    let trial = Trial::new();
    let put = |reading: &ContactReading, now| trial.store.put_reading("s", reading, now).unwrap();
    let changed = || trial.store.contact_read("s").unwrap().unwrap().changed;
    let shown = |time: &str| json!({"_id": "s", "updatedAt": time});
    put(&reading(shown("1"), &[], true, start()), start());
    part(&trial, shown("2"), later(20));
    assert!(changed());
    trial.store.contact_failed("s", later(21)).unwrap();
    assert!(changed(), "it could not be read");
    put(&ContactReading { left_out: true, ..reading(shown("2"), &[], true, later(30)) }, later(31));
    assert!(changed(), "something was left out");
    put(&reading(shown("1"), &[], true, later(15)), later(32));
    assert!(changed(), "that began before");
    part(&trial, shown("3"), later(40));
    put(&reading(shown("2"), &[], true, later(35)), later(41));
    assert!(changed(), "it changed again meanwhile");
    put(&reading(shown("3"), &[], true, later(50)), later(51));
    assert!(!changed());
}
