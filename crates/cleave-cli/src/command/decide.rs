//! `decide`: look, save, send, and say what became of it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use cleave_app::ipc::{
    AppError, Changes, DecideAnswer, DecideRequest, DecisionInput, ErrorCode, FieldPick, OutboxEntry,
    SideName,
};
use cleave_app::{App, SyncOrder};

use super::review::preview;
use crate::args::{DecideArgs, Decision, Json, Place};
use crate::exit::{Failure, Outcome};
use crate::{print, setup};

pub(crate) async fn run(place: Place, args: DecideArgs) -> Result<Outcome, Failure> {
    let decision = input(&args)?;
    let window = Duration::from_secs_f64(args.cancel_window);
    let app = setup::open(place, window).await?.app;
    let seen = app.review(&args.id).await;
    let (op_id, based_on) = match (args.op_id, seen) {
        (None, seen) => (uuid::Uuid::now_v7().to_string(), seen?.based_on),
        // The decision may be an earlier one, about a review that is gone by now.
        (Some(op_id), seen) => (op_id, seen.map(|view| view.based_on).unwrap_or_default()),
    };
    let request =
        DecideRequest { op_id: op_id.clone(), review_id: args.id, based_on, decision, dry_run: args.dry_run };
    let mut answer = app.decide(request).await?;
    if args.dry_run {
        print::out(args.json, &answer, |out| show(out, &answer))?;
        return Ok(Outcome::Done);
    }
    if answer.changes.is_none() {
        let unread = AppError::new(ErrorCode::Storage, "What it changed could not be read back.");
        saved_but(args.json, &op_id, unread);
    }
    if !args.queue_only {
        // Not `until_idle`: other decisions may have longer to wait.
        tokio::time::sleep(window).await;
        match send(&app).await {
            Ok(changes) => answer.changes = changes.or(answer.changes),
            Err(error) => saved_but(args.json, &op_id, error),
        }
        match app.outbox_entry(&op_id).await {
            Ok(entry) => answer.entry = Some(entry),
            Err(error) => saved_but(args.json, &op_id, error),
        }
    }
    if let Err(error) = print::out(args.json, &answer, |out| show(out, &answer)) {
        saved_but(args.json, &op_id, error);
    }
    let outcome = answer.entry.as_ref().map_or(Outcome::Waiting, Outcome::of);
    Ok(if args.queue_only && outcome == Outcome::Waiting { Outcome::Done } else { outcome })
}

/// Tells of trouble after the commit. It changes nothing about the decision, which the exit code is about.
pub(super) fn saved_but(json: Json, op_id: &str, error: impl Into<Failure>) {
    let next = format!("See `cleave-cli outbox show {op_id}`.");
    error.into().after(&format!("The decision is saved as {op_id}."), next).tell(json.json);
}

/// Sends what waits. Without a session there is nothing to do: what is saved stays saved.
pub(super) async fn send(app: &App) -> Result<Option<Changes>, AppError> {
    match app.sync(SyncOrder::default()).await {
        Ok(changes) => Ok(Some(changes)),
        Err(error) if error.code == ErrorCode::SignInRefused => Ok(None),
        Err(error) => Err(error),
    }
}

fn input(args: &DecideArgs) -> Result<DecisionInput, Failure> {
    let choices = |message: String| AppError::new(ErrorCode::Invalid, message).at("choices");
    match args.decision {
        Decision::KeepSeparate if args.choices.is_some() => {
            Err(choices("--choices goes with merge only.".to_owned()).into())
        }
        Decision::KeepSeparate => Ok(DecisionInput::KeepSeparate { note: args.note.clone() }),
        Decision::Merge => {
            let text = args.choices.as_deref().unwrap_or("{}");
            let picks: BTreeMap<String, SideName> = serde_json::from_str(text).map_err(|_| {
                choices("--choices is a JSON object of field to \"source\" or \"candidate\".".to_owned())
            })?;
            let picks = picks.into_iter().map(|(path, side)| FieldPick { path, side }).collect();
            Ok(DecisionInput::Merge { picks, note: args.note.clone() })
        }
    }
}

fn show(out: &mut dyn Write, answer: &DecideAnswer) -> io::Result<()> {
    if let Some(shown) = &answer.preview {
        preview(out, shown)?;
        writeln!(out)?;
    }
    match &answer.entry {
        Some(entry) => line(out, entry),
        None => writeln!(out, "Only looked: nothing was saved."),
    }
}

/// An entry in a line.
pub(super) fn line(out: &mut dyn Write, entry: &OutboxEntry) -> io::Result<()> {
    writeln!(out, "{}  {}  {}: {}", entry.op_id, entry.kind, entry.title, entry.reason)
}
