//! Opening a database file: private, in WAL mode, migrated.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::error::{Database, Result, StoreError};

/// How long a statement waits for the other connection of the same process.
const BUSY: Duration = Duration::from_secs(5);

/// Makes the folder, for its owner only.
pub(crate) fn private_dir(path: &Path) -> Result<()> {
    if !path.is_dir() {
        let missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)?;
        // A file is as safe from a power cut as the name of the folder that it is in.
        for parent in missing.into_iter().rev().filter_map(Path::parent) {
            sync_dir(parent)?;
        }
    }
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Brings the names in a folder to the disk.
#[cfg(unix)]
pub(crate) fn sync_dir(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path)?.sync_all()
}

/// Where a folder cannot be opened as a file, the system keeps its names by itself.
#[cfg(not(unix))]
pub(crate) fn sync_dir(_path: &Path) -> io::Result<()> {
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
            #[cfg(feature = "planted-faults")]
            if crate::planted::is(crate::planted::Fault::NoSync) {
                db.pragma_update(None, "synchronous", "NORMAL")?;
            }
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

/// Opens the file for reading; nothing in it is changed, whoever wrote it.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection> {
    match read_through(path, "") {
        // Nobody may write here, not even the index of the log. Without a log there is nothing to index.
        Err(error) if !has_log(path) => read_through(path, "?immutable=1").map_err(|_| error),
        other => other,
    }
}

pub(crate) fn read_through(path: &Path, how: &str) -> Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let db = if how.is_empty() {
        Connection::open_with_flags(path, flags)?
    } else {
        Connection::open_with_flags(uri(path, how)?, flags)?
    };
    db.busy_timeout(BUSY)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    db.pragma_update(None, "trusted_schema", false)?;
    // The first thing that reads the file.
    schema_version(&db)?;
    Ok(db)
}

/// The path as SQLite reads it in a URI.
fn uri(path: &Path, query: &str) -> Result<String> {
    let path = std::path::absolute(path)?;
    let text = path.to_str().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    let text = text.replace('\\', "/").replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let root = if text.starts_with('/') { "" } else { "/" };
    Ok(format!("file:{root}{text}{query}"))
}

/// The file that SQLite keeps beside a database, such as its log under `-wal`.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn has_log(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// The version of the schema, by number of migrations.
pub(crate) fn schema_version(db: &Connection) -> Result<i64> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// A transaction that takes the write lock at its start, so that it cannot fail in its middle for want of it.
pub(crate) fn begin(db: &mut Connection) -> Result<Transaction<'_>> {
    #[cfg(feature = "planted-faults")]
    if !db.is_autocommit() {
        db.execute_batch("COMMIT")?;
    }
    Ok(db.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Ends a transaction of the outbox; what it did is on the disk when this answers.
pub(crate) fn commit(tx: Transaction<'_>) -> Result<()> {
    #[cfg(feature = "planted-faults")]
    return crate::planted::commit(tx);
    #[cfg(not(feature = "planted-faults"))]
    Ok(tx.commit()?)
}

/// Brings the schema to the newest version. An outbox that already holds data is copied beside itself first.
///
/// # Errors
/// [`StoreError::NewerSchema`], with nothing changed, for a file of a later version.
pub(crate) fn migrate(db: &mut Connection, path: &Path, which: Database, steps: &[M<'_>]) -> Result<()> {
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let found = schema_version(db)?;
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

/// A copy named after the version it holds. Earlier copies stay; one that is the same already is enough.
fn back_up(db: &Connection, path: &Path, version: i64) -> Result<()> {
    // Written under another name first, so that a copy cut short is never taken for a backup.
    let partial = path.with_extension(format!("v{version}.partial"));
    let file = private_file(&partial)?;
    file.set_len(0)?;
    db.backup("main", &partial, None)?;
    file.sync_all()?;
    let names = std::iter::once(format!("v{version}.bak"))
        .chain((2..).map(|number| format!("v{version}.{number}.bak")));
    for copy in names.map(|name| path.with_extension(name)) {
        if !copy.exists() {
            std::fs::rename(&partial, &copy)?;
            break;
        }
        if same_contents(&partial, &copy)? {
            std::fs::remove_file(&partial)?;
            break;
        }
    }
    if let Some(folder) = path.parent() {
        sync_dir(folder)?;
    }
    Ok(())
}

fn same_contents(one: &Path, other: &Path) -> io::Result<bool> {
    if std::fs::metadata(one)?.len() != std::fs::metadata(other)?.len() {
        return Ok(false);
    }
    Ok(std::fs::read(one)? == std::fs::read(other)?)
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
    fn two_backups_of_the_same_version_both_stay_and_the_same_is_kept_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("outbox.db");
        let of_the_first_version = |content: &str| {
            let _ = std::fs::remove_file(&path);
            let mut db = open(&path, Database::Outbox).unwrap();
            migrate(&mut db, &path, Database::Outbox, &[FIRST]).unwrap();
            db.execute("INSERT INTO t VALUES (?1)", [content]).unwrap();
            db
        };
        // The second as it comes from a restored copy.
        for content in ["one", "two", "two"] {
            let mut db = of_the_first_version(content);
            migrate(&mut db, &path, Database::Outbox, &[FIRST, SECOND]).unwrap();
        }
        let content = |name: &str| -> String {
            let copy = Connection::open(path.with_extension(name)).unwrap();
            copy.query_row("SELECT x FROM t", [], |row| row.get(0)).unwrap()
        };
        assert_eq!((content("v1.bak").as_str(), content("v1.2.bak").as_str()), ("one", "two"));
        assert!(!path.with_extension("v1.3.bak").exists() && !path.with_extension("v1.partial").exists());
    }

    #[test]
    fn a_migration_that_fails_leaves_the_file_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("outbox.db");
        let mut db = open(&path, Database::Outbox).unwrap();
        migrate(&mut db, &path, Database::Outbox, &[FIRST]).unwrap();
        db.execute("INSERT INTO t VALUES ('kept')", []).unwrap();
        let fails =
            M::up("ALTER TABLE t ADD COLUMN y TEXT; UPDATE t SET x = 'lost'; INSERT INTO nowhere VALUES (1)");
        for _ in 0..2 {
            migrate(&mut db, &path, Database::Outbox, &[FIRST, fails.clone()]).unwrap_err();
            let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
            let sql = "SELECT x, (SELECT count(*) FROM pragma_table_info('t')) FROM t";
            assert_eq!(db.query_row(sql, [], row).unwrap(), ("kept".to_owned(), 1));
            assert_eq!(schema_version(&db).unwrap(), 1);
        }
        assert!(path.with_extension("v1.bak").exists() && !path.with_extension("v1.2.bak").exists());
        migrate(&mut db, &path, Database::Outbox, &[FIRST, SECOND]).unwrap();
        assert_eq!(schema_version(&db).unwrap(), 2);
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
