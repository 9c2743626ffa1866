//! The open store: a lock, two databases, and the order in which they are opened.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::Connection;

use crate::access::{Access, ReadOnlyReason};
use crate::error::{Database, Result, StoreError};
use crate::lock::StoreLock;
use crate::{cache, connection, outbox, salvage};

/// Both databases of one account. Cheap to clone; the files close with the last clone.
///
/// Whoever holds the cache may take the outbox, never the other way round.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    outbox: Mutex<Connection>,
    cache: Mutex<Connection>,
    // Reads do not wait for a batch that is being written.
    cache_reader: Mutex<Connection>,
    access: Access,
    // Only who writes has it.
    _lock: Option<StoreLock>,
}

impl Store {
    /// Opens the store for writing, in a folder of its own, which is made if it is missing.
    ///
    /// Entries that were being checked or sent when the last process ended are recovered: the first go back to the
    /// queue, the second become uncertain. A damaged or newer cache is made anew.
    ///
    /// # Errors
    /// [`StoreError`]: already open, a newer schema or damage of the outbox, which is left as it is in each case.
    pub fn open(dir: &Path, now: Timestamp) -> Result<Store> {
        connection::private_dir(dir)?;
        let lock = StoreLock::take(dir)?;
        salvage::finish(dir)?;
        let mut outbox = outbox::open(&dir.join(Database::Outbox.file()))?;
        outbox::recover(&mut outbox, now)?;
        let (cache, cache_reader) = cache::open(&dir.join(Database::Cache.file()))?;
        let store = Store::of(outbox, (cache, cache_reader), Access::ReadWrite, Some(lock));
        store.reflect_all()?;
        Ok(store)
    }

    /// Opens the store for writing or, where that cannot be, for reading only: [`Store::access`] says which, and why.
    ///
    /// For reading, nothing is migrated, recovered, made anew or wiped. The outbox is read as it is, also while the
    /// process that writes goes on. A cache that this build cannot read counts as empty.
    ///
    /// # Errors
    /// [`StoreError`]: damage of the outbox, or files that cannot be read either.
    pub fn open_or_read(dir: &Path, now: Timestamp) -> Result<Store> {
        let (reason, error) = match Store::open(dir, now) {
            Err(error @ StoreError::AlreadyOpen) => (ReadOnlyReason::AnotherProcess, error),
            Err(error @ StoreError::ReadOnly) => (ReadOnlyReason::Unwritable, error),
            Err(StoreError::NewerSchema { found, known }) => {
                (ReadOnlyReason::NewerSchema { found, known }, StoreError::NewerSchema { found, known })
            }
            other => return other,
        };
        if !dir.join(Database::Outbox.file()).exists() {
            return Err(error);
        }
        Store::open_to_read(dir, reason)
    }

    /// Opens the store for reading only, for a reason that the caller knows. The lock is neither taken nor looked at.
    ///
    /// # Errors
    /// [`StoreError`]: damage of the outbox, or files that are not there or cannot be read.
    pub fn open_to_read(dir: &Path, reason: ReadOnlyReason) -> Result<Store> {
        let path = dir.join(Database::Outbox.file());
        let outbox = outbox::open_to_read(&path)?;
        let cache = cache::open_to_read(&dir.join(Database::Cache.file()))?;
        Ok(Store::of(outbox, cache, Access::ReadOnly(reason), None))
    }

    fn of(
        outbox: Connection,
        (cache, cache_reader): (Connection, Connection),
        access: Access,
        lock: Option<StoreLock>,
    ) -> Store {
        Store(Arc::new(Inner {
            outbox: Mutex::new(outbox),
            cache: Mutex::new(cache),
            cache_reader: Mutex::new(cache_reader),
            access,
            _lock: lock,
        }))
    }

    /// Whether it can be written to, and why not.
    pub fn access(&self) -> Access {
        self.0.access
    }

    /// Two numbers, of the outbox and of the cache, one of which is another one after somebody else has committed to it.
    ///
    /// # Errors
    /// Only those of the files.
    pub fn versions(&self) -> Result<(i64, i64)> {
        let version = |db: &Connection| db.pragma_query_value(None, "data_version", |row| row.get(0));
        let outbox = version(&self.outbox())?;
        Ok((outbox, version(&self.cache_reader())?))
    }

    /// Whether the outbox is a sound database, as far as a quick look at all of it tells.
    ///
    /// # Errors
    /// Those of the file, other than damage.
    pub fn is_sound(&self) -> Result<bool> {
        outbox::is_sound(&self.outbox())
    }

    fn to_write(&self) -> Result<()> {
        match self.0.access {
            Access::ReadWrite => Ok(()),
            Access::ReadOnly(reason) => Err(StoreError::OpenToRead(reason)),
        }
    }

    /// The outbox, for writing.
    pub(crate) fn outbox_to_write(&self) -> Result<MutexGuard<'_, Connection>> {
        self.to_write()?;
        Ok(self.outbox())
    }

    /// The cache, for writing.
    pub(crate) fn cache_to_write(&self) -> Result<MutexGuard<'_, Connection>> {
        self.to_write()?;
        Ok(self.cache())
    }

    /// The outbox. A panic elsewhere leaves no half transaction behind, so a poisoned lock is taken as it is.
    pub(crate) fn outbox(&self) -> MutexGuard<'_, Connection> {
        self.0.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection to the cache that writes.
    pub(crate) fn cache(&self) -> MutexGuard<'_, Connection> {
        self.0.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The cache, for reading only.
    pub(crate) fn cache_reader(&self) -> MutexGuard<'_, Connection> {
        self.0.cache_reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes into the cache where the reviews of these entries stand. The outbox has committed already, so a
    /// failure here is logged and made good on the next open.
    pub(crate) fn reflect(&self, review_ids: &[&str]) {
        let mut cache = self.cache();
        let words = outbox::local_of(&self.outbox(), review_ids);
        let written = words.and_then(|words| cache::set_local(&mut cache, &words));
        if let Err(error) = written {
            tracing::warn!(%error, "the cache does not show the last decision yet");
        }
    }

    fn reflect_all(&self) -> Result<()> {
        let mut cache = self.cache();
        let words = outbox::local_of_all(&self.outbox())?;
        cache::reset_local(&mut cache, &words)
    }

    /// Empties the cache. Nothing is lost that cannot be read from the server again.
    pub fn empty_cache(&self) -> Result<()> {
        cache::empty(&mut *self.cache_to_write()?)
    }
}

/// Personal data lies behind it: nothing is printed.
impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store(..)")
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
