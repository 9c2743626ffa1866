//! The tokens of a session, and who holds them.

use std::sync::{Mutex, PoisonError};

use secrecy::SecretString;

/// What proves who is asking.
#[derive(Clone, Debug)]
pub struct Session {
    /// The bearer token.
    pub token: SecretString,
    /// What a new token can be had for, where the server gave it.
    pub refresh: Option<SecretString>,
}

/// Holds the session of an account; the application keeps it where secrets are kept.
pub trait Tokens: Send + Sync {
    /// The session now; `None` after signing out.
    fn session(&self) -> Option<Session>;
    /// The server gave a new one in exchange for the refresh token, which is used up.
    fn renewed(&self, session: Session);
}

/// A session in memory only.
#[derive(Debug)]
pub struct HeldTokens {
    session: Mutex<Option<Session>>,
}

impl HeldTokens {
    /// Holds this session.
    pub fn new(session: Session) -> Self {
        HeldTokens { session: Mutex::new(Some(session)) }
    }
}

impl Tokens for HeldTokens {
    fn session(&self) -> Option<Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn renewed(&self, session: Session) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
    }
}
