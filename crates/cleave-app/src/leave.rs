//! Leaving an account with work that is not settled.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use cleave_core::outbox::State;
use cleave_store::{EntryHead, Store, StoreError};
use jiff::Timestamp;

use crate::accounts::Account;
use crate::drain::Until;
use crate::feed::Touched;
use crate::ipc::{AppError, Connection, ErrorCode, LeaveHow, PendingWork};
use crate::switch::unknown;
use crate::{App, Inner, blocking};

/// Longest time that signing out sends what waits.
const SENDING: Duration = Duration::from_secs(60);

impl App {
    /// What is not settled in an account.
    ///
    /// # Errors
    /// `NotFound`, `Storage`.
    pub async fn pending_work(&self, id: &str) -> Result<PendingWork, AppError> {
        self.inner.pending_work(id).await
    }

    /// Signs out, with the work treated as said. The session is forgotten; the account, its history and whatever may have
    /// been sent stay on this machine.
    ///
    /// With [`LeaveHow::Send`], what waits is sent first, for up to a minute; drafts stay. With [`LeaveHow::Discard`],
    /// decisions that were never sent are withdrawn and drafts thrown away.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for another word than the one to type; `TooLate` where not everything could be sent, with
    /// what is left; `Secrets` (the session is then still saved); `Storage`, also where a draft could not be saved. The
    /// account stays signed in then.
    pub async fn sign_out_with(&self, id: &str, how: LeaveHow) -> Result<(), AppError> {
        let app = &self.inner;
        app.writable()?;
        let _switching = app.switching.lock().await;
        let account = app.accounts().find(id).cloned().ok_or_else(unknown)?;
        match how {
            LeaveHow::Keep => {}
            LeaveHow::Send => app.send_all(&account).await?,
            LeaveHow::Discard { word: typed } => {
                if !typed.trim().eq_ignore_ascii_case(&word(&account)) {
                    let message = format!("Type {} to throw away what was not sent.", word(&account));
                    return Err(AppError::new(ErrorCode::Invalid, message).at("word"));
                }
                app.discard_all(&account).await?;
            }
        }
        app.forget(&account).await
    }
}

impl Inner {
    /// What is not settled in an account.
    pub async fn pending_work(&self, id: &str) -> Result<PendingWork, AppError> {
        let account = self.accounts().find(id).cloned().ok_or_else(unknown)?;
        let active = self.in_use().filter(|active| active.account.id == id);
        let store = match &active {
            Some(active) => active.store.clone(),
            None => self.store(id).await?,
        };
        let unsaved = active.as_ref().map(|active| active.desk.unsaved()).unwrap_or_default();
        let mut work = blocking(move || Ok(counted(&store, unsaved)?)).await?;
        work.word = word(&account);
        work.online = active
            .is_some_and(|active| active.net.is_some() && active.status().connection == Connection::Online);
        Ok(work)
    }

    /// Sends everything, or says what is left.
    async fn send_all(&self, account: &Account) -> Result<(), AppError> {
        let active = self.in_use().filter(|active| active.account.id == account.id);
        if let Some((active, net)) = active.as_ref().and_then(|active| Some((active, active.net.as_ref()?))) {
            self.drain(active, net, Until::Idle, SENDING).await?;
        }
        let left = self.pending_work(&account.id).await?;
        match in_words(&left) {
            None => Ok(()),
            Some(words) => {
                Err(AppError::new(ErrorCode::TooLate, format!("Not everything could be sent: {words}."))
                    .hint("You are still signed in. Try again later, or keep the decisions here."))
            }
        }
    }

    /// Takes back what was never sent, and throws drafts away.
    async fn discard_all(self: &Arc<Self>, account: &Account) -> Result<(), AppError> {
        let in_use = self.in_use().is_some_and(|active| active.account.id == account.id);
        if in_use {
            // From here on nothing moves but what is taken back.
            self.abandon().await;
        }
        let (store, now) = (self.store(&account.id).await, self.config.clock.now());
        let discarded = match store {
            Ok(store) => blocking(move || Ok(discard(&store, now)?)).await,
            Err(error) => Err(error),
        };
        if discarded.is_err() && in_use {
            self.take_up(account.clone()).await?;
            self.announce(Touched { reopen: true, ..Touched::default() }).await;
        }
        discarded
    }

    /// Forgets the session of an account. Its decisions stay here, and go on after signing in again.
    async fn forget(self: &Arc<Self>, account: &Account) -> Result<(), AppError> {
        if let Some(active) = self.in_use().filter(|active| active.account.id == account.id) {
            self.leave().await?;
            if let Some(net) = &active.net {
                net.tokens.forget();
            }
            active.change(|status| status.connection = Connection::SignedOut);
        }
        let (writer, id) = (Arc::clone(self), account.id.clone());
        blocking(move || {
            writer.sessions.delete(&id)?;
            writer.change_accounts(|accounts| accounts.current = accounts.current.take().filter(|c| *c != id))
        })
        .await?;
        self.set_damaged(self.damaged().filter(|damaged| damaged.id != account.id));
        self.announce(Touched { reopen: true, ..Touched::default() }).await;
        Ok(())
    }
}

/// What has to be typed to discard: the host of the server, which nobody types by accident.
fn word(account: &Account) -> String {
    if account.sandbox {
        return "sandbox".to_owned();
    }
    let host = account.origin.split_once("://").map_or(account.origin.as_str(), |(_, rest)| rest);
    host.to_owned()
}

fn counted(store: &Store, unsaved: Vec<String>) -> Result<PendingWork, StoreError> {
    let mut work = PendingWork::default();
    for entry in store.unsettled()? {
        let count = match entry.state {
            state if state.needs_person() => &mut work.needs_person,
            State::Uncertain => &mut work.uncertain,
            State::Checking | State::Sending => &mut work.under_way,
            _ => &mut work.waiting,
        };
        *count += 1;
    }
    let drafts: BTreeSet<String> =
        store.drafts()?.into_iter().map(|draft| draft.contact_id).chain(unsaved).collect();
    work.drafts = u32::try_from(drafts.len()).unwrap_or(u32::MAX);
    Ok(work)
}

/// What is left, for a person; drafts are not sent and not counted. `None` where nothing is.
fn in_words(work: &PendingWork) -> Option<String> {
    let count = |count: u32, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let left: Vec<String> = [
        count(work.waiting, "waiting to be sent"),
        count(work.under_way, "on the way"),
        count(work.uncertain, "with an unknown outcome"),
        count(work.needs_person, "that need you"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!left.is_empty()).then(|| left.join(", "))
}

/// Withdraws what was never sent and throws drafts away. What was left in the middle of being sent may have gone.
fn discard(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    store.recover(now)?;
    let never_sent = |entry: &EntryHead| entry.attempts == 0;
    for entry in store.unsettled()?.iter().filter(|entry| never_sent(entry)) {
        match store.withdraw(&entry.op_id, now) {
            Err(StoreError::Step(_)) | Ok(_) => {}
            Err(error) => return Err(error),
        }
    }
    for draft in store.drafts()? {
        store.discard_draft(&draft.contact_id)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_said_and_drafts_are_not_part_of_it() {
        assert_eq!(in_words(&PendingWork { drafts: 3, ..PendingWork::default() }), None);
        let work = PendingWork { waiting: 2, uncertain: 1, drafts: 1, ..PendingWork::default() };
        assert_eq!(in_words(&work).as_deref(), Some("2 waiting to be sent, 1 with an unknown outcome"));
    }
}
