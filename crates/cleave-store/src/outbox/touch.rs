//! The table `touch`: which contacts an entry changes or depends on.
//!
//! Entries that share a contact or a review go in the order in which they were decided.

use cleave_core::outbox::State;
use rusqlite::{Connection, params};

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

/// Whether an earlier entry that may still take effect shares a contact or the review.
pub(super) fn is_held_up(db: &Connection, entry: &EntryHead) -> Result<bool> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT o.state, o.hold FROM entry o
         WHERE o.seq < ?1 AND o.state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded')
           AND (o.subject = ?2 OR o.op_id IN (
                 SELECT other.op_id FROM touch mine JOIN touch other USING (contact_id) WHERE mine.op_id = ?3 AND mine.contact_id <> ''))",
    )?;
    let mut rows = statement.query(params![entry.seq, entry.subject, entry.op_id])?;
    while let Some(row) = rows.next()? {
        let state: State = entry::words(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?)?;
        if state.holds_up_others() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Entries that are not settled and touch a contact, in the order of the decisions.
pub(super) fn live_entries(db: &Connection, contact_id: &str) -> Result<Vec<EntryHead>> {
    let clause =
        "WHERE e.op_id IN (SELECT t.op_id FROM touch t WHERE t.contact_id = ?1 AND t.contact_id <> '')
        AND e.state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded')
        ORDER BY e.seq";
    entry::heads(db, clause, [contact_id])
}
