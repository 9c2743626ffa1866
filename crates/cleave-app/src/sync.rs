//! Loading and sending now: as a push for a window, and to its end for a command.

use std::time::{Duration, Instant};

use cleave_core::outbox::Hold;
use cleave_sync::{Pulled, ReadClass, SenderEvent, Step, SyncError};

use crate::active::{Active, Net};
use crate::feed::Touched;
use crate::ipc::{AppError, Changes, Connection};
use crate::{App, Inner};

/// Longest sleep at one time, so that a clock that was set is noticed; and the shortest, so that the time has come
/// for the sender too.
const NAP: Duration = Duration::from_secs(1);
const LEAST: Duration = Duration::from_millis(5);

/// How long a server that does not answer is tried again before [`App::sync`] ends without it.
pub const GIVE_UP: Duration = Duration::from_secs(15);

/// What [`App::sync`] does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SyncOrder {
    /// Load the queue first.
    pub pull: bool,
    /// Go on until nothing waits for time to pass: cancel windows, pauses after failures and those that the server asks
    /// for, quarantines. Ends early where the server cannot be reached for [`GIVE_UP`], or the session is over.
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
            let pulled = app.pull_through(&active, net, order.until_idle).await?;
            touched.reviews.extend(pulled.changed.into_iter().chain(pulled.removed));
        }
        net.sender.wake();
        let send_anyway = order.window.map(|window| app.config.clock.monotonic().saturating_add(window));
        let mut away = Away::default();
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
                    let gave_up = away.too_long(active.status().connection);
                    let left = left.filter(|left| !left.is_zero() && wait.is_some());
                    match wait.into_iter().chain(left).min().filter(|_| order.until_idle && !gave_up) {
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

/// How long the server has not been reached.
#[derive(Default)]
struct Away {
    since: Option<Instant>,
}

impl Away {
    /// Whether waiting for it makes no sense any more.
    fn too_long(&mut self, connection: Connection) -> bool {
        match connection {
            Connection::Online | Connection::Connecting => {
                self.since = None;
                false
            }
            Connection::Offline => self.since.get_or_insert_with(Instant::now).elapsed() >= GIVE_UP,
            Connection::SignedOut => true,
        }
    }
}

impl Inner {
    /// Loads the queue. With `patient`, a server that asks for a pause or breaks is tried again for [`GIVE_UP`].
    async fn pull_through(&self, active: &Active, net: &Net, patient: bool) -> Result<Pulled, AppError> {
        let begun = Instant::now();
        loop {
            let failure = match self.pull(active, net).await {
                Err(SyncError::Read(failure)) => failure,
                pulled => return Ok(pulled?),
            };
            let passes = matches!(failure.class, ReadClass::SlowDown | ReadClass::Broken);
            let pause = failure.retry_after.unwrap_or(NAP);
            if !patient || !passes || begun.elapsed() + pause > GIVE_UP {
                return Err(failure.into());
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Sends what could still be taken back; answers whether there was anything.
    pub async fn end_windows(&self, active: &Active, net: &Net) -> Result<bool, AppError> {
        let now = self.config.clock.now();
        // All at once: one that is taken up or taken back meanwhile is none of them.
        let ended = active.disk(move |store| store.release(Hold::CancelWindow, now)).await?;
        if !ended.is_empty() {
            net.sender.wake();
        }
        Ok(!ended.is_empty())
    }
}
