//! Leaving an account with work that is not settled.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use cleave_core::outbox::State;
use cleave_store::{Store, StoreError};
use cleave_sync::Session;

use crate::accounts::Account;
use crate::active::Active;
use crate::drain::Until;
use crate::feed::Touched;
use crate::ipc::{AppError, Connection, ErrorCode, LeaveHow, PendingWork};
use crate::separation::autosave;
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
    /// been carried out stay on this machine.
    ///
    /// With [`LeaveHow::Send`], what waits is sent first, for up to a minute; drafts stay. With [`LeaveHow::Discard`],
    /// decisions that the server cannot have carried out are withdrawn and drafts thrown away.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` for another word than the one to type; `TooLate` where not everything could be sent, with
    /// what is left; `Secrets` (the session is then still saved); `Storage`, also where a draft could not be saved. The
    /// account stays signed in then, and nothing is discarded.
    pub async fn sign_out_with(&self, id: &str, how: LeaveHow) -> Result<(), AppError> {
        let app = &self.inner;
        app.writable()?;
        let _switching = app.switching.lock().await;
        let account = app.accounts().find(id).cloned().ok_or_else(unknown)?;
        match &how {
            LeaveHow::Keep => {}
            LeaveHow::Send => app.send_all(&account).await?,
            LeaveHow::Discard { word: typed } => {
                if !typed.trim().eq_ignore_ascii_case(&word(&account)) {
                    let message = format!("Type {} to throw away what was not carried out.", word(&account));
                    return Err(AppError::new(ErrorCode::Invalid, message).at("word"));
                }
            }
        }
        app.sign_out(&account, matches!(how, LeaveHow::Discard { .. })).await
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
        work.online = active.is_some_and(|active| is_online(&active));
        Ok(work)
    }

    /// What is known of it where the files cannot be read.
    pub fn unsaved_work(&self, active: &Active) -> PendingWork {
        let unsaved = small(active.desk.unsaved().len());
        PendingWork {
            drafts: unsaved,
            unsaved,
            online: is_online(active),
            word: word(&active.account),
            ..PendingWork::default()
        }
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

    /// Forgets the session of an account, with the work in it or without. Its decisions stay here, and go on after
    /// signing in again.
    async fn sign_out(self: &Arc<Self>, account: &Account, discards: bool) -> Result<(), AppError> {
        let active = self.in_use().filter(|active| active.account.id == account.id);
        if let Some(active) = &active {
            // Before discarding too: if that fails, they are still there.
            let saved = autosave::save_all(active).await;
            if !discards {
                saved?;
            }
        }
        // First what a locked keyring refuses: everything is as it was then.
        let session = self.unsave(account).await?;
        let left = match (&active, discards) {
            (_, true) => self.discard_all(account, active.is_some()).await,
            (Some(_), false) => self.leave().await,
            (None, false) => Ok(()),
        };
        if let Err(error) = left {
            self.put_back(account, session, discards && active.is_some()).await;
            return Err(error);
        }
        if let Some(active) = &active {
            if let Some(net) = &active.net {
                net.tokens.forget();
            }
            active.change(|status| status.connection = Connection::SignedOut);
        }
        let (writer, id) = (Arc::clone(self), account.id.clone());
        let kept = blocking(move || {
            writer.change_accounts(|accounts| accounts.current = accounts.current.take().filter(|c| *c != id))
        })
        .await;
        if let Err(error) = kept {
            tracing::warn!(code = ?error.code, "the next start will show an account that is signed out");
        }
        self.set_damaged(self.damaged().filter(|damaged| damaged.id != account.id));
        self.announce(Touched { reopen: true, ..Touched::default() }).await;
        Ok(())
    }

    /// Forgets the saved session of an account, and answers what it was, where that can be read.
    async fn unsave(&self, account: &Account) -> Result<Option<Session>, AppError> {
        let (sessions, id) = (Arc::clone(&self.sessions), account.id.clone());
        blocking(move || {
            let session = sessions.load(&id).ok().flatten();
            sessions.delete(&id)?;
            Ok(session)
        })
        .await
    }

    /// Saves the session again, because signing out failed, and takes the account up again where it was left.
    async fn put_back(self: &Arc<Self>, account: &Account, session: Option<Session>, was_left: bool) {
        let (sessions, id) = (Arc::clone(&self.sessions), account.id.clone());
        let saved =
            blocking(move || Ok(session.map_or(Ok(()), |session| sessions.save(&id, &session))?)).await;
        let taken_up = if was_left { self.take_up(account.clone()).await.map(drop) } else { Ok(()) };
        for error in [saved, taken_up].into_iter().filter_map(Result::err) {
            tracing::error!(code = ?error.code, "signing out failed, and so did staying signed in");
        }
        self.announce(Touched { reopen: true, ..Touched::default() }).await;
    }

    /// Takes back what the server cannot have carried out, and throws drafts away.
    async fn discard_all(&self, account: &Account, in_use: bool) -> Result<(), AppError> {
        if in_use {
            // From here on nothing moves but what is taken back.
            self.abandon().await;
        }
        let (store, now) = (self.store(&account.id).await?, self.config.clock.now());
        let discarded = blocking(move || Ok(store.discard_unsent(now)?)).await?;
        tracing::info!(
            withdrawn = discarded.withdrawn.len(),
            drafts = discarded.drafts,
            "work was discarded"
        );
        Ok(())
    }
}

/// Whether sending can be tried.
fn is_online(active: &Active) -> bool {
    active.net.is_some() && active.status().connection == Connection::Online
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
    work.discardable = small(store.discardable()?.len());
    work.unsaved = small(unsaved.len());
    let drafts: BTreeSet<String> =
        store.drafts()?.into_iter().map(|draft| draft.contact_id).chain(unsaved).collect();
    work.drafts = small(drafts.len());
    Ok(work)
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
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
