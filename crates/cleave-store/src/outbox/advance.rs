//! One step of an entry, with everything that is committed together with it.

use cleave_core::decision::DecisionKind;
use cleave_core::outbox::{Event, Hold, State, step};
use cleave_core::separation::Receipt;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::attempt::{self, AttemptEnd};
use super::entry::{self, Difference, Entry, EntryHead};
use super::evidence::{self, Evidence};
use super::transition::{self, Transition};
use super::{outcome, touch};
use crate::connection::{begin, commit};
use crate::error::{Result, StoreError};
use crate::store::Store;
use crate::time::millis;

/// What is committed together with a step.
#[derive(Debug, Clone)]
pub struct Effects {
    /// When.
    pub at: Timestamp,
    /// One sentence for people: what it waits for now, the server's words, or what became of it.
    pub reason: String,
    /// When the new hold ends by itself.
    pub not_before: Option<Timestamp>,
    /// SHA-256 of the body that is about to be sent. Given when, and only when, the step leads to sending.
    pub body_hash: Option<String>,
    /// How the attempt that is under way ended.
    pub attempt: Option<AttemptEnd>,
    /// What was observed.
    pub evidence: Option<Evidence>,
    /// Fields in which the server did something else than predicted.
    pub differences: Option<Vec<Difference>>,
    /// What became of a separation, beside what was predicted of it.
    pub receipt: Option<Receipt>,
    /// Where the server's refusal points, such as `phoneNumber.new`.
    pub refused_at: Option<String>,
    /// A contact that this step dissolved: queued decisions that touch it are put before the admin again.
    pub dissolved: Option<String>,
}

impl Effects {
    /// Only the time and a sentence.
    pub fn at(at: Timestamp, reason: impl Into<String>) -> Self {
        Effects {
            at,
            reason: reason.into(),
            not_before: None,
            body_hash: None,
            attempt: None,
            evidence: None,
            differences: None,
            receipt: None,
            refused_at: None,
            dissolved: None,
        }
    }
}

/// What a step changed.
#[derive(Debug, Clone)]
pub struct Advanced {
    /// The entry after it.
    pub entry: Entry,
    /// Entries that were put before the admin because their contact is gone.
    pub cascaded: Vec<EntryHead>,
}

impl Store {
    /// Takes one step: a compare-and-set on operation id, state and revision, in one transaction with its effects.
    ///
    /// # Errors
    /// [`StoreError::Step`] where the state machine has no such step, [`StoreError::LostRace`] where the entry is no
    /// longer as it was read, [`StoreError::AttemptMismatch`] for a send without its attempt. Nothing is changed then.
    pub fn advance(&self, entry: &EntryHead, event: Event, effects: &Effects) -> Result<Advanced> {
        let advanced = {
            let mut db = self.outbox_to_write()?;
            let tx = begin(&mut db)?;
            apply(&tx, entry, event, effects)?;
            let cascaded = match &effects.dissolved {
                Some(contact_id) => hold_cascaded(&tx, entry, contact_id, effects.at)?,
                None => Vec::new(),
            };
            let entry = entry::by_op_id(&tx, &entry.op_id)?;
            commit(tx)?;
            Advanced { entry, cascaded }
        };
        let touched = std::iter::once(&advanced.entry.head).chain(&advanced.cascaded);
        self.reflect(&touched.filter_map(EntryHead::review_id).collect::<Vec<_>>());
        Ok(advanced)
    }

    /// Takes a decision back that has not been sent.
    ///
    /// # Errors
    /// [`StoreError::Step`] when it is being checked or sent, or is settled.
    pub fn withdraw(&self, op_id: &str, now: Timestamp) -> Result<Entry> {
        let entry = self.entry_head(op_id)?;
        Ok(self.advance(&entry, Event::Withdraw, &Effects::at(now, "Taken back."))?.entry)
    }

    /// Puts a decision back at work, at once: ends a hold, or tries again what was refused or contradicted.
    ///
    /// # Errors
    /// [`StoreError::Step`] where the state does not allow it.
    pub fn retry(&self, op_id: &str, now: Timestamp) -> Result<Entry> {
        let entry = self.entry_head(op_id)?;
        Ok(self.advance(&entry, Event::Retry, &Effects::at(now, "Waiting to be sent."))?.entry)
    }
}

