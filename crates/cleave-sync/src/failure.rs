//! Why something could not be read.

use std::time::Duration;

use cleave_store::StoreError;

/// What kind of failure it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadClass {
    /// The connection was never made.
    Offline,
    /// The connection or the server broke: reset, time-out, truncated body, 408, 5xx.
    Broken,
    /// Something answered that is not the API: HTML, a redirect, a proxy, a body in no known form.
    NotTheApi,
    /// 401, also after the one refresh.
    SignedOut,
    /// 403.
    Forbidden,
    /// 404: the record, or the whole route, is not there.
    NotFound,
    /// 405 or 501: the route is not there.
    Unsupported,
    /// 429.
    SlowDown,
    /// Any other 4xx, or `success: false`.
    Refused,
}

/// What a 403 means, in the one sentence for it.
pub(crate) const FORBIDDEN: &str = "The server does not allow this to your account.";

/// A failed reading. Nothing was changed by it, here or there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFailure {
    /// What kind it was.
    pub class: ReadClass,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The server's own words.
    pub words: Option<String>,
    /// How long the server asked to wait, capped.
    pub retry_after: Option<Duration>,
}

impl ReadFailure {
    pub(crate) fn new(class: ReadClass) -> Self {
        ReadFailure { class, status: None, words: None, retry_after: None }
    }

    /// Whether the route itself seems to be missing. A 404 may also mean the record.
    pub fn may_lack_route(&self) -> bool {
        matches!(self.status, Some(404 | 405 | 501))
    }

    /// Whether going on with other reads is pointless for now.
    pub fn concerns_all(&self) -> bool {
        matches!(
            self.class,
            ReadClass::Offline | ReadClass::SignedOut | ReadClass::SlowDown | ReadClass::NotTheApi
        ) && !self.may_lack_route()
    }
}

impl std::fmt::Display for ReadFailure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sentence = match self.class {
            ReadClass::Offline => "The server cannot be reached",
            ReadClass::Broken => "The server did not answer properly",
            ReadClass::NotTheApi => "What answered is not the server's API",
            ReadClass::SignedOut => "The session has ended",
            ReadClass::Forbidden => FORBIDDEN.trim_end_matches('.'),
            ReadClass::NotFound => "The server does not have it",
            ReadClass::Unsupported => "The server does not support it",
            ReadClass::SlowDown => "The server asks for a pause",
            ReadClass::Refused => "The server refused it",
        };
        match &self.words {
            Some(words) => write!(f, "{sentence}: {words}"),
            None => write!(f, "{sentence}."),
        }
    }
}

impl std::error::Error for ReadFailure {}

/// Why a round of reading or a step of the sender ended.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The server.
    #[error(transparent)]
    Read(#[from] ReadFailure),
    /// The disk.
    #[error(transparent)]
    Store(#[from] StoreError),
}
