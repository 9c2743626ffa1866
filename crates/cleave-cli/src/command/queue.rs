//! `queue`: a page of reviews, from the cache.

use clap::{Args, ValueEnum};
use cleave_app::ipc::{LocalState, QueueFilter, QueueRequest, QueueRow, QueueSort, ReviewKindView};

use crate::args::{Json, Place};
use crate::exit::{Failure, Outcome};
use crate::shape::{self, QUEUE_PAGE, QUEUE_ROW};
use crate::{print, setup};

/// List reviews that wait for a decision, from the cache.
///
/// Prints a QueuePage.
#[derive(Debug, Args)]
#[command(after_long_help = shape::help("QueuePage", &[QUEUE_PAGE, QUEUE_ROW], &[0, 1, 2, 4]))]
pub(crate) struct QueueArgs {
    /// Words that must occur in a name, e-mail address or phone number of either contact.
    #[arg(long, default_value = "")]
    pub search: String,
    /// Which reviews.
    #[arg(long, value_enum, default_value = "open")]
    pub filter: Filter,
    /// In which order.
    #[arg(long, value_enum, default_value = "score-down")]
    pub sort: Sort,
    /// Most rows to print.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub limit: u32,
    /// Rows to skip.
    #[arg(long, default_value_t = 0)]
    pub offset: u32,
    #[command(flatten)]
    pub json: Json,
}

/// Which reviews.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Filter {
    /// Everything that waits for a decision.
    Open,
    /// Phone conflicts that wait for a decision.
    PhoneConflicts,
    /// Fuzzy matches that wait for a decision.
    FuzzyMatches,
    /// Decided here and not settled.
    Decided,
}

impl From<Filter> for QueueFilter {
    fn from(filter: Filter) -> Self {
        match filter {
            Filter::Open => QueueFilter::Open,
            Filter::PhoneConflicts => QueueFilter::PhoneConflicts,
            Filter::FuzzyMatches => QueueFilter::FuzzyMatches,
            Filter::Decided => QueueFilter::Decided,
        }
    }
}

/// In which order.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Sort {
    /// Most alike first.
    ScoreDown,
    /// Least alike first.
    ScoreUp,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
}

impl From<Sort> for QueueSort {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::ScoreDown => QueueSort::ScoreDown,
            Sort::ScoreUp => QueueSort::ScoreUp,
            Sort::Newest => QueueSort::Newest,
            Sort::Oldest => QueueSort::Oldest,
        }
    }
}

pub(crate) async fn run(place: Place, args: QueueArgs) -> Result<Outcome, Failure> {
    let app = setup::read(place).await?.app;
    let request = QueueRequest {
        filter: args.filter.into(),
        sort: args.sort.into(),
        search: args.search,
        offset: args.offset,
        limit: args.limit,
    };
    let page = app.queue(request).await?;
    print::out(args.json, &page, |out| {
        print::table(
            out,
            &["REVIEW", "SCORE", "KIND", "SOURCE", "CANDIDATE", "DIFFERING", "HERE"],
            &rows(&page.rows),
        )?;
        writeln!(out, "{} of {} from {}", page.rows.len(), page.total, args.offset)
    })?;
    Ok(Outcome::Done)
}

fn rows(rows: &[QueueRow]) -> Vec<Vec<String>> {
    rows.iter()
        .map(|row| {
            vec![
                row.review_id.clone(),
                row.score.map_or_else(|| "–".to_owned(), |score| format!("{score:.0}")),
                kind(row.kind).to_owned(),
                row.source_name.clone(),
                row.candidate_name.clone(),
                row.differing.join(" "),
                here(row.local).to_owned(),
            ]
        })
        .collect()
}

fn kind(kind: ReviewKindView) -> &'static str {
    match kind {
        ReviewKindView::FuzzyMatch => "fuzzy match",
        ReviewKindView::PhoneConflict => "phone conflict",
        ReviewKindView::Other => "other",
    }
}

fn here(local: LocalState) -> &'static str {
    match local {
        LocalState::Open => "",
        LocalState::Queued => "decided",
        LocalState::Done => "done",
        LocalState::NeedsYou => "needs you",
    }
}
