//! Carrying over what can be read of a damaged outbox.
//!
//! Never by itself: whoever opens the store says so, after telling the person. The damaged file is kept under another
//! name, with its log, and is only ever read. What was carried over is counted, and what is known to be missing.
//!
//! An entry comes back with the state it had where its history is whole. Otherwise it takes no step by itself that it
//! may have taken already:
//!
//! | what is there | comes back as |
//! | --- | --- |
//! | the latest of row and transitions is a final state | that state |
//! | a send is under way, or its end was not recorded | uncertain: the server is asked |
//! | rows are missing, so it may have been sent, or taken back | needs a person |
//! | every transition and attempt up to its revision | as it was |
//!
//! Where a send cannot be ruled out and no attempt is there, one is recorded that may have been written.
//!
//! The order on the disk: the new file is complete under a name of its own before anything is renamed, and that name
//! says that renaming is due. [`finish`] does so, now or at the next opening, so that no outbox is ever missing and the
//! log of the damaged file never meets the new one.

mod carry;
mod files;
mod found;
mod judge;

use std::path::Path;

use jiff::Timestamp;

use crate::connection;
use crate::error::{Database, Result, StoreError};
use crate::lock::StoreLock;
use crate::outbox;
use crate::store::Store;
use found::Found;

pub(crate) use files::finish;

/// What became of a damaged outbox. Counts only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvage {
    /// The name of the damaged file, in the same folder.
    pub kept_as: String,
    /// Whether anything could be read at all. If not, the new outbox is empty.
    pub readable: bool,
    /// Row by row, table by table.
    pub tables: Vec<SalvagedTable>,
    /// Entries that came back uncertain: they may have been sent, and the server is asked.
    pub uncertain: u64,
    /// Entries that came back to a person, because rows about them are missing.
    pub needs_person: u64,
}

/// What became of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalvagedTable {
    /// Its name.
    pub name: &'static str,
    /// Rows that were carried over.
    pub saved: u64,
    /// Rows that are known to be missing: read but not usable, or named by other rows.
    pub lost: u64,
    /// Whether the table could be read from one end to the other. If not, more may be missing than is known.
    pub whole: bool,
}

impl Salvage {
    /// Rows carried over, of all tables.
    pub fn saved(&self) -> u64 {
        self.tables.iter().map(|table| table.saved).sum()
    }

    /// Rows known to be missing, of all tables.
    pub fn lost(&self) -> u64 {
        self.tables.iter().map(|table| table.lost).sum()
    }

    /// Whether nothing is missing, as far as the file shows.
    pub fn is_whole(&self) -> bool {
        self.readable && self.lost() == 0 && self.tables.iter().all(|table| table.whole)
    }
}

impl Store {
    /// Carries what can be read of a damaged outbox over into a new one, row by row. The damaged file stays beside it.
    /// Nothing is open afterwards: open the store as always.
    ///
    /// # Errors
    /// [`StoreError::AlreadyOpen`] while it is open anywhere, [`StoreError::NewerSchema`], or those of the disk. The
    /// files are then as they were.
    pub fn salvage(dir: &Path, now: Timestamp) -> Result<Salvage> {
        let _lock = StoreLock::take(dir)?;
        files::finish(dir)?;
        let place = files::Place::new(dir, now);
        let outcome = salvaged(&place, now);
        place.clear();
        let (salvage, ()) = (outcome?, files::finish(dir)?);
        Ok(salvage)
    }
}

fn salvaged(place: &files::Place, now: Timestamp) -> Result<Salvage> {
    let found = read(place)?;
    let mut fresh = outbox::create(&place.fresh)?;
    let carried = carry::over(&mut fresh, &found, now)?;
    // Everything out of the log and into the file, so that the file alone is renamed.
    fresh.pragma_update(None, "journal_mode", "DELETE")?;
    fresh.close().map_err(|(_, error)| error)?;
    place.complete()?;
    Ok(Salvage {
        kept_as: place.kept_as(),
        readable: found.readable,
        tables: carried.tables,
        uncertain: carried.uncertain,
        needs_person: carried.needs_person,
    })
}

/// Reads a copy, so that nothing that SQLite does to a file it opens is done to the damaged one.
///
/// The first page says where the tables are. If that is not readable, it is tried with the one of a new file: the two are
/// alike if the damaged file was made by a build of the same version.
fn read(place: &files::Place) -> Result<Found> {
    place.copy()?;
    let found = read_copy(place)?;
    if found.readable {
        return Ok(found);
    }
    outbox::create(&place.fresh)?.close().map_err(|(_, error)| error)?;
    place.take_first_page_of_fresh()?;
    read_copy(place)
}

fn read_copy(place: &files::Place) -> Result<Found> {
    let Ok(db) = connection::open_to_read(&place.copied) else { return Ok(Found::nothing()) };
    let (found, known) = (connection::schema_version(&db)?, outbox::newest_version());
    // A number that no version will ever have is damage.
    if (known + 1..10_000).contains(&found) {
        return Err(StoreError::NewerSchema { found, known });
    }
    // What can be read of a damaged list of tables counts, and the first question alone fails.
    db.pragma_update(None, "writable_schema", true)?;
    drop(db.prepare("SELECT 1 FROM sqlite_schema"));
    Ok(Found::read(&db))
}

/// The precious file.
fn file() -> &'static str {
    Database::Outbox.file()
}

#[cfg(test)]
mod tests;
