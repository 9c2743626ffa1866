//! The service's one SQLite file: a writer, a few readers, and documents with indexed columns beside them.
//!
//! Every write is one immediate transaction that is rolled back when the operation refuses; every read sees one
//! state. Documents are stored as the JSON that the API answers with, so that nothing is lost between the two.

pub(crate) mod child;
pub(crate) mod contact;
pub(crate) mod conversation;
pub(crate) mod document;
pub(crate) mod fresh_id;
pub(crate) mod organization;
pub(crate) mod review;
pub(crate) mod schema;
pub(crate) mod search_keys;
pub(crate) mod user;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use tokio::sync::Semaphore;

use crate::error::StartError;
use crate::http::Refusal;

/// How many reads run at a time.
const READERS: usize = 4;

/// The open database.
#[derive(Clone)]
pub(crate) struct Db(Arc<Inner>);

struct Inner {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    permits: Semaphore,
}

impl Db {
    /// Opens or makes the file, brings it to the current layout and lets `fill` see to its content, all of which
    /// happens or nothing.
    ///
    /// The log comes after that: the pages of a new world would be written to it first and then once more.
    pub(crate) fn open<F>(path: &Path, fill: F) -> Result<Db, StartError>
    where
        F: FnOnce(&Transaction<'_>) -> Result<(), StartError>,
    {
        let mut writer = Connection::open(path)?;
        writer.pragma_update(None, "synchronous", "NORMAL")?;
        writer.pragma_update(None, "foreign_keys", "ON")?;
        writer.set_prepared_statement_cache_capacity(128);
        schema::migrations().to_latest(&mut writer)?;
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        fill(&tx)?;
        tx.commit()?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        let readers = (0..READERS).map(|_| reader(path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Db(Arc::new(Inner {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::new(readers),
            permits: Semaphore::new(READERS),
        })))
    }

    /// Runs one read off the async threads.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Refusal> + Send + 'static,
    {
        let _permit = self.0.permits.acquire().await.map_err(Refusal::internal)?;
        let inner = self.0.clone();
        let job = move || {
            let taken = lock(&inner.readers).pop();
            let connection = match taken {
                Some(connection) => connection,
                None => reader(&inner.path)?,
            };
            let result = connection.unchecked_transaction().map_err(Refusal::from).and_then(|tx| work(&tx));
            lock(&inner.readers).push(connection);
            result
        };
        tokio::task::spawn_blocking(job).await.map_err(Refusal::internal)?
    }

    /// Runs one write off the async threads: all of it happens, or on a refusal nothing.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, Refusal> + Send + 'static,
    {
        let db = self.clone();
        tokio::task::spawn_blocking(move || db.write_now(work)).await.map_err(Refusal::internal)?
    }

    /// [`Db::write`] on the calling thread.
    pub(crate) fn write_now<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut writer = lock(&self.0.writer);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&tx)?;
        tx.commit()?;
        Ok(value)
    }

    /// A reader that keeps seeing the state of this moment, for the stale-read fault.
    pub(crate) fn frozen_reader(&self) -> Result<Connection, rusqlite::Error> {
        let connection = reader(&self.0.path)?;
        connection.execute_batch("BEGIN; SELECT count(*) FROM meta;")?;
        Ok(connection)
    }
}

fn reader(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// A lock whose last holder panicked is still taken: transactions keep the database whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
