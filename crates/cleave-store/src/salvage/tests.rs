use super::*;
use crate::outbox::trial::{Trial, decision_on, separation_of, start};
use crate::outbox::{AttemptEnd, Effects, Written};
use cleave_core::outbox::{Event, Hold, State};
use std::collections::BTreeMap;
use std::fs;

const PAGE: usize = 4096;

/// Entries in every kind of state, and a draft.
fn busy(each: usize) -> (Trial, BTreeMap<String, State>) {
    let mut trial = Trial::new();
    for number in 0..each {
        let id = |kind: &str| format!("{kind}{number}");
        trial.sending(decision_on(&id("sending")));
        trial.applied(decision_on(&id("applied")));
        trial.needs_person(separation_of(&id("person")));
        let taken_back = trial.decide(decision_on(&id("back")));
        trial.store.withdraw(&taken_back.op_id, trial.at(9)).unwrap();
        let refused = trial.sending(separation_of(&id("refused")));
        trial.store.advance(&refused, Event::Rejected, &Effects::at(trial.at(9), "No.")).unwrap();
        trial.decide(decision_on(&id("queued")));
        trial.store.put_draft(&id("draft"), "Jane", &"long ".repeat(100), trial.at(9)).unwrap();
    }
    trial.reopen();
    let states = trial.store.entries().unwrap().into_iter().map(|entry| (entry.op_id, entry.state)).collect();
    trial.close();
    (trial, states)
}

fn states(store: &Store) -> BTreeMap<String, State> {
    store.entries().unwrap().into_iter().map(|entry| (entry.op_id, entry.state)).collect()
}

fn table<'a>(salvage: &'a Salvage, name: &str) -> &'a SalvagedTable {
    salvage.tables.iter().find(|table| table.name == name).unwrap()
}

#[test]
fn of_a_sound_file_nothing_is_lost_and_nothing_changes() {
    let (trial, before) = busy(3);
    let salvage = Store::salvage(trial.path(), trial.at(100)).unwrap();
    assert!(salvage.is_whole(), "{salvage:?}");
    assert_eq!(table(&salvage, "entry").saved, before.len() as u64);
    assert_eq!((salvage.uncertain, salvage.needs_person), (0, 0));
    let store = Store::open(trial.path(), trial.at(101)).unwrap();
    assert_eq!(states(&store), before);
    assert_eq!(store.drafts().unwrap().len(), 3);
    assert!(trial.path().join(&salvage.kept_as).exists());
    assert!(!trial.path().join("salvage").exists());
}

/// Every page in turn is overwritten. What comes back is what was, or asks the server or a person.
#[test]
fn whichever_page_is_damaged_nothing_goes_out_by_itself_that_may_have_gone_already() {
    let (trial, before) = busy(8);
    let sound = fs::read(trial.path().join("outbox.db")).unwrap();
    let pages = sound.len() / PAGE;
    assert!(pages > 20, "{pages} pages");
    let (mut saved, mut lost, mut emptied) = (0, 0, 0);
    for page in 0..pages {
        let dir = tempfile::tempdir().unwrap();
        let mut damaged = sound.clone();
        damaged[page * PAGE..(page + 1) * PAGE].fill(0xA5);
        fs::write(dir.path().join("outbox.db"), &damaged).unwrap();
        let salvage = Store::salvage(dir.path(), trial.at(200)).unwrap();
        assert_eq!(fs::read(dir.path().join(&salvage.kept_as)).unwrap(), damaged, "the damaged file is kept");
        let store = Store::open(dir.path(), trial.at(201)).unwrap();
        let after = states(&store);
        let entries = table(&salvage, "entry");
        assert_eq!(entries.saved, after.len() as u64, "page {page}");
        if !after.is_empty() {
            assert_eq!(entries.saved + entries.lost, before.len() as u64, "page {page}: {salvage:?}");
        }
        emptied += usize::from(after.is_empty());
        for (op_id, state) in &after {
            let cautious = matches!(state, State::Uncertain | State::NeedsPerson);
            assert!(*state == before[op_id] || cautious, "page {page}: {:?} became {state:?}", before[op_id]);
            store.entry(op_id).unwrap();
        }
        // It goes on working.
        store.insert_decision(&decision_on("new"), crate::Superseding::No).unwrap();
        (saved, lost) = (saved + after.len(), lost + before.len() - after.len());
    }
    println!("{pages} pages: {saved} entries saved, {lost} lost, {emptied} times all of them");
    assert!(saved > 8 * lost, "{saved} saved, {lost} lost");
}

