//! Signing in to a server.

use std::sync::Arc;
use std::time::Duration;

use cleave_core::outbox::Hold;
use cleave_store::Access;
use cleave_sync::{Origin, Reach, SignedIn, connect};
use secrecy::{ExposeSecret, SecretString};

use crate::accounts::{Account, id_of};
use crate::active::{Active, Net};
use crate::fault::connect_failed;
use crate::feed::Touched;
use crate::ipc::{AccountView, AppError, ConnectRequest, Connection, Credential, ErrorCode};
use crate::{App, Inner, blocking, files};

/// Longest time that connecting waits for the probe. What it has not found out by then stays unknown.
const PROBE_BUDGET: Duration = Duration::from_secs(10);

impl App {
    /// Signs in to a server and makes the account the one in use. Decisions that waited for the session go on.
    ///
    /// The password is sent once and kept nowhere; the session is sealed before anything else happens with it.
    ///
    /// # Errors
    /// `Invalid` (address, or an empty input), `Unreachable`, `NotTheApi`, `SignInRefused`, `NotAdmin`, `Server`,
    /// `Secrets`, `Storage`; nothing is changed then.
    pub async fn connect(&self, request: ConnectRequest, sandbox: bool) -> Result<AccountView, AppError> {
        let app = &self.inner;
        app.writable()?;
        let _switching = app.switching.lock().await;
        let origin = Origin::parse(&request.url)
            .map_err(|problem| AppError::new(ErrorCode::Invalid, problem.to_string()).at("url"))?;
        let signed_in = tokio::select! {
            biased;
            () = app.ends() => return Err(AppError::new(ErrorCode::Unreachable, "Cleave is being closed.")),
            signed_in = sign_in(&origin, request.credential) => signed_in?,
        };
        let account = account_of(&origin, &signed_in, sandbox);
        // First what can fail: files that cannot be opened leave everything as it was.
        let store = app.opened(&account.id).await?.map_err(|error| match error.is_damage() {
            true => files::damaged(),
            false => error.into(),
        })?;
        if let Access::ReadOnly(reason) = store.access() {
            return Err(files::refused(reason));
        }
        app.remember(&account, &signed_in).await?;
        let active = app.enter(account, store, Some(signed_in.session), Connection::Connecting).await?;
        app.resume(&active).await?;
        Ok(app.account_view(&active.account))
    }
}

impl Inner {
    /// Keeps session and account for the next start. Without a sealed session the account is not listed as signed in.
    async fn remember(self: &Arc<Self>, account: &Account, signed_in: &SignedIn) -> Result<(), AppError> {
        let (app, account, session) = (Arc::clone(self), account.clone(), signed_in.session.clone());
        blocking(move || {
            app.sessions.save(&account.id, &session)?;
            app.change_accounts(|accounts| {
                accounts.current = Some(account.id.clone());
                accounts.put(account);
            })
        })
        .await
    }

    /// Lets go on what waited for the session, and finds out what the server supports.
    async fn resume(&self, active: &Active) -> Result<(), AppError> {
        let now = self.config.clock.now();
        let released = active.disk(move |store| store.release(Hold::Auth, now)).await?;
        let entries = released.into_iter().map(|entry| entry.op_id).collect();
        if let Some(net) = &active.net {
            let mut due = active.probe_due.lock().await;
            // Where the window closes meanwhile, it is found out another time.
            *due = tokio::select! {
                biased;
                () = self.ends() => true,
                found = self.probe(active, net) => !found,
            };
        }
        active.wake();
        self.announce(Touched { entries, reopen: true, ..Touched::default() }).await;
        Ok(())
    }

    /// Finds out what the server supports, where that is not known. Answers whether it is known anew.
    pub(crate) async fn probe_if_due(&self, active: &Active, net: &Net) -> bool {
        let mut due = active.probe_due.lock().await;
        if !*due && active.disk(|store| Ok(!store.capabilities()?.is_empty())).await.unwrap_or(true) {
            return false;
        }
        *due = !self.probe(active, net).await;
        !*due
    }

    /// Asks the server what it supports; answers whether that worked. What it tells of the connection is what the
    /// status says then; without an answer in time it stays as it is, and loading the queue tells.
    async fn probe(&self, active: &Active, net: &Net) -> bool {
        let now = self.config.clock.now();
        let probed = tokio::time::timeout(PROBE_BUDGET, net.api.probe(&active.account.organization)).await;
        let worked = matches!(probed, Ok(Ok(_)));
        match probed {
            Ok(Ok(found)) => {
                active.change(|status| status.reached(Reach::Online));
                let found: Vec<_> =
                    found.into_iter().map(|found| (found.route.name().to_owned(), found.support)).collect();
                if let Err(error) = active.disk(move |store| store.put_capabilities(&found, now)).await {
                    tracing::warn!(%error, "what the server supports could not be kept");
                }
            }
            Ok(Err(failure)) => {
                tracing::info!(class = ?failure.class, "what the server supports could not be found out");
                active.change(|status| status.failed(&failure.into()));
            }
            Err(_) => tracing::info!("finding out what the server supports took too long"),
        }
        worked
    }
}

async fn sign_in(origin: &Origin, credential: Credential) -> Result<SignedIn, AppError> {
    let given = |text: &str, field: &str, what: &str| {
        if text.trim().is_empty() {
            return Err(AppError::new(ErrorCode::Invalid, format!("{what} is missing.")).at(field));
        }
        Ok(())
    };
    match credential {
        Credential::Password { email, password } => {
            given(&email, "email", "The e-mail address")?;
            given(&password, "password", "The password")?;
            let password = SecretString::from(password);
            connect::sign_in(origin, email.trim(), &password).await.map_err(|f| connect_failed(f, false))
        }
        Credential::Token { token } => {
            given(&token, "token", "The token")?;
            let token = SecretString::from(token.trim());
            connect::sign_in_with_token(origin, token).await.map_err(|f| connect_failed(f, true))
        }
    }
}

fn account_of(origin: &Origin, signed_in: &SignedIn, sandbox: bool) -> Account {
    let person = &signed_in.person;
    // A token that does not say whose it is stands for its person: no two tokens share a queue by accident.
    let whose = match person.user_id.as_str() {
        "" => signed_in.session.token.expose_secret(),
        id => id,
    };
    Account {
        id: id_of(origin.as_str(), sandbox, &person.organization_id, whose),
        origin: origin.as_str().to_owned(),
        user_id: person.user_id.clone(),
        person: person.name.clone(),
        organization: person.organization_id.clone(),
        role: person.role.clone(),
        sandbox,
    }
}
