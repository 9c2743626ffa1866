//! The loop around the steps.

use std::time::Duration;

use tokio::sync::Notify;

use super::{Moved, Sender, Step};
use crate::failure::SyncError;

/// How long to wait after an error of the disk.
const TROUBLE: Duration = Duration::from_secs(5);

/// The shortest wait: a clock that runs ahead of a time-out by a moment costs no busy turn.
const SHORTEST: Duration = Duration::from_millis(50);

/// What the loop tells.
#[derive(Debug)]
pub enum SenderEvent {
    /// Something was committed. Told in the middle of a step too, so that an entry is seen being sent.
    Moved(Moved),
    /// There is nothing to do for this long, or until a new decision.
    Idle {
        /// How long; `None` for as long as nobody decides.
        wait: Option<Duration>,
    },
    /// The disk refuses; it is tried again.
    Trouble(SyncError),
}

impl Sender {
    /// Takes step after step until it is dropped. Waits where there is nothing to do, and goes on when `wake` is
    /// notified or the time has come.
    pub async fn run(&self, wake: &Notify, on: impl Fn(SenderEvent) + Send + Sync) {
        let telling = |moved| on(SenderEvent::Moved(moved));
        loop {
            let wait = match self.step_telling(&telling).await {
                Ok(Step::Moved(moved)) => {
                    on(SenderEvent::Moved(moved));
                    continue;
                }
                Ok(Step::Idle { wait }) => {
                    on(SenderEvent::Idle { wait });
                    wait
                }
                Err(error) => {
                    on(SenderEvent::Trouble(error));
                    Some(TROUBLE)
                }
            };
            match wait {
                Some(wait) => {
                    tokio::select! {
                        () = wake.notified() => {}
                        () = tokio::time::sleep(wait.max(SHORTEST)) => {}
                    }
                }
                None => wake.notified().await,
            }
        }
    }
}
