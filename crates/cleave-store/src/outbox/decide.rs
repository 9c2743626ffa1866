//! A decision enters the outbox. Once this has answered, it is on the disk.

use cleave_core::decision::{Decision, PAYLOAD_VERSION};
use cleave_core::outbox::{Event, State, step};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde_json::Value;

use super::advance::{self, Effects};
use super::entry::{self, Entry, EntryHead, Predicted, to_json};
use super::transition::{self, Transition};
use super::{about, draft, separation, touch};
use crate::connection::{begin, commit};
use crate::error::{Result, StoreError};
use crate::store::Store;
use crate::time::millis;

/// A decision to be saved.
#[derive(Clone, PartialEq)]
pub struct NewEntry {
    /// Made by whoever decides; a second call with the same id answers with the first result.
    pub op_id: String,
    /// What it is about: the review, the contact that is separated, or the organisation whose settings change.
    pub subject: String,
    /// What is decided.
    pub decision: Decision,
    /// Fingerprint of what the admin saw.
    pub basis: String,
    /// What the admin saw, for the comparison after a conflict; null to keep nothing, or where the decision has it.
    pub seen: Value,
    /// Names of the pair, for people.
    pub title: String,
    /// The source, then the candidate; an empty id where the server named none. Of a separation its subject counts,
    /// whatever stands here, and of settings nothing.
    pub contact_ids: Vec<String>,
    /// Field values that the plan predicts; empty where it predicts none.
    pub predicted: Vec<Predicted>,
    /// Now.
    pub decided_at: Timestamp,
    /// End of the cancel window.
    pub cancel_until: Timestamp,
    /// Whether it is the draft of its contact, which goes with it then; a plan from elsewhere leaves the draft.
    pub from_draft: bool,
}

/// Personal data: only ids are printed.
impl std::fmt::Debug for NewEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewEntry({} on {})", self.op_id, self.subject)
    }
}

/// Whether a new decision may take the place of one about the same review or contact that is not settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Superseding {
    /// It may not: [`StoreError::LiveDecision`].
    No,
    /// It does, if the earlier one can still be taken back.
    Yes,
}

/// A saved decision.
#[derive(Debug, Clone)]
pub struct Inserted {
    /// The entry: the new one, or the first one with the same operation id.
    pub entry: Entry,
    /// Whether this call made it.
    pub fresh: bool,
    /// The entry that it took the place of.
    pub superseded: Option<EntryHead>,
}

impl Store {
    /// Saves a decision: entry and transition in one transaction, on the disk when this answers. A separation takes the
    /// draft it was made from with it.
    ///
    /// # Errors
    /// [`StoreError::LiveDecision`] for a second decision about a review or contact, unless it supersedes;
    /// [`StoreError::Step`] if the earlier one can no longer be taken back. Nothing is saved then.
    pub fn insert_decision(&self, new: &NewEntry, superseding: Superseding) -> Result<Inserted> {
        let inserted = {
            let mut db = self.outbox_to_write()?;
            let tx = begin(&mut db)?;
            let inserted = insert(&tx, new, superseding)?;
            commit(tx)?;
            inserted
        };
        if inserted.fresh {
            self.reflect(inserted.entry.review_id().as_slice());
        }
        Ok(inserted)
    }
}

