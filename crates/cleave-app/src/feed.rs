//! The one stream of changes: what is told, in which order, to whom.
//!
//! Everything told is read after its commit, under one lock with the counting, so that a message with a higher
//! revision never holds older data. There is one listener, the window: a later `open` takes over from the earlier
//! one, whose page is gone.

use cleave_store::{Course, EntryHead, Local, sync_state};
use tokio::sync::{Mutex, MutexGuard};

use crate::Inner;
use crate::active::Active;
use crate::ipc::{AppError, Changes, Connection, Counts, OutboxEntry, PendingWork, QueueRow, StatusView};
use crate::view;
use crate::view::entry::Moment;

type Sink = Box<dyn Fn(Changes) + Send>;

/// The stream.
#[derive(Default)]
pub(crate) struct Feed {
    state: Mutex<FeedState>,
}

/// The stream, held still.
#[derive(Default)]
pub(crate) struct FeedState {
    /// Revision of the last message.
    pub revision: u32,
    /// Who listens.
    pub sink: Option<Sink>,
    /// Whether the session was over when something was last told.
    pub signed_out: bool,
    /// Counts and status as they were last told.
    pub frame: Option<Frame>,
}

impl Feed {
    /// Holds the stream still: nothing is told until the answer is dropped.
    pub async fn hold(&self) -> MutexGuard<'_, FeedState> {
        self.state.lock().await
    }
}

/// What a commit touched.
#[derive(Default)]
pub(crate) struct Touched {
    /// Ids of reviews whose row may be different.
    pub reviews: Vec<String>,
    /// Ids of reviews that have just been decided here: they leave the list of open ones.
    pub decided: Vec<String>,
    /// Ids of operations.
    pub entries: Vec<String>,
    /// Ids of contacts whose records were read anew.
    pub contacts: Vec<String>,
    /// The window was asked to close over this work.
    pub closing: Option<PendingWork>,
    /// Whether accounts changed. That a session is over, or goes on, is noticed by itself.
    pub reopen: bool,
}

/// What the frame of the window shows besides the rows.
#[derive(Clone)]
pub(crate) struct Frame {
    pub counts: Counts,
    pub status: StatusView,
}

impl Inner {
    /// Reads what was touched, and tells it.
    pub async fn tell(&self, touched: Touched) -> Result<Changes, AppError> {
        let mut feed = self.feed.hold().await;
        let active = self.in_use();
        let frame = frame(active.as_deref()).await?;
        let (upserts, mut removals, outbox) = match active.as_deref() {
            Some(active) => read(active, touched.reviews, touched.entries).await?,
            None => Default::default(),
        };
        removals.extend(touched.decided);
        let signed_out = frame.status.connection == Connection::SignedOut;
        let reopen = touched.reopen || signed_out != feed.signed_out;
        feed.signed_out = signed_out;
        feed.frame = Some(frame.clone());
        feed.revision += 1;
        let changes = Changes {
            revision: feed.revision,
            upserts,
            removals,
            outbox,
            contacts: touched.contacts,
            counts: frame.counts,
            status: frame.status,
            closing: touched.closing,
            reopen,
        };
        if let Some(sink) = &feed.sink {
            sink(changes.clone());
        }
        Ok(changes)
    }

    /// Asks whether the window may close over the work; answers whether anybody hears it. Where nothing can be read any
    /// more, the question comes with what was told last.
    pub async fn ask(&self, work: PendingWork) -> bool {
        let question = Touched { closing: Some(work.clone()), ..Touched::default() };
        if let Err(error) = self.tell(question).await {
            tracing::error!(code = ?error.code, "the files cannot be read while the window is to close");
            let mut feed = self.feed.hold().await;
            let Some(Frame { counts, status }) = feed.frame.clone() else { return false };
            feed.revision += 1;
            let Some(sink) = &feed.sink else { return false };
            sink(Changes {
                revision: feed.revision,
                upserts: Vec::new(),
                removals: Vec::new(),
                outbox: Vec::new(),
                contacts: Vec::new(),
                counts,
                status,
                closing: Some(work),
                reopen: false,
            });
        }
        true
    }

    /// As [`Inner::tell`], where nobody waits for the answer.
    pub async fn announce(&self, touched: Touched) {
        if let Err(error) = self.tell(touched).await {
            tracing::error!(%error, "a change could not be read back and was not told");
        }
    }
}

/// Counts and status, as they are now.
pub(crate) async fn frame(active: Option<&Active>) -> Result<Frame, AppError> {
    let Some(active) = active else {
        return Ok(Frame { counts: Counts::default(), status: status_of(None, None, None) });
    };
    let (queue, outbox, next_send_at, synced_at) = active
        .disk(|store| {
            let synced_at = store.sync_state(sync_state::SYNCED_AT)?;
            Ok((store.queue_counts()?, store.outbox_counts()?, store.next_send_at()?, synced_at))
        })
        .await?;
    Ok(Frame {
        counts: Counts {
            queue: queue.open,
            phone_conflicts: queue.phone_conflicts,
            outbox: outbox.unsettled,
            needs_person: outbox.needs_person,
        },
        status: status_of(Some(active), synced_at, next_send_at.map(|time| time.to_string())),
    })
}

fn status_of(active: Option<&Active>, synced_at: Option<String>, next_send_at: Option<String>) -> StatusView {
    let status = active.map(Active::status);
    StatusView {
        connection: status.as_ref().map_or(Connection::SignedOut, |status| status.connection),
        syncing: status.as_ref().is_some_and(|status| status.syncing),
        loaded: status.as_ref().map_or(0, |status| status.loaded),
        total: status.as_ref().and_then(|status| status.total),
        synced_at,
        next_send_at,
        trouble: status.and_then(|status| status.trouble),
        taking: active.and_then(|active| active.along.view()),
    }
}

/// The touched rows and entries as they are now. A review that no list of the queue shows has left it: the server
/// resolved it, or what was decided here is done.
async fn read(
    active: &Active,
    reviews: Vec<String>,
    ops: Vec<String>,
) -> Result<(Vec<QueueRow>, Vec<String>, Vec<OutboxEntry>), AppError> {
    let (rows, removals, entries) = active
        .disk(move |store| {
            let mut rows = store.queue_rows(&reviews)?;
            rows.retain(|row| match row.local {
                Local::Open => row.open,
                Local::Queued | Local::NeedsYou => true,
                Local::Done => false,
            });
            let removals: Vec<String> =
                reviews.into_iter().filter(|id| !rows.iter().any(|row| row.review_id == *id)).collect();
            let heads = ops.iter().map(|op| store.entry_head(op)).collect::<Result<Vec<_>, _>>()?;
            let courses = store.courses(&heads)?;
            Ok((rows, removals, heads.into_iter().zip(courses).collect::<Vec<_>>()))
        })
        .await?;
    let entries = entries.iter().map(|(head, course)| shown(active, head, course)).collect();
    Ok((rows.into_iter().map(view::row::row).collect(), removals, entries))
}

/// An entry with its course, for the window.
pub(crate) fn shown(active: &Active, stored: &EntryHead, course: &Course) -> OutboxEntry {
    let moment = Moment {
        now: active.clock.now(),
        connection: active.status().connection,
        goes_on_at: active.net.as_ref().and_then(|net| net.sender.goes_on_at(stored)),
    };
    view::entry::entry(stored, course, moment)
}
