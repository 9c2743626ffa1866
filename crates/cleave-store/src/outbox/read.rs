//! Reading the outbox.

use rusqlite::Connection;

use super::attempt::{self, Attempt};
use super::entry::{self, Entry, EntryHead};
use super::evidence::{self, Evidence};
use super::transition::{self, Transition};
use crate::error::Result;
use crate::local::Local;
use crate::store::Store;

/// How many entries want attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// Entries that are not settled.
    pub unsettled: u32,
    /// Those of them that need a person.
    pub needs_person: u32,
}

impl Store {
    /// One entry, with what was decided.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] if there is none with this operation id.
    pub fn entry(&self, op_id: &str) -> Result<Entry> {
        entry::by_op_id(&self.outbox(), op_id)
    }

    /// Where an entry stands, without what was decided.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] if there is none with this operation id.
    pub fn entry_head(&self, op_id: &str) -> Result<EntryHead> {
        entry::head_by_op_id(&self.outbox(), op_id)
    }

    /// Every entry, newest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn entries(&self) -> Result<Vec<EntryHead>> {
        entry::heads(&self.outbox(), "ORDER BY e.seq DESC", [])
    }

    /// Entries that are not settled, oldest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn unsettled(&self) -> Result<Vec<EntryHead>> {
        let clause =
            "WHERE e.state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded') ORDER BY e.seq";
        entry::heads(&self.outbox(), clause, [])
    }

    /// The latest entry about a review, or about the separation of a contact.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn entry_about(&self, subject: &str) -> Result<Option<Entry>> {
        let clause = "WHERE e.subject = ?1 ORDER BY e.seq DESC LIMIT 1";
        let db = self.outbox();
        entry::heads(&db, clause, [subject])?.pop().map(|head| entry::complete(&db, head)).transpose()
    }

    /// The attempts of an entry, oldest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn attempts(&self, op_id: &str) -> Result<Vec<Attempt>> {
        attempt::of(&self.outbox(), op_id)
    }

    /// The changes of state of an entry, oldest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn transitions(&self, op_id: &str) -> Result<Vec<Transition>> {
        transition::of(&self.outbox(), op_id)
    }

    /// What was observed about an entry, oldest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn evidence(&self, op_id: &str) -> Result<Vec<Evidence>> {
        evidence::of(&self.outbox(), op_id)
    }

    /// How many entries want attention.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn outbox_counts(&self) -> Result<OutboxCounts> {
        let db = self.outbox();
        let mut statement =
            db.prepare_cached("SELECT state, hold, count(*) FROM entry GROUP BY state, hold")?;
        let mut rows = statement.query([])?;
        let mut counts = OutboxCounts::default();
        while let Some(row) = rows.next()? {
            let state = entry::words(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?)?;
            let count: u32 = row.get(2)?;
            if !state.is_final() {
                counts.unsettled += count;
            }
            if state.needs_person() {
                counts.needs_person += count;
            }
        }
        Ok(counts)
    }
}

/// Where these reviews stand here; [`Local::Open`] for one that nobody decided about.
pub(crate) fn local_of(db: &Connection, review_ids: &[&str]) -> Result<Vec<(String, Local)>> {
    let mut statement = db.prepare_cached(
        "SELECT op_id FROM entry WHERE subject = ?1 AND kind <> 'separate' ORDER BY seq DESC LIMIT 1",
    )?;
    let mut words = Vec::with_capacity(review_ids.len());
    for id in review_ids {
        let mut rows = statement.query([id])?;
        let op_id = rows.next()?.map(|row| row.get::<_, String>(0)).transpose()?;
        let state = op_id.map(|op_id| entry::state_of(db, &op_id)).transpose()?.flatten();
        words.push(((*id).to_owned(), state.map_or(Local::Open, Local::of)));
    }
    Ok(words)
}

/// Where every review stands that was ever decided about here.
pub(crate) fn local_of_all(db: &Connection) -> Result<Vec<(String, Local)>> {
    let mut statement = db.prepare_cached(
        "SELECT subject, state, hold FROM entry
         WHERE seq IN (SELECT max(seq) FROM entry WHERE kind <> 'separate' GROUP BY subject)",
    )?;
    let mut rows = statement.query([])?;
    let mut words = Vec::new();
    while let Some(row) = rows.next()? {
        let state = entry::words(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?)?;
        words.push((row.get(0)?, Local::of(state)));
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, decision_on};
    use super::*;

    #[test]
    fn entries_are_found_by_review_and_need() {
        let trial = Trial::new();
        let first = trial.decide(decision_on("r1"));
        trial.store.withdraw(&first.op_id, trial.at(1)).unwrap();
        let second = trial.decide(decision_on("r1"));
        trial.sending(decision_on("r2"));
        assert_eq!(trial.store.entry_about("r1").unwrap().unwrap().op_id, second.op_id);
        assert_eq!(trial.store.entry_about("none").unwrap(), None);
        assert_eq!(trial.store.unsettled().unwrap().len(), 2);
        assert_eq!(trial.store.entries().unwrap().len(), 3);
        assert_eq!(trial.store.outbox_counts().unwrap(), OutboxCounts { unsettled: 2, needs_person: 0 });
    }
}
