//! The command line: what there is to say, and what `--help` says about it.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};

use crate::command::contacts::ContactsArgs;
use crate::command::history::HistoryArgs;
use crate::command::outbox::{OutboxArgs, OutboxWhat};
use crate::command::queue::QueueArgs;
use crate::command::separate::{DataArgs, SeparateArgs};
use crate::command::settings::SettingsArgs;
use crate::command::take::TakeArgs;
use crate::serve::ServeArgs;
use crate::shape::{self, ACCOUNT, ANSWER, CHANGES, OUTBOX_ENTRY, PREVIEW, QUEUE_ROW, REVIEW};

/// Decide about duplicate contacts from the command line, or serve the local API.
#[derive(Debug, Parser)]
#[command(name = "cleave-cli", version, after_help = shape::overview())]
pub(crate) struct Cli {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub command: Command,
}

/// Where everything is stored.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// Folder for accounts, decisions and the cache; several can live side by side.
    /// [default: $CLEAVE_HOME, else $XDG_DATA_HOME/cleave, else ~/.local/share/cleave]
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Encrypt sessions under the passphrase in the first line of this file, instead of a key in the keyring.
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Whether what is said on stderr is JSON, as the command asks.
    #[arg(skip)]
    pub json: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Serve(ServeArgs),
    Connect(ConnectArgs),
    Queue(QueueArgs),
    Review(ReviewArgs),
    Decide(DecideArgs),
    Contacts(ContactsArgs),
    SeparationData(DataArgs),
    Separate(SeparateArgs),
    Settings(SettingsArgs),
    Sync(SyncArgs),
    Take(TakeArgs),
    Outbox(OutboxArgs),
    History(HistoryArgs),
    /// List accounts.
    ///
    /// Prints a list of AccountView; the one in use is the one `use` or `connect` named last.
    #[command(after_long_help = shape::help("[AccountView]", &[ACCOUNT], &[0, 1, 2]))]
    Accounts(Json),
    Use(UseArgs),
    SignOut(SignOutArgs),
}

impl Command {
    /// Whether errors are to be JSON as well.
    pub fn wants_json(&self) -> bool {
        match self {
            Command::Serve(args) => args.json,
            Command::Connect(args) => args.json.json,
            Command::Queue(args) => args.json.json,
            Command::Review(args) => args.json.json,
            Command::Decide(args) => args.json.json,
            Command::Contacts(args) => args.json.json,
            Command::SeparationData(args) => args.json.json,
            Command::Separate(args) => args.json.json,
            Command::Settings(args) => args.wants_json(),
            Command::Sync(args) => args.json.json,
            Command::Take(args) => args.json.json,
            Command::Outbox(args) => args.json.json || args.what.as_ref().is_some_and(OutboxWhat::wants_json),
            Command::History(args) => args.json.json,
            Command::Accounts(json) => json.json,
            Command::Use(args) => args.json.json,
            Command::SignOut(args) => args.json.json,
        }
    }
}

/// The form of what is printed.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct Json {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Sign in to a server, load its queue, and use the account from then on.
///
/// Prints an AccountView. The session is kept encrypted; the password is sent once and kept nowhere. A queue that cannot
/// be loaded is told on stderr, and the sign-in counts.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("AccountView", &[ACCOUNT], &[0, 1, 2, 4]))]
#[command(group = ArgGroup::new("credential").required(true).args(["password_stdin", "token_stdin"]))]
pub(crate) struct ConnectArgs {
    /// Address of the server: https, or http on this machine.
    #[arg(long)]
    pub url: String,
    /// E-mail address to sign in with.
    #[arg(long, required_if_eq("password_stdin", "true"), conflicts_with = "token_stdin")]
    pub email: Option<String>,
    /// Read the password from stdin: its first line.
    #[arg(long)]
    pub password_stdin: bool,
    /// Read a token from stdin instead: its first line.
    #[arg(long)]
    pub token_stdin: bool,
    #[command(flatten)]
    pub json: Json,
}

/// Show one review, both contacts and what a merge would do.
///
/// Prints a ReviewView. The server is asked first; without it the cache answers, and readAt says how old that is.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("ReviewView", &[REVIEW, PREVIEW, OUTBOX_ENTRY], &[0, 1, 2, 4]))]
pub(crate) struct ReviewArgs {
    /// Id of the review.
    pub id: String,
    #[command(flatten)]
    pub json: Json,
}

