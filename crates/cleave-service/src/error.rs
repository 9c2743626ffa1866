//! Why a service could not start. What a request is refused with is [`crate::http::refusal`].

use std::io;
use std::path::PathBuf;

use crate::import::ImportError;

/// Why a service could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data directory cannot be made, read or written.
    #[error("the data directory {path} cannot be used: {cause}")]
    Data {
        /// The directory or file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// Address and port.
        address: String,
        /// What the system said.
        cause: io::Error,
    },
    /// The database cannot be opened or brought to the current layout.
    #[error("the database cannot be used: {0}")]
    Database(#[from] rusqlite::Error),
    /// A migration of the database failed.
    #[error("the database cannot be brought to the current layout: {0}")]
    Migration(#[from] rusqlite_migration::Error),
    /// The CSV file was refused; nothing of it was imported.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The demo passwords cannot be hashed or the signing secret cannot be made.
    #[error("no credentials could be made: {0}")]
    Credentials(String),
    /// The generated world was refused by its own rules.
    #[error("the world could not be made: {0}")]
    World(String),
}
