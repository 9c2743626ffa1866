use super::*;
use crate::outbox::trial::{Trial, decision_on, start};
use crate::{ContactUpdate, QueueQuery};
use serde_json::json;

fn dto(document: Value) -> DedupReviewDto {
    serde_json::from_value(document).unwrap()
}

fn populated_review() -> Value {
    json!({
        "_id": "r1", "status": "needs_review", "reviewSource": "fuzzy_match", "score": 0.87,
        "sourceContactId": {"_id": "s", "firstName": "Ann", "email": "ann@example.org", "unheardOf": [1, {"x": null}]},
        "candidateContactId": {"_id": "c", "firstName": "Anne", "email": "ann@example.org"},
        "alsoUnheardOf": {"deep": true},
    })
}

#[test]
fn a_bare_id_never_takes_the_place_of_a_populated_contact() {
    let trial = Trial::new();
    trial.store.put_reviews(&[dto(populated_review())], start()).unwrap();
    let bare =
        json!({"_id": "r1", "sourceContactId": "s", "candidateContactId": "c", "status": "needs_review"});
    trial.store.put_reviews(&[dto(bare)], start()).unwrap();
    let cached = trial.store.review("r1").unwrap().unwrap();
    assert_eq!(serde_json::to_value(&cached.dto).unwrap(), populated_review());
    assert_eq!(cached.review.source.contact.unwrap().display_name(), "Ann");
    assert!(!cached.source_whole);
}

#[test]
fn a_resolver_stays_populated_too_unless_it_is_another() {
    let trial = Trial::new();
    let by = |by: Value| dto(json!({"_id": "r1", "status": "merged", "resolvedBy": by}));
    trial.store.put_reviews(&[by(json!({"_id": "u", "fullName": "Una"}))], start()).unwrap();
    trial.store.put_reviews(&[by(json!("u"))], start()).unwrap();
    let name = || trial.store.review("r1").unwrap().unwrap().review.resolved_by;
    assert_eq!(name().as_deref(), Some("Una"));
    trial.store.put_reviews(&[by(json!("v"))], start()).unwrap();
    assert_eq!(name().as_deref(), Some("v"));
}

#[test]
fn only_what_changed_is_told() {
    let trial = Trial::new();
    let put = |document: Value| trial.store.put_reviews(&[dto(document)], start()).unwrap();
    assert_eq!(put(populated_review()), ["r1"]);
    assert!(put(populated_review()).is_empty());
    let mut scored = populated_review();
    scored["score"] = json!(0.5);
    assert_eq!(put(scored), ["r1"]);
    assert!(put(json!({"status": "needs_review"})).is_empty());
}

#[test]
fn a_contact_that_changes_changes_the_rows_of_its_reviews() {
    let trial = Trial::new();
    trial.store.put_reviews(&[dto(populated_review())], start()).unwrap();
    let contact =
        serde_json::from_value(json!({"_id": "s", "firstName": "Zoe", "lastName": "Quill"})).unwrap();
    let changed = trial.store.put_contacts(&[ContactUpdate::whole(contact)], start()).unwrap();
    assert_eq!(changed, ["r1"]);
    let row = &trial.store.queue_rows(&["r1".into()]).unwrap()[0];
    assert_eq!(row.source_name, "Zoe Quill");
    assert_eq!(row.differing, ["firstName", "lastName", "email"]);
    let found = QueueQuery { search: "quill".into(), limit: 5, ..QueueQuery::default() };
    assert_eq!(trial.store.queue_page(&found).unwrap().total, 1);
    assert!(trial.store.review("r1").unwrap().unwrap().source_whole);
}

#[test]
fn what_is_closed_stays_readable_and_stays_closed() {
    let trial = Trial::new();
    trial.store.put_reviews(&[dto(populated_review())], start()).unwrap();
    trial.store.close_reviews(&["r1".into()]).unwrap();
    let contact = serde_json::from_value(json!({"_id": "s", "firstName": "Zoe"})).unwrap();
    trial.store.put_contacts(&[ContactUpdate::whole(contact)], start()).unwrap();
    let cached = trial.store.review("r1").unwrap().unwrap();
    assert!(!cached.open);
    assert!(trial.store.open_review_ids().unwrap().is_empty());
    assert_eq!(trial.store.queue_counts().unwrap().open, 0);
}

#[test]
fn the_status_says_whether_it_is_open() {
    let trial = Trial::new();
    for (id, status, open) in [
        ("a", json!("needs_review"), true),
        ("b", json!(null), true),
        ("c", json!("merged"), false),
        ("d", json!("kept_separate"), false),
        ("e", json!("a_new_word"), false),
    ] {
        trial.store.put_reviews(&[dto(json!({"_id": id, "status": status}))], start()).unwrap();
        assert_eq!(trial.store.review(id).unwrap().unwrap().open, open, "{status}");
    }
}

#[test]
fn the_queue_follows_the_outbox_even_when_the_cache_was_lost() {
    let mut trial = Trial::new();
    trial.store.put_reviews(&[dto(populated_review())], start()).unwrap();
    let local = |trial: &Trial| trial.store.review("r1").unwrap().unwrap().local;
    assert_eq!(local(&trial), Local::Open);
    let entry = trial.decide(decision_on("r1"));
    assert_eq!(local(&trial), Local::Queued);
    trial.store.empty_cache().unwrap();
    trial.store.put_reviews(&[dto(populated_review())], start()).unwrap();
    assert_eq!(local(&trial), Local::Queued);
    trial.store.withdraw(&entry.op_id, trial.at(1)).unwrap();
    assert_eq!(local(&trial), Local::Open);
    let again = trial.decide(decision_on("r1"));
    trial.store.cache().execute("UPDATE review SET local = 'done'", []).unwrap();
    trial.reopen();
    assert_eq!((local(&trial), trial.store.entry(&again.op_id).unwrap().revision), (Local::Queued, 1));
}
