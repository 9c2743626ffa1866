//! Reading a contact with all its records from the server, beside what the window does.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use cleave_sync::{Reach, SyncError};
use tokio::sync::{mpsc, watch};

use super::desk::Reading;
use crate::Inner;
use crate::active::Active;
use crate::feed::Touched;
use crate::ipc::{AppError, Connection, ErrorCode};

/// Shortest time between two messages about one contact while its conversations come in.
const TELL: Duration = Duration::from_millis(500);

impl Inner {
    /// The reading of a contact that is under way, or a new one.
    pub fn read_contact(
        self: &Arc<Self>,
        active: &Arc<Active>,
        contact_id: &str,
    ) -> watch::Receiver<Reading> {
        let (reading, to_do) = active.desk.reading(contact_id);
        if let Some(tell) = to_do {
            let (app, reader) = (Arc::downgrade(self), Arc::clone(active));
            active.keep(read(app, reader, contact_id.to_owned(), tell));
        }
        reading
    }

    /// Reads a contact to the end.
    ///
    /// # Errors
    /// Why it could not be read; what was cached is as good as before.
    pub async fn read_to_end(
        self: &Arc<Self>,
        active: &Arc<Active>,
        contact_id: &str,
    ) -> Result<(), AppError> {
        active.net()?;
        let mut reading = self.read_contact(active, contact_id);
        let ended = reading.wait_for(|reading| matches!(reading, Reading::Ended(_))).await;
        match ended.as_deref() {
            Ok(Reading::Ended(result)) => result.clone(),
            _ => Err(AppError::new(ErrorCode::Unreachable, "The reading was broken off.")),
        }
    }

    /// Waits until something of a contact has been read, or could not be.
    ///
    /// # Errors
    /// As [`Inner::read_to_end`].
    pub async fn read_some(self: &Arc<Self>, active: &Arc<Active>, contact_id: &str) -> Result<(), AppError> {
        active.net()?;
        let mut reading = self.read_contact(active, contact_id);
        let some = reading.wait_for(|reading| !matches!(reading, Reading::Begun)).await;
        match some.as_deref() {
            Ok(Reading::Ended(Err(error))) => Err(error.clone()),
            Ok(_) => Ok(()),
            Err(_) => Err(AppError::new(ErrorCode::Unreachable, "The reading was broken off.")),
        }
    }
}

async fn read(app: Weak<Inner>, active: Arc<Active>, id: String, tell: watch::Sender<Reading>) {
    let Some(net) = &active.net else { return };
    let (on, mut stored) = mpsc::unbounded_channel();
    let pulling = net.puller.pull_separation(&id, move |_| {
        on.send(()).ok();
    });
    let telling = async {
        let mut told = Instant::now();
        while stored.recv().await.is_some() {
            tell.send_replace(Reading::Some);
            if told.elapsed() >= TELL {
                announce(&app, &id).await;
                told = Instant::now();
            }
        }
    };
    let (read, ()) = tokio::join!(pulling, telling);
    match &read {
        Ok(()) => active.change(|status| status.reached(Reach::Online)),
        Err(SyncError::Read(failure)) if failure.may_lack_route() => false,
        Err(error) => active.change(|status| status.failed(error)),
    };
    let read = read.map_err(AppError::from);
    active.desk.was_read(&id, read.as_ref().err().cloned());
    let shown = match &read {
        Ok(()) => true,
        Err(error) => failed(&active, &id, error.code).await,
    };
    tell.send_replace(Reading::Ended(read));
    if shown {
        announce(&app, &id).await;
    } else if let Some(running) = app.upgrade() {
        running.announce(Touched::default()).await;
    }
}

/// Notes what a failure says of the contact. Answers whether a window can show the contact all the same: one that waits
/// for this reading is answered with the failure, and would only begin another if it were told of it.
async fn failed(active: &Active, id: &str, code: ErrorCode) -> bool {
    let (gone, id) = (code == ErrorCode::NotFound, id.to_owned());
    let looked = active.disk(move |store| {
        if gone {
            store.contact_is_gone(&id)?;
        }
        Ok(store.subject(&id)?.is_some_and(|cached| cached.read_at.is_some()))
    });
    looked.await.unwrap_or(false)
}

/// The window asks again for what it shows of the contact.
async fn announce(app: &Weak<Inner>, id: &str) {
    let Some(running) = app.upgrade() else { return };
    running.announce(Touched { contacts: vec![id.to_owned()], ..Touched::default() }).await;
}

/// Whether asking the server is worth a try at the moment.
pub(super) fn is_reachable(active: &Active) -> bool {
    active.net.is_some() && matches!(active.status().connection, Connection::Online | Connection::Connecting)
}