/// The step itself, inside a transaction.
pub(super) fn apply(db: &Connection, entry: &EntryHead, event: Event, effects: &Effects) -> Result<State> {
    let next = step(entry.state, event)?;
    if (next == State::Sending) != effects.body_hash.is_some() {
        return Err(StoreError::AttemptMismatch);
    }
    let refused_at = match event {
        Event::Retry => Some(""),
        _ => effects.refused_at.as_deref(),
    };
    let failures = match event {
        Event::CheckFailed(_) | Event::Unsent(_) => entry.failures.saturating_add(1),
        Event::Retry => 0,
        _ => entry.failures,
    };
    let changed = db
        .prepare_cached(
            "UPDATE entry SET state = ?5, hold = ?6, reason = ?7, failures = ?8, not_before = ?9, changed_at = ?10,
                              refused_at = coalesce(?11, refused_at), revision = revision + 1
             WHERE op_id = ?1 AND state = ?2 AND hold = ?3 AND revision = ?4",
        )?
        .execute(params![
            entry.op_id,
            entry.state.as_str(),
            entry.state.hold().as_str(),
            entry.revision,
            next.as_str(),
            next.hold().as_str(),
            effects.reason,
            failures,
            effects.not_before.map(millis),
            millis(effects.at),
            refused_at,
        ])?;
    if changed != 1 {
        return Err(StoreError::LostRace { op_id: entry.op_id.clone() });
    }
    let change = Transition { at: effects.at, from: entry.state, to: next, reason: effects.reason.clone() };
    transition::insert(db, &entry.op_id, &change, entry.revision + 1)?;
    if let Some(hash) = effects.body_hash.as_ref().filter(|_| !attempts_are_lost()) {
        attempt::begin(db, &entry.op_id, hash, effects.at)?;
    }
    if let Some(end) = &effects.attempt {
        attempt::end(db, &entry.op_id, end, effects.at)?;
    }
    if let Some(seen) = &effects.evidence {
        evidence::insert(db, &entry.op_id, seen)?;
    }
    if let Some(differences) = &effects.differences {
        outcome::put_differences(db, entry, entry.revision + 1, differences)?;
    }
    if let Some(receipt) = &effects.receipt {
        outcome::put_receipt(db, entry, entry.revision + 1, receipt)?;
    }
    Ok(next)
}

/// Whether a test planted that fault.
fn attempts_are_lost() -> bool {
    #[cfg(feature = "planted-faults")]
    return crate::planted::is(crate::planted::Fault::LostAttempt);
    #[cfg(not(feature = "planted-faults"))]
    false
}

