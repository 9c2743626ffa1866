//! What goes on without being asked: loading the queue, and sending what was decided.

use std::sync::{Arc, Weak};
use std::time::Duration;

use cleave_store::sync_state;
use cleave_sync::{Named, Progress, Pulled, SenderEvent, SyncError};
use tokio::sync::mpsc;

use crate::Inner;
use crate::active::{Active, Net};
use crate::feed::Touched;
use crate::ipc::Connection;

/// Time between two tries to reach a server that does not answer.
const OFFLINE_RETRY: Duration = Duration::from_secs(3);

/// Contacts that are read again after each round, and how old what is here of them has to be unless the list shows that
/// they changed.
const REFRESHED: u32 = 20;
const REFRESH_AGE: Duration = Duration::from_secs(10 * 60);

/// Starts both loops. They end with the account's [`Active::end`], or when the application is dropped.
pub(crate) fn start(app: &Arc<Inner>, active: &Arc<Active>) {
    active.keep(load(Arc::downgrade(app), Arc::clone(active)));
    active.keep(send(Arc::downgrade(app), Arc::clone(active)));
}

async fn load(app: Weak<Inner>, active: Arc<Active>) {
    let Some(net) = &active.net else { return };
    let mut doubted = false;
    loop {
        let Some(running) = app.upgrade() else { return };
        // What went wrong is in the status. A doubt that reading contacts left has the list asked at once; that round
        // reads none, or each would ask for the next.
        let pulled = running.pull(&active, net).await.is_ok();
        doubted = pulled && !doubted && running.refresh_cached(&active, net).await;
        let every = running.config.pull_every;
        drop(running);
        let asked = net.pull_wanted.notified();
        match active.status().connection {
            // Only signing in helps, and that starts anew.
            Connection::SignedOut => asked.await,
            Connection::Offline => drop(tokio::time::timeout(OFFLINE_RETRY, asked).await),
            Connection::Connecting | Connection::Online => drop(tokio::time::timeout(every, asked).await),
        }
    }
}

async fn send(app: Weak<Inner>, active: Arc<Active>) {
    let Some(net) = &active.net else { return };
    let (tell, mut told) = mpsc::unbounded_channel();
    let sending = net.sender.run(&net.send_wanted, move |event| drop(tell.send(event)));
    let telling = async {
        while let Some(event) = told.recv().await {
            let Some(running) = app.upgrade() else { return };
            running.sent(&active, event).await;
        }
    };
    tokio::join!(sending, telling);
}

impl Inner {
    /// Loads the queue, telling every batch.
    pub async fn pull(&self, active: &Active, net: &Net) -> Result<Pulled, SyncError> {
        active.change(|status| {
            status.syncing = true;
            status.loaded = 0;
            status.total = None;
        });
        self.announce(Touched::default()).await;
        let (tell, mut told) = mpsc::unbounded_channel::<Progress>();
        let pulling = net.puller.pull_all(move |progress| drop(tell.send(progress)));
        let telling = async {
            while let Some(progress) = told.recv().await {
                active.change(|status| {
                    status.loaded = progress.loaded;
                    status.total = progress.total;
                    status.connection = Connection::Online;
                });
                let reviews = progress.changed.into_iter().chain(progress.removed).collect();
                self.announce(Touched { reviews, ..Touched::default() }).await;
            }
        };
        let (pulled, ()) = tokio::join!(pulling, telling);
        if pulled.is_ok() {
            self.pull_organization(active, net).await;
        }
        let before = active.status().connection;
        active.change(|status| {
            status.syncing = false;
            match &pulled {
                Ok(_) => status.reached(cleave_sync::Reach::Online),
                Err(error) => status.list_failed(error),
            }
        });
        if before != Connection::Online && pulled.is_ok() {
            net.sender.wake();
            net.send_wanted.notify_one();
        }
        self.announce(Touched::default()).await;
        if pulled.is_ok() && self.probe_if_due(active, net).await {
            self.announce(Touched { reopen: true, ..Touched::default() }).await;
        }
        pulled
    }

    /// Reads what belongs to the organisation rather than to a review: its settings, and the names behind ids. Without an
    /// answer what was read last stays in force.
    async fn pull_organization(&self, active: &Active, net: &Net) {
        if let Err(error) = self.read_settings(active, net).await {
            tracing::info!(%error, "the settings could not be read");
        }
        let named = net.api.names().await;
        let all = named.as_ref().map(Named::all);
        keep_read(active, sync_state::NAMES, all).await;
        keep_read(active, sync_state::PEOPLE, named.as_ref().map(|named| &named.people)).await;
    }

    /// Reads some of the cached contacts again, and tells those that are different: an editor that shows one carries its
    /// draft over. Answers whether something answered that may not be the server.
    async fn refresh_cached(&self, active: &Active, net: &Net) -> bool {
        if active.along.is_running() {
            return false;
        }
        let refreshed = net.puller.refresh_contacts(REFRESHED, REFRESH_AGE).await;
        let failed = refreshed.ended.is_some_and(|error| active.change(|status| status.failed(&error)));
        if failed || !refreshed.contacts.is_empty() {
            let (reviews, contacts) = (refreshed.reviews, refreshed.contacts);
            self.announce(Touched { reviews, contacts, ..Touched::default() }).await;
        }
        active.status().doubtful
    }

    /// Tells what the sender did.
    pub async fn sent(&self, active: &Active, event: SenderEvent) {
        match event {
            SenderEvent::Moved(moved) => {
                if let Some(reach) = moved.reach {
                    active.change(|status| status.reached(reach));
                }
                let touched = Touched {
                    reviews: moved.review_ids,
                    entries: moved.op_ids,
                    contacts: moved.contact_ids,
                    ..Touched::default()
                };
                self.announce(touched).await;
            }
            SenderEvent::Idle { .. } => {}
            SenderEvent::Trouble(error) => {
                if matches!(&error, SyncError::Store(error) if error.is_damage()) {
                    // Opening again looks at the files, and says so.
                    active.suspect();
                    self.announce(Touched { reopen: true, ..Touched::default() }).await;
                }
                if active.change(|status| status.failed(&error)) {
                    self.announce(Touched::default()).await;
                }
            }
        }
    }
}

/// Keeps what was read under its mark.
async fn keep_read(
    active: &Active,
    mark: &'static str,
    read: Result<impl serde::Serialize, &cleave_sync::ReadFailure>,
) {
    let text = match read.map(|value| serde_json::to_string(&value)) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => return tracing::warn!(mark, %error, "what was read has no text form"),
        Err(error) => return tracing::info!(mark, %error, "it could not be read"),
    };
    if let Err(error) = active.disk(move |store| store.put_sync_state(mark, &text)).await {
        tracing::warn!(mark, %error, "what was read could not be kept");
    }
}
