//! Opening a database file: private, in WAL mode, migrated.

use std::fs::{DirBuilder, File, OpenOptions};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::error::{Database, Result, StoreError};

/// How long a statement waits for the other connection of the same process.
const BUSY: Duration = Duration::from_secs(5);

/// Makes the folder, for its owner only.
pub(crate) fn private_dir(path: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Opens or makes a file, for its owner only.
pub(crate) fn private_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}

/// How many statements stay compiled: more than storing one review takes.
const STATEMENTS: usize = 64;

/// Opens the file with the pragmas of its kind. SQLite gives the `-wal` and `-shm` files the same permissions.
pub(crate) fn open(path: &Path, which: Database) -> Result<Connection> {
    drop(private_file(path)?);
    let db = Connection::open(path)?;
    db.busy_timeout(BUSY)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    match which {
        Database::Outbox => {
            db.pragma_update(None, "synchronous", "FULL")?;
            db.pragma_update(None, "fullfsync", true)?;
        }
        Database::Cache => {
            db.pragma_update(None, "synchronous", "NORMAL")?;
            db.pragma_update(None, "temp_store", "MEMORY")?;
            // KiB, negative by SQLite's convention.
            db.pragma_update(None, "cache_size", -32_000)?;
        }
    }
    Ok(db)
}

/// A transaction that takes the write lock at its start, so that it cannot fail in its middle for want of it.
pub(crate) fn begin(db: &mut Connection) -> Result<Transaction<'_>> {
    Ok(db.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Brings the schema to the newest version. An outbox that already holds data is copied beside itself first.
///
/// # Errors
/// [`StoreError::NewerSchema`], with nothing changed, for a file of a later version.
pub(crate) fn migrate(db: &mut Connection, path: &Path, which: Database, steps: &[M<'_>]) -> Result<()> {
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 && which == Database::Outbox {
        back_up(db, path, found)?;
    }
    Migrations::from_slice(steps).to_latest(db).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        _ => StoreError::Unreadable { what: "schema" },
    })
}

/// A copy named after the version it holds. One that is already there stays: it is the older, untouched one.
fn back_up(db: &Connection, path: &Path, version: i64) -> Result<()> {
    let copy = path.with_extension(format!("v{version}.bak"));
    if copy.exists() {
        return Ok(());
    }
    // Written under another name first, so that a copy cut short is never taken for a backup.
    let partial = path.with_extension(format!("v{version}.partial"));
    let file = private_file(&partial)?;
    db.backup("main", &partial, None)?;
    file.sync_all()?;
    std::fs::rename(&partial, &copy)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: M<'_> = M::up("CREATE TABLE t (x TEXT) STRICT");
    const SECOND: M<'_> = M::up("ALTER TABLE t ADD COLUMN y TEXT");

    #[test]
    fn a_file_with_data_is_copied_before_it_is_migrated() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("outbox.db");
        let mut db = open(&path, Database::Outbox).unwrap();
        migrate(&mut db, &path, Database::Outbox, &[FIRST]).unwrap();
        db.execute("INSERT INTO t VALUES ('kept')", []).unwrap();
        assert!(!path.with_extension("v1.bak").exists());
        migrate(&mut db, &path, Database::Outbox, &[FIRST, SECOND]).unwrap();
        let copy = Connection::open(path.with_extension("v1.bak")).unwrap();
        let (kept, columns): (String, i64) = copy
            .query_row("SELECT x, (SELECT count(*) FROM pragma_table_info('t')) FROM t", [], |r| {
                Ok((r.get(0)?, r.get(1)?))
            })
            .unwrap();
        assert_eq!((kept.as_str(), columns), ("kept", 1));
    }

    #[test]
    fn a_cache_is_not_copied() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("cache.db");
        let mut db = open(&path, Database::Cache).unwrap();
        migrate(&mut db, &path, Database::Cache, &[FIRST]).unwrap();
        migrate(&mut db, &path, Database::Cache, &[FIRST, SECOND]).unwrap();
        assert!(!path.with_extension("v1.bak").exists());
    }

    #[test]
    fn a_newer_file_is_not_touched() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("outbox.db");
        let mut db = open(&path, Database::Outbox).unwrap();
        migrate(&mut db, &path, Database::Outbox, &[FIRST, SECOND]).unwrap();
        let error = migrate(&mut db, &path, Database::Outbox, &[FIRST]).unwrap_err();
        assert!(matches!(error, StoreError::NewerSchema { found: 2, known: 1 }), "{error}");
    }

    #[test]
    fn the_outbox_waits_for_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let db = open(&dir.path().join("outbox.db"), Database::Outbox).unwrap();
        let level: i64 = db.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
        let mode: String = db.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!((level, mode.as_str()), (2, "wal"));
    }
}
