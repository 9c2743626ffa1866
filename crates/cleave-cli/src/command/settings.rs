//! `settings`: what is in force, and a change of it: look, save, send, and say what became of it.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use cleave_app::App;
use cleave_app::ipc::{AppError, ErrorCode, SettingsAnswer, SettingsRequest, SettingsView};

use super::decide::{line, saved_but, send};
use crate::args::{Json, Place, seconds};
use crate::exit::{Failure, Outcome};
use crate::shape::{self, CHANGES, OUTBOX_ENTRY, QUEUE_ROW, SETTINGS, SETTINGS_ANSWER};
use crate::{print, setup};

/// Show the settings of duplicate detection, or change them.
///
/// Prints a SettingsView. While the server can be reached they are read from it; otherwise those that were read last are
/// shown, with their time.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("SettingsView", &[SETTINGS, OUTBOX_ENTRY], &[0, 1, 2, 4]))]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct SettingsArgs {
    #[command(subcommand)]
    pub what: Option<SettingsWhat>,
    #[command(flatten)]
    pub json: Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SettingsWhat {
    Set(SetArgs),
}

/// Change the settings.
///
/// Prints a SettingsAnswer. Only keys that differ are sent, both thresholds together. A change that waits is
/// replaced (`replaces`), and what it changes is part of the new one, save the keys that the file has; the same --op-id
/// again answers with the first result. Where something is wrong nothing is saved; with
/// --dry-run, `issues` says what.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("SettingsAnswer", &[SETTINGS_ANSWER, CHANGES, QUEUE_ROW, OUTBOX_ENTRY], &[0, 1, 2, 3, 4, 5]))]
pub(crate) struct SetArgs {
    /// A JSON object in the documented form: the whole configuration, or only the keys to change.
    pub file: PathBuf,
    /// Only look: nothing is saved.
    #[arg(long)]
    pub dry_run: bool,
    /// Save, and leave the sending to `sync`.
    #[arg(long, conflicts_with = "dry_run")]
    pub queue_only: bool,
    /// Id of the operation, a UUID; made here if not given.
    #[arg(long, value_name = "UUID")]
    pub op_id: Option<String>,
    /// Wait so long before it is sent, so that it can be taken back meanwhile.
    #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = seconds)]
    pub cancel_window: f64,
    #[command(flatten)]
    pub json: Json,
}

impl SettingsArgs {
    /// Whether errors are to be JSON as well.
    pub fn wants_json(&self) -> bool {
        let SettingsArgs { what, json } = self;
        json.json || matches!(what, Some(SettingsWhat::Set(args)) if args.json.json)
    }
}

pub(crate) async fn run(place: Place, args: SettingsArgs) -> Result<Outcome, Failure> {
    match args.what {
        Some(SettingsWhat::Set(set)) => change(place, set).await,
        None => {
            let app = setup::open(place, Duration::ZERO).await?.app;
            let view = app.settings().await?;
            print::out(args.json, &view, |out| show(out, &view))?;
            Ok(Outcome::Done)
        }
    }
}

async fn change(place: Place, args: SetArgs) -> Result<Outcome, Failure> {
    let wanted = fs::read_to_string(&args.file).map_err(|error| {
        AppError::new(ErrorCode::Invalid, format!("The file cannot be read: {error}.")).at("file")
    })?;
    let window = Duration::from_secs_f64(args.cancel_window);
    let app = setup::open(place, window).await?.app;
    let based_on = app.settings().await?.based_on;
    let op_id = args.op_id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
    let request = SettingsRequest { op_id: op_id.clone(), based_on, wanted, dry_run: args.dry_run };
    let mut answer = app.change_settings(request).await?;
    if let (Some(first), false) = (answer.issues.first(), args.dry_run) {
        let all: Vec<&str> = answer.issues.iter().map(|issue| issue.message.as_str()).collect();
        return Err(AppError::new(ErrorCode::Invalid, all.join(" ")).at(first.field.as_str()).into());
    }
    if answer.entry.is_some() && !args.queue_only {
        tokio::time::sleep(window).await;
        sent(&app, &op_id, args.json, &mut answer).await;
    }
    if let Err(error) = print::out(args.json, &answer, |out| said(out, &answer)) {
        saved_but(args.json, &op_id, error);
    }
    let outcome = answer.entry.as_ref().map_or(Outcome::Done, Outcome::of);
    Ok(if args.queue_only && outcome == Outcome::Waiting { Outcome::Done } else { outcome })
}

/// Sends it, and reads back what became of it. Trouble changes nothing about what is saved.
async fn sent(app: &App, op_id: &str, json: Json, answer: &mut SettingsAnswer) {
    match send(app).await {
        Ok(changes) => answer.screen = changes.or(answer.screen.take()),
        Err(error) => saved_but(json, op_id, error),
    }
    match app.outbox_entry(op_id).await {
        Ok(entry) => answer.entry = Some(entry),
        Err(error) => saved_but(json, op_id, error),
    }
}

fn show(out: &mut dyn Write, view: &SettingsView) -> io::Result<()> {
    match (&view.current, &view.read_at) {
        (Some(current), Some(read_at)) => writeln!(out, "{current}\nRead at {read_at}.")?,
        _ => writeln!(out, "The settings were never read.")?,
    }
    view.pending.iter().try_for_each(|entry| line(out, entry))
}

fn said(out: &mut dyn Write, answer: &SettingsAnswer) -> io::Result<()> {
    for issue in &answer.issues {
        writeln!(out, "{}", issue.message)?;
    }
    for change in &answer.changes {
        writeln!(out, "{}: {} → {}", change.key, change.before, change.after)?;
    }
    if let Some(note) = &answer.note {
        writeln!(out, "{note}")?;
    }
    if let Some(earlier) = &answer.replaces {
        writeln!(out, "In place of a change that was not settled: {} ({})", earlier.title, earlier.op_id)?;
    }
    match &answer.entry {
        Some(entry) => line(out, entry),
        None if answer.issues.is_empty() && answer.changes.is_empty() => {
            writeln!(out, "Nothing differs: nothing was saved.")
        }
        None => writeln!(out, "Nothing was saved."),
    }
}
