//! The table `evidence`: what was read from the server about an entry, and what it proves.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::time::{instant, millis};

/// One observation. Holds no contact data, but for what a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// When it was made.
    pub at: Timestamp,
    /// What kind it is: `check`, `answer`, `reading`, `person`.
    pub kind: String,
    /// What was seen, in words.
    pub detail: String,
}

/// Appends an observation.
pub(super) fn insert(db: &Connection, op_id: &str, evidence: &Evidence) -> Result<()> {
    db.prepare_cached("INSERT INTO evidence (op_id, at, kind, detail) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![op_id, millis(evidence.at), evidence.kind, evidence.detail])?;
    Ok(())
}

/// The observations about an entry, oldest first.
pub(super) fn of(db: &Connection, op_id: &str) -> Result<Vec<Evidence>> {
    let mut statement =
        db.prepare_cached("SELECT at, kind, detail FROM evidence WHERE op_id = ?1 ORDER BY id")?;
    let rows = statement.query_map([op_id], |row| {
        Ok(Evidence { at: instant(row.get(0)?), kind: row.get(1)?, detail: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
