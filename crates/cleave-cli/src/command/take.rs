//! `take`: store everything that the first reviews of a list show, so that they can be decided without the server.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::Args;
use cleave_app::ipc::{TakeRequest, TakingView};

use super::queue::{Filter, Sort};
use crate::args::{Json, Place};
use crate::exit::{Failure, Outcome};
use crate::shape::{self, TAKING};
use crate::{print, setup};

/// Shortest time between two lines of progress.
const TELL: Duration = Duration::from_millis(200);

/// Take the first reviews of the list along: everything they show is stored here.
///
/// Prints a TakingView; progress goes to stderr. What is here already and was read within the last hour is not read
/// again, so a taking that was interrupted goes on where it was.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("TakingView", &[TAKING], &[0, 1, 2, 4, 5]))]
pub(crate) struct TakeArgs {
    /// How many reviews.
    #[arg(value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..=5000))]
    pub count: u32,
    /// Which reviews.
    #[arg(long, value_enum, default_value = "open")]
    pub filter: Filter,
    /// In which order.
    #[arg(long, value_enum, default_value = "score-down")]
    pub sort: Sort,
    /// Words that must occur in a name, e-mail address or phone number of either contact.
    #[arg(long, default_value = "")]
    pub search: String,
    /// Take the messages of their conversations too.
    #[arg(long)]
    pub messages: bool,
    #[command(flatten)]
    pub json: Json,
}

pub(crate) async fn run(place: Place, args: TakeArgs) -> Result<Outcome, Failure> {
    let app = setup::open(place, Duration::ZERO).await?.app;
    let request = TakeRequest {
        count: args.count,
        filter: args.filter.into(),
        sort: args.sort.into(),
        search: args.search,
        messages: args.messages,
    };
    let told = Mutex::new(Instant::now());
    let taken = app
        .take(request, |view| {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if told.elapsed() >= TELL {
                *told = Instant::now();
                // Nobody is there to be told that stderr is closed.
                drop(writeln!(io::stderr().lock(), "{} of {}, {}", view.done, view.total, size(view.bytes)));
            }
        })
        .await?;
    print::out(args.json, &taken, |out| {
        writeln!(
            out,
            "{} of {} reviews are here; {} were stored.",
            taken.done,
            taken.total,
            size(taken.bytes)
        )?;
        taken.ended.as_ref().map_or(Ok(()), |ended| writeln!(out, "{ended}"))
    })?;
    Ok(outcome(&taken))
}

/// Whether all of them are here.
fn outcome(taken: &TakingView) -> Outcome {
    if taken.done == taken.total { Outcome::Done } else { Outcome::Waiting }
}

fn size(bytes: f64) -> String {
    match bytes {
        bytes if bytes < 1_000.0 => format!("{bytes:.0} B"),
        bytes if bytes < 1_000_000.0 => format!("{:.0} kB", bytes / 1_000.0),
        bytes => format!("{:.1} MB", bytes / 1_000_000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short_and_what_is_missing_shows_in_the_exit_code() {
        let shown = [0.0, 999.0, 1_500.0, 12_345_678.0].map(size);
        assert_eq!(shown, ["0 B", "999 B", "2 kB", "12.3 MB"]);
        let mut taken = TakingView { done: 4, total: 5, ..TakingView::default() };
        assert_eq!(outcome(&taken), Outcome::Waiting);
        taken.done = 5;
        assert_eq!(outcome(&taken), Outcome::Done);
    }
}
