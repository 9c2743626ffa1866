//! Closing the window over work that could be sent now.

use std::time::Duration;

use crate::App;
use crate::drain::{Until, can_be_sent_now};
use crate::feed::Touched;
use crate::ipc::{Connection, PendingWork};
use crate::separation::autosave;

impl App {
    /// Asks the person, through the stream, whether the window may close over work that could be sent now, or over a
    /// draft that cannot be saved. Answers whether there was anything to ask, and anybody to hear it.
    pub async fn ask_before_closing(&self) -> bool {
        let app = &self.inner;
        if app.feed.hold().await.sink.is_none() {
            return false;
        }
        let Some(work) = self.work_to_close_over().await else { return false };
        app.announce(Touched { closing: Some(work), ..Touched::default() }).await;
        true
    }

    /// Ends the cancel windows and sends what can be sent now, for at most so long. Whatever is left then is on the disk
    /// and goes on at the next start.
    pub async fn finish_sending(&self, budget: Duration) {
        let Some(active) = self.inner.in_use() else { return };
        let Some(net) = &active.net else { return };
        let sending = self.inner.drain(&active, net, Until::Sent, budget);
        if let Ok(Err(error)) = tokio::time::timeout(budget, sending).await {
            tracing::warn!(code = ?error.code, "not everything was sent before closing");
        }
    }

    async fn work_to_close_over(&self) -> Option<PendingWork> {
        let active = self.inner.in_use()?;
        let unsaved = autosave::save_all(&active).await.is_err();
        let reachable = matches!(active.status().connection, Connection::Online | Connection::Connecting);
        let sendable = active.net.is_some()
            && reachable
            && active
                .disk(|store| Ok(store.unsettled()?.iter().any(|entry| can_be_sent_now(entry.state))))
                .await
                .unwrap_or(false);
        if !unsaved && !sendable {
            return None;
        }
        self.inner.pending_work(&active.account.id).await.ok()
    }
}
