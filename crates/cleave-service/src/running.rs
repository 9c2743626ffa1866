//! Starting and stopping.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::auth::token::Keys;
use crate::config::Config;
use crate::data_dir::{Credentials, Files};
use crate::db::Db;
use crate::error::StartError;
use crate::fault::{CutListener, Faults, Wire, strike};
use crate::http::refusal;
use crate::state::State;
use crate::{operation, world};

/// How long requests under way are waited for on shutdown.
const GRACE: Duration = Duration::from_secs(5);

/// The local API service.
pub struct Service;

/// A service that answers. Dropping it stops it too, without waiting.
pub struct Running {
    /// Where it answers, such as `http://127.0.0.1:2212`.
    pub url: String,
    /// The demo credentials of the main organisation's ADMIN.
    pub credentials: Credentials,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    state: Arc<State>,
    files: Files,
}

impl Service {
    /// Opens the data directory, fills an empty database, and answers from then on.
    ///
    /// # Errors
    /// [`StartError`]. Nothing was imported or seeded in part: the world is one transaction.
    pub async fn start(config: Config) -> Result<Running, StartError> {
        // First the address, so that a port that is taken costs no import.
        let address = SocketAddr::new(config.bind, config.port);
        let refused = |cause| StartError::Listen { address: address.to_string(), cause };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let local = listener.local_addr().map_err(refused)?;

        let (stop, stopping) = watch::channel(false);
        let opening = tokio::task::spawn_blocking(move || open(&config, stopping));
        let (files, credentials, state) =
            opening.await.map_err(|error| StartError::World(error.to_string()))??;

        let app = router(state.clone()).into_make_service_with_connect_info::<Wire>();
        let mut stopping = stop.subscribe();
        let until = async move {
            // An error means that the hand on the service is gone.
            let _ = stopping.wait_for(|stopping| *stopping).await;
        };
        let serving = tokio::spawn(async move {
            let served = axum::serve(CutListener(listener), app).with_graceful_shutdown(until).await;
            if let Err(error) = served {
                tracing::error!(%error, "the service stopped answering");
            }
        });
        tracing::info!(port = local.port(), "the local API service answers");
        Ok(Running { url: format!("http://{local}"), credentials, stop, serving, state, files })
    }
}

fn open(
    config: &Config,
    stopping: watch::Receiver<bool>,
) -> Result<(Files, Credentials, Arc<State>), StartError> {
    let files = Files::open(&config.data, config.reset)?;
    let credentials = files.credentials(world::ADMIN_EMAIL, config.password.as_deref())?;
    let db = Db::open(&files.database(), |tx| world::ensure(tx, config, &credentials.password))?;
    let state = State {
        keys: Keys::new(&files.secret()?, config.token_lifetime),
        clock: config.clock.clone(),
        refresh_lifetime: config.refresh_lifetime,
        bulk_cap: config.bulk_cap,
        body_cap: config.body_cap,
        faults: config.faults.then(|| Faults::new(db.clone(), stopping)),
        db,
    };
    Ok((files, credentials, Arc::new(state)))
}

fn router(state: Arc<State>) -> Router {
    let mut routes = operation::routes();
    if state.faults.is_some() {
        routes = routes.merge(operation::fault_routes());
    }
    routes
        .fallback(refusal::no_such_path)
        .method_not_allowed_fallback(refusal::no_such_method)
        .layer(middleware::from_fn(refusal::render))
        .layer(middleware::from_fn_with_state(state.clone(), strike))
        .with_state(state)
}

impl Running {
    /// The fault switches, where the service was started with them.
    pub fn faults(&self) -> Option<&Faults> {
        self.state.faults.as_ref()
    }

    /// Stops accepting, waits for requests under way for a few seconds, and closes the database. A temporary data
    /// directory is removed.
    pub async fn shutdown(self) {
        let Running { stop, mut serving, state, files, .. } = self;
        let _ = stop.send(true);
        if tokio::time::timeout(GRACE, &mut serving).await.is_err() {
            tracing::warn!("requests under way were cut off");
            serving.abort();
        }
        drop(state);
        drop(files);
    }

    #[cfg(test)]
    pub(crate) fn state(&self) -> &Arc<State> {
        &self.state
    }
}
