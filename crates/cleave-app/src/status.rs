//! Whether the server can be reached, and how far loading is.
//!
//! Loading the list judges: it is long, and of the server's own making. One record that is answered with something else
//! than the API's JSON may be a broken record as well as a portal; it leaves a doubt, and the list is asked at once.

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
    /// Whether something answered that may not be the server.
    pub doubtful: bool,
}

impl Status {
    /// Before anything was tried.
    pub fn new(connection: Connection) -> Self {
        Status { connection, syncing: false, loaded: 0, total: None, trouble: None, doubtful: false }
    }

    /// The server answered.
    pub fn reached(&mut self, reach: Reach) {
        self.doubtful = false;
        match reach {
            Reach::Online => {
                self.connection = Connection::Online;
                self.trouble = None;
            }
            Reach::Offline => self.connection = Connection::Offline,
            Reach::SignedOut => self.connection = Connection::SignedOut,
        }
    }

    /// Reading a record went wrong.
    pub fn failed(&mut self, error: &SyncError) {
        match error {
            SyncError::Read(failure) if failure.class == ReadClass::NotTheApi => {
                self.doubtful = self.connection == Connection::Online;
                if !self.doubtful {
                    self.connection = Connection::Offline;
                }
            }
            SyncError::Read(failure) => self.connection = connection_of(failure, self.connection),
            SyncError::Store(_) => {}
        }
        self.trouble = Some(error.to_string());
    }

    /// Loading the list of reviews went wrong.
    pub fn list_failed(&mut self, error: &SyncError) {
        self.doubtful = false;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(class: ReadClass) -> SyncError {
        ReadFailure { class, status: Some(200), words: None, retry_after: None }.into()
    }

    #[test]
    fn one_record_that_is_not_the_apis_leaves_a_doubt_and_a_list_that_is_not_is_believed() {
        let mut status = Status::new(Connection::Online);
        status.failed(&failure(ReadClass::NotTheApi));
        assert_eq!((status.connection, status.doubtful), (Connection::Online, true));
        status.list_failed(&failure(ReadClass::NotTheApi));
        assert_eq!((status.connection, status.doubtful), (Connection::Offline, false));
        status.failed(&failure(ReadClass::NotTheApi));
        assert_eq!((status.connection, status.doubtful), (Connection::Offline, false));
        status.reached(Reach::Online);
        status.failed(&failure(ReadClass::Broken));
        assert_eq!((status.connection, status.doubtful), (Connection::Online, false));
        status.failed(&failure(ReadClass::Offline));
        assert_eq!(status.connection, Connection::Offline);
        let mut new = Status::new(Connection::Connecting);
        new.failed(&failure(ReadClass::NotTheApi));
        assert_eq!(new.connection, Connection::Offline, "nothing has shown yet that the server is there");
    }
}