fn insert(db: &Connection, new: &NewEntry, superseding: Superseding) -> Result<Inserted> {
    match entry::by_op_id(db, &new.op_id) {
        Ok(entry) => return Ok(Inserted { entry, fresh: false, superseded: None }),
        Err(StoreError::NotFound) => {}
        Err(error) => return Err(error),
    }
    let superseded = match live_about(db, new)? {
        None => None,
        Some(earlier) if superseding == Superseding::No => {
            return Err(StoreError::LiveDecision { op_id: earlier.op_id });
        }
        Some(earlier) => {
            let effects = Effects::at(new.decided_at, "Replaced by a later decision.");
            advance::apply(db, &earlier, Event::Supersede, &effects)?;
            Some(entry::head_by_op_id(db, &earlier.op_id)?)
        }
    };
    let state = step(State::Draft, Event::Decide)?;
    let reason = "Waiting out the time in which it can be taken back.";
    db.prepare_cached(
        "INSERT INTO entry (op_id, kind, subject, title, payload, payload_version, basis, seen, predicted, state,
                            hold, reason, not_before, cancel_until, decided_at, changed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, ?14, ?14)",
    )?
    .execute(params![
        new.op_id,
        new.decision.kind().as_str(),
        new.subject,
        new.title,
        match new.decision {
            Decision::Separate(_) => separation::PAYLOAD.to_owned(),
            Decision::Merge { .. } | Decision::KeepSeparate { .. } | Decision::Settings(_) => {
                to_json(&new.decision, "decision")?
            }
        },
        PAYLOAD_VERSION,
        new.basis,
        to_json(&new.seen, "view")?,
        to_json(&new.predicted, "prediction")?,
        state.as_str(),
        state.hold().as_str(),
        reason,
        millis(new.cancel_until),
        millis(new.decided_at),
    ])?;
    if let Decision::Separate(decided) = &new.decision {
        separation::insert(db, &new.op_id, decided)?;
        if new.from_draft {
            draft::remove(db, &new.subject)?;
        }
    }
    let contact_ids = match new.decision {
        Decision::Separate(_) => std::slice::from_ref(&new.subject),
        // Settings are about no contact.
        Decision::Settings(_) => &[],
        Decision::Merge { .. } | Decision::KeepSeparate { .. } => &new.contact_ids,
    };
    touch::insert(db, &new.op_id, contact_ids)?;
    let change = Transition { at: new.decided_at, from: State::Draft, to: state, reason: reason.into() };
    transition::insert(db, &new.op_id, &change, 1)?;
    Ok(Inserted { entry: entry::by_op_id(db, &new.op_id)?, fresh: true, superseded })
}

fn live_about(db: &Connection, new: &NewEntry) -> Result<Option<EntryHead>> {
    let clause = format!(
        "WHERE e.subject = ?1 AND {} = ?2
           AND e.state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded')",
        about("e.kind")
    );
    Ok(entry::heads(db, &clause, params![new.subject, new.decision.kind().about().as_str()])?.pop())
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, decision_on};
    use super::*;
    use cleave_core::outbox::Hold;

    #[test]
    fn a_second_call_answers_with_the_first_result() {
        let trial = Trial::new();
        let new = decision_on("r1");
        let first = trial.store.insert_decision(&new, Superseding::No).unwrap();
        let again = NewEntry { decision: Decision::KeepSeparate { note: None }, ..new };
        let second = trial.store.insert_decision(&again, Superseding::No).unwrap();
        assert!(first.fresh && !second.fresh);
        assert_eq!(first.entry, second.entry);
        assert_eq!(first.entry.state, State::Queued(Hold::CancelWindow));
    }

    #[test]
    fn a_review_has_one_live_decision() {
        let trial = Trial::new();
        let first = trial.decide(decision_on("r1"));
        let error = trial.store.insert_decision(&decision_on("r1"), Superseding::No).unwrap_err();
        assert!(matches!(error, StoreError::LiveDecision { op_id } if op_id == first.op_id));
        let second = trial.store.insert_decision(&decision_on("r1"), Superseding::Yes).unwrap();
        assert_eq!(second.superseded.unwrap().op_id, first.op_id);
        assert_eq!(trial.store.entry(&first.op_id).unwrap().state, State::Superseded);
        trial.store.withdraw(&second.entry.op_id, trial.at(1)).unwrap();
        assert!(trial.store.insert_decision(&decision_on("r1"), Superseding::No).unwrap().fresh);
    }

    #[test]
    fn what_may_be_on_its_way_is_not_superseded() {
        let trial = Trial::new();
        let sending = trial.sending(decision_on("r1"));
        let error = trial.store.insert_decision(&decision_on("r1"), Superseding::Yes).unwrap_err();
        assert!(matches!(error, StoreError::Step(_)));
        assert_eq!(trial.store.entry(&sending.op_id).unwrap(), sending);
        assert_eq!(trial.store.entries().unwrap().len(), 1);
    }
}
