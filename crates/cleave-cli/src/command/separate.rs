//! `separation-data` and `separate`: what a separation is decided on, and a separation by a plan from a file.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::Duration;

use clap::Args;
use cleave_app::LARGEST_PLAN;
use cleave_app::ipc::{
    AppError, ChildKind, ChildPlace, ErrorCode, PlannedSeparation, SeparateAnswer, SeparationProblem,
    SeparationRecords, SplitLine,
};

use super::decide::{line, saved_but, send};
use crate::args::{Json, Place, seconds};
use crate::exit::{Failure, Outcome};
use crate::shape::{self, CHANGES, OUTBOX_ENTRY, QUEUE_ROW, RECORDS, SEPARATED, SEPARATION};
use crate::{print, setup};

/// Show everything that the separation of a contact is decided on.
///
/// Prints SeparationRecords: the contract's separation data, and what is read beside it. The server is asked first;
/// without it the cache answers, and readAt says how old that is.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("SeparationRecords", &[RECORDS], &[0, 1, 2, 4]))]
pub(crate) struct DataArgs {
    /// Id of the contact.
    pub id: String,
    #[command(flatten)]
    pub json: Json,
}

/// Separate a contact into two by a plan: saved here first, then sent.
///
/// The plan is the documented request body (SeparateContactRequest). Prints SeparatedByPlan. A record that the plan does
/// not list is undecided, and then nothing is saved. The decision is on the disk before anything is sent, and is never
/// sent twice without a person. Trouble after that is told on stderr, beside the answer with its opId.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help(
    "SeparatedByPlan",
    &[SEPARATED, SEPARATION, OUTBOX_ENTRY, CHANGES, QUEUE_ROW],
    &[0, 1, 2, 3, 4, 5],
))]
pub(crate) struct SeparateArgs {
    /// Id of the contact.
    pub id: String,
    /// File with the plan.
    #[arg(long, value_name = "FILE")]
    pub plan: std::path::PathBuf,
    /// Only show what it would do, with everything that is wrong with it.
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

pub(crate) async fn data(place: Place, args: DataArgs) -> Result<Outcome, Failure> {
    let app = setup::open(place, Duration::ZERO).await?.app;
    let records = app.separation_data(&args.id).await?;
    print::out(args.json, &records, |out| tell(out, &records))?;
    Ok(Outcome::Done)
}

pub(crate) async fn run(place: Place, args: SeparateArgs) -> Result<Outcome, Failure> {
    let plan = read(&args.plan).map_err(|error| {
        let message = format!("The plan cannot be read: {}.", error.kind());
        AppError::new(ErrorCode::Invalid, message).at("plan")
    })?;
    let window = Duration::from_secs_f64(args.cancel_window);
    let app = setup::open(place, window).await?.app;
    let op_id = args.op_id.unwrap_or_else(|| uuid::Uuid::now_v7().to_string());
    let mut done = app.separate_by_plan(&args.id, &plan, &op_id, args.dry_run).await?;
    let blocked = done.planned.as_ref().and_then(|planned| planned.state.blocked.clone());
    if let Some(blocked) = blocked {
        print::out(args.json, &done, |out| show(out, done.planned.as_ref(), None))?;
        return Err(AppError::new(ErrorCode::Invalid, format!("The plan cannot be carried out: {blocked}"))
            .at("plan")
            .into());
    }
    if args.dry_run {
        print::out(args.json, &done, |out| show(out, done.planned.as_ref(), None))?;
        return Ok(Outcome::Done);
    }
    if let Some(answer) = &mut done.answer {
        if answer.changes.is_none() {
            let unread = AppError::new(ErrorCode::Storage, "What it changed could not be read back.");
            saved_but(args.json, &op_id, unread);
        }
        if !args.queue_only {
            // Not `until_idle`: other decisions may have longer to wait.
            tokio::time::sleep(window).await;
            match send(&app).await {
                Ok(changes) => answer.changes = changes.or(answer.changes.take()),
                Err(error) => saved_but(args.json, &op_id, error),
            }
            match app.outbox_entry(&op_id).await {
                Ok(entry) => answer.entry = Some(entry),
                Err(error) => saved_but(args.json, &op_id, error),
            }
        }
    }
    if let Err(error) =
        print::out(args.json, &done, |out| show(out, done.planned.as_ref(), done.answer.as_ref()))
    {
        saved_but(args.json, &op_id, error);
    }
    let entry = done.answer.as_ref().and_then(|answer| answer.entry.as_ref());
    let outcome = entry.map_or(Outcome::Waiting, Outcome::of);
    Ok(if args.queue_only && outcome == Outcome::Waiting { Outcome::Done } else { outcome })
}

/// Reads a plan, of one that is too large no more than tells so.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let most = u64::try_from(LARGEST_PLAN).unwrap_or(u64::MAX).saturating_add(1);
    let mut plan = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut plan)?;
    Ok(plan)
}

