//! How a command ends: its exit code, and the line that says why.

use std::io::{self, Write};
use std::process::ExitCode;

use cleave_app::ipc::{AppError, Counts, ErrorCode, OutboxEntry, OutboxHold, OutboxState};
use cleave_service::StartError;

use crate::serve::ServeError;

/// A command that did what it could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything is done.
    Done,
    /// A person has to look at something.
    NeedsPerson,
    /// Saved here, and not at the server yet.
    Waiting,
}

impl Outcome {
    /// What became of a decision.
    pub fn of(entry: &OutboxEntry) -> Self {
        match entry.state {
            OutboxState::Applied
            | OutboxState::AppliedElsewhere
            | OutboxState::Withdrawn
            | OutboxState::Superseded => Outcome::Done,
            OutboxState::Refused | OutboxState::Conflict | OutboxState::NeedsPerson => Outcome::NeedsPerson,
            OutboxState::Queued if entry.hold == OutboxHold::ReviewNeeded => Outcome::NeedsPerson,
            OutboxState::Draft
            | OutboxState::Queued
            | OutboxState::Checking
            | OutboxState::Sending
            | OutboxState::Uncertain => Outcome::Waiting,
        }
    }

    /// What is left in the outbox.
    pub fn left(counts: &Counts) -> Self {
        match (counts.needs_person, counts.outbox) {
            (0, 0) => Outcome::Done,
            (0, _) => Outcome::Waiting,
            _ => Outcome::NeedsPerson,
        }
    }

    /// The exit code.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Outcome::Done => 0,
            Outcome::NeedsPerson => 3,
            Outcome::Waiting => 5,
        })
    }
}

/// A command that could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    error: AppError,
    usage: bool,
}

impl Failure {
    /// The command line leaves open what is to be done.
    pub fn usage(error: AppError) -> Self {
        Failure { error, usage: true }
    }

    /// Prints why, as one line, and answers the exit code.
    pub fn report(&self, json: bool) -> ExitCode {
        self.tell(json);
        if self.usage {
            return ExitCode::from(2);
        }
        ExitCode::from(match self.error.code {
            ErrorCode::NoAccount | ErrorCode::SignInRefused => 4,
            ErrorCode::Stale | ErrorCode::TooLate => 3,
            ErrorCode::Invalid
            | ErrorCode::NotAdmin
            | ErrorCode::Unreachable
            | ErrorCode::NotTheApi
            | ErrorCode::NotFound
            | ErrorCode::Secrets
            | ErrorCode::Storage
            | ErrorCode::Server => 1,
        })
    }

    /// The same trouble after something that stays done: says that first, and what to do next instead of the hint,
    /// which would speak of nothing having happened.
    #[must_use]
    pub fn after(self, done: &str, next: String) -> Self {
        let message = format!("{done} {}", self.error.message);
        Failure { error: AppError { message, hint: Some(next), ..self.error }, ..self }
    }

    /// Prints why, as one line, without ending the command.
    pub fn tell(&self, json: bool) {
        let error = &self.error;
        let line = if json {
            serde_json::to_string(error).unwrap_or_else(|_| error.message.clone())
        } else {
            let hint = error.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
            format!("cleave-cli: {}{hint}", error.message).replace('\n', " ")
        };
        // Nobody is there to be told that stderr is closed.
        drop(writeln!(io::stderr().lock(), "{line}"));
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Failure { error, usage: false }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        AppError::new(ErrorCode::Storage, format!("Reading or writing failed: {error}.")).into()
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        let words = error.to_string();
        let error = match error {
            ServeError::Start(StartError::Import(_)) => AppError::new(ErrorCode::Invalid, words).at("import"),
            ServeError::Start(StartError::Listen { .. }) => {
                AppError::new(ErrorCode::Invalid, words).at("port")
            }
            ServeError::Start(_) | ServeError::Io(_) => AppError::new(ErrorCode::Storage, words),
        };
        error.into()
    }
}
