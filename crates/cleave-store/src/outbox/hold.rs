//! Holds that concern every waiting entry at once.

use cleave_core::outbox::{Event, Hold};
use jiff::Timestamp;

use super::advance::{self, Effects};
use super::entry::{self, EntryHead};
use crate::connection::{begin, commit};
use crate::error::Result;
use crate::store::Store;

impl Store {
    /// Holds every entry that only waits to be sent. Cancel windows run on, and what waits for a person or for an
    /// earlier entry keeps its own reason. Answers what was held.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn hold_all(&self, hold: Hold, reason: &str, now: Timestamp) -> Result<Vec<EntryHead>> {
        let clause = "WHERE e.state = 'queued' AND e.hold IN ('none', 'backoff', 'offline', 'server_paused')
                      ORDER BY e.seq";
        self.hold_each(clause, hold, reason, now)
    }

    /// Ends a hold wherever it is set, such as [`Hold::Auth`] after signing in. Answers what was released.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn release(&self, hold: Hold, now: Timestamp) -> Result<Vec<EntryHead>> {
        let clause = format!("WHERE e.state = 'queued' AND e.hold = '{}' ORDER BY e.seq", hold.as_str());
        self.hold_each(&clause, Hold::None, "Waiting to be sent.", now)
    }

    fn hold_each(&self, clause: &str, hold: Hold, reason: &str, now: Timestamp) -> Result<Vec<EntryHead>> {
        let mut db = self.outbox_to_write()?;
        let tx = begin(&mut db)?;
        let mut changed = Vec::new();
        for entry in entry::heads(&tx, clause, [])? {
            advance::apply(&tx, &entry, Event::Hold(hold), &Effects::at(now, reason))?;
            changed.push(entry::head_by_op_id(&tx, &entry.op_id)?);
        }
        commit(tx)?;
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, decision_on};
    use super::*;
    use cleave_core::outbox::State;

    #[test]
    fn a_hold_spares_what_has_its_own_reason_and_ends_everywhere() {
        let trial = Trial::new();
        let waits = trial.decide(decision_on("r1"));
        let waits = trial.store.retry(&waits.op_id, trial.at(0)).unwrap();
        let window = trial.decide(decision_on("r2"));
        let held = trial.store.hold_all(Hold::Auth, "Sign in again.", trial.at(1)).unwrap();
        assert_eq!(held.iter().map(|e| &e.op_id).collect::<Vec<_>>(), [&waits.op_id]);
        assert!(trial.store.take_next(trial.at(5)).unwrap().is_none());
        assert_eq!(trial.store.entry(&window.op_id).unwrap().state, State::Queued(Hold::CancelWindow));
        assert_eq!(trial.store.release(Hold::Auth, trial.at(6)).unwrap().len(), 1);
        assert_eq!(trial.store.take_next(trial.at(7)).unwrap().unwrap().op_id, waits.op_id);
    }
}
