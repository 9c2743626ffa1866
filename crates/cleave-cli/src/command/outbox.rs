//! `outbox`: what was decided here, and taking back or sending again.

use std::time::Duration;

use cleave_app::ipc::OutboxEntry;

use super::decide::{line, saved_but, send};
use crate::args::{EntryArgs, Json, OutboxArgs, OutboxWhat, Place};
use crate::exit::{Failure, Outcome};
use crate::{print, setup};

pub(crate) async fn run(place: Place, args: OutboxArgs) -> Result<Outcome, Failure> {
    let app = setup::open(place, Duration::ZERO).await?.app;
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
            let plan = app.exported_plan(&args.op_id).await?;
            print::out(Json { json: true }, &plan, |_| Ok(()))?;
            Ok(Outcome::Done)
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
