//! Taking reviews along: everything they show is stored here, so that they are decided without the server as with it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use cleave_store::{QueueQuery, QueueRow, Store, StoreError};
use cleave_sync::{Reach, ReadClass, ReadFailure, ReviewToTake, SyncError, TakeOrder, Taken};
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use crate::active::{Active, Net};
use crate::feed::Touched;
use crate::ipc::{AppError, ErrorCode, TakeRequest, TakeSize, TakingView};
use crate::queue::{filter, sort};
use crate::{App, Inner};

/// Most reviews of one taking.
const MOST: u32 = 5_000;

/// What was read so long ago is not read again, unless it is known to have changed.
const FRESH: Duration = Duration::from_secs(60 * 60);

/// Shortest time between two messages about how far it is.
const TELL: Duration = Duration::from_millis(200);

/// What is taken along for an account, or was.
#[derive(Default)]
pub(crate) struct Along(Mutex<State>);

#[derive(Default)]
struct State {
    /// How many times it was begun: what an earlier run has still to say is not heard.
    run: u64,
    view: Option<TakingView>,
    task: Option<AbortHandle>,
}

impl Along {
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How far it is, or how it ended; `None` where it was never asked for.
    pub fn view(&self) -> Option<TakingView> {
        self.with(|state| state.view.clone())
    }

    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        self.with(|state| state.view.as_ref().is_some_and(|view| view.running))
    }

    /// Begins anew, in the place of what goes on. Answers the number of the run.
    fn begin(&self, total: usize) -> u64 {
        self.stop();
        self.with(|state| {
            state.run += 1;
            let total = u32::try_from(total).unwrap_or(u32::MAX);
            state.view = Some(TakingView { total, running: true, ..TakingView::default() });
            state.run
        })
    }

    /// Keeps the means to end a run; one that was stopped before is ended at once.
    fn is_done_by(&self, run: u64, task: AbortHandle) {
        self.with(|state| {
            if state.run == run && state.view.as_ref().is_some_and(|view| view.running) {
                state.task = Some(task);
            } else if state.run != run {
                task.abort();
            }
        });
    }

    fn note(&self, run: u64, view: TakingView) {
        self.with(|state| {
            if state.run == run {
                state.view = Some(view);
            }
        });
    }

    /// Ends what goes on; answers whether anything did.
    fn stop(&self) -> bool {
        self.with(|state| {
            state.run += 1;
            if let Some(task) = state.task.take() {
                task.abort();
            }
            let Some(view) = state.view.as_mut().filter(|view| view.running) else { return false };
            view.running = false;
            view.ended = Some("It was stopped. What is here stays.".to_owned());
            true
        })
    }
}

impl App {
    /// What taking reviews along would mean.
    ///
    /// # Errors
    /// `NoAccount`; `Invalid` where the count is not 1 to 5,000; `Storage`.
    pub async fn take_size(&self, request: TakeRequest) -> Result<TakeSize, AppError> {
        let active = self.inner.active()?;
        let query = query(&request)?;
        let messages = request.messages;
        active
            .disk(move |store| {
                let rows = store.queue_page(&query)?.rows;
                let (mut here, mut missing) = (0, HashSet::new());
                for row in &rows {
                    let away = not_here(store, row, messages)?;
                    here += u32::from(away.is_empty());
                    missing.extend(away);
                }
                let each = store.mean_contact_bytes(messages)?;
                let missing = u32::try_from(missing.len()).unwrap_or(u32::MAX);
                Ok(TakeSize {
                    reviews: u32::try_from(rows.len()).unwrap_or(u32::MAX),
                    here,
                    bytes: each.map(|each| (each * f64::from(missing)).round()),
                })
            })
            .await
    }

    /// Begins to take reviews along, in the place of a taking that goes on. Answers at once; the stream tells how far it
    /// is.
    ///
    /// # Errors
    /// `NoAccount`; `SignInRefused` where there is no session; `Invalid` where the count is not 1 to 5,000; `Storage`.
    pub async fn take_along(&self, request: TakeRequest) -> Result<(), AppError> {
        let active = self.inner.active()?;
        active.net()?;
        let order = order(&active, request).await?;
        let run = active.along.begin(order.reviews.len());
        let (app, taker) = (Arc::downgrade(&self.inner), Arc::clone(&active));
        let task = active.keep(async move {
            let Some(net) = &taker.net else { return };
            take(&app, &taker, net, &order, run, |_| {}).await;
        });
        active.along.is_done_by(run, task);
        self.inner.announce(Touched::default()).await;
        Ok(())
    }

    /// Ends it at once. What is here stays, and taking along again goes on from there.
    ///
    /// # Errors
    /// `NoAccount`.
    pub async fn stop_taking(&self) -> Result<(), AppError> {
        if self.inner.active()?.along.stop() {
            self.inner.announce(Touched::default()).await;
        }
        Ok(())
    }

    /// Takes reviews along and answers when that has ended, for a command. `on` is told how far it is.
    ///
    /// # Errors
    /// As [`App::take_along`]. That it ended early is in the answer.
    pub async fn take(
        &self,
        request: TakeRequest,
        on: impl Fn(&TakingView) + Send + Sync,
    ) -> Result<TakingView, AppError> {
        let active = self.inner.active()?;
        let net = active.net()?;
        let order = order(&active, request).await?;
        let run = active.along.begin(order.reviews.len());
        Ok(take(&Arc::downgrade(&self.inner), &active, net, &order, run, on).await)
    }
}

