//! The table `separation`: what was decided about a contact. Written once, with its entry.

use cleave_core::decision::Decision;
use cleave_core::separation::DecidedSeparation;
use rusqlite::Connection;

use super::entry::{json, to_json};
use crate::error::{Result, StoreError};

/// What the payload of an entry holds of a separation.
pub(super) const PAYLOAD: &str = r#"{"kind":"separate"}"#;

/// Keeps what a new entry decides.
pub(super) fn insert(db: &Connection, op_id: &str, decided: &DecidedSeparation) -> Result<()> {
    db.prepare_cached("INSERT INTO separation (op_id, doc) VALUES (?1, ?2)")?
        .execute([op_id, &to_json(decided, "decision")?])?;
    Ok(())
}

/// What an entry decides.
pub(super) fn of(db: &Connection, op_id: &str) -> Result<Decision> {
    let mut statement = db.prepare_cached("SELECT doc FROM separation WHERE op_id = ?1")?;
    let mut rows = statement.query([op_id])?;
    let row = rows.next()?.ok_or(StoreError::Unreadable { what: "decision" })?;
    let decided: DecidedSeparation =
        json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "decision")?;
    Ok(Decision::Separate(Box::new(decided)))
}
