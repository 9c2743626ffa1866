//! Everything headless: the local API service, and the application without its window.
//!
//! Each command is one process: it opens the home, does its work and ends. What `--json` prints are the types of
//! `cleave_app::ipc`, nothing else; errors go to stderr, one line each.

mod args;
mod command;
mod exit;
mod print;
mod serve;
mod setup;
mod shape;
mod stdin;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use args::{Cli, Command, Place};
use exit::{Failure, Outcome};

fn main() -> ExitCode {
    let cli = Cli::parse();
    log();
    let json = cli.command.wants_json();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Failure::from(error).report(json),
    };
    match runtime.block_on(run(cli)) {
        Ok(outcome) => outcome.code(),
        Err(failure) => failure.report(json),
    }
}

/// Nothing is logged unless `CLEAVE_LOG` asks for it, in the syntax of `RUST_LOG`.
fn log() {
    let filter = EnvFilter::try_from_env("CLEAVE_LOG").unwrap_or_else(|_| EnvFilter::new("off"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

async fn run(cli: Cli) -> Result<Outcome, Failure> {
    let place = Place { json: cli.command.wants_json(), ..cli.place };
    match cli.command {
        Command::Serve(args) => serve::run(args).await.map(|()| Outcome::Done).map_err(Failure::from),
        Command::Connect(args) => command::connect::run(place, args).await,
        Command::Queue(args) => command::queue::run(place, args).await,
        Command::Review(args) => command::review::run(place, args).await,
        Command::Decide(args) => command::decide::run(place, args).await,
        Command::Contacts(args) => command::contacts::run(place, args).await,
        Command::SeparationData(args) => command::separate::data(place, args).await,
        Command::Separate(args) => command::separate::run(place, args).await,
        Command::Settings(args) => command::settings::run(place, args).await,
        Command::Sync(args) => command::sync::run(place, args).await,
        Command::Take(args) => command::take::run(place, args).await,
        Command::Outbox(args) => command::outbox::run(place, args).await,
        Command::History(args) => command::history::run(place, args).await,
        Command::Accounts(args) => command::accounts::list(place, args).await,
        Command::Use(args) => command::accounts::switch(place, args).await,
        Command::SignOut(args) => command::accounts::sign_out(place, args).await,
    }
}
