//! `outbox.db`: what was decided, what was tried, what was proven. One file a table, and one for each thing that
//! happens to an entry.

mod advance;
mod attempt;
mod decide;
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

use rusqlite::Connection;
use rusqlite_migration::M;

pub use advance::{Advanced, Effects};
pub use attempt::{Attempt, AttemptEnd, Written};
pub use decide::{Inserted, NewEntry, Superseding};
pub use draft::{DraftHead, StoredDraft};
pub use entry::{Difference, Entry, EntryHead, Predicted};
pub use evidence::Evidence;
pub use history::HistoryQuery;
pub use read::OutboxCounts;
pub use transition::Transition;

pub(crate) use read::{local_of, local_of_all};
pub(crate) use recover::recover;

use crate::connection;
use crate::error::{Database, Result, StoreError};

const MIGRATIONS: &[M<'_>] = &[
    M::up(include_str!("../../migrations/outbox/0001_decisions.sql")),
    M::up(include_str!("../../migrations/outbox/0002_separations.sql")),
];

/// Opens, checks and migrates the file. A file that is not sound is left as it is.
pub(crate) fn open(path: &Path) -> Result<Connection> {
    opened(path)
        .map_err(|error| if error.is_damage() { StoreError::Damaged(Database::Outbox) } else { error })
}

fn opened(path: &Path) -> Result<Connection> {
    let mut db = connection::open(path, Database::Outbox)?;
    let verdict: String = db.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged(Database::Outbox));
    }
    connection::migrate(&mut db, path, Database::Outbox, MIGRATIONS)?;
    Ok(db)
}

#[cfg(test)]
pub(crate) mod trial;