fn query(request: &TakeRequest) -> Result<QueueQuery, AppError> {
    if !(1..=MOST).contains(&request.count) {
        let message = format!("1 to {MOST} reviews can be taken along.");
        return Err(AppError::new(ErrorCode::Invalid, message).at("count"));
    }
    Ok(QueueQuery {
        filter: filter(request.filter),
        sort: sort(request.sort),
        search: request.search.clone(),
        offset: 0,
        limit: request.count,
    })
}

async fn order(active: &Active, request: TakeRequest) -> Result<TakeOrder, AppError> {
    let query = query(&request)?;
    let rows = active.disk(move |store| Ok(store.queue_page(&query)?.rows)).await?;
    let reviews = rows
        .into_iter()
        .map(|row| ReviewToTake { review_id: row.review_id, contact_ids: [row.source_id, row.candidate_id] });
    Ok(TakeOrder { reviews: reviews.collect(), messages: request.messages, fresh: FRESH })
}

/// The contacts of a review that are not here in full.
fn not_here(store: &Store, row: &QueueRow, messages: bool) -> Result<Vec<String>, StoreError> {
    let mut away = Vec::new();
    for id in [&row.source_id, &row.candidate_id] {
        let read = store.contact_read(id)?;
        if !read.is_some_and(|read| read.records && (read.messages || !messages)) {
            away.push(id.clone());
        }
    }
    Ok(away)
}

/// Takes along, and tells about it.
async fn take(
    app: &Weak<Inner>,
    active: &Active,
    net: &Net,
    order: &TakeOrder,
    run: u64,
    on: impl Fn(&TakingView) + Send + Sync,
) -> TakingView {
    let (tell, mut told) = mpsc::unbounded_channel::<String>();
    let taking = net.puller.take_along(order, move |taken, review_id| {
        let view = shown(taken, true, None);
        on(&view);
        active.along.note(run, view);
        tell.send(review_id.to_owned()).ok();
    });
    let telling = async {
        while let Some(first) = told.recv().await {
            tokio::time::sleep(TELL).await;
            let mut reviews = vec![first];
            while let Ok(next) = told.try_recv() {
                reviews.push(next);
            }
            announce(app, Touched { reviews, ..Touched::default() }).await;
        }
    };
    let ((taken, ended), ()) = tokio::join!(taking, telling);
    active.change(|status| match &ended {
        Some(error) => status.failed(error),
        None if taken.bytes > 0 => status.reached(Reach::Online),
        None => {}
    });
    let view = shown(&taken, false, words(&taken, ended.as_ref()));
    active.along.note(run, view.clone());
    announce(app, Touched::default()).await;
    view
}

async fn announce(app: &Weak<Inner>, touched: Touched) {
    if let Some(running) = app.upgrade() {
        running.announce(touched).await;
    }
}

#[allow(clippy::cast_precision_loss, reason = "a double counts bytes exactly up to nine petabytes")]
fn shown(taken: &Taken, running: bool, ended: Option<String>) -> TakingView {
    TakingView {
        done: taken.done,
        total: taken.total,
        failed: taken.failed,
        bytes: taken.bytes as f64,
        running,
        ended,
    }
}

/// Why it ended early, or what was left out.
fn words(taken: &Taken, ended: Option<&SyncError>) -> Option<String> {
    let why = |class: ReadClass| {
        let failure = ReadFailure { class, status: None, words: None, retry_after: None };
        failure.to_string().trim_end_matches('.').to_owned()
    };
    if let Some(error) = ended {
        let error = match error {
            SyncError::Read(failure) => why(failure.class),
            SyncError::Store(error) => error.to_string().trim_end_matches('.').to_owned(),
        };
        return Some(format!("{error}. What is here stays; take along again to go on from there."));
    }
    let reasons: Vec<String> =
        taken.reasons.iter().map(|(class, count)| format!("{} ({count})", why(*class))).collect();
    let reviews = match taken.failed {
        0 => return None,
        1 => "1 review is not here in full".to_owned(),
        many => format!("{many} reviews are not here in full"),
    };
    Some(format!("{reviews}. {}.", reasons.join(". ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_and_what_ended_it_are_said_in_words() {
        let mut taken = Taken { done: 5, total: 5, ..Taken::default() };
        assert_eq!(words(&taken, None), None);
        taken.failed = 3;
        taken.reasons = vec![(ReadClass::Forbidden, 2), (ReadClass::Broken, 1)];
        assert_eq!(
            words(&taken, None).unwrap(),
            "3 reviews are not here in full. The server does not allow this to your account (2). \
             The server did not answer properly (1)."
        );
        let failure = ReadFailure { class: ReadClass::Offline, status: None, words: None, retry_after: None };
        assert_eq!(
            words(&taken, Some(&failure.into())).unwrap(),
            "The server cannot be reached. What is here stays; take along again to go on from there."
        );
    }

    #[test]
    fn what_a_stopped_run_still_says_is_not_heard() {
        let along = Along::default();
        assert!(along.view().is_none() && !along.stop());
        let first = along.begin(3);
        assert!(along.is_running() && along.stop() && !along.stop());
        along.note(first, TakingView { running: true, ..TakingView::default() });
        let view = along.view().unwrap();
        assert_eq!(
            (view.running, view.ended.as_deref()),
            (false, Some("It was stopped. What is here stays."))
        );
        let second = along.begin(4);
        along.note(first, TakingView::default());
        assert_eq!(along.view().unwrap().total, 4);
        along.note(second, TakingView { done: 4, ..TakingView::default() });
        assert_eq!(along.view().unwrap().done, 4);
    }
}
