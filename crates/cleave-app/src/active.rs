//! The account in use: its store, its connection, and the work that goes on for it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use cleave_store::{Access, Store, StoreError};
use cleave_sync::{Api, Clock, Puller, Sender};
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinSet};

use crate::accounts::Account;
use crate::ipc::{AppError, Connection, ErrorCode};
use crate::separation::desk::Desk;
use crate::session::AccountTokens;
use crate::status::Status;
use crate::taking::Along;
use crate::{blocking, files};

/// How long a reading of a review counts as current.
const FRESH: Duration = Duration::from_secs(3);

/// The account in use.
pub(crate) struct Active {
    /// Who and where.
    pub account: Account,
    /// Its files.
    pub store: Store,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Its connection; `None` without a session.
    pub net: Option<Net>,
    /// Separations somebody works on.
    pub desk: Desk,
    /// Reviews that are taken along.
    pub along: Along,
    /// Whether finding out what the server supports was tried and failed. Held while it is tried.
    pub probe_due: tokio::sync::Mutex<bool>,
    /// Whether the files failed in a way that may be damage.
    suspect: AtomicBool,
    status: Mutex<Status>,
    /// When reviews were last read one by one; only those of the last moment are kept.
    read: Mutex<HashMap<String, Instant>>,
    tasks: Mutex<JoinSet<()>>,
    /// The search for contacts that the server was last asked for.
    searching: Mutex<Option<AbortHandle>>,
}

/// A connection with a session.
pub(crate) struct Net {
    /// Where the client takes its token from.
    pub tokens: Arc<AccountTokens>,
    /// The client.
    pub api: Api,
    /// Loads.
    pub puller: Puller,
    /// Sends.
    pub sender: Arc<Sender>,
    /// Wakes the sender.
    pub send_wanted: Notify,
    /// Wakes the loader.
    pub pull_wanted: Notify,
}

impl Active {
    /// Nothing is under way yet.
    pub fn new(
        account: Account,
        store: Store,
        clock: Arc<dyn Clock>,
        net: Option<Net>,
        connection: Connection,
    ) -> Self {
        Active {
            account,
            store,
            clock,
            net,
            desk: Desk::default(),
            along: Along::default(),
            probe_due: tokio::sync::Mutex::new(false),
            suspect: AtomicBool::new(false),
            status: Mutex::new(Status::new(connection)),
            read: Mutex::default(),
            tasks: Mutex::new(JoinSet::new()),
            searching: Mutex::default(),
        }
    }

    /// The connection, or why there is none.
    pub fn net(&self) -> Result<&Net, AppError> {
        self.net.as_ref().ok_or_else(|| {
            if let Access::ReadOnly(reason) = self.store.access() {
                return files::refused(reason);
            }
            AppError::new(ErrorCode::SignInRefused, "You are not signed in to this account.")
                .hint("Sign in again.")
        })
    }

    /// Whether anything of it can be saved.
    ///
    /// # Errors
    /// `Storage`, with the reason.
    pub fn writable(&self) -> Result<(), AppError> {
        match self.store.access() {
            Access::ReadWrite => Ok(()),
            Access::ReadOnly(reason) => Err(files::refused(reason)),
        }
    }

    /// What is known of the connection.
    pub fn status(&self) -> Status {
        self.status.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes it; answers whether it is different now.
    pub fn change(&self, change: impl FnOnce(&mut Status)) -> bool {
        let mut status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        let before = status.clone();
        change(&mut status);
        if status.doubtful
            && !before.doubtful
            && let Some(net) = &self.net
        {
            net.pull_wanted.notify_one();
        }
        *status != before
    }

    /// Runs something that reads or writes the disk where it holds nobody up.
    pub async fn disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, AppError> {
        self.disk_with(move |store| Ok(work(store)?)).await
    }

    /// The same for something that can be refused for more reasons than the disk's.
    pub async fn disk_with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let store = self.store.clone();
        let done = blocking(move || work(&store)).await;
        if done.as_ref().is_err_and(|error| error.code == ErrorCode::Storage) {
            self.suspect();
        }
        done
    }

    /// Notes that the files failed: they are looked at before the window is filled the next time.
    pub fn suspect(&self) {
        self.suspect.store(true, Ordering::SeqCst);
    }

    /// Whether the files failed since they were last looked at.
    pub fn is_suspect(&self) -> bool {
        self.suspect.load(Ordering::SeqCst)
    }

    /// The files were looked at, and are sound.
    pub fn trust(&self) {
        self.suspect.store(false, Ordering::SeqCst);
    }

    /// Whether a review was last read so long ago that opening it reads it again.
    pub fn is_due(&self, review_id: &str) -> bool {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.get(review_id).is_none_or(|at| at.elapsed() >= FRESH)
    }

    /// Notes that a review has just been read.
    pub fn was_read(&self, review_id: &str) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.retain(|_, at| at.elapsed() < FRESH);
        read.insert(review_id.to_owned(), Instant::now());
    }

    /// Lets something go on until the account is left.
    pub fn keep(&self, task: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task)
    }

    /// Lets a search for contacts go on, and ends the one before: nobody waits for that any more.
    pub fn search(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut searching = self.searching.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = searching.replace(self.keep(task)) {
            before.abort();
        }
    }

    /// Lets the sender and the loader look again at once.
    pub fn wake(&self) {
        if let Some(net) = &self.net {
            net.sender.wake();
            net.send_wanted.notify_one();
            net.pull_wanted.notify_one();
        }
    }

    /// Ends what goes on. What was on its way stays as it is persisted.
    pub fn end(&self) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
    }

    /// As [`Active::end`], and waits until it has ended.
    pub async fn ended(&self) {
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        tasks.shutdown().await;
    }
}
