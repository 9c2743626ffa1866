//! `history`: what was decided and settled.

use clap::{Args, ValueEnum};
use cleave_app::ipc::HistoryRequest;

use super::decide::line;
use crate::args::{Json, Place};
use crate::exit::{Failure, Outcome};
use crate::shape::{self, HISTORY_PAGE, OUTBOX_ENTRY};
use crate::{print, setup};

/// List decisions that are settled, newest first.
///
/// Prints a HistoryPage.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("HistoryPage", &[HISTORY_PAGE, OUTBOX_ENTRY], &[0, 1, 2, 4]))]
pub(crate) struct HistoryArgs {
    /// Words that must occur in the names.
    #[arg(long, default_value = "")]
    pub search: String,
    /// Only one kind of decision.
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Only those in which the server did something else than predicted.
    #[arg(long)]
    pub different: bool,
    /// `next` of the page before.
    #[arg(long, value_name = "NEXT")]
    pub after: Option<String>,
    /// Most entries to print.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub limit: u32,
    #[command(flatten)]
    pub json: Json,
}

/// Which decisions.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    /// Merges.
    Merge,
    /// Pairs that were kept separate.
    KeepSeparate,
    /// Separations.
    Separate,
}

pub(crate) async fn run(place: Place, args: HistoryArgs) -> Result<Outcome, Failure> {
    let app = setup::read(place).await?.app;
    let kind = args.kind.map(|kind| match kind {
        Kind::Merge => "merge".to_owned(),
        Kind::KeepSeparate => "keep-separate".to_owned(),
        Kind::Separate => "separate".to_owned(),
    });
    let request = HistoryRequest {
        text: args.search,
        kind,
        different: args.different,
        after: args.after,
        limit: args.limit,
    };
    let page = app.history(request).await?;
    print::out(args.json, &page, |out| {
        if page.entries.is_empty() {
            writeln!(out, "Nothing of that kind is settled.")?;
        }
        page.entries.iter().try_for_each(|entry| line(out, entry))?;
        match &page.next {
            Some(next) => writeln!(out, "More with --after {next}"),
            None => Ok(()),
        }
    })?;
    Ok(Outcome::Done)
}
