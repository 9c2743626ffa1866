//! Starting and ending: what is opened, what is taken up again, and what is left as it stands.

use std::collections::HashMap;
use std::fs::File;
use std::io::ErrorKind;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use cleave_store::{Access, ReadOnlyReason, Store};
use cleave_sync::{Api, Origin, Puller, Sender, SenderSettings, Session};
use tokio::sync::{Notify, watch};

use crate::accounts::{Account, Accounts};
use crate::active::{Active, Net};
use crate::feed::Feed;
use crate::home::Home;
use crate::ipc::{AccountView, AppError, Connection, ErrorCode};
use crate::separation::autosave;
use crate::session::{AccountTokens, Sessions};
use crate::stores::patiently;
use crate::{App, AppConfig, Inner, blocking, files, work};

impl App {
    /// Opens the home, and the account that was in use. Needs a tokio runtime around it.
    ///
    /// Where another process writes to the home, or nobody can, everything is shown and nothing saved or sent:
    /// [`App::files`] says why. An account whose outbox is damaged is not in use, and named there.
    ///
    /// The sandbox that was in use is opened too, but not connected: its server is started by the shell, which then
    /// calls [`App::connect`]. A session that cannot be read is no error: the account is then signed out.
    ///
    /// # Errors
    /// `Storage`: the files cannot be read.
    pub async fn start(config: AppConfig) -> Result<App, AppError> {
        let sessions = Arc::new(Sessions::new(Arc::clone(&config.secrets)));
        let (home, patience) = (config.home.clone(), config.patience);
        let app = App {
            inner: Arc::new(Inner {
                config,
                accounts: Mutex::default(),
                sessions,
                stores: Mutex::new(HashMap::new()),
                active: RwLock::new(None),
                switching: tokio::sync::Mutex::new(()),
                ending: watch::Sender::new(false),
                feed: Feed::default(),
                lock: Mutex::default(),
                barred: Mutex::default(),
                damaged: Mutex::default(),
            }),
        };
        let right = blocking(move || take_right(&home, patience)).await?;
        app.inner.enter_home(right).await?;
        if app.inner.config.background && app.inner.barred().is_some() {
            tokio::spawn(files::watch(Arc::downgrade(&app.inner)));
        }
        Ok(app)
    }

    /// The account in use.
    pub fn in_use(&self) -> Option<AccountView> {
        self.inner.in_use().map(|active| self.inner.account_view(&active.account))
    }

    /// Every known account.
    pub fn accounts(&self) -> Vec<AccountView> {
        self.inner.account_views()
    }

    /// Where the sessions are kept, in a sentence.
    pub fn secrets(&self) -> String {
        self.inner.config.secrets.describe()
    }

    /// Whether the account in use is the sandbox, and waits for the shell to start its server and connect to it.
    pub fn waits_for_sandbox(&self) -> bool {
        let app = &self.inner;
        let waits =
            |active: Arc<Active>| active.account.sandbox && active.net.is_none() && active.writable().is_ok();
        app.writable().is_ok() && app.in_use().is_some_and(waits)
    }

    /// Ends what goes on and lets go of the files. Sends nothing more; every decision stays in the state it has. Signing
    /// in, and sending before signing out, are broken off.
    ///
    /// # Errors
    /// `Storage`: a draft could not be saved, and its last changes are lost. Everything is ended and let go of all the
    /// same.
    pub async fn shutdown(&self) -> Result<(), AppError> {
        self.inner.ending.send_replace(true);
        let _switching = self.inner.switching.lock().await;
        self.inner.feed.hold().await.sink = None;
        let left = self.inner.leave().await;
        if left.is_err() {
            self.inner.abandon().await;
        }
        self.inner.stores.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.inner.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
        left
    }
}

impl Inner {
    /// Reads the home with the right that was got, and takes up the account that was in use.
    async fn enter_home(self: &Arc<Self>, (lock, barred): Right) -> Result<(), AppError> {
        *self.lock.lock().unwrap_or_else(PoisonError::into_inner) = lock;
        *self.barred.lock().unwrap_or_else(PoisonError::into_inner) = barred;
        let (home, sessions) = (self.config.home.clone(), Arc::clone(&self.sessions));
        let accounts = blocking(move || {
            let accounts = Accounts::read(&home)?;
            for account in &accounts.known {
                // One that cannot be read counts as signed out, and is said when the account is taken up.
                drop(sessions.load(&account.id));
            }
            Ok(accounts)
        })
        .await?;
        let current = accounts.in_use().cloned();
        *self.accounts.lock().unwrap_or_else(PoisonError::into_inner) = accounts;
        match current {
            Some(account) => match self.take_up(account).await {
                // The process that writes may not have made the files yet.
                Err(error) if barred.is_some() => {
                    tracing::info!(code = ?error.code, "the account in use cannot be read yet");
                    Ok(())
                }
                taken => taken.map(drop),
            },
            None => Ok(()),
        }
    }

    /// Tries to get the right to write to the home again, and takes everything up anew. What was shown is let go of.
    pub async fn enter_home_again(self: &Arc<Self>) -> Result<(), AppError> {
        let home = self.config.home.clone();
        let right = blocking(move || take_right(&home, Duration::ZERO)).await?;
        if let (_, Some(reason)) = right {
            return Err(files::refused(reason));
        }
        self.abandon().await;
        self.set_damaged(None);
        self.enter_home(right).await
    }

