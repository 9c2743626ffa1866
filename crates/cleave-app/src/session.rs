//! The session of an account: in memory for the client, sealed for the next start.

use std::sync::{Arc, Mutex, PoisonError};

use cleave_sync::{Session, Tokens};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::secrets::{Secrets, SecretsError};

/// What is sealed. Wiped when dropped.
#[derive(Serialize, Deserialize, Zeroize)]
#[zeroize(drop)]
#[serde(rename_all = "camelCase")]
struct Stored {
    token: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

/// Reads the session of an account. Blocks.
pub(crate) fn load(secrets: &dyn Secrets, account: &str) -> Result<Option<Session>, SecretsError> {
    let Some(text) = secrets.load(account)? else { return Ok(None) };
    let stored: Stored = serde_json::from_str(text.expose_secret()).map_err(|_| SecretsError::Unreadable)?;
    let secret = |text: &String| SecretString::from(text.as_str());
    Ok(Some(Session { token: secret(&stored.token), refresh: stored.refresh_token.as_ref().map(secret) }))
}

/// Saves the session of an account. Blocks.
pub(crate) fn save(secrets: &dyn Secrets, account: &str, session: &Session) -> Result<(), SecretsError> {
    let plain = |secret: &SecretString| secret.expose_secret().to_owned();
    let stored = Stored { token: plain(&session.token), refresh_token: session.refresh.as_ref().map(plain) };
    let text = Zeroizing::new(serde_json::to_string(&stored).map_err(|_| SecretsError::Unreadable)?);
    secrets.save(account, &text.as_str().into())
}

/// What the client takes its token from, and gives a renewed one to.
pub(crate) struct AccountTokens {
    account: String,
    session: Mutex<Option<Session>>,
    secrets: Arc<dyn Secrets>,
}

impl AccountTokens {
    /// Starts with a session.
    pub fn new(account: &str, session: Session, secrets: Arc<dyn Secrets>) -> Self {
        AccountTokens { account: account.to_owned(), session: Mutex::new(Some(session)), secrets }
    }

    /// Ends the session in memory: nothing is sent with it from here on.
    pub fn forget(&self) {
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Tokens for AccountTokens {
    fn session(&self) -> Option<Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn renewed(&self, session: Session) {
        {
            let mut held = self.session.lock().unwrap_or_else(PoisonError::into_inner);
            if held.is_none() {
                // Signed out while the renewal was under way.
                return;
            }
            *held = Some(session.clone());
        }
        let (secrets, account) = (Arc::clone(&self.secrets), self.account.clone());
        // The keyring may take its time; the session in memory is good meanwhile.
        tokio::task::spawn_blocking(move || {
            if let Err(error) = save(secrets.as_ref(), &account, &session) {
                tracing::warn!(%error, "a renewed session could not be saved");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::Memory;

    fn session(token: &str, refresh: Option<&str>) -> Session {
        Session { token: token.into(), refresh: refresh.map(Into::into) }
    }

    #[test]
    fn a_session_comes_back_whole() {
        let secrets = Memory::new("");
        save(&secrets, "a", &session("t", Some("r"))).unwrap();
        let again = load(&secrets, "a").unwrap().unwrap();
        assert_eq!(again.token.expose_secret(), "t");
        assert_eq!(again.refresh.unwrap().expose_secret(), "r");
        assert!(load(&secrets, "b").unwrap().is_none());
        secrets.save("c", &"no session".into()).unwrap();
        assert!(matches!(load(&secrets, "c"), Err(SecretsError::Unreadable)));
    }

    #[tokio::test]
    async fn a_renewal_that_comes_after_signing_out_brings_nothing_back() {
        let tokens = AccountTokens::new("a", session("old", None), Arc::new(Memory::new("")));
        tokens.renewed(session("new", None));
        assert_eq!(tokens.session().unwrap().token.expose_secret(), "new");
        tokens.forget();
        tokens.renewed(session("late", None));
        assert!(tokens.session().is_none());
    }
}