/// Puts queued decisions about a contact that is gone before the admin.
fn hold_cascaded(db: &Connection, by: &EntryHead, contact_id: &str, at: Timestamp) -> Result<Vec<EntryHead>> {
    let mut held = Vec::new();
    for other in touch::live_entries(db, contact_id)? {
        let waits = matches!(other.state, State::Queued(hold) if hold != Hold::ReviewNeeded);
        if other.op_id != by.op_id && waits {
            let follows = match other.kind {
                DecisionKind::Merge | DecisionKind::KeepSeparate => "that closes this review on the server",
                DecisionKind::Separate => "the contact that this separates is gone",
                // It touches no contact.
                DecisionKind::Settings => continue,
            };
            let reason = format!("{} was merged; {follows}.", by.title);
            apply(db, &other, Event::Hold(Hold::ReviewNeeded), &Effects::at(at, reason))?;
            held.push(entry::head_by_op_id(db, &other.op_id)?);
        }
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::super::attempt::Written;
    use super::super::trial::{Trial, decision_on};
    use super::*;

    #[test]
    fn a_step_changes_entry_and_transition_together_and_the_second_of_two_loses() {
        let trial = Trial::new();
        let entry = trial.decide(decision_on("r1"));
        let hold = Event::Hold(Hold::Offline);
        let after =
            trial.store.advance(&entry, hold, &Effects::at(trial.at(1), "No network.")).unwrap().entry;
        assert_eq!((after.state, after.revision), (State::Queued(Hold::Offline), entry.revision + 1));
        let lost = trial.store.advance(&entry, hold, &Effects::at(trial.at(2), "")).unwrap_err();
        assert!(matches!(lost, StoreError::LostRace { op_id } if op_id == entry.op_id));
        let states: Vec<State> =
            trial.store.transitions(&entry.op_id).unwrap().iter().map(|t| t.to).collect();
        assert_eq!(states, [State::Queued(Hold::CancelWindow), State::Queued(Hold::Offline)]);
    }

    #[test]
    fn an_illegal_step_changes_nothing() {
        let trial = Trial::new();
        let entry = trial.decide(decision_on("r1"));
        let error = trial.store.advance(&entry, Event::Confirmed, &Effects::at(trial.at(1), "")).unwrap_err();
        assert!(matches!(error, StoreError::Step(_)));
        assert_eq!(trial.store.entry(&entry.op_id).unwrap(), entry);
    }

    #[test]
    fn no_send_without_an_attempt_and_no_attempt_without_a_send() {
        let trial = Trial::new();
        let checking = trial.taken(decision_on("r1"));
        let bare = Effects::at(trial.at(9), "");
        let error = trial.store.advance(&checking, Event::Unchanged, &bare).unwrap_err();
        assert!(matches!(error, StoreError::AttemptMismatch));
        assert!(trial.store.attempts(&checking.op_id).unwrap().is_empty());
        let hashed = Effects { body_hash: Some("00".into()), ..bare };
        let error = trial.store.advance(&checking, Event::Changed, &hashed).unwrap_err();
        assert!(matches!(error, StoreError::AttemptMismatch));
        let sending = trial.store.advance(&checking, Event::Unchanged, &hashed).unwrap().entry;
        let attempts = trial.store.attempts(&sending.op_id).unwrap();
        assert_eq!(attempts[0].written, Written::MaybeWritten);
        assert_eq!(sending.attempts, 1);
    }

    #[test]
    fn outcome_attempt_evidence_and_cascade_are_one_commit() {
        let trial = Trial::new();
        let sending = trial.sending(decision_on("r1"));
        let other = trial.decide(NewEntryOn::sharing("r2", &sending));
        let end = AttemptEnd { written: Written::Answered, status: Some(200), outcome: "Done.".into() };
        let seen = Evidence { at: trial.at(30), kind: "answer".into(), detail: "200".into() };
        let effects = Effects {
            attempt: Some(end),
            evidence: Some(seen.clone()),
            differences: Some(vec![Difference { path: "email".into(), predicted: None, actual: None }]),
            dissolved: Some(sending.contact_ids[0].clone()),
            ..Effects::at(trial.at(30), "Done.")
        };
        let advanced = trial.store.advance(&sending, Event::Confirmed, &effects).unwrap();
        assert_eq!(advanced.entry.state, State::Applied);
        assert_eq!(advanced.entry.differences.len(), 1);
        assert_eq!(advanced.cascaded.len(), 1);
        assert_eq!(trial.store.entry(&other.op_id).unwrap().state, State::Queued(Hold::ReviewNeeded));
        assert_eq!(trial.store.evidence(&sending.op_id).unwrap(), [seen]);
        assert_eq!(trial.store.attempts(&sending.op_id).unwrap()[0].status, Some(200));
    }

    #[test]
    fn undo_works_until_it_is_being_sent() {
        let trial = Trial::new();
        let entry = trial.decide(decision_on("r1"));
        assert_eq!(trial.store.withdraw(&entry.op_id, trial.at(1)).unwrap().state, State::Withdrawn);
        let sending = trial.sending(decision_on("r2"));
        let error = trial.store.withdraw(&sending.op_id, trial.at(30)).unwrap_err();
        assert!(matches!(error, StoreError::Step(_)));
    }

    #[test]
    fn nothing_can_be_deleted_or_rewritten() {
        let trial = Trial::new();
        trial.sending(decision_on("r1"));
        let db = trial.store.outbox();
        for sql in
            ["DELETE FROM transition", "UPDATE transition SET to_state = 'applied'", "DELETE FROM attempt"]
        {
            assert!(db.execute(sql, []).is_err(), "{sql}");
        }
        db.execute("DELETE FROM touch", []).unwrap();
        assert!(db.execute("DELETE FROM entry", []).is_err());
    }

    struct NewEntryOn;
    impl NewEntryOn {
        fn sharing(review: &str, entry: &Entry) -> super::super::decide::NewEntry {
            let mut new = decision_on(review);
            new.contact_ids = vec![entry.contact_ids[0].clone(), "another".into()];
            new
        }
    }
}
