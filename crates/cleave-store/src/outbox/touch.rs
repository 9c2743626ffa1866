//! The table `touch`: which contacts an entry changes or depends on.
//!
//! Entries that share a contact or a review go in the order in which they were decided, and never two at a time.

use rusqlite::{Connection, params};

use super::chain;
use super::entry::{self, EntryHead};
use crate::error::Result;

/// Records the contacts of a new entry. An empty id keeps its place and names none.
pub(super) fn insert(db: &Connection, op_id: &str, contact_ids: &[String]) -> Result<()> {
    let mut statement =
        db.prepare_cached("INSERT INTO touch (op_id, position, contact_id) VALUES (?1, ?2, ?3)")?;
    for (position, contact_id) in (0_i64..).zip(contact_ids) {
        statement.execute(params![op_id, position, contact_id])?;
    }
    Ok(())
}

/// Whether another entry that shares a contact or the review comes first: see [`chain::ahead_of`].
pub(super) fn is_held_up(db: &Connection, entry: &EntryHead) -> Result<bool> {
    Ok(!chain::ahead_of(db, &[&entry.op_id])?.is_empty())
}

/// Entries that are not settled and touch a contact, in the order of the decisions.
pub(super) fn live_entries(db: &Connection, contact_id: &str) -> Result<Vec<EntryHead>> {
    let clause =
        "WHERE e.op_id IN (SELECT t.op_id FROM touch t WHERE t.contact_id = ?1 AND t.contact_id <> '')
        AND e.state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded')
        ORDER BY e.seq";
    entry::heads(db, clause, [contact_id])
}

#[cfg(test)]
mod tests {
    use cleave_core::outbox::{Event, Hold, State};

    use super::super::advance::Effects;
    use super::super::trial::{Trial, decision_on};
    use super::*;

    #[test]
    fn an_earlier_decision_that_is_tried_again_waits_for_a_later_one_that_may_be_on_its_way() {
        let trial = Trial::new();
        let refused = trial.sending(decision_on("r1"));
        let step = |entry: &EntryHead, event| {
            trial.store.advance(entry, event, &Effects::at(trial.at(5), "")).unwrap().entry
        };
        step(&refused, Event::Rejected);
        let mut later = decision_on("r2");
        later.contact_ids = refused.contact_ids.clone();
        let sending = trial.sending(later);
        trial.store.retry(&refused.op_id, trial.at(6)).unwrap();
        assert!(trial.store.take_next(trial.at(7)).unwrap().is_none(), "two requests about one contact");
        let uncertain = step(&sending, Event::Unknown);
        assert!(trial.store.take_next(trial.at(8)).unwrap().is_none(), "the later one may still take effect");
        assert_eq!(
            trial.store.entry_head(&refused.op_id).unwrap().state,
            State::Queued(Hold::Dependency),
            "and it says what it waits for"
        );
        step(&uncertain, Event::Confirmed);
        assert_eq!(trial.store.take_next(trial.at(9)).unwrap().unwrap().op_id, refused.op_id);
    }
}
