//! The open store: a lock, two databases, and the order in which they are opened.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::Connection;

use crate::error::{Database, Result};
use crate::lock::StoreLock;
use crate::{cache, connection, outbox};

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
    _lock: StoreLock,
}

impl Store {
    /// Opens the store in a folder of its own, which is made if it is missing.
    ///
    /// Entries that were being checked or sent when the last process ended are recovered: the first go back to the
    /// queue, the second become uncertain. A damaged or newer cache is made anew.
    ///
    /// # Errors
    /// [`crate::StoreError`]: already open, a newer schema or damage of the outbox, which is left as it is in each case.
    pub fn open(dir: &Path, now: Timestamp) -> Result<Store> {
        connection::private_dir(dir)?;
        let lock = StoreLock::take(dir)?;
        let mut outbox = outbox::open(&dir.join(Database::Outbox.file()))?;
        outbox::recover(&mut outbox, now)?;
        let (cache, cache_reader) = cache::open(&dir.join(Database::Cache.file()))?;
        let store = Store(Arc::new(Inner {
            outbox: Mutex::new(outbox),
            cache: Mutex::new(cache),
            cache_reader: Mutex::new(cache_reader),
            _lock: lock,
        }));
        store.reflect_all()?;
        Ok(store)
    }

    /// The outbox. A panic elsewhere leaves no half transaction behind, so a poisoned lock is taken as it is.
    pub(crate) fn outbox(&self) -> MutexGuard<'_, Connection> {
        self.0.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The cache, for writing.
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
        cache::empty(&mut self.cache())
    }
}

/// Personal data lies behind it: nothing is printed.
impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store(..)")
    }
}
