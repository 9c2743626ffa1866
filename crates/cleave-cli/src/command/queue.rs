//! `queue`: a page of reviews, from the cache.

use std::time::Duration;

use cleave_app::ipc::{LocalState, QueueRequest, QueueRow, ReviewKindView};

use crate::args::{Place, QueueArgs};
use crate::exit::{Failure, Outcome};
use crate::{print, setup};

pub(crate) async fn run(place: Place, args: QueueArgs) -> Result<Outcome, Failure> {
    let app = setup::open(place, Duration::ZERO).await?.app;
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