/// Decide about a review: saved here first, then sent.
///
/// Prints a DecideAnswer. The decision is on the disk before anything is sent, and is never sent twice. Trouble after
/// that is told on stderr, beside the answer with its opId.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help(
    "DecideAnswer",
    &[ANSWER, PREVIEW, OUTBOX_ENTRY, CHANGES, QUEUE_ROW],
    &[0, 1, 2, 3, 4, 5],
))]
pub(crate) struct DecideArgs {
    /// Id of the review.
    pub id: String,
    /// What to decide.
    #[arg(value_enum)]
    pub decision: Decision,
    /// Whose value survives a merge, by field: {"email": "source", "address.city": "candidate"}. Other fields follow
    /// the defaults that --dry-run shows.
    #[arg(long, value_name = "JSON")]
    pub choices: Option<String>,
    /// Why; up to 2000 characters.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// Only show what it would do.
    #[arg(long)]
    pub dry_run: bool,
    /// Save, and leave the sending to `sync` or to the window.
    #[arg(long, conflicts_with = "dry_run")]
    pub queue_only: bool,
    /// Time in which it can still be taken back before it is sent.
    #[arg(long, value_name = "SECONDS", default_value_t = 0.0, value_parser = seconds)]
    pub cancel_window: f64,
    /// Id of the operation: a second call with the same id decides nothing and answers with the first decision.
    #[arg(long, value_name = "UUID")]
    pub op_id: Option<String>,
    #[command(flatten)]
    pub json: Json,
}

/// What to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Decision {
    /// Merge the source into the candidate.
    Merge,
    /// Keep the two separate; the pair is not suggested again.
    KeepSeparate,
}

/// Load the queue and send what waits.
///
/// Prints Changes: every review and decision that became different.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("Changes", &[CHANGES, QUEUE_ROW, OUTBOX_ENTRY], &[0, 1, 2, 3, 4, 5]))]
pub(crate) struct SyncArgs {
    /// Go on until nothing is left that could still be done without a person: cancel windows, pauses after failures and
    /// those that the server asks for, and the quarantine of decisions whose answer was lost are waited out. Ends when
    /// the server cannot be reached for a quarter of a minute.
    #[arg(long)]
    pub until_idle: bool,
    /// How long a decision whose answer was lost may still take effect, for this run [default: 360]. Only after that is
    /// it taken for undone and, where the server itself refuses a second copy, sent again. Shorter than the server may
    /// be at work with a request, a decision can be taken for undone that is done a moment later.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub quarantine: Option<f64>,
    /// Leave decisions that can still be taken back at most this long, then send them. Goes with --until-idle.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub cancel_window: Option<f64>,
    #[command(flatten)]
    pub json: Json,
}

/// Use another account from then on.
///
/// Prints an AccountView.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("AccountView", &[ACCOUNT], &[0, 1, 2]))]
pub(crate) struct UseArgs {
    /// Id of the account.
    pub id: String,
    #[command(flatten)]
    pub json: Json,
}

/// Forget a session. What was or may have been sent stays on this machine, with the whole history.
///
/// Prints the list of AccountView. Where something is not settled, one of --send, --keep and --discard says what becomes
/// of it.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("[AccountView]", &[ACCOUNT], &[0, 1, 2, 3, 4]))]
#[command(group = ArgGroup::new("how").args(["send", "keep", "discard"]))]
pub(crate) struct SignOutArgs {
    /// Id of the account; the one in use if it is left out.
    pub id: Option<String>,
    /// Send what waits first, for up to a minute; what cannot be sent keeps the account signed in.
    #[arg(long)]
    pub send: bool,
    /// Leave it here; it goes on after signing in again.
    #[arg(long)]
    pub keep: bool,
    /// Withdraw what the server cannot have carried out, and throw drafts away. Without any of the three, the word is told.
    #[arg(long, value_name = "WORD")]
    pub discard: Option<String>,
    #[command(flatten)]
    pub json: Json,
}

/// A span of time that makes sense: 0 to a day.
pub(crate) fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.0..=86_400.0).contains(&seconds) => Ok(seconds),
        _ => Err("a number of seconds, 0 to 86400".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_sign_in_names_exactly_one_credential() {
        let parse = |rest: &[&str]| {
            let line = ["cleave-cli", "connect", "--url", "http://localhost:1"].iter().chain(rest);
            Cli::try_parse_from(line).is_ok()
        };
        assert!(parse(&["--email", "a@x.com", "--password-stdin"]));
        assert!(parse(&["--token-stdin"]));
        assert!(!parse(&[]));
        assert!(!parse(&["--password-stdin"]));
        assert!(!parse(&["--email", "a@x.com", "--token-stdin"]));
        assert!(!parse(&["--email", "a@x.com", "--password-stdin", "--token-stdin"]));
    }

    #[test]
    fn spans_of_time_are_bounded() {
        assert_eq!(seconds("1.5"), Ok(1.5));
        for text in ["-1", "NaN", "inf", "86401", "soon"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
