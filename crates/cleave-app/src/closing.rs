//! Closing the window over work that could be sent now.

use std::time::Duration;

use crate::App;
use crate::active::Active;
use crate::drain::{Until, can_be_sent_now};
use crate::ipc::{AppError, Connection, ErrorCode, PendingWork};
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
        app.ask(work).await
    }

    /// Ends the cancel windows and sends what can be sent now, for at most so long. Whatever is left then is on the disk
    /// and goes on at the next start.
    ///
    /// # Errors
    /// `TooLate` where something is left that could be sent now; `Storage`.
    pub async fn finish_sending(&self, budget: Duration) -> Result<(), AppError> {
        let Some(active) = self.inner.in_use() else { return Ok(()) };
        let Some(net) = &active.net else { return Ok(()) };
        let sending = self.inner.drain(&active, net, Until::Sent, budget);
        if let Ok(sent) = tokio::time::timeout(budget, sending).await {
            sent?;
        }
        let left = active.disk(|store| store.unsettled()).await?;
        let left = left.iter().filter(|entry| can_be_sent_now(entry.state)).count();
        // Without the server nothing can be sent now, and waiting on would change nothing.
        if left == 0 || !is_reachable(&active) {
            return Ok(());
        }
        Err(AppError::new(ErrorCode::TooLate, format!("Not everything could be sent: {left} still wait."))
            .hint("They are saved here, and go on at the next start."))
    }

    async fn work_to_close_over(&self) -> Option<PendingWork> {
        let active = self.inner.in_use()?;
        let unsaved = autosave::save_all(&active).await.is_err();
        let sendable = active.net.is_some()
            && is_reachable(&active)
            && active
                .disk(|store| Ok(store.unsettled()?.iter().any(|entry| can_be_sent_now(entry.state))))
                .await
                .unwrap_or(false);
        if !unsaved && !sendable {
            return None;
        }
        match self.inner.pending_work(&active.account.id).await {
            Ok(work) => Some(work),
            // What keeps the draft from being saved may keep everything from being read: it is asked all the same.
            Err(_) => unsaved.then(|| self.inner.unsaved_work(&active)),
        }
    }
}

fn is_reachable(active: &Active) -> bool {
    matches!(active.status().connection, Connection::Online | Connection::Connecting)
}
