//! Errors as they cross to the window: a closed set of codes, and words for people.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What the window branches on. A code is added only when some screen acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// An input is wrong; `field` names it where there is one.
    Invalid,
    /// E-mail address and password, or the token, were not accepted.
    SignInRefused,
    /// Signed in, but without the right to decide about duplicates.
    NotAdmin,
    /// The server cannot be reached.
    Unreachable,
    /// Something answered that is not the API.
    NotTheApi,
    /// The review or entry is not there.
    NotFound,
    /// What was decided is no longer what is shown; nothing was saved.
    Stale,
    /// The step does not fit the state of the entry (for instance, it is being sent already).
    TooLate,
    /// No account is in use.
    NoAccount,
    /// Secrets cannot be kept: no keyring, locked, or refused.
    Secrets,
    /// The local files cannot be read or written. Nothing was saved.
    Storage,
    /// The server answered with an error of its own; `message` has its words.
    Server,
}

/// An error for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[serde(rename_all = "camelCase")]
#[error("{message}")]
pub struct AppError {
    /// What kind it is.
    pub code: ErrorCode,
    /// One sentence that says what happened.
    pub message: String,
    /// What to do about it, where there is something.
    pub hint: Option<String>,
    /// The input it belongs to (`url`, `email`, `password`, `token`, `note`, or a field path).
    pub field: Option<String>,
}

impl AppError {
    /// An error with its sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        AppError { code, message: message.into(), hint: None, field: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same at an input.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}
