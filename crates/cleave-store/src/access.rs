//! How far a store is open: for writing, or for reading only and why.

/// What can be done with an open store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    ReadWrite,
    /// Reading. Every method that writes answers [`crate::StoreError::OpenToRead`] and changes nothing.
    ReadOnly(ReadOnlyReason),
}

/// Why a store is open for reading only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnlyReason {
    /// Another process writes to it. Once that has ended, opening it again gives a store for writing.
    #[error("another Cleave is using these files")]
    AnotherProcess,
    /// A newer version wrote the outbox. What this build does not know of may be missing from what it reads.
    #[error("the outbox was written by a newer version of Cleave (schema {found}, this one knows {known})")]
    NewerSchema {
        /// Version of the file.
        found: i64,
        /// Newest version that this build knows.
        known: i64,
    },
    /// The folder or the files do not let us write.
    #[error("the local files cannot be written")]
    Unwritable,
}