fn tell(out: &mut dyn Write, records: &SeparationRecords) -> io::Result<()> {
    let text = |key: &str| records.data["contact"][key].as_str().unwrap_or_default().to_owned();
    writeln!(out, "{} {}", text("firstName"), text("lastName"))?;
    for key in ["conversations", "applications", "contactNotes", "reminders", "trainingSnapshots"] {
        match records.data[key].as_array() {
            Some(list) => writeln!(out, "  {key}: {}", list.len())?,
            None => writeln!(out, "  {key}: unknown")?,
        }
    }
    match &records.documents {
        Some(list) => writeln!(out, "  documents: {}", list.len())?,
        None => writeln!(out, "  documents: unknown")?,
    }
    let messages: u64 = records.messages.values().map(|count| u64::from(*count)).sum();
    writeln!(out, "  messages: {messages}, in {} conversations", records.messages.len())?;
    if !records.unread.is_empty() {
        writeln!(out, "The messages of {} conversations are not here.", records.unread.len())?;
    }
    if !records.incomplete.is_empty() {
        writeln!(out, "Records may be missing among: {}", records.incomplete.join(", "))?;
    }
    writeln!(out, "Read {}", records.read_at.as_deref().unwrap_or("never"))
}

fn show(
    out: &mut dyn Write,
    planned: Option<&PlannedSeparation>,
    answer: Option<&SeparateAnswer>,
) -> io::Result<()> {
    if let Some(planned) = planned {
        preview(out, planned)?;
    }
    match answer {
        Some(SeparateAnswer { entry: Some(entry), .. }) => line(out, entry),
        Some(_) => Ok(()),
        None => writeln!(out, "Only looked: nothing was saved."),
    }
}

fn preview(out: &mut dyn Write, planned: &PlannedSeparation) -> io::Result<()> {
    let (sheet, state) = (&planned.sheet, &planned.state);
    writeln!(out, "{}\n", sheet.title)?;
    let rows: Vec<Vec<String>> = state.lines.iter().map(row).collect();
    print::table(out, &["FIELD", "ORIGINAL", "NEW"], &rows)?;
    writeln!(out)?;
    for sentence in &sheet.happens {
        writeln!(out, "{sentence}")?;
    }
    let at_lines =
        state.lines.iter().flat_map(|line| line.original.problems.iter().chain(&line.new.problems));
    let problems: Vec<&SeparationProblem> = at_lines.chain(&state.problems).collect();
    // What is told at its place below is not told twice.
    let told = |sentence: &&String| !problems.iter().any(|problem| problem.message == **sentence);
    for sentence in sheet.irrevocable.iter().chain(sheet.warnings.iter().filter(told)) {
        writeln!(out, "Note: {sentence}")?;
    }
    for problem in problems {
        wrong(out, problem)?;
    }
    for place in state.places.iter().filter(|place| place.place == ChildPlace::Undecided) {
        writeln!(out, "Undecided: {} ({})", place.id, word(place.kind))?;
    }
    writeln!(out)
}

fn row(line: &SplitLine) -> Vec<String> {
    let side = |value: &cleave_app::ipc::SplitValue| {
        if value.server_decides { "(the server's default)".to_owned() } else { value.shown.clone() }
    };
    vec![line.label.clone(), side(&line.original), side(&line.new)]
}

fn wrong(out: &mut dyn Write, problem: &SeparationProblem) -> io::Result<()> {
    let mark = if problem.blocking { "Cannot be carried out" } else { "Note" };
    let side = problem.side.map(|side| match side {
        cleave_app::ipc::SeparationSide::Original => ".original",
        cleave_app::ipc::SeparationSide::New => ".new",
    });
    let path = problem.path.as_ref().map(|path| format!(" ({path}{})", side.unwrap_or_default()));
    let child = problem.child.as_ref().map(|child| format!(" ({} {})", word(child.kind), child.id));
    let place = path.or(child).unwrap_or_default();
    writeln!(out, "{mark}{place}: {}", problem.message)
}

fn word(kind: ChildKind) -> &'static str {
    match kind {
        ChildKind::Conversation => "conversation",
        ChildKind::Application => "application",
        ChildKind::Note => "note",
        ChildKind::Reminder => "reminder",
        ChildKind::TrainingSnapshot => "training snapshot",
        ChildKind::Document => "document",
    }
}
