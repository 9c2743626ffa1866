//! What can go wrong on the disk.

use cleave_core::outbox::IllegalStep;

use crate::access::ReadOnlyReason;

/// Answer of every method.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Which of the two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// `outbox.db`.
    Outbox,
    /// `cache.db`.
    Cache,
}

impl Database {
    /// The name of the file.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Database::Outbox => "outbox.db",
            Database::Cache => "cache.db",
        }
    }
}

/// Why a method changed nothing. No variant carries stored data.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has this store open, and what was asked for needs to write.
    #[error("another Cleave is using these files")]
    AlreadyOpen,
    /// The store is open for reading only, and this would write.
    #[error("{0}; nothing was saved")]
    OpenToRead(ReadOnlyReason),
    /// The outbox was written by a newer version. It was not touched.
    #[error("the outbox was written by a newer version of Cleave (schema {found}, this one knows {known})")]
    NewerSchema {
        /// Version of the file.
        found: i64,
        /// Newest version that this build knows.
        known: i64,
    },
    /// The file is no sound database. The outbox is left as it is; the cache is made anew on the next open.
    #[error("{} is damaged", .0.file())]
    Damaged(Database),
    /// There is no entry with this operation id.
    #[error("there is no such decision")]
    NotFound,
    /// Another decision about the same review or contact is not settled.
    #[error("another decision about this is waiting")]
    LiveDecision {
        /// Its operation id.
        op_id: String,
    },
    /// The entry changed since it was read.
    #[error("the decision changed in the meantime")]
    LostRace {
        /// Its operation id.
        op_id: String,
    },
    /// The step does not fit the state.
    #[error(transparent)]
    Step(#[from] IllegalStep),
    /// An attempt must be recorded when, and only when, an entry goes to sending.
    #[error("a send and its attempt are recorded together")]
    AttemptMismatch,
    /// A stored row is not in a form that this build reads.
    #[error("a stored {what} cannot be read")]
    Unreadable {
        /// What it is.
        what: &'static str,
    },
    /// There is no space left. Nothing was saved.
    #[error("the disk is full; nothing was saved")]
    Full,
    /// The files cannot be written. Nothing was saved.
    #[error("the local files cannot be written; nothing was saved")]
    ReadOnly,
    /// The file system failed. What was being saved may be on the disk all the same, and be there after a restart.
    #[error("the local files cannot be used: {}", .0.kind())]
    Io(#[source] std::io::Error),
    /// SQLite refused.
    #[error("the local database failed")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => StoreError::Full,
            Some(Code::ReadOnly | Code::PermissionDenied) => StoreError::ReadOnly,
            Some(Code::SystemIoFailure | Code::CannotOpen) => StoreError::Io(std::io::Error::other(error)),
            _ => StoreError::Sqlite(error),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => StoreError::Full,
            Kind::ReadOnlyFilesystem | Kind::PermissionDenied => StoreError::ReadOnly,
            _ => StoreError::Io(error),
        }
    }
}

impl StoreError {
    /// Whether SQLite found the file to be no sound database.
    pub fn is_damage(&self) -> bool {
        use rusqlite::ErrorCode as Code;
        match self {
            StoreError::Damaged(_) => true,
            StoreError::Sqlite(error) => {
                matches!(error.sqlite_error_code(), Some(Code::DatabaseCorrupt | Code::NotADatabase))
            }
            _ => false,
        }
    }
}
