//! A queue that is waiting survives every migration: databases of earlier versions, kept as SQL, are opened and go on.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use cleave_core::outbox::{Hold, State};
use cleave_store::{Store, Written};

#[test]
fn a_saved_outbox_of_the_first_schema_opens_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let saved = rusqlite::Connection::open(dir.path().join("outbox.db")).unwrap();
    saved.execute_batch(include_str!("fixtures/outbox_v1.sql")).unwrap();
    drop(saved);
    let now = "2026-03-01T10:00:00Z".parse().unwrap();
    let store = Store::open(dir.path(), now).unwrap();

    let state = |op_id: &str| store.entry(op_id).unwrap().state;
    assert_eq!(state("op-queued"), State::Queued(Hold::CancelWindow));
    assert_eq!(state("op-sending"), State::Uncertain, "it may have been sent");
    assert_eq!(state("op-applied"), State::Applied);
    let sending = store.entry("op-sending").unwrap();
    assert_eq!((sending.attempts, sending.failures, sending.decision.note()), (1, 2, Some("twins")));
    assert_eq!((sending.source_id(), sending.candidate_id()), (Some("s2"), Some("c2")));
    assert_eq!(sending.seen["source"]["_id"], "s2");
    let written: Vec<Written> = store.attempts("op-sending").unwrap().iter().map(|a| a.written).collect();
    assert_eq!(written, [Written::Unsent, Written::MaybeWritten]);
    assert_eq!(store.entry("op-queued").unwrap().predicted[0].value.as_deref(), Some("ann@example.org"));
    assert_eq!(store.entry("op-applied").unwrap().differences.len(), 1);
    assert_eq!(store.evidence("op-applied").unwrap().len(), 1);

    assert_eq!(store.take_next(now).unwrap().unwrap().op_id, "op-queued");
    assert_eq!(store.uncertain().unwrap().len(), 1);
}
