use super::*;
use crate::outbox::trial::{Trial, decision_on, separation_of, start};
use crate::{Effects, Superseding, sync_state};
use cleave_core::outbox::{Event, Hold, State};
use rusqlite::Connection;
use std::path::PathBuf;

fn reason(store: &Store) -> Option<ReadOnlyReason> {
    match store.access() {
        Access::ReadWrite => None,
        Access::ReadOnly(reason) => Some(reason),
    }
}

/// Every kind of write, each refused with the reason.
fn refuses_to_write(store: &Store, trial: &Trial, op_id: &str) {
    let now = trial.at(50);
    let head = store.entry_head(op_id).unwrap();
    let seen = crate::Evidence { at: now, kind: "reading".into(), detail: String::new() };
    let answers = [
        store.insert_decision(&decision_on("other"), Superseding::No).map(drop),
        store.insert_decision(&separation_of("c9"), Superseding::Yes).map(drop),
        store.put_draft("c9", "Jane", "{}", now),
        store.discard_draft("c9").map(drop),
        store.withdraw(op_id, now).map(drop),
        store.advance(&head, Event::Hold(Hold::Offline), &Effects::at(now, "")).map(drop),
        store.take_next(now).map(drop),
        store.hold_all(Hold::Offline, "", now).map(drop),
        store.record_differences(&head, &[], &seen).map(drop),
        store.recover(now),
        store.put_reviews(&[], now).map(drop),
        store.close_reviews(&[]),
        store.put_messages("m", &[], now),
        store.put_sync_state(sync_state::SYNCED_AT, "x"),
        store.empty_cache(),
    ];
    for (number, answer) in answers.into_iter().enumerate() {
        assert!(
            matches!(answer, Err(StoreError::OpenToRead(why)) if Some(why) == reason(store)),
            "{number}: {answer:?}"
        );
    }
}

#[test]
fn the_second_reads_what_the_first_writes_and_writes_when_the_first_has_ended() {
    let mut trial = Trial::new();
    let entry = trial.sending(decision_on("r1"));
    let second = Store::open_or_read(trial.path(), trial.at(9)).unwrap();
    assert_eq!(reason(&second), Some(ReadOnlyReason::AnotherProcess));
    assert_eq!(second.entry(&entry.op_id).unwrap().state, State::Sending, "nothing is recovered under it");
    let later = trial.decide(decision_on("r2"));
    assert_eq!(second.entry(&later.op_id).unwrap(), later);
    refuses_to_write(&second, &trial, &later.op_id);
    assert_eq!(trial.store.entries().unwrap(), second.entries().unwrap());

    trial.close();
    assert_eq!(second.entries().unwrap().len(), 2, "still there to read");
    let third = Store::open_or_read(trial.path(), trial.at(10)).unwrap();
    assert_eq!(third.access(), Access::ReadWrite);
    assert_eq!(third.entry(&entry.op_id).unwrap().state, State::Uncertain);
    assert_eq!(second.entry(&entry.op_id).unwrap().state, State::Uncertain);
}

/// All files of the store, but for the index of a log, which holds nothing.
fn files(trial: &Trial) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(trial.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.to_string_lossy().ends_with("-shm"))
        .map(|path| (path.clone(), std::fs::read(&path).unwrap()))
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    files.sort();
    files
}

#[test]
fn a_newer_outbox_is_read_and_neither_it_nor_the_cache_is_changed() {
    let mut trial = Trial::new();
    let entry = trial.decide(decision_on("r1"));
    trial.store.put_sync_state(sync_state::SYNCED_AT, "then").unwrap();
    trial.close();
    let db = Connection::open(trial.path().join("outbox.db")).unwrap();
    db.execute_batch("ALTER TABLE entry ADD COLUMN mood TEXT; PRAGMA user_version = 77").unwrap();
    drop(db);
    let before = files(&trial);
    assert!(matches!(Store::open(trial.path(), start()), Err(StoreError::NewerSchema { found: 77, .. })));
    let store = Store::open_or_read(trial.path(), start()).unwrap();
    assert!(matches!(reason(&store), Some(ReadOnlyReason::NewerSchema { found: 77, .. })));
    assert_eq!(store.entry(&entry.op_id).unwrap().state, entry.state);
    assert_eq!(store.sync_state(sync_state::SYNCED_AT).unwrap().as_deref(), Some("then"));
    refuses_to_write(&store, &trial, &entry.op_id);
    drop(store);
    assert!(files(&trial) == before, "a file was changed");
}

#[test]
fn a_cache_that_cannot_be_read_counts_as_empty_and_is_left_to_its_owner() {
    let mut trial = Trial::new();
    let entry = trial.decide(decision_on("r1"));
    trial.close();
    for cache in [b"rubbish that is no database".to_vec(), Vec::new()] {
        std::fs::write(trial.path().join("cache.db"), &cache).unwrap();
        let db = Connection::open(trial.path().join("outbox.db")).unwrap();
        db.pragma_update(None, "user_version", 77).unwrap();
        drop(db);
        let store = Store::open_or_read(trial.path(), start()).unwrap();
        assert_eq!(store.queue_counts().unwrap().open, 0);
        assert_eq!(store.entry(&entry.op_id).unwrap().op_id, entry.op_id);
        assert_eq!(std::fs::read(trial.path().join("cache.db")).unwrap(), cache);
    }
}

#[test]
fn a_damaged_outbox_and_one_that_is_not_there_are_not_read() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("outbox.db"), vec![7_u8; 8192]).unwrap();
    let error = Store::open_or_read(dir.path(), start()).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(Database::Outbox)), "{error}");

    let empty = tempfile::tempdir().unwrap();
    let _lock = StoreLock::take(empty.path()).unwrap();
    assert!(matches!(Store::open_or_read(empty.path(), start()), Err(StoreError::AlreadyOpen)));
    assert!(!empty.path().join("outbox.db").exists());
}

#[cfg(unix)]
#[test]
fn files_without_the_right_to_write_are_read() {
    use std::os::unix::fs::PermissionsExt;
    let mut trial = Trial::new();
    let entry = trial.decide(decision_on("r1"));
    trial.close();
    // What a file system that is mounted for reading answers, and a folder with odd signs in its name.
    let path = trial.path().join("outbox.db");
    let odd = trial.path().join("100% sure? #1");
    std::fs::create_dir(&odd).unwrap();
    std::fs::copy(&path, odd.join("outbox.db")).unwrap();
    std::fs::set_permissions(odd.join("outbox.db"), PermissionsExt::from_mode(0o400)).unwrap();
    let db = connection::open_to_read(&odd.join("outbox.db")).unwrap();
    let found: String = db.query_row("SELECT op_id FROM entry", [], |row| row.get(0)).unwrap();
    assert_eq!(found, entry.op_id);
    let db = connection::read_through(&odd.join("outbox.db"), "?immutable=1").unwrap();
    let found: String = db.query_row("SELECT op_id FROM entry", [], |row| row.get(0)).unwrap();
    assert_eq!(found, entry.op_id);
}
