//! What a crash left behind: whatever was being sent is uncertain, without exception.

use cleave_core::outbox::Event;
use jiff::Timestamp;
use rusqlite::Connection;

use super::advance::{self, Effects};
use super::entry;
use crate::connection::{begin, commit};
use crate::error::Result;
use crate::store::Store;

impl Store {
    /// Recovers entries that were left in the middle of being checked or sent: the first go back to the queue, the
    /// second become uncertain. Called when nothing is under way; opening a store has done it already.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn recover(&self, now: Timestamp) -> Result<()> {
        recover(&mut *self.outbox_to_write()?, now)
    }
}

/// The same, before there is a store.
pub(crate) fn recover(db: &mut Connection, now: Timestamp) -> Result<()> {
    let tx = begin(db)?;
    recover_in(&tx, now)?;
    commit(tx)
}

/// The same, as part of a transaction.
pub(super) fn recover_in(db: &Connection, now: Timestamp) -> Result<()> {
    for (state, reason) in [
        ("sending", "Cleave ended while this was being sent; what became of it is being found out."),
        ("checking", "Waiting to be sent."),
    ] {
        for entry in entry::heads(db, "WHERE e.state = ?1 ORDER BY e.seq", [state])? {
            advance::apply(db, &entry, Event::Restarted, &Effects::at(now, reason))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::attempt::Written;
    use super::super::trial::{Trial, decision_on};
    use cleave_core::outbox::{Hold, State};

    #[test]
    fn what_was_being_sent_is_uncertain_and_what_was_checked_is_queued() {
        let mut trial = Trial::new();
        let sending = trial.sending(decision_on("r1"));
        let checking = trial.taken(decision_on("r2"));
        let waiting = trial.decide(decision_on("r3"));
        trial.reopen();
        let state = |op_id: &str| trial.store.entry(op_id).unwrap().state;
        assert_eq!(state(&sending.op_id), State::Uncertain);
        assert_eq!(state(&checking.op_id), State::Queued(Hold::None));
        assert_eq!(state(&waiting.op_id), State::Queued(Hold::CancelWindow));
        assert_eq!(trial.store.attempts(&sending.op_id).unwrap()[0].written, Written::MaybeWritten);
        let last = trial.store.transitions(&sending.op_id).unwrap().pop().unwrap();
        assert_eq!((last.from, last.to), (State::Sending, State::Uncertain));
    }
}
