//! The application without a window: what the shell and the CLI call; owns the IPC types.
//!
//! [`App`] is the whole of it: one a process, over one [`home::Home`]. Each of its methods is a use case and has a
//! file; each answers with [`ipc`] types or an [`ipc::AppError`].
//!
//! What it promises: a decision is on the disk before it is answered; what is told by the stream of changes was
//! committed before; a preview is the decision itself with `dryRun`; no secret lies in the clear, and nothing of a
//! contact gets into a log.
//!
//! Not here yet: drafts of merges.

mod accounts;
mod active;
mod closing;
mod config;
mod conflict;
mod connect;
mod contacts;
mod decide;
mod drain;
mod export;
mod fault;
mod feed;
mod files;
mod history;
pub mod home;
pub mod ipc;
mod leave;
mod open;
mod outbox;
mod queue;
mod rehearsal;
mod repair;
mod resolve;
mod review;
pub mod secrets;
mod separation;
mod session;
mod settings;
mod start;
mod status;
mod stores;
mod switch;
mod sync;
mod taking;
mod view;
mod work;

use std::collections::HashMap;
use std::fs::File;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use cleave_store::{ReadOnlyReason, Store};
use tokio::sync::watch;

pub use cleave_sync::{Clock, ManualClock, SystemClock, install_tls};
pub use config::{AppConfig, CANCEL_WINDOW, CANCEL_WINDOW_VARIABLE, QUARANTINE, QUARANTINE_VARIABLE};
pub use separation::plan_file::LARGEST_PLAN;
pub use sync::{GIVE_UP, SyncOrder};

use accounts::{Account, Accounts};
use active::Active;
use feed::Feed;
use ipc::{AppError, ErrorCode};
use session::Sessions;

/// The application: one a process. Cheap to clone; all clones are the same application.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

/// What all clones share.
pub(crate) struct Inner {
    config: AppConfig,
    accounts: Mutex<Accounts>,
    sessions: Arc<Sessions>,
    /// Stores that are open. One is opened once and stays open, because its file lock is held that long.
    stores: Mutex<HashMap<String, Store>>,
    active: RwLock<Option<Arc<Active>>>,
    /// Held while accounts are changed or switched.
    switching: tokio::sync::Mutex<()>,
    /// Turns true when the application is shut down: nobody waits for the server any more.
    ending: watch::Sender<bool>,
    feed: Feed,
    /// The right to write to the home; given back by [`App::shutdown`].
    lock: Mutex<Option<File>>,
    /// Why this process may only read the home; `None` where it may write.
    barred: Mutex<Option<ReadOnlyReason>>,
    /// The account that would be in use if its outbox were not damaged.
    damaged: Mutex<Option<Account>>,
}

impl Inner {
    /// The account in use, if there is one.
    fn in_use(&self) -> Option<Arc<Active>> {
        self.active.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The account in use.
    fn active(&self) -> Result<Arc<Active>, AppError> {
        self.in_use().ok_or_else(|| {
            if self.damaged().is_some() {
                return files::damaged();
            }
            AppError::new(ErrorCode::NoAccount, "No account is in use.").hint("Sign in to a server first.")
        })
    }

    /// Waits until the application is shut down.
    async fn ends(&self) {
        // It cannot fail: the sender lives as long as this.
        drop(self.ending.subscribe().wait_for(|ending| *ending).await);
    }

    /// The list of accounts as it is now.
    fn accounts(&self) -> Accounts {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes the list of accounts, on the disk first. Blocks.
    fn change_accounts(&self, change: impl FnOnce(&mut Accounts)) -> Result<(), AppError> {
        self.writable()?;
        let mut held = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = held.clone();
        change(&mut changed);
        changed.write(&self.config.home)?;
        *held = changed;
        Ok(())
    }
}

/// Without [`App::shutdown`]: what goes on ends, and its states are what is persisted.
impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(active) = self.in_use() {
            active.end();
        }
    }
}

/// Runs something that blocks where it holds nobody up.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(_) => Err(AppError::new(ErrorCode::Storage, "The work was broken off.")),
    }
}
