//! The other records of a contact: applications, notes, reminders, training snapshots and documents.

use rusqlite::{Connection, params};
use serde_json::Value;

use crate::clock::millis_of;
use crate::db::document::{self, text};
use crate::http::Refusal;

/// What kind of record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An application.
    Application,
    /// A note.
    Note,
    /// A reminder.
    Reminder,
    /// A training snapshot.
    TrainingSnapshot,
    /// A file. Divided by `fieldSplit.documents`, not by the child assignment.
    Document,
}

impl Kind {
    /// The kinds a separation assigns record by record, in the order of the contract.
    pub(crate) const ASSIGNED: [Kind; 4] =
        [Kind::Application, Kind::Note, Kind::Reminder, Kind::TrainingSnapshot];

    /// The key of the kind in `SeparateContactChildRecordAssignment`.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Kind::Application => "applications",
            Kind::Note => "contactNotes",
            Kind::Reminder => "reminders",
            Kind::TrainingSnapshot => "trainingSnapshots",
            Kind::Document => "documents",
        }
    }
}

/// Stores a record. `at` names the member that holds the time it is ordered by.
pub(crate) fn insert(
    db: &Connection,
    kind: Kind,
    organization: &str,
    contact: &str,
    record: &Value,
    at: &str,
) -> Result<(), Refusal> {
    db.prepare_cached(
        "INSERT INTO child (id, kind, organization_id, contact_id, created_at, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        text(record, "_id"),
        kind.key(),
        organization,
        contact,
        millis_of(text(record, at)).unwrap_or_default(),
        record.to_string(),
    ])?;
    Ok(())
}

/// The records of a kind that a contact of an organisation has, the oldest first.
pub(crate) fn of_contact(
    db: &Connection,
    kind: Kind,
    organization: &str,
    contact: &str,
) -> Result<Vec<Value>, Refusal> {
    let sql = "SELECT doc FROM child WHERE contact_id = ?1 AND kind = ?2 AND organization_id = ?3
               ORDER BY created_at, id";
    document::many(db, sql, [contact, kind.key(), organization])
}

/// One record of an organisation, or 404 under the given name.
pub(crate) fn found(
    db: &Connection,
    kind: Kind,
    organization: &str,
    id: &str,
    name: &str,
) -> Result<Value, Refusal> {
    let sql = "SELECT doc FROM child WHERE id = ?1 AND kind = ?2 AND organization_id = ?3";
    document::one(db, sql, [id, kind.key(), organization])?.ok_or_else(|| Refusal::not_found(name))
}

/// Gives one record to another contact.
pub(crate) fn move_to(db: &Connection, id: &str, contact: &str) -> Result<(), Refusal> {
    db.prepare_cached(
        "UPDATE child SET contact_id = ?2, doc = json_set(doc, '$.contactId', ?2) WHERE id = ?1",
    )?
    .execute([id, contact])?;
    Ok(())
}

/// Gives every record of a contact to another one.
pub(crate) fn move_all(db: &Connection, from: &str, to: &str) -> Result<(), Refusal> {
    db.prepare_cached(
        "UPDATE child SET contact_id = ?2, doc = json_set(doc, '$.contactId', ?2) WHERE contact_id = ?1",
    )?
    .execute([from, to])?;
    Ok(())
}
