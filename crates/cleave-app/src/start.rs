//! Starting and ending: what is opened, what is taken up again, and what is left as it stands.

use std::collections::HashMap;
use std::fs::File;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use cleave_store::{Store, StoreError};
use cleave_sync::{Api, Origin, Puller, Sender, SenderSettings, Session};
use tokio::sync::Notify;

use crate::accounts::{Account, Accounts};
use crate::active::{Active, Net};
use crate::fault::another_cleave;
use crate::feed::Feed;
use crate::home::Home;
use crate::ipc::{AccountView, AppError, Connection, ErrorCode};
use crate::separation::autosave;
use crate::session::{AccountTokens, Sessions};
use crate::{App, AppConfig, Inner, blocking, work};

/// How long a start waits for the process before to let go of its files.
const PATIENCE: Duration = Duration::from_secs(3);

impl App {
    /// Opens the home, and the account that was in use. Needs a tokio runtime around it.
    ///
    /// The sandbox that was in use is opened too, but not connected: its server is started by the shell, which then
    /// calls [`App::connect`]. A session that cannot be read is no error: the account is then signed out.
    ///
    /// # Errors
    /// `Storage`: the files cannot be read, were written by a newer version, or belong to another process.
    pub async fn start(config: AppConfig) -> Result<App, AppError> {
        let sessions = Arc::new(Sessions::new(Arc::clone(&config.secrets)));
        let (home, saved) = (config.home.clone(), Arc::clone(&sessions));
        let (lock, accounts) = blocking(move || {
            let lock = take_lock(&home)?;
            let accounts = Accounts::read(&home)?;
            for account in &accounts.known {
                // One that cannot be read counts as signed out, and is said when the account is taken up.
                drop(saved.load(&account.id));
            }
            Ok((lock, accounts))
        })
        .await?;
        let current = accounts.in_use().cloned();
        let app = App {
            inner: Arc::new(Inner {
                config,
                accounts: Mutex::new(accounts),
                sessions,
                stores: Mutex::new(HashMap::new()),
                active: RwLock::new(None),
                switching: tokio::sync::Mutex::new(()),
                feed: Feed::default(),
                lock: Mutex::new(Some(lock)),
            }),
        };
        if let Some(account) = current {
            app.inner.take_up(account).await?;
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

    /// Ends what goes on and lets go of the files. Sends nothing more; every decision stays in the state it has.
    ///
    /// # Errors
    /// `Storage`: a draft could not be saved, and its last changes are lost. Everything is ended and let go of all the
    /// same.
    pub async fn shutdown(&self) -> Result<(), AppError> {
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
    /// Opens an account with the session saved for it, and makes it the one in use.
    pub async fn take_up(self: &Arc<Self>, account: Account) -> Result<Arc<Active>, AppError> {
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
        self.enter(account, session, connection).await
    }

    /// Makes an account the one in use, with or without a session; `without` is the connection shown without one.
    /// Where that fails, the account in use stays.
    pub async fn enter(
        self: &Arc<Self>,
        account: Account,
        session: Option<Session>,
        without: Connection,
    ) -> Result<Arc<Active>, AppError> {
        let store = self.store(&account.id).await?;
        let connection = if session.is_some() { Connection::Connecting } else { without };
        let net = session.map(|session| self.net(&account, &store, session)).transpose()?;
        self.leave().await?;
        let active = Arc::new(Active::new(account, store, Arc::clone(&self.config.clock), net, connection));
        *self.active.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&active));
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

    /// The store of an account; opened at its first use.
    pub async fn store(&self, id: &str) -> Result<Store, AppError> {
        let open = self.stores.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        if let Some(store) = open {
            return Ok(store);
        }
        let (home, id, now) = (self.config.home.clone(), id.to_owned(), self.config.clock.now());
        let (id, store) = blocking(move || {
            let folder = home.account(&id);
            let store = patiently(
                || Store::open(&folder, now),
                |opened| matches!(opened, Err(StoreError::AlreadyOpen)),
            )?;
            Ok((id, store))
        })
        .await?;
        self.stores.lock().unwrap_or_else(PoisonError::into_inner).insert(id, store.clone());
        Ok(store)
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

fn take_lock(home: &Home) -> Result<File, AppError> {
    patiently(|| home.lock(), |taken| matches!(taken, Ok(None)))
        .map_err(|error| {
            AppError::new(ErrorCode::Storage, format!("Cleave's folder cannot be written: {}.", error.kind()))
        })?
        .ok_or_else(another_cleave)
}

/// Tries until it is no longer in the way of a process that is about to end. Blocks.
fn patiently<T>(mut attempt: impl FnMut() -> T, in_the_way: impl Fn(&T) -> bool) -> T {
    let start = Instant::now();
    loop {
        let answer = attempt();
        if !in_the_way(&answer) || start.elapsed() >= PATIENCE {
            return answer;
        }
        thread::sleep(Duration::from_millis(50));
    }
}
