//! Whether decisions can be saved: one process writes to a home, and only files that it can write and understands.
//!
//! A process that only reads uses no network at all: a session that it renewed would end the one of the process that
//! writes.

use std::sync::{Arc, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use cleave_store::{Access, ReadOnlyReason};

use crate::accounts::{Account, Accounts};
use crate::feed::Touched;
use crate::ipc::{AppError, DamagedView, ErrorCode, FilesView};
use crate::{App, Inner, blocking};

/// Time between two looks at whether the process that writes has written.
const LOOK: Duration = Duration::from_secs(2);

impl App {
    /// How far the local files can be used.
    pub fn files(&self) -> FilesView {
        self.inner.files()
    }

    /// Whether this process may write to the home.
    ///
    /// # Errors
    /// `Storage`, with the reason.
    pub fn writable(&self) -> Result<(), AppError> {
        self.inner.writable()
    }
}

/// Why nothing is saved, as a sentence.
pub(crate) fn sentence(reason: ReadOnlyReason) -> &'static str {
    match reason {
        ReadOnlyReason::AnotherProcess => {
            "Another Cleave is using this folder. This one shows what is there, and saves and sends nothing."
        }
        ReadOnlyReason::NewerSchema { .. } => {
            "A newer version of Cleave wrote the decisions of this account. This version shows them, and saves and \
             sends nothing."
        }
        ReadOnlyReason::Unwritable => {
            "Cleave's folder cannot be written. Cleave shows what is there, and saves and sends nothing."
        }
    }
}

/// The answer to everything that would save or send.
pub(crate) fn refused(reason: ReadOnlyReason) -> AppError {
    AppError::new(ErrorCode::Storage, sentence(reason)).hint(match reason {
        ReadOnlyReason::AnotherProcess => "Close the other one and try again.",
        ReadOnlyReason::NewerSchema { .. } => "Update Cleave.",
        ReadOnlyReason::Unwritable => "Check the rights of the folder, and the disk.",
    })
}

/// The answer to everything about an account whose outbox is damaged.
pub(crate) fn damaged() -> AppError {
    AppError::new(ErrorCode::Storage, "The file with the decisions of this account is damaged and is not opened.")
        .hint("Carry over what can be read of it (`cleave-cli outbox salvage`), or restore outbox.db from a backup.")
}

impl Inner {
    /// Why this process may not write to the home, if it may not.
    pub fn barred(&self) -> Option<ReadOnlyReason> {
        *self.barred.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this process may write to the home.
    pub fn writable(&self) -> Result<(), AppError> {
        self.barred().map_or(Ok(()), |reason| Err(refused(reason)))
    }

    /// Why nothing of the account in use is saved, if nothing is.
    pub fn read_only(&self) -> Option<ReadOnlyReason> {
        let of_store = || match self.in_use()?.store.access() {
            Access::ReadWrite => None,
            Access::ReadOnly(reason) => Some(reason),
        };
        self.barred().or_else(of_store)
    }

    /// The account that would be in use if its outbox were not damaged.
    pub fn damaged(&self) -> Option<Account> {
        self.damaged.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes which account has a damaged outbox, or that none has.
    pub fn set_damaged(&self, account: Option<Account>) {
        *self.damaged.lock().unwrap_or_else(PoisonError::into_inner) = account;
    }

    /// How far the files can be used.
    pub fn files(&self) -> FilesView {
        let reason = self.read_only();
        FilesView {
            read_only: reason.map(|reason| sentence(reason).to_owned()),
            can_try_again: matches!(
                reason,
                Some(ReadOnlyReason::AnotherProcess | ReadOnlyReason::Unwritable)
            ),
            damaged: self.damaged().map(|account| DamagedView {
                title: format!("{} · {}", account.person, account.origin),
                account_id: account.id,
            }),
        }
    }

    /// Before the window is filled: takes over what another process wrote, and lets go of files that turned out to be
    /// damaged.
    pub async fn look_again(self: &Arc<Self>) -> Result<(), AppError> {
        if self.barred().is_some() {
            let _switching = self.switching.lock().await;
            return self.follow().await;
        }
        let Some(active) = self.in_use().filter(|active| active.is_suspect()) else { return Ok(()) };
        match active.disk(|store| store.is_sound()).await {
            Ok(true) => {
                active.trust();
                return Ok(());
            }
            // What is to be shown next says why.
            Err(_) => return Ok(()),
            Ok(false) => {}
        }
        let _switching = self.switching.lock().await;
        let account = active.account.clone();
        drop(active);
        self.abandon().await;
        self.stores.lock().unwrap_or_else(PoisonError::into_inner).remove(&account.id);
        self.set_damaged(Some(account));
        Ok(())
    }

    /// Reads the list of accounts as the process that writes left it, and takes one up where none is.
    async fn follow(self: &Arc<Self>) -> Result<(), AppError> {
        let home = self.config.home.clone();
        let fresh = blocking(move || Accounts::read(&home)).await?;
        let current = fresh.in_use().cloned();
        *self.accounts.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        if let (None, None, Some(account)) = (self.in_use(), self.damaged(), current)
            && let Err(error) = self.take_up(account).await
        {
            // It has signed in and not written anything yet.
            tracing::info!(code = ?error.code, "the account of the other process cannot be read yet");
        }
        Ok(())
    }

    /// What is different after the process that writes has written.
    async fn marks(self: &Arc<Self>) -> (Option<SystemTime>, Option<(i64, i64)>) {
        let list = self.config.home.account_list();
        let changed = blocking(move || Ok(std::fs::metadata(list).and_then(|list| list.modified()).ok()));
        let versions = match self.in_use() {
            Some(active) => active.disk(|store| store.versions()).await.ok(),
            None => None,
        };
        (changed.await.unwrap_or_default(), versions)
    }
}

/// Lets the window open again when the process that writes has written. Ends when this one may write.
pub(crate) async fn watch(app: Weak<Inner>) {
    let mut seen = None;
    loop {
        let Some(running) = app.upgrade() else { return };
        if running.barred().is_none() {
            return;
        }
        let marks = running.marks().await;
        if seen.replace(marks).is_some_and(|before| before != marks) {
            running.announce(Touched { reopen: true, ..Touched::default() }).await;
        }
        drop(running);
        tokio::time::sleep(LOOK).await;
    }
}
