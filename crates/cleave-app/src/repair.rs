//! Files that cannot be written, or not be opened.

use std::sync::Arc;

use cleave_store::{ReadOnlyReason, Salvage, Store};

use crate::feed::Touched;
use crate::ipc::{AppError, ErrorCode, SalvagedView};
use crate::switch::unknown;
use crate::{App, blocking, files};

impl App {
    /// Tries to open the files for writing again: another process may have ended, the disk may let itself be written,
    /// a damaged outbox may have been restored. Where all is well already, does nothing.
    ///
    /// # Errors
    /// `Storage`, with what is in the way; what was shown is still shown.
    pub async fn open_again(&self) -> Result<(), AppError> {
        let app = &self.inner;
        let _switching = app.switching.lock().await;
        if app.barred().is_some() {
            app.enter_home_again().await?;
        } else if let Some(account) = app.damaged() {
            app.take_up(account).await?;
        } else if let (Some(ReadOnlyReason::Unwritable | ReadOnlyReason::AnotherProcess), Some(active)) =
            (app.read_only(), app.in_use())
        {
            let account = active.account.clone();
            drop(active);
            app.take_up(account).await?;
        } else {
            return Ok(());
        }
        app.announce(Touched { reopen: true, ..Touched::default() }).await;
        match (app.read_only(), app.damaged()) {
            (Some(reason), _) => Err(files::refused(reason)),
            (None, Some(_)) => Err(files::damaged()),
            (None, None) => Ok(()),
        }
    }

    /// Carries over what can be read of a damaged outbox, and makes the account the one in use. The damaged file is
    /// kept. Nothing is sent by itself that may have been sent before: it is found out, or asked of the person.
    ///
    /// # Errors
    /// `NotFound`; `TooLate` where the outbox of the account is not damaged; `Storage`, and the files are then as they
    /// were.
    pub async fn salvage(&self, account_id: &str) -> Result<SalvagedView, AppError> {
        let app = &self.inner;
        app.writable()?;
        let _switching = app.switching.lock().await;
        let account = app.accounts().find(account_id).cloned().ok_or_else(unknown)?;
        match app.opened(account_id).await? {
            Err(error) if error.is_damage() => {}
            Ok(_) => {
                return Err(AppError::new(
                    ErrorCode::TooLate,
                    "The decisions of this account can be read: there is nothing to carry over.",
                ));
            }
            Err(error) => return Err(error.into()),
        }
        let (folder, now) = (app.config.home.account(account_id), app.config.clock.now());
        let salvage = blocking(move || Ok(Store::salvage(&folder, now)?)).await?;
        app.take_up(account).await?;
        let (writer, current) = (Arc::clone(app), account_id.to_owned());
        let kept =
            blocking(move || writer.change_accounts(|accounts| accounts.current = Some(current))).await;
        if let Err(error) = kept {
            tracing::warn!(code = ?error.code, "the next start will use another account");
        }
        app.announce(Touched { reopen: true, ..Touched::default() }).await;
        Ok(view(salvage))
    }
}

fn view(salvage: Salvage) -> SalvagedView {
    let saved = |name: &str| salvage.tables.iter().find(|table| table.name == name).map_or(0, |it| it.saved);
    SalvagedView {
        entries: small(saved("entry")),
        drafts: small(saved("draft")),
        lost_rows: small(salvage.lost()),
        needs_person: small(salvage.needs_person),
        kept_as: salvage.kept_as,
    }
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
