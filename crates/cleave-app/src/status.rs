//! Whether the server can be reached, and how far loading is.

use cleave_sync::{Reach, ReadClass, ReadFailure, SyncError};

use crate::ipc::Connection;

/// What is known of the connection of the account in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Status {
    /// Judged by the server's own JSON, not by whether some network is there.
    pub connection: Connection,
    /// Whether reviews are being loaded now.
    pub syncing: bool,
    /// Reviews loaded in this round.
    pub loaded: u32,
    /// Reviews there are, if the server says so.
    pub total: Option<u32>,
    /// A sentence about the last failure, while it lasts.
    pub trouble: Option<String>,
}

impl Status {
    /// Before anything was tried.
    pub fn new(connection: Connection) -> Self {
        Status { connection, syncing: false, loaded: 0, total: None, trouble: None }
    }

    /// The server answered.
    pub fn reached(&mut self, reach: Reach) {
        match reach {
            Reach::Online => {
                self.connection = Connection::Online;
                self.trouble = None;
            }
            Reach::Offline => self.connection = Connection::Offline,
            Reach::SignedOut => self.connection = Connection::SignedOut,
        }
    }

    /// Something went wrong.
    pub fn failed(&mut self, error: &SyncError) {
        if let SyncError::Read(failure) = error {
            self.connection = connection_of(failure, self.connection);
        }
        self.trouble = Some(error.to_string());
    }
}

/// What a failure says about the connection.
fn connection_of(failure: &ReadFailure, before: Connection) -> Connection {
    match failure.class {
        ReadClass::Offline | ReadClass::NotTheApi => Connection::Offline,
        ReadClass::SignedOut => Connection::SignedOut,
        // Answers in the server's own JSON.
        ReadClass::Forbidden
        | ReadClass::NotFound
        | ReadClass::Unsupported
        | ReadClass::SlowDown
        | ReadClass::Refused => Connection::Online,
        // A broken answer says nothing either way.
        ReadClass::Broken => before,
    }
}
