//! One authorised request: who calls, when, and the database as this request sees it.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use rusqlite::{Connection, Transaction};

use crate::auth::token::Caller;
use crate::http::Refusal;
use crate::state::State;

/// A database connection that keeps seeing an earlier state; put on a request by the stale-read fault.
#[derive(Clone)]
pub(crate) struct StaleReader(pub(crate) Arc<Mutex<Connection>>);

/// A request with a good token. 401 without one.
pub(crate) struct Call {
    /// Who calls.
    pub(crate) caller: Caller,
    /// The service.
    pub(crate) state: Arc<State>,
    stale: Option<StaleReader>,
}

impl Call {
    /// Runs one read.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Refusal> + Send + 'static,
    {
        match self.stale.clone() {
            None => self.state.db.read(work).await,
            Some(StaleReader(reader)) => {
                let job = move || work(&reader.lock().unwrap_or_else(PoisonError::into_inner));
                tokio::task::spawn_blocking(job).await.map_err(Refusal::internal)?
            }
        }
    }

    /// Runs one write: all of it happens, or on a refusal nothing.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, Refusal> + Send + 'static,
    {
        self.state.db.write(work).await
    }

    /// The caller's own organisation.
    pub(crate) fn organization(&self) -> String {
        self.caller.organization.clone()
    }

    /// The organisation an admin route is about. Any but the caller's own is for the SUPERADMIN: 403.
    pub(crate) fn reach(&self, organization: &str) -> Result<(), Refusal> {
        let any = self.caller.role == crate::auth::role::Role::SuperAdmin;
        if any || organization == self.caller.organization {
            return Ok(());
        }
        Err(Refusal::forbidden("Not a member of this organization"))
    }
}

impl FromRequestParts<Arc<State>> for Call {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<State>) -> Result<Self, Refusal> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let value = value.ok_or_else(|| Refusal::unauthorized("No token provided"))?;
        let token = match value.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            _ => return Err(Refusal::unauthorized("No token provided")),
        };
        Ok(Call {
            caller: state.keys.check(token, state.clock.millis())?,
            state: state.clone(),
            stale: parts.extensions.get::<StaleReader>().cloned(),
        })
    }
}

/// A [`Call`] by an ADMIN or SUPERADMIN. 403 for every other role.
pub(crate) struct Admin(Call);

impl Deref for Admin {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.0
    }
}

impl FromRequestParts<Arc<State>> for Admin {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<State>) -> Result<Self, Refusal> {
        let call = Call::from_request_parts(parts, state).await?;
        if call.caller.role.is_admin() {
            return Ok(Admin(call));
        }
        Err(Refusal::forbidden("Admin access required"))
    }
}