    /// Opens an account with the session saved for it, and makes it the one in use. One with a damaged outbox is noted
    /// as such, and then none is in use: the answer is `None`.
    pub async fn take_up(self: &Arc<Self>, account: Account) -> Result<Option<Arc<Active>>, AppError> {
        let store = match self.opened(&account.id).await? {
            Ok(store) => store,
            Err(error) if error.is_damage() => {
                self.leave().await?;
                self.set_damaged(Some(account));
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let (sessions, id) = (Arc::clone(&self.sessions), account.id.clone());
        let loaded = tokio::task::spawn_blocking(move || sessions.load(&id)).await;
        let session = match loaded {
            Ok(Ok(session)) => session,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the saved session cannot be read");
                None
            }
            Err(_) => None,
        };
        // The port in the list is of an earlier start; whoever listens there now gets no token.
        let session = session.filter(|_| !account.sandbox);
        let connection = if account.sandbox { Connection::Connecting } else { Connection::SignedOut };
        self.enter(account, store, session, connection).await.map(Some)
    }

    /// Makes an account the one in use, with or without a session; `without` is the connection shown without one.
    /// Where that fails, the account in use stays. With files that are only read, the session is not used.
    pub async fn enter(
        self: &Arc<Self>,
        account: Account,
        store: Store,
        session: Option<Session>,
        without: Connection,
    ) -> Result<Arc<Active>, AppError> {
        let writes = store.access() == Access::ReadWrite;
        let connection = match (&session, writes) {
            (Some(_), true) => Connection::Connecting,
            (Some(_), false) => Connection::Offline,
            (None, false) if without == Connection::Connecting => Connection::Offline,
            (None, _) => without,
        };
        let session = session.filter(|_| writes);
        let net = session.map(|session| self.net(&account, &store, session)).transpose()?;
        self.leave().await?;
        let active = Arc::new(Active::new(account, store, Arc::clone(&self.config.clock), net, connection));
        *self.active.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&active));
        self.set_damaged(None);
        if !writes {
            return Ok(active);
        }
        active.keep(autosave::run(Arc::downgrade(self), Arc::clone(&active)));
        if self.config.background {
            work::start(self, &active);
        }
        Ok(active)
    }

    /// Leaves the account in use. Drafts are saved first; what was on its way stays as it is persisted.
    ///
    /// # Errors
    /// `Storage`: a draft could not be saved. The account is still in use then.
    pub async fn leave(&self) -> Result<(), AppError> {
        let Some(active) = self.taken() else { return Ok(()) };
        if let Err(error) = autosave::save_all(&active).await {
            *self.active.write().unwrap_or_else(PoisonError::into_inner) = Some(active);
            return Err(error);
        }
        active.ended().await;
        Ok(())
    }

    /// Leaves the account in use with whatever is not saved.
    pub async fn abandon(&self) {
        if let Some(active) = self.taken() {
            active.ended().await;
        }
    }

    /// Takes the account out of use, so that nothing more is changed in it.
    fn taken(&self) -> Option<Arc<Active>> {
        self.active.write().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn net(&self, account: &Account, store: &Store, session: Session) -> Result<Net, AppError> {
        let origin = Origin::parse(&account.origin)
            .map_err(|problem| AppError::new(ErrorCode::Invalid, problem.to_string()).at("url"))?;
        let tokens = Arc::new(AccountTokens::new(&account.id, session, Arc::clone(&self.sessions)));
        let api = Api::new(origin, Arc::clone(&tokens) as _)
            .map_err(|error| AppError::new(ErrorCode::Storage, error.to_string()))?;
        let clock = Arc::clone(&self.config.clock);
        let organization = account.only_organization();
        let settings = SenderSettings {
            quarantine: self.config.quarantine,
            agreement: self.config.agreement,
            organization_id: organization.clone(),
            ..SenderSettings::default()
        };
        Ok(Net {
            tokens,
            puller: Puller::new(api.clone(), store.clone(), Arc::clone(&clock), organization),
            sender: Arc::new(Sender::new(api.clone(), store.clone(), clock, settings)),
            api,
            send_wanted: Notify::new(),
            pull_wanted: Notify::new(),
        })
    }

    /// An account for the window. The one in use is signed out as soon as the server says so.
    pub fn account_view(&self, account: &Account) -> AccountView {
        let ended = self.in_use().is_some_and(|active| {
            active.account.id == account.id && active.status().connection == Connection::SignedOut
        });
        account.view(self.sessions.is_saved(&account.id) && !ended)
    }

    /// All accounts for the window.
    pub fn account_views(&self) -> Vec<AccountView> {
        self.accounts().known.iter().map(|account| self.account_view(account)).collect()
    }
}

/// The right to write to the home, or why there is none.
type Right = (Option<File>, Option<ReadOnlyReason>);

/// Takes the right to write to the home. Blocks.
fn take_right(home: &Home, patience: Duration) -> Result<Right, AppError> {
    match patiently(patience, || home.lock(), |taken| matches!(taken, Ok(None))) {
        Ok(Some(lock)) => Ok((Some(lock), None)),
        Ok(None) => Ok((None, Some(ReadOnlyReason::AnotherProcess))),
        Err(error) if matches!(error.kind(), ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) => {
            Ok((None, Some(ReadOnlyReason::Unwritable)))
        }
        Err(error) => {
            let message = format!("Cleave's folder cannot be used: {}.", error.kind());
            Err(AppError::new(ErrorCode::Storage, message))
        }
    }
}
