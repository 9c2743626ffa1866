//! `cache.db`: what the server said, kept to be shown without it. One file a table.
//!
//! Documents are stored as they were received, so fields this build does not know survive. A contact is stored once,
//! in a table of its own, whichever review or list it came with; the documents of reviews hold its id. So a bare id
//! never takes the place of a populated contact.

mod capability;
mod child;
mod contact;
mod contact_read;
mod contact_search;
mod derive;
mod message;
mod page;
mod populated;
mod protection;
mod review;
mod subject;
pub mod sync_state;

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use rusqlite_migration::{HookError, M};

pub use capability::Support;
pub use child::{ChildKind, ChildList, Children};
pub use contact::{CachedContact, ContactReading, ContactUpdate, Fullness};
pub use contact_read::{ContactRead, DueContact};
pub use page::{QueueCounts, QueueFilter, QueuePage, QueueQuery, QueueRow, QueueSort};
pub use review::CachedReview;
pub use subject::CachedSubject;
pub use sync_state::ReadSettings;

use crate::connection::{self, begin};
use crate::error::{Database, Result, StoreError};
use crate::local::Local;

fn migrations() -> [M<'static>; 3] {
    [
        M::up(include_str!("../../migrations/cache/0001_reviews.sql")),
        M::up_with_hook(include_str!("../../migrations/cache/0002_subjects.sql"), |tx: &Transaction<'_>| {
            contact_search::fill(tx).map_err(HookError::RusqliteError)
        }),
        M::up(include_str!("../../migrations/cache/0003_readings.sql")),
    ]
}

const TABLES: [&str; 12] = [
    "contact",
    "contact_read",
    "contact_search",
    "contact_phone",
    "review",
    "review_doc",
    "child",
    "child_list",
    "message_list",
    "protection",
    "capability",
    "sync_state",
];

/// Opens the file for writing and once more for reading. A file that is damaged or newer is made anew.
pub(crate) fn open(path: &Path) -> Result<(Connection, Connection)> {
    match opened(path) {
        Err(error) if error.is_damage() || matches!(error, StoreError::NewerSchema { .. }) => {
            tracing::warn!(%error, "the cache is made anew");
            remove(path)?;
            opened(path)
        }
        other => other,
    }
}

/// Opens the file twice for reading. One that is missing, damaged or of another version counts as empty.
pub(crate) fn open_to_read(path: &Path) -> Result<(Connection, Connection)> {
    match readable(path).and_then(|one| Ok((one, readable(path)?))) {
        Ok(both) => Ok(both),
        Err(error) => {
            tracing::warn!(%error, "the cache cannot be read");
            Ok((nothing()?, nothing()?))
        }
    }
}

fn readable(path: &Path) -> Result<Connection> {
    let db = connection::open_to_read(path)?;
    let (found, known) = (connection::schema_version(&db)?, migrations().len());
    if usize::try_from(found) != Ok(known) {
        return Err(StoreError::Unreadable { what: "schema" });
    }
    touch_all(&db)?;
    Ok(db)
}

/// An empty cache that is nowhere.
fn nothing() -> Result<Connection> {
    let mut db = Connection::open_in_memory()?;
    connection::migrate(&mut db, Path::new(""), Database::Cache, &migrations())?;
    Ok(db)
}

/// Touches the first page of every table: a file cut short shows here.
fn touch_all(db: &Connection) -> Result<()> {
    for table in TABLES {
        db.query_row(&format!("SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT 1)"), [], |_| Ok(()))?;
    }
    Ok(())
}

fn opened(path: &Path) -> Result<(Connection, Connection)> {
    let mut writer = connection::open(path, Database::Cache)?;
    connection::migrate(&mut writer, path, Database::Cache, &migrations())?;
    touch_all(&writer)?;
    message::forget_all_unlisted(&writer)?;
    let reader = connection::open(path, Database::Cache)?;
    reader.pragma_update(None, "query_only", true)?;
    Ok((writer, reader))
}

