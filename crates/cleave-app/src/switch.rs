//! Going to another account.

use std::sync::{Arc, PoisonError};

use crate::feed::Touched;
use crate::ipc::{AccountView, AppError, ErrorCode};
use crate::{App, blocking};

impl App {
    /// Makes another known account the one in use. Its session is taken up if there is one. Of one whose outbox is
    /// damaged nothing is open afterwards, and [`App::files`] names it. A process that only reads shows the account and
    /// does not keep for the next start that it did.
    ///
    /// # Errors
    /// `NotFound`; `Storage`, also where a draft could not be saved. The account in use stays then.
    pub async fn use_account(&self, id: &str) -> Result<AccountView, AppError> {
        let app = &self.inner;
        let _switching = app.switching.lock().await;
        let account = app.accounts().find(id).cloned().ok_or_else(unknown)?;
        app.take_up(account.clone()).await?;
        if app.writable().is_ok() {
            let (writer, current) = (Arc::clone(app), id.to_owned());
            blocking(move || writer.change_accounts(|accounts| accounts.current = Some(current))).await?;
        }
        app.announce(Touched { reopen: true, ..Touched::default() }).await;
        Ok(app.account_view(&account))
    }

    /// Removes the accounts of the sandbox with all their files, decisions included: their world is thrown away.
    ///
    /// Only for the sandbox, and only on the person's word: everywhere else decisions are never deleted.
    ///
    /// # Errors
    /// `Secrets`, `Storage`.
    pub async fn discard_sandbox(&self) -> Result<(), AppError> {
        let app = &self.inner;
        app.writable()?;
        let _switching = app.switching.lock().await;
        let ids: Vec<String> =
            app.accounts().known.iter().filter(|account| account.sandbox).map(|a| a.id.clone()).collect();
        if app.in_use().is_some_and(|active| active.account.sandbox) {
            app.abandon().await;
        }
        app.set_damaged(app.damaged().filter(|account| !account.sandbox));
        let writer = Arc::clone(app);
        blocking(move || {
            for id in &ids {
                writer.stores.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
                writer.sessions.delete(id)?;
                remove_folder(&writer.config.home.account(id))?;
            }
            writer.change_accounts(|accounts| {
                accounts.known.retain(|account| !ids.contains(&account.id));
                accounts.current = accounts.current.take().filter(|current| !ids.contains(current));
            })
        })
        .await?;
        app.announce(Touched { reopen: true, ..Touched::default() }).await;
        Ok(())
    }
}

fn remove_folder(folder: &std::path::Path) -> Result<(), AppError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            let message = format!("The sandbox's files cannot be removed: {}.", error.kind());
            Err(AppError::new(ErrorCode::Storage, message))
        }
        _ => Ok(()),
    }
}

/// There is no account with the id.
pub(crate) fn unknown() -> AppError {
    AppError::new(ErrorCode::NotFound, "There is no such account here.")
}
