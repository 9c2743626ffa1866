//! A page of the queue.

use cleave_store::{QueueFilter as StoredFilter, QueueQuery, QueueSort as StoredSort};

use crate::App;
use crate::ipc::{AppError, ErrorCode, QueueFilter, QueuePage, QueueRequest, QueueSort};
use crate::view;

/// Most rows of a page.
const MOST_ROWS: u32 = 500;

impl App {
    /// A page of the queue from the cache, without asking the server.
    ///
    /// # Errors
    /// `NoAccount`; `Invalid` where the limit is not 1 to 500; `Storage`.
    pub async fn queue(&self, request: QueueRequest) -> Result<QueuePage, AppError> {
        let active = self.inner.active()?;
        if !(1..=MOST_ROWS).contains(&request.limit) {
            let message = format!("A page has 1 to {MOST_ROWS} rows.");
            return Err(AppError::new(ErrorCode::Invalid, message).at("limit"));
        }
        let query = QueueQuery {
            filter: filter(request.filter),
            sort: sort(request.sort),
            search: request.search,
            offset: request.offset,
            limit: request.limit,
        };
        // Taken before the page is read: a change in between is told once more, never missed.
        let revision = self.inner.feed.hold().await.revision;
        let page = active.disk(move |store| store.queue_page(&query)).await?;
        Ok(QueuePage {
            rows: page.rows.into_iter().map(view::row::row).collect(),
            total: page.total,
            revision,
        })
    }
}

pub(crate) fn filter(filter: QueueFilter) -> StoredFilter {
    match filter {
        QueueFilter::Open => StoredFilter::Open,
        QueueFilter::PhoneConflicts => StoredFilter::PhoneConflicts,
        QueueFilter::FuzzyMatches => StoredFilter::FuzzyMatches,
        QueueFilter::Decided => StoredFilter::Decided,
    }
}

pub(crate) fn sort(sort: QueueSort) -> StoredSort {
    match sort {
        QueueSort::ScoreDown => StoredSort::ScoreDown,
        QueueSort::ScoreUp => StoredSort::ScoreUp,
        QueueSort::Newest => StoredSort::Newest,
        QueueSort::Oldest => StoredSort::Oldest,
    }
}