fn remove(path: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Deletes every row.
pub(crate) fn empty(db: &mut Connection) -> Result<()> {
    let tx = begin(db)?;
    for table in TABLES {
        tx.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(tx.commit()?)
}

/// Writes where reviews stand here.
pub(crate) fn set_local(db: &mut Connection, words: &[(String, Local)]) -> Result<()> {
    let tx = begin(db)?;
    write_local(&tx, words)?;
    Ok(tx.commit()?)
}

/// The same for all of them: whatever is not named is open.
pub(crate) fn reset_local(db: &mut Connection, words: &[(String, Local)]) -> Result<()> {
    let tx = begin(db)?;
    let decided: Vec<&str> =
        words.iter().filter(|(_, local)| *local != Local::Open).map(|(id, _)| id.as_str()).collect();
    let named = serde_json::to_string(&decided).map_err(|_| StoreError::Unreadable { what: "id" })?;
    tx.execute(
        "UPDATE review SET local = 'open' WHERE local <> 'open' AND id NOT IN (SELECT value FROM json_each(?1))",
        [named],
    )?;
    write_local(&tx, words)?;
    Ok(tx.commit()?)
}

fn write_local(db: &Connection, words: &[(String, Local)]) -> Result<()> {
    let mut statement = db.prepare_cached("UPDATE review SET local = ?2 WHERE id = ?1 AND local <> ?2")?;
    for (id, local) in words {
        statement.execute([id.as_str(), local.as_str()])?;
    }
    Ok(())
}

/// JSON text of a stored document, back.
/// Whether what is kept was asked for later than what has come now. What is kept from a future, before the clock was put
/// back, is not.
fn is_outdated(kept: Timestamp, begun: Timestamp, now: Timestamp) -> bool {
    begun < kept && kept <= now
}

fn document<T: serde::de::DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what })
}

#[cfg(test)]
mod tests {
    use crate::outbox::trial::{Trial, start};
    use crate::store::Store;

    #[test]
    fn a_damaged_cache_is_made_anew_and_a_damaged_outbox_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        drop(Store::open(dir.path(), start()).unwrap());
        std::fs::write(dir.path().join("cache.db"), b"not a database at all, but long enough to be read")
            .unwrap();
        let store = Store::open(dir.path(), start()).unwrap();
        assert_eq!(store.queue_counts().unwrap().open, 0);
        drop(store);
        let rubbish = vec![7u8; 8192];
        std::fs::write(dir.path().join("outbox.db"), &rubbish).unwrap();
        for leftover in ["outbox.db-wal", "outbox.db-shm"] {
            std::fs::remove_file(dir.path().join(leftover)).ok();
        }
        let error = Store::open(dir.path(), start()).unwrap_err();
        assert!(matches!(error, crate::StoreError::Damaged(crate::Database::Outbox)), "{error}");
        assert_eq!(std::fs::read(dir.path().join("outbox.db")).unwrap(), rubbish);
    }

    #[test]
    fn every_table_is_emptied() {
        let trial = Trial::new();
        let db = trial.store.cache();
        let mut statement = db
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
            .unwrap();
        let tables: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let mut emptied = super::TABLES;
        emptied.sort_unstable();
        assert_eq!(tables, emptied);
    }

    #[test]
    fn one_process_at_a_time_and_private_files() {
        let trial = Trial::new();
        let error = Store::open(trial.path(), start()).unwrap_err();
        assert!(matches!(error, crate::StoreError::AlreadyOpen));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode =
                |name: &str| std::fs::metadata(trial.path().join(name)).unwrap().permissions().mode() & 0o777;
            for name in ["outbox.db", "outbox.db-wal", "cache.db", "lock"] {
                assert_eq!(mode(name), 0o600, "{name}");
            }
            assert_eq!(mode("."), 0o700);
        }
    }
}
