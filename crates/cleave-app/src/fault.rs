//! From the errors of the crates below to sentences for a person.

use cleave_store::{ReadOnlyReason, StoreError};
use cleave_sync::{ConnectFailure, ReadClass, ReadFailure, SyncError};

use crate::files;
use crate::ipc::{AppError, ErrorCode};
use crate::secrets::SecretsError;

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => AppError::new(ErrorCode::NotFound, "That is not there any more."),
            StoreError::LiveDecision { .. } => {
                AppError::new(ErrorCode::TooLate, "There is a decision about this review already.")
                    .hint("Look at it in the outbox.")
            }
            StoreError::LostRace { .. } => {
                AppError::new(ErrorCode::TooLate, "It has just moved on.").hint("Look at it again.")
            }
            StoreError::Step(step) => AppError::new(ErrorCode::TooLate, format!("Too late: {step}.")),
            StoreError::AlreadyOpen => files::refused(ReadOnlyReason::AnotherProcess),
            StoreError::OpenToRead(reason) => files::refused(reason),
            error if error.is_damage() => {
                AppError::new(ErrorCode::Storage, "The files of this account are damaged. Nothing was saved.")
                    .hint("Start Cleave again: it says what can be carried over.")
            }
            // A disk that failed while it was being asked to keep something may have kept it.
            error @ StoreError::Io(_) => AppError::new(ErrorCode::Storage, error.to_string())
                .hint("Look at the outbox after a restart: what you last did may be there, or not."),
            other => AppError::new(ErrorCode::Storage, other.to_string()).hint("Nothing was saved."),
        }
    }
}

impl From<SecretsError> for AppError {
    fn from(error: SecretsError) -> Self {
        AppError::new(ErrorCode::Secrets, error.to_string()).hint(error.hint())
    }
}

impl From<ReadFailure> for AppError {
    fn from(failure: ReadFailure) -> Self {
        let code = match failure.class {
            ReadClass::Offline => ErrorCode::Unreachable,
            ReadClass::NotTheApi => ErrorCode::NotTheApi,
            ReadClass::SignedOut => ErrorCode::SignInRefused,
            ReadClass::Forbidden => ErrorCode::NotAdmin,
            ReadClass::NotFound => ErrorCode::NotFound,
            ReadClass::Broken | ReadClass::Unsupported | ReadClass::SlowDown | ReadClass::Refused => {
                ErrorCode::Server
            }
        };
        AppError::new(code, failure.to_string())
    }
}

impl From<SyncError> for AppError {
    fn from(error: SyncError) -> Self {
        match error {
            SyncError::Read(failure) => failure.into(),
            SyncError::Store(error) => error.into(),
        }
    }
}

/// Why connecting failed, at the input it belongs to.
pub(crate) fn connect_failed(failure: ConnectFailure, by_token: bool) -> AppError {
    let credential = if by_token { "token" } else { "password" };
    match failure {
        ConnectFailure::BadAddress(problem) => {
            AppError::new(ErrorCode::Invalid, problem.to_string()).at("url")
        }
        ConnectFailure::Unreachable => {
            AppError::new(ErrorCode::Unreachable, "Nothing answers at this address.")
                .hint("Check the address and your network.")
                .at("url")
        }
        ConnectFailure::NotTheApi => AppError::new(
            ErrorCode::NotTheApi,
            "Something answers at this address, but it is not the Tether API.",
        )
        .hint("Use the address of the API, without a path. A login page of the network can be in between.")
        .at("url"),
        ConnectFailure::SignInRefused(words) => {
            let what = if by_token { "token" } else { "e-mail address and password" };
            let theirs = words.map_or_else(String::new, |words| format!(" The server answered: “{words}”"));
            let message = format!("The server did not accept this {what}.{theirs}");
            AppError::new(ErrorCode::SignInRefused, message).at(credential)
        }
        ConnectFailure::NotAdmin { role } => {
            let role = match role.as_str() {
                "" | "unknown" => "This account".to_owned(),
                role => format!("The role {role}"),
            };
            AppError::new(ErrorCode::NotAdmin, format!("{role} may not decide about duplicates."))
                .hint("Ask an administrator of the organisation for the role ADMIN.")
                .at(credential)
        }
        ConnectFailure::Server(words) => AppError::new(ErrorCode::Server, words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_sign_in_says_what_was_refused_before_the_words_of_the_server() {
        let message = |words: Option<&str>, by_token| {
            connect_failed(ConnectFailure::SignInRefused(words.map(str::to_owned)), by_token).message
        };
        assert_eq!(
            message(Some("Invalid credentials"), false),
            "The server did not accept this e-mail address and password. The server answered: “Invalid credentials”"
        );
        assert_eq!(message(None, true), "The server did not accept this token.");
    }
}
