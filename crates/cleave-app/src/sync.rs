//! Loading and sending now: as a push for a window, and to its end for a command.

use std::time::Duration;

use cleave_core::outbox::{Hold, State};
use cleave_sync::{SenderEvent, Step};

use crate::active::{Active, Net};
use crate::feed::Touched;
use crate::ipc::{AppError, Changes, Connection};
use crate::{App, Inner};

/// Longest sleep at one time, so that a clock that was set is noticed; and the shortest, so that the time has come
/// for the sender too.
const NAP: Duration = Duration::from_secs(1);
const LEAST: Duration = Duration::from_millis(5);

/// What [`App::sync`] does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SyncOrder {
    /// Load the queue first.
    pub pull: bool,
    /// Go on until nothing waits for time to pass: cancel windows, pauses after failures, quarantines. Ends early
    /// where the server cannot be reached or the session is over.
    pub until_idle: bool,
    /// Longest time to leave decisions that can still be taken back; then they are sent. `None` leaves each its own.
    pub window: Option<Duration>,
}

impl App {
    /// Loads reviews and sends what waits, now. Answers at once; the stream tells what comes of it.
    ///
    /// # Errors
    /// `NoAccount`; `SignInRefused` where there is no session.
    pub async fn sync_now(&self) -> Result<(), AppError> {
        let active = self.inner.active()?;
        active.net()?;
        active.wake();
        Ok(())
    }

    /// Loads and sends, and answers when that is done: one message with everything that changed.
    ///
    /// For an application started without [`crate::AppConfig::background`]; with it, use [`App::sync_now`].
    ///
    /// # Errors
    /// `NoAccount`; `SignInRefused`, `Unreachable` and the like where loading failed; `Storage`.
    pub async fn sync(&self, order: SyncOrder) -> Result<Changes, AppError> {
        let app = &self.inner;
        let active = app.active()?;
        let net = active.net()?;
        let mut touched = Touched::default();
        if order.pull {
            let pulled = app.pull(&active, net).await?;
            touched.reviews.extend(pulled.changed.into_iter().chain(pulled.removed));
        }
        net.sender.wake();
        let send_anyway = order.window.map(|window| app.config.clock.monotonic().saturating_add(window));
        loop {
            match net.sender.step().await? {
                Step::Moved(moved) => {
                    touched.reviews.extend(moved.review_ids.iter().cloned());
                    touched.entries.extend(moved.op_ids.iter().cloned());
                    touched.contacts.extend(moved.contact_ids.iter().cloned());
                    app.sent(&active, SenderEvent::Moved(moved)).await;
                }
                Step::Idle { wait } => {
                    let left = send_anyway.map(|end| end.saturating_sub(app.config.clock.monotonic()));
                    if left == Some(Duration::ZERO) && app.end_windows(&active, net).await? {
                        continue;
                    }
                    let reachable =
                        matches!(active.status().connection, Connection::Online | Connection::Connecting);
                    let left = left.filter(|left| !left.is_zero() && wait.is_some());
                    match wait.into_iter().chain(left).min().filter(|_| order.until_idle && reachable) {
                        Some(wait) => tokio::time::sleep(wait.clamp(LEAST, NAP)).await,
                        None => break,
                    }
                }
            }
        }
        for list in [&mut touched.reviews, &mut touched.entries, &mut touched.contacts] {
            list.sort();
            list.dedup();
        }
        app.tell(touched).await
    }
}

impl Inner {
    /// Sends what could still be taken back; answers whether there was anything.
    pub async fn end_windows(&self, active: &Active, net: &Net) -> Result<bool, AppError> {
        let now = self.config.clock.now();
        let ended = active
            .disk(move |store| {
                let waiting = store.unsettled()?;
                let waiting = waiting.iter().filter(|entry| entry.state == State::Queued(Hold::CancelWindow));
                let ended =
                    waiting.map(|entry| store.retry(&entry.op_id, now)).collect::<Result<Vec<_>, _>>()?;
                Ok(!ended.is_empty())
            })
            .await?;
        if ended {
            net.sender.wake();
        }
        Ok(ended)
    }
}
