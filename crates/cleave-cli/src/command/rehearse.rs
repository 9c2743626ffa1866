//! `outbox rehearse`: what sending would find, without sending.

use clap::Args;
use cleave_app::App;
use cleave_app::ipc::{OutboxEntry, OutboxHold, OutboxState, REHEARSED_AT_ONCE, Rehearsed, RehearsedView};

use crate::args::Json;
use crate::exit::{Failure, Outcome};
use crate::print;
use crate::shape::{self, REHEARSED};

/// Which decisions to rehearse.
///
/// Prints a list of RehearsedView. Nothing is sent, and no decision changes.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("[RehearsedView]", &[REHEARSED], &[0, 1, 2, 3, 4, 5]))]
pub(crate) struct RehearseArgs {
    /// Operation ids; everything that waits to be sent if none is named.
    pub op_ids: Vec<String>,
    #[command(flatten)]
    pub json: Json,
}

pub(crate) async fn run(app: &App, args: RehearseArgs) -> Result<Outcome, Failure> {
    let op_ids = match args.op_ids.is_empty() {
        true => waiting(&app.outbox().await?),
        false => args.op_ids,
    };
    let mut answers = Vec::new();
    for some in op_ids.chunks(REHEARSED_AT_ONCE) {
        answers.extend(app.rehearse(some).await?);
    }
    print::out(args.json, &answers, |out| {
        if answers.is_empty() {
            writeln!(out, "Nothing waits to be sent.")?;
        }
        answers.iter().try_for_each(|answer| writeln!(out, "{}  {}", answer.op_id, answer.words))
    })?;
    Ok(outcome(&answers))
}

/// What waits to be sent, oldest first.
fn waiting(entries: &[OutboxEntry]) -> Vec<String> {
    let waits =
        |entry: &&OutboxEntry| entry.state == OutboxState::Queued && entry.hold != OutboxHold::ReviewNeeded;
    entries.iter().rev().filter(waits).map(|entry| entry.op_id.clone()).collect()
}

/// Something that changed needs a person; what could not be asked is not known yet.
fn outcome(answers: &[RehearsedView]) -> Outcome {
    let any = |verdicts: &[Rehearsed]| answers.iter().any(|answer| verdicts.contains(&answer.verdict));
    if any(&[Rehearsed::Changed, Rehearsed::Gone]) {
        Outcome::NeedsPerson
    } else if any(&[Rehearsed::Unknown]) {
        Outcome::Waiting
    } else {
        Outcome::Done
    }
}
