//! `outbox`: what was decided here, and taking back or sending again.

use std::time::Duration;

use clap::{ArgGroup, Args, Subcommand};
use cleave_app::ipc::OutboxEntry;

use super::conflict::{self, ConflictArgs};
use super::decide::{line, saved_but, send};
use super::export::{self, ExportArgs};
use super::rehearse::{self, RehearseArgs};
use super::salvage::{self, SalvageArgs};
use crate::args::{Json, Place};
use crate::exit::{Failure, Outcome};
use crate::shape::{self, OUTBOX_ENTRY};
use crate::{print, setup};

/// List what was decided here and where it stands.
///
/// Prints a list of OutboxEntry, newest first; with a subcommand, one of them.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("[OutboxEntry]", &[OUTBOX_ENTRY], &[0, 1, 2, 4]))]
pub(crate) struct OutboxArgs {
    #[command(subcommand)]
    pub what: Option<OutboxWhat>,
    #[command(flatten)]
    pub json: Json,
}

/// What to do with one entry.
#[derive(Debug, Subcommand)]
pub(crate) enum OutboxWhat {
    /// Show one decision with every attempt.
    Show(EntryArgs),
    /// Send a decision now, or again.
    Retry(EntryArgs),
    /// Take a decision back that has not been sent.
    Withdraw(EntryArgs),
    /// Settle a decision of which no reading can tell what became of it.
    Resolve(ResolveArgs),
    Export(ExportArgs),
    /// Compare a decision that needs you: when you decided, now, and what you decided.
    Conflict(ConflictArgs),
    /// Compare what waits with the server, without sending.
    Rehearse(RehearseArgs),
    Salvage(SalvageArgs),
}

impl OutboxWhat {
    /// Whether errors are to be JSON as well.
    pub fn wants_json(&self) -> bool {
        match self {
            OutboxWhat::Show(args) | OutboxWhat::Retry(args) | OutboxWhat::Withdraw(args) => args.json.json,
            OutboxWhat::Resolve(args) => args.json.json,
            OutboxWhat::Conflict(args) => args.json.json,
            OutboxWhat::Rehearse(args) => args.json.json,
            OutboxWhat::Salvage(args) => args.json.json,
            OutboxWhat::Export(args) => args.json.json,
        }
    }
}

/// One entry of the outbox.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("OutboxEntry", &[OUTBOX_ENTRY], &[0, 1, 2, 3, 4, 5]))]
pub(crate) struct EntryArgs {
    /// Its operation id.
    pub op_id: String,
    #[command(flatten)]
    pub json: Json,
}

/// What a person says became of an entry.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("OutboxEntry", &[OUTBOX_ENTRY], &[0, 1, 2, 3, 4, 5]))]
#[command(group = ArgGroup::new("outcome").required(true).args(["applied", "not_applied"]))]
pub(crate) struct ResolveArgs {
    /// Its operation id.
    pub op_id: String,
    /// You looked: it was done.
    #[arg(long)]
    pub applied: bool,
    /// You looked: it was not done. It is given up.
    #[arg(long)]
    pub not_applied: bool,
    /// How you know; up to 2000 characters.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub json: Json,
}

pub(crate) async fn run(place: Place, args: OutboxArgs) -> Result<Outcome, Failure> {
    let setup = match &args.what {
        None | Some(OutboxWhat::Show(_) | OutboxWhat::Export(_) | OutboxWhat::Conflict(_)) => {
            setup::read(place).await?
        }
        Some(_) => setup::open(place, Duration::ZERO).await?,
    };
    let app = setup.app;
    let outer = args.json;
    match args.what {
        None => {
            let entries = app.outbox().await?;
            print::out(args.json, &entries, |out| {
                if entries.is_empty() {
                    writeln!(out, "Nothing was decided here yet.")?;
                }
                entries.iter().try_for_each(|entry| line(out, entry))
            })?;
            Ok(Outcome::Done)
        }
        Some(OutboxWhat::Show(entry)) => {
            let shown = app.outbox_entry(&entry.op_id).await?;
            report(json(args.json, &entry), &shown)
        }
        Some(OutboxWhat::Withdraw(entry)) => {
            let withdrawn = app.withdraw(&entry.op_id).await?;
            report(json(args.json, &entry), &withdrawn)
        }
        Some(OutboxWhat::Retry(entry)) => {
            let (json, waiting) = (json(args.json, &entry), app.retry(&entry.op_id).await?);
            if let Err(error) = send(&app).await {
                saved_but(json, &entry.op_id, error);
            }
            let sent = app.outbox_entry(&entry.op_id).await.unwrap_or(waiting);
            report(json, &sent)
        }
        Some(OutboxWhat::Resolve(args)) => {
            let entry = match args.applied {
                true => app.mark_applied(&args.op_id, &args.reason).await?,
                false => app.mark_not_applied(&args.op_id, &args.reason).await?,
            };
            report(Json { json: args.json.json || outer.json }, &entry)
        }
        Some(OutboxWhat::Export(args)) => {
            let json = Json { json: args.json.json || outer.json };
            export::run(&app, ExportArgs { json, ..args }).await
        }
        Some(OutboxWhat::Conflict(args)) => {
            let json = Json { json: args.json.json || outer.json };
            conflict::run(&app, ConflictArgs { json, ..args }).await
        }
        Some(OutboxWhat::Rehearse(args)) => {
            let json = Json { json: args.json.json || outer.json };
            rehearse::run(&app, RehearseArgs { json, ..args }).await
        }
        Some(OutboxWhat::Salvage(args)) => {
            let json = Json { json: args.json.json || outer.json };
            salvage::run(&app, SalvageArgs { json, ..args }).await
        }
    }
}

/// The flag counts on either side of the subcommand.
fn json(before: Json, entry: &EntryArgs) -> Json {
    Json { json: before.json || entry.json.json }
}

fn report(json: Json, entry: &OutboxEntry) -> Result<Outcome, Failure> {
    print::out(json, entry, |out| {
        line(out, entry)?;
        for attempt in &entry.history {
            let status = attempt.status.map(|status| format!(" ({status})")).unwrap_or_default();
            writeln!(out, "  {}{status}  {}", attempt.at, attempt.outcome)?;
        }
        for row in entry.receipt.iter().flat_map(|receipt| &receipt.rows).filter(|row| !row.same) {
            let (predicted, actual) = (&row.predicted, &row.actual);
            writeln!(out, "  {}: predicted “{predicted}”, the server has “{actual}”", row.label)?;
        }
        for [path, predicted, actual] in &entry.differences {
            writeln!(out, "  {path}: predicted “{predicted}”, the server has “{actual}”")?;
        }
        Ok(())
    })?;
    Ok(Outcome::of(entry))
}
