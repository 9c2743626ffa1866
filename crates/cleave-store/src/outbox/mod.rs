//! `outbox.db`: what was decided, what was tried, what was proven. One file a table, and one for each thing that
//! happens to an entry.

mod about;
mod advance;
mod attempt;
mod chain;
mod decide;
mod discard;
mod draft;
mod entry;
mod evidence;
mod history;
mod hold;
mod outcome;
mod read;
mod ready;
mod recover;
mod separation;
mod touch;
mod transition;

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite_migration::M;

pub use advance::{Advanced, Effects};
pub use attempt::{Attempt, AttemptEnd, Written, may_have_been_sent};
pub use chain::{Ahead, Course};
pub use decide::{Inserted, NewEntry, Superseding};
pub use discard::Discarded;
pub use draft::{DraftHead, StoredDraft};
pub use entry::{Difference, Entry, EntryHead, Predicted};
pub use evidence::Evidence;
pub use history::HistoryQuery;
pub use read::OutboxCounts;
pub use transition::Transition;

pub(crate) use about::about;
pub(crate) use read::{local_of, local_of_all};
pub(crate) use recover::recover;

use crate::connection;
use crate::error::{Database, Result, StoreError};

const MIGRATIONS: &[M<'_>] = &[
    M::up(include_str!("../../migrations/outbox/0001_decisions.sql")),
    M::up(include_str!("../../migrations/outbox/0002_separations.sql")),
    M::up(include_str!("../../migrations/outbox/0003_settings.sql")),
];

/// Opens, checks and migrates the file. A file that is not sound is left as it is.
pub(crate) fn open(path: &Path) -> Result<Connection> {
    opened(path).map_err(damaged)
}

/// Opens and checks the file for reading, whatever its version.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection> {
    connection::open_to_read(path).and_then(checked).map_err(damaged)
}

/// Makes a new file of the newest version.
pub(crate) fn create(path: &Path) -> Result<Connection> {
    let mut db = connection::open(path, Database::Outbox)?;
    connection::migrate(&mut db, path, Database::Outbox, MIGRATIONS)?;
    Ok(db)
}

/// Reads everything of an entry, to see that it can be read.
pub(crate) fn read_whole(db: &Connection, op_id: &str) -> Result<()> {
    entry::by_op_id(db, op_id)?;
    attempt::of(db, op_id)?;
    evidence::of(db, op_id)?;
    transition::of(db, op_id)?;
    Ok(())
}

/// Records a send that may have been made and of which no row is left.
pub(crate) fn begin_lost_attempt(db: &Connection, op_id: &str, now: Timestamp) -> Result<()> {
    attempt::begin(db, op_id, "", now)
}

/// The newest version that this build knows.
pub(crate) fn newest_version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

fn opened(path: &Path) -> Result<Connection> {
    not_newer(path)?;
    let mut db = checked(connection::open(path, Database::Outbox)?)?;
    connection::migrate(&mut db, path, Database::Outbox, MIGRATIONS)?;
    Ok(db)
}

/// Looks at the version without opening the file for writing: a newer one is not touched at all.
fn not_newer(path: &Path) -> Result<()> {
    if !std::fs::metadata(path).is_ok_and(|file| file.len() > 0) {
        return Ok(());
    }
    // What cannot be read this way is looked at again when it is opened for writing.
    let Ok(db) = connection::open_to_read(path) else { return Ok(()) };
    let (found, known) = (connection::schema_version(&db)?, newest_version());
    if found > known { Err(StoreError::NewerSchema { found, known }) } else { Ok(()) }
}

fn checked(db: Connection) -> Result<Connection> {
    if is_sound(&db)? { Ok(db) } else { Err(StoreError::Damaged(Database::Outbox)) }
}

/// Whether SQLite finds nothing wrong with the file.
pub(crate) fn is_sound(db: &Connection) -> Result<bool> {
    let verdict: rusqlite::Result<String> = db.pragma_query_value(None, "quick_check", |row| row.get(0));
    match verdict.map_err(StoreError::from) {
        Ok(verdict) => Ok(verdict == "ok"),
        Err(error) if error.is_damage() => Ok(false),
        Err(error) => Err(error),
    }
}

fn damaged(error: StoreError) -> StoreError {
    if error.is_damage() { StoreError::Damaged(Database::Outbox) } else { error }
}

#[cfg(test)]
pub(crate) mod trial;
