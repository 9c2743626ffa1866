//! The table `transition`: every change of state, in the transaction that made it. Append-only.

use cleave_core::outbox::State;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::entry;
use crate::error::Result;
use crate::time::{instant, millis};

/// One change of state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// When.
    pub at: Timestamp,
    /// The state before.
    pub from: State,
    /// The state after.
    pub to: State,
    /// One sentence for people.
    pub reason: String,
}

/// Appends a change that leads to `revision`. A revision can be reached once.
pub(super) fn insert(db: &Connection, op_id: &str, change: &Transition, revision: i64) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO transition (op_id, at, from_state, from_hold, to_state, to_hold, reason, revision)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        op_id,
        millis(change.at),
        change.from.as_str(),
        change.from.hold().as_str(),
        change.to.as_str(),
        change.to.hold().as_str(),
        change.reason,
        revision,
    ])?;
    Ok(())
}

/// The changes of an entry, oldest first.
pub(super) fn of(db: &Connection, op_id: &str) -> Result<Vec<Transition>> {
    let mut statement = db.prepare_cached(
        "SELECT at, from_state, from_hold, to_state, to_hold, reason FROM transition WHERE op_id = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([op_id])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let word = |at: usize| row.get::<_, String>(at);
        changes.push(Transition {
            at: instant(row.get(0)?),
            from: entry::words(&word(1)?, &word(2)?)?,
            to: entry::words(&word(3)?, &word(4)?)?,
            reason: row.get(5)?,
        });
    }
    Ok(changes)
}
