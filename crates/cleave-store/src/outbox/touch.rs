//! The table `touch`: which contacts an entry changes or depends on.
//!
//! Entries that share a contact or a review go in the order in which they were decided.

use cleave_core::outbox::State;
use rusqlite::{Connection, params};

use super::entry::{self, Entry};
use crate::error::Result;

/// Records the contacts of a new entry; an empty id names none.
pub(super) fn insert(db: &Connection, op_id: &str, contact_ids: &[String]) -> Result<()> {
    let mut statement = db.prepare_cached("INSERT OR IGNORE INTO touch (contact_id, op_id) VALUES (?1, ?2)")?;
    for contact_id in contact_ids.iter().filter(|id| !id.is_empty()) {
        statement.execute(params![contact_id, op_id])?;
    }
    Ok(())
}

/// Whether an earlier entry that may still take effect shares a contact or the review.
pub(super) fn is_held_up(db: &Connection, entry: &Entry) -> Result<bool> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT o.state, o.hold FROM entry o
         WHERE o.seq < ?1 AND o.state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded')
           AND (o.subject = ?2 OR o.op_id IN (
                 SELECT other.op_id FROM touch mine JOIN touch other USING (contact_id) WHERE mine.op_id = ?3))",
    )?;
    let mut rows = statement.query(params![entry.seq, entry.review_id, entry.op_id])?;
    while let Some(row) = rows.next()? {
        let state: State = entry::words(&row.get::<_, String>(0)?, &row.get::<_, String>(1)?)?;
        if state.holds_up_others() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Entries that are not settled and touch a contact, in the order of the decisions.
pub(super) fn live_entries(db: &Connection, contact_id: &str) -> Result<Vec<Entry>> {
    let clause = "JOIN touch t ON t.op_id = e.op_id
        WHERE t.contact_id = ?1 AND e.state NOT IN ('applied', 'applied_elsewhere', 'withdrawn', 'superseded')
        ORDER BY e.seq";
    entry::select(db, clause, [contact_id])
}
