//! The client: one server, one session, and how requests are made.

use std::sync::Arc;
use std::time::Duration;

use cleave_wire::auth::{RefreshRequest, RefreshResponse};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Client, ClientBuilder, RequestBuilder, redirect, retry};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use crate::classify;
use crate::exchange::{Answered, Exchange, exchange};
use crate::failure::{ReadClass, ReadFailure};
use crate::origin::Origin;
use crate::route::Route;
use crate::session::{Session, Tokens};
use crate::tls::install_tls;

/// Bounds of every exchange.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For making a connection.
    pub connect: Duration,
    /// For a whole reading, body included.
    pub read: Duration,
    /// For a whole change, body included.
    pub change: Duration,
    /// Largest body of a reading in bytes, after decompression.
    pub read_bytes: usize,
    /// Largest body of the answer to a change in bytes, after decompression.
    pub change_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            change: Duration::from_secs(30),
            read_bytes: 32 * 1024 * 1024,
            change_bytes: 4 * 1024 * 1024,
        }
    }
}

/// The client could not be set up, for instance because the system's certificates cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be set up on this system")]
pub struct SetupError;

/// A server and the session on it. Cheap to clone.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

struct Inner {
    origin: Origin,
    tokens: Arc<dyn Tokens>,
    reads: Client,
    changes: Client,
    limits: Limits,
    // Whoever holds it may renew the session; the others find it renewed.
    renewing: Mutex<()>,
}

impl Api {
    /// A client with the usual bounds.
    ///
    /// # Errors
    /// [`SetupError`].
    pub fn new(origin: Origin, tokens: Arc<dyn Tokens>) -> Result<Api, SetupError> {
        Api::with_limits(origin, tokens, Limits::default())
    }

    /// A client with bounds of its own.
    ///
    /// # Errors
    /// [`SetupError`].
    pub fn with_limits(origin: Origin, tokens: Arc<dyn Tokens>, limits: Limits) -> Result<Api, SetupError> {
        let reads = builder(&origin, &limits).timeout(limits.read).build().map_err(|_| SetupError)?;
        // A fresh connection for each change: an idle one may be closed by the server just as it is used.
        let changes = builder(&origin, &limits)
            .timeout(limits.change)
            .http1_only()
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|_| SetupError)?;
        Ok(Api(Arc::new(Inner { origin, tokens, reads, changes, limits, renewing: Mutex::new(()) })))
    }

    /// The server.
    pub fn origin(&self) -> &Origin {
        &self.0.origin
    }

    /// Reads from a route whose path carries `id`, or none where the route takes no id.
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        route: Route,
        id: &str,
        query: &[(&str, &str)],
    ) -> Result<T, ReadFailure> {
        self.read(|session| Ok(self.request(&self.0.reads, route, id, session)?.query(query))).await
    }

    /// Reads from a route that takes its question in a body.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        route: Route,
        body: &impl Serialize,
    ) -> Result<T, ReadFailure> {
        self.read(|session| Ok(self.request(&self.0.reads, route, "", session)?.json(body))).await
    }

    /// One reading, and a second one if the first was answered with 401 and the session could be renewed.
    async fn read<T: DeserializeOwned>(
        &self,
        request: impl Fn(Option<&Session>) -> Result<RequestBuilder, ReadFailure>,
    ) -> Result<T, ReadFailure> {
        let session = self.0.tokens.session();
        let first = exchange(request(session.as_ref())?, self.0.limits.read_bytes).await;
        let answer = match (&first, &session) {
            (Exchange::Answered(Answered { status: 401, .. }), Some(used)) if self.renew(used).await => {
                exchange(request(self.0.tokens.session().as_ref())?, self.0.limits.read_bytes).await
            }
            _ => first,
        };
        classify::reading(&answer)
    }

    /// Sends a change: exactly these bytes, once, on a connection of its own.
    pub(crate) async fn send(&self, route: Route, id: &str, body: Vec<u8>) -> Exchange {
        let session = self.0.tokens.session();
        match self.request(&self.0.changes, route, id, session.as_ref()) {
            Ok(request) => {
                let request = request.header(CONTENT_TYPE, "application/json").body(body);
                exchange(request, self.0.limits.change_bytes).await
            }
            Err(_) => Exchange::NotConnected,
        }
    }

    /// Asks without a session, for signing in.
    pub(crate) async fn ask_unsigned(&self, route: Route, body: &impl Serialize) -> Exchange {
        match self.request(&self.0.reads, route, "", None) {
            Ok(request) => exchange(request.json(body), self.0.limits.read_bytes).await,
            Err(_) => Exchange::NotConnected,
        }
    }

    /// Whether there is a newer session than the one that was refused: renewed here, or by somebody who was faster.
    pub(crate) async fn renew(&self, refused: &Session) -> bool {
        let _alone = self.0.renewing.lock().await;
        let Some(now) = self.0.tokens.session() else { return false };
        if now.token.expose_secret() != refused.token.expose_secret() {
            return true;
        }
        let Some(refresh) = &now.refresh else { return false };
        let body =
            RefreshRequest { refresh_token: refresh.expose_secret().to_owned(), ..RefreshRequest::default() };
        let answer = self.ask_unsigned(Route::Refresh, &body).await;
        let Ok(fresh) = classify::reading::<RefreshResponse>(&answer) else { return false };
        self.0.tokens.renewed(Session {
            refresh: fresh.refresh_token.into_value().map(SecretString::from).or_else(|| now.refresh.clone()),
            token: SecretString::from(fresh.token),
        });
        true
    }

    /// The session that the next request will use.
    pub(crate) fn session(&self) -> Option<Session> {
        self.0.tokens.session()
    }

    fn request(
        &self,
        client: &Client,
        route: Route,
        id: &str,
        session: Option<&Session>,
    ) -> Result<RequestBuilder, ReadFailure> {
        let path = route.path(id).ok_or_else(|| ReadFailure::new(ReadClass::NotFound))?;
        let address = format!("{}{path}", self.0.origin.as_str());
        let request = client.request(route.method(), address).header(ACCEPT, "application/json");
        let Some(session) = session else { return Ok(request) };
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", session.token.expose_secret()))
            .map_err(|_| ReadFailure::new(ReadClass::SignedOut))?;
        bearer.set_sensitive(true);
        Ok(request.header(AUTHORIZATION, bearer))
    }
}

fn builder(origin: &Origin, limits: &Limits) -> ClientBuilder {
    install_tls();
    let builder = Client::builder()
        .user_agent(concat!("Cleave/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .connect_timeout(limits.connect);
    // This machine is not reached through a proxy.
    if origin.is_loopback() { builder.no_proxy() } else { builder }
}

/// Tokens lie behind it: only the origin is printed.
impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Api({})", self.0.origin)
    }
}