/// Takes rows away behind the store's back, as damage does.
fn without(rows: &str) -> (Trial, State, Vec<crate::Attempt>, Salvage) {
    let mut trial = Trial::new();
    let entry = trial.sending(decision_on("r1"));
    let end = AttemptEnd { written: Written::Unsent, status: None, outcome: "Not connected.".into() };
    let effects = Effects { attempt: Some(end), ..Effects::at(trial.at(9), "Not connected.") };
    trial.store.advance(&entry, Event::Unsent(Hold::None), &effects).unwrap();
    trial.close();
    let db = rusqlite::Connection::open(trial.path().join("outbox.db")).unwrap();
    db.execute_batch("DROP TRIGGER transition_stays; DROP TRIGGER attempt_stays; DROP TRIGGER entry_stays;")
        .unwrap();
    db.execute_batch(rows).unwrap();
    drop(db);
    let salvage = Store::salvage(trial.path(), trial.at(100)).unwrap();
    let store = Store::open(trial.path(), trial.at(101)).unwrap();
    let (state, attempts) = (store.entry(&entry.op_id).unwrap().state, store.attempts(&entry.op_id).unwrap());
    (trial, state, attempts, salvage)
}

#[test]
fn an_entry_whose_later_rows_are_lost_never_waits_to_be_sent() {
    let cases = [
        ("", State::Queued(Hold::None), 1),
        ("DELETE FROM attempt", State::NeedsPerson, 1),
        ("DELETE FROM transition WHERE revision > 1", State::NeedsPerson, 1),
        ("DELETE FROM touch", State::NeedsPerson, 1),
        // The row of an earlier moment beside the history of a later one.
        ("UPDATE entry SET state = 'queued', hold = 'cancel_window', revision = 1", State::NeedsPerson, 1),
        ("UPDATE entry SET state = 'sending', hold = 'none'", State::Uncertain, 1),
    ];
    for (rows, expected, sends) in cases {
        let (_trial, state, attempts, salvage) = without(rows);
        assert_eq!((state, attempts.len()), (expected, sends), "{rows}: {salvage:?}");
        if rows.contains("FROM attempt") {
            assert_eq!(attempts[0].written, Written::MaybeWritten, "{rows}");
        }
        assert_eq!(salvage.lost() == 0, rows.is_empty() || rows.starts_with("UPDATE"), "{rows}: {salvage:?}");
    }
}

#[test]
fn cut_short_between_any_two_renames_it_is_finished_by_the_next_opening() {
    for done in 0..3 {
        let (trial, before) = busy(1);
        let path = |name: &str| trial.path().join(name);
        fs::write(path("outbox.db-wal"), b"the log of the damaged file").unwrap();
        fs::copy(path("outbox.db"), path("outbox.salvaged-1.db")).unwrap();
        let renames = [("outbox.db-wal", "outbox.damaged-1.db-wal"), ("outbox.db", "outbox.damaged-1.db")];
        for (from, to) in &renames[..done] {
            fs::rename(path(from), path(to)).unwrap();
        }
        let store = Store::open(trial.path(), trial.at(101)).unwrap();
        assert_eq!(states(&store), before, "{done} renames done");
        assert!(path("outbox.damaged-1.db").exists() && path("outbox.damaged-1.db-wal").exists());
        assert!(!path("outbox.salvaged-1.db").exists());
    }
}

#[test]
fn a_newer_or_an_open_outbox_is_not_salvaged_and_two_damaged_files_have_two_names() {
    let (mut trial, _) = busy(1);
    let db = rusqlite::Connection::open(trial.path().join("outbox.db")).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let error = Store::salvage(trial.path(), start()).unwrap_err();
    assert!(matches!(error, StoreError::NewerSchema { found: 99, .. }), "{error}");
    assert!(!trial.path().join("salvage").exists());

    trial = Trial::new();
    assert!(matches!(Store::salvage(trial.path(), start()), Err(StoreError::AlreadyOpen)));
    trial.close();
    let kept: Vec<String> = (0..3).map(|_| Store::salvage(trial.path(), start()).unwrap().kept_as).collect();
    assert!(kept.iter().all(|name| trial.path().join(name).exists()));
    assert_eq!(kept.iter().collect::<std::collections::BTreeSet<_>>().len(), 3, "{kept:?}");
}
