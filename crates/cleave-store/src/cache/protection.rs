//! The table `protection`: whether a colleague is at work with a contact.

use cleave_wire::protection::ProtectionStatus;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::document;
use crate::error::{Result, StoreError};
use crate::time::millis;

/// Stores what was read, or forgets what was known.
pub(super) fn put(
    db: &Connection,
    contact_id: &str,
    status: Option<&ProtectionStatus>,
    now: Timestamp,
) -> Result<()> {
    let Some(status) = status else {
        db.prepare_cached("DELETE FROM protection WHERE contact_id = ?1")?.execute([contact_id])?;
        return Ok(());
    };
    let doc = serde_json::to_string(status).map_err(|_| StoreError::Unreadable { what: "protection" })?;
    db.prepare_cached(
        "INSERT INTO protection (contact_id, seen_at, doc) VALUES (?1, ?2, ?3)
         ON CONFLICT (contact_id) DO UPDATE SET seen_at = ?2, doc = ?3",
    )?
    .execute(params![contact_id, millis(now), doc])?;
    Ok(())
}

/// What is known.
pub(super) fn of(db: &Connection, contact_id: &str) -> Result<Option<ProtectionStatus>> {
    db.prepare_cached("SELECT doc FROM protection WHERE contact_id = ?1")?
        .query_row([contact_id], |row| row.get::<_, String>(0))
        .optional()?
        .map(|doc| document(&doc, "protection"))
        .transpose()
}
