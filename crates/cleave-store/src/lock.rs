//! One process a store: a lock of the operating system on a file beside the databases.
//!
//! The lock ends with the process, however it ends, so a crash never leaves it behind.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::connection::private_file;
use crate::error::{Result, StoreError};

/// Held while the store is open.
pub(crate) struct StoreLock {
    _file: File,
}

impl StoreLock {
    /// Takes the lock, or answers [`StoreError::AlreadyOpen`] at once.
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        let file = private_file(&dir.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(StoreLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::AlreadyOpen),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
