//! Throwing away what is not settled and cannot have taken effect.

use cleave_core::outbox::{Event, step};
use jiff::Timestamp;
use rusqlite::Connection;

use super::advance::{self, Effects};
use super::attempt::{self, may_have_been_sent};
use super::entry::{self, EntryHead};
use super::{draft, read, recover};
use crate::connection::{begin, commit};
use crate::error::Result;
use crate::store::Store;

/// What [`Store::discard_unsent`] threw away.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Discarded {
    /// The decisions that were withdrawn, oldest first, as they stand now.
    pub withdrawn: Vec<EntryHead>,
    /// How many drafts were thrown away.
    pub drafts: usize,
}

impl Store {
    /// What [`Store::discard_unsent`] would withdraw now, oldest first: decisions that are not settled and of which no
    /// attempt may have reached the server without its answer being known.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn discardable(&self) -> Result<Vec<EntryHead>> {
        discardable(&self.outbox())
    }

    /// Withdraws every such decision and throws every draft away, in one transaction. What was left in the middle of being
    /// checked or sent is recovered first, as on opening, so nothing may be under way for this store.
    ///
    /// # Errors
    /// Only those of the file; nothing is discarded then.
    pub fn discard_unsent(&self, now: Timestamp) -> Result<Discarded> {
        let discarded = {
            let mut db = self.outbox_to_write()?;
            let tx = begin(&mut db)?;
            recover::recover_in(&tx, now)?;
            let mut discarded = Discarded::default();
            for entry in discardable(&tx)? {
                advance::apply(&tx, &entry, Event::Withdraw, &Effects::at(now, "Taken back."))?;
                discarded.withdrawn.push(entry::head_by_op_id(&tx, &entry.op_id)?);
            }
            discarded.drafts = draft::remove_all(&tx)?;
            commit(tx)?;
            discarded
        };
        self.reflect(&discarded.withdrawn.iter().filter_map(EntryHead::review_id).collect::<Vec<_>>());
        Ok(discarded)
    }
}

fn discardable(db: &Connection) -> Result<Vec<EntryHead>> {
    let mut found = Vec::new();
    for entry in read::unsettled(db)? {
        // One that is being checked is back in the queue before anything is withdrawn.
        let state = step(entry.state, Event::Restarted).unwrap_or(entry.state);
        let legal = step(state, Event::Withdraw).is_ok();
        if legal && !(entry.attempts > 0 && may_have_been_sent(&attempt::of(db, &entry.op_id)?)) {
            found.push(entry);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::super::attempt::{AttemptEnd, Written};
    use super::super::trial::{Trial, decision_on, separation_of};
    use super::super::{Entry, NewEntry};
    use super::*;
    use cleave_core::outbox::{Hold, State};

    /// Sent, and this became of it.
    fn after(trial: &Trial, new: NewEntry, event: Event, written: Written) -> Entry {
        let sending = trial.sending(new);
        let end = AttemptEnd { written, status: None, outcome: String::new() };
        let later = Some(trial.at(600));
        let effects = Effects { attempt: Some(end), not_before: later, ..Effects::at(trial.at(4), "") };
        trial.store.advance(&sending, event, &effects).unwrap().entry
    }

    #[test]
    fn everything_that_cannot_have_taken_effect_is_withdrawn_and_nothing_else() {
        let trial = Trial::new();
        let applied = trial.applied(decision_on("applied"));
        let forbidden = after(&trial, decision_on("forbidden"), Event::Unsent(Hold::Auth), Written::Answered);
        let refused = after(&trial, decision_on("refused"), Event::Rejected, Written::Answered);
        let unsent = after(&trial, decision_on("unsent"), Event::Unsent(Hold::Offline), Written::Unsent);
        let conflict = trial.taken(decision_on("conflict"));
        let conflict =
            trial.store.advance(&conflict, Event::Changed, &Effects::at(trial.at(4), "")).unwrap().entry;
        let lost = trial.needs_person(separation_of("c1"));
        let uncertain = after(&trial, decision_on("lost"), Event::Unknown, Written::MaybeWritten);
        let again = trial.needs_person(decision_on("again"));
        let sending = trial.sending(decision_on("sending"));
        let checking = trial.taken(decision_on("checking"));
        trial.store.retry(&again.op_id, trial.at(6)).unwrap();
        let waiting = trial.decide(decision_on("waiting"));
        for contact in ["c1", "c2"] {
            trial.store.put_draft(contact, "Jane", "{}", trial.at(7)).unwrap();
        }

        let ids = |entries: &[EntryHead]| entries.iter().map(|entry| entry.op_id.clone()).collect::<Vec<_>>();
        let expected =
            [&forbidden, &refused, &unsent, &conflict, &checking, &waiting].map(|e| e.op_id.clone());
        assert_eq!(ids(&trial.store.discardable().unwrap()), expected);
        let discarded = trial.store.discard_unsent(trial.at(9)).unwrap();
        assert_eq!(ids(&discarded.withdrawn), expected);
        assert!(discarded.withdrawn.iter().all(|entry| entry.state == State::Withdrawn));
        assert_eq!((discarded.drafts, trial.store.drafts().unwrap().len()), (2, 0));

        let state = |entry: &Entry| trial.store.entry_head(&entry.op_id).unwrap().state;
        assert_eq!(state(&applied), State::Applied);
        assert_eq!(state(&lost), State::NeedsPerson);
        assert_eq!(state(&uncertain), State::Uncertain);
        assert_eq!(state(&sending), State::Uncertain, "it may have gone");
        assert_eq!(state(&again), State::Queued(Hold::None), "the first attempt may have arrived");
        assert_eq!(trial.store.discard_unsent(trial.at(10)).unwrap(), Discarded::default());
    }

    #[test]
    fn a_failure_in_the_middle_discards_nothing() {
        let trial = Trial::new();
        let (first, second) = (trial.decide(decision_on("r1")), trial.decide(decision_on("r2")));
        trial.store.put_draft("c1", "Jane", "{}", trial.at(1)).unwrap();
        trial
            .store
            .outbox()
            .execute_batch(
                "CREATE TEMP TRIGGER fails BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'full'); END",
            )
            .unwrap();
        assert!(trial.store.discard_unsent(trial.at(2)).is_err());
        for entry in [first, second] {
            assert_eq!(trial.store.entry(&entry.op_id).unwrap(), entry);
        }
        assert_eq!(trial.store.drafts().unwrap().len(), 1);
    }
}
