//! A queue that is waiting survives every migration: databases of earlier versions, kept as SQL, are opened and go on.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use cleave_core::outbox::{Hold, State};
use cleave_core::separation::SeparationPlan;
use cleave_store::{HistoryQuery, Store, Written};

const SCHEMA: i64 = 3;

struct Saved {
    dir: tempfile::TempDir,
    store: Store,
}

fn opened(sql: &str) -> Saved {
    let dir = tempfile::tempdir().unwrap();
    let saved = rusqlite::Connection::open(dir.path().join("outbox.db")).unwrap();
    saved.execute_batch(sql).unwrap();
    drop(saved);
    let store = Store::open(dir.path(), now()).unwrap();
    Saved { dir, store }
}

fn now() -> jiff::Timestamp {
    "2026-03-01T10:00:00Z".parse().unwrap()
}

fn version(saved: &Saved, file: &str) -> Option<i64> {
    let path = saved.dir.path().join(file);
    let db = path.exists().then(|| rusqlite::Connection::open(path).unwrap())?;
    Some(db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap())
}

fn settled(store: &Store, different: bool) -> Vec<String> {
    let query = HistoryQuery { different, limit: 10, ..HistoryQuery::default() };
    store.history(&query).unwrap().into_iter().map(|entry| entry.op_id).collect()
}

#[test]
fn a_saved_outbox_of_the_first_schema_opens_and_goes_on() {
    let saved = opened(include_str!("fixtures/outbox_v1.sql"));
    let store = &saved.store;
    assert_eq!(version(&saved, "outbox.db"), Some(SCHEMA));
    assert_eq!(version(&saved, "outbox.v1.bak"), Some(1), "backed up as it was");

    let state = |op_id: &str| store.entry(op_id).unwrap().state;
    assert_eq!(state("op-queued"), State::Queued(Hold::CancelWindow));
    assert_eq!(state("op-sending"), State::Uncertain, "it may have been sent");
    assert_eq!(state("op-applied"), State::Applied);
    let sending = store.entry("op-sending").unwrap();
    assert_eq!((sending.attempts, sending.failures, sending.decision.note()), (1, 2, Some("twins")));
    assert_eq!(sending.note.as_deref(), Some("twins"));
    assert_eq!((sending.source_id(), sending.candidate_id()), (Some("s2"), Some("c2")));
    assert_eq!(sending.seen["source"]["_id"], "s2");
    let written: Vec<Written> = store.attempts("op-sending").unwrap().iter().map(|a| a.written).collect();
    assert_eq!(written, [Written::Unsent, Written::MaybeWritten]);
    assert_eq!(store.entry("op-queued").unwrap().predicted[0].value.as_deref(), Some("ann@example.org"));
    let applied = store.entry("op-applied").unwrap();
    assert_eq!(applied.differences.len(), 1);
    assert!(applied.receipt.is_none() && applied.refused_at.is_none());
    assert_eq!(store.evidence("op-applied").unwrap().len(), 1);

    assert_eq!(settled(store, false), ["op-applied"]);
    assert_eq!(settled(store, true), ["op-applied"]);
    store.put_draft("c1", "Ann", "a plan", now()).unwrap();
    assert_eq!(store.draft("c1").unwrap().unwrap().doc, "a plan");
    assert_eq!(store.take_next(now()).unwrap().unwrap().op_id, "op-queued");
    assert_eq!(store.uncertain().unwrap().len(), 1);
}

#[test]
fn a_saved_outbox_of_the_second_schema_opens_and_goes_on() {
    let saved = opened(include_str!("fixtures/outbox_v2.sql"));
    let store = &saved.store;
    assert_eq!(version(&saved, "outbox.db"), Some(SCHEMA));

    let draft = store.draft("p4").unwrap().unwrap();
    assert_eq!((draft.title.as_str(), store.drafts().unwrap().len()), ("Jane Doe", 1));
    let doc: serde_json::Value = serde_json::from_str(&draft.doc).unwrap();
    let plan: SeparationPlan = serde_json::from_value(doc["plan"].clone()).unwrap();
    assert_eq!(plan.contact_id, "p4");

    let queued = store.entry("op-queued").unwrap();
    let decided = queued.decision.separation().unwrap();
    assert_eq!((decided.plan.contact_id.as_str(), decided.predicted.notes_moved), ("p1", 1));
    assert_eq!((decided.subject.notes.len(), queued.contact_ids.as_slice()), (2, &["p1".to_owned()][..]));
    let applied = store.entry("op-applied").unwrap();
    let receipt = applied.receipt.as_ref().unwrap();
    assert_eq!((receipt.new_contact_id.as_deref(), receipt.is_as_predicted()), (Some("p9"), false));
    let refused = store.entry("op-refused").unwrap();
    assert_eq!((refused.state, refused.refused_at.as_deref()), (State::Refused, Some("phoneNumber.new")));
    assert_eq!(settled(store, true), ["op-applied"]);

    // The merge touches the contact that is separated: it waits for its turn.
    assert_eq!(store.take_next(now()).unwrap().unwrap().op_id, "op-queued");
    assert!(store.take_next(now()).unwrap().is_none());
    assert_eq!(store.entry("op-merge").unwrap().state, State::Queued(Hold::Dependency));
}

#[test]
fn a_saved_outbox_of_the_third_schema_opens_and_goes_on() {
    let saved = opened(include_str!("fixtures/outbox_v3.sql"));
    let store = &saved.store;
    assert_eq!(version(&saved, "outbox.db"), Some(SCHEMA));

    let settings = store.settings_change_of("o1").unwrap().unwrap();
    assert_eq!(settings.state, State::Uncertain, "it may have been sent");
    let decided = settings.decision.settings().unwrap();
    assert_eq!((&decided.change["candidateLimit"], &decided.seen["own"][0]), (&60.into(), &1.into()));
    assert_eq!((settings.attempts, settings.contact_ids.len()), (1, 0));

    // It holds nobody up: what else waits is about contacts.
    assert_eq!(store.take_next(now()).unwrap().unwrap().op_id, "op-queued");
    assert_eq!(store.uncertain().unwrap().len(), 1);
}
