//! `cleave-cli serve`: the local API service by itself, until it is told to stop.

use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::Args;
use cleave_service::{Config, DataDir, Running, Seed, Service, StartError, World};

use crate::shape::{self, GREETING};

/// Serve the local API over a generated world or the contacts of a CSV file.
///
/// Prints its address and the demo credentials, then serves until Ctrl-C or a request to terminate. What --import,
/// --seed and --contacts say counts for an empty data directory only; --reset empties it first.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("Greeting", &[GREETING], &[0, 1, 2]))]
pub(crate) struct ServeArgs {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 2212)]
    port: u16,
    /// Directory that keeps the database between runs. Without it everything is gone in the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Contacts to start from, as CSV (UTF-8 or Windows-1252, all of it or nothing).
    #[arg(long, value_name = "CONTACTS.CSV", conflicts_with = "contacts")]
    import: Option<PathBuf>,
    /// Names the generated world: the same number gives the same one.
    #[arg(long, value_name = "N", default_value_t = Seed::default().number)]
    seed: u64,
    /// How many contacts to generate.
    #[arg(long, value_name = "N", default_value_t = Seed::default().contacts,
          value_parser = clap::value_parser!(u32).range(1..=i64::from(Seed::MOST)))]
    contacts: u32,
    /// Remove what the data directory holds, and start anew.
    #[arg(long, requires = "data")]
    reset: bool,
    /// Address to listen on. Anyone who reaches it and has the password sees everything.
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Print one line of JSON instead: {"url", "email", "password"}.
    #[arg(long)]
    pub json: bool,
    /// Allow faults to be switched on under /__faults. For tests only.
    #[arg(long, hide = true)]
    faults: bool,
}

/// Why serving ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    /// The service could not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The greeting could not be printed, or signals could not be waited for.
    #[error("cannot print or wait for signals: {0}")]
    Io(#[from] io::Error),
}

/// Serves until a signal comes, then shuts down gracefully.
///
/// # Errors
/// [`ServeError`].
pub(crate) async fn run(args: ServeArgs) -> Result<(), ServeError> {
    let json = args.json;
    let running = Service::start(config(args)).await?;
    greet(&running, json)?;
    stopped().await?;
    running.shutdown().await;
    Ok(())
}

fn config(args: ServeArgs) -> Config {
    Config {
        data: args.data.map_or(DataDir::Temp, DataDir::Dir),
        reset: args.reset,
        world: match args.import {
            Some(path) => World::Csv { path, number: args.seed },
            None => World::Seed(Seed { number: args.seed, contacts: args.contacts }),
        },
        bind: args.bind,
        port: args.port,
        faults: args.faults,
        ..Config::default()
    }
}

/// The first line with `--json` is all that a program needs to sign in.
fn greet(running: &Running, json: bool) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let (url, who) = (&running.url, &running.credentials);
    if json {
        let line = serde_json::json!({"url": url, "email": who.email, "password": who.password});
        writeln!(out, "{line}")?;
    } else {
        writeln!(out, "Local API service   {url}")?;
        writeln!(out, "Sign in as          {}", who.email)?;
        writeln!(out, "Password            {}", who.password)?;
        writeln!(
            out,
            "The same password signs in superadmin@example.com, head@example.com and sales@example.com."
        )?;
        writeln!(out, "Stop with Ctrl-C.")?;
    }
    out.flush()
}

#[cfg(unix)]
async fn stopped() -> io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn stopped() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
