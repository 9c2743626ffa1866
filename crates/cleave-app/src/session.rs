//! The session of an account: in memory for the client, sealed for the next start.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// The sessions of all accounts that are kept for the next start.
///
/// Signing in or out and a renewal that comes meanwhile write one after the other, and a renewal is written only while
/// the sign-in that it renews still holds: nobody's token comes back after signing out.
pub(crate) struct Sessions {
    secrets: Arc<dyn Secrets>,
    /// Held while something is written. Separate from `sign_ins`, because a keyring may take its time.
    writing: Mutex<()>,
    sign_ins: Mutex<SignIns>,
}

/// A sign-in whose session is saved. None is like an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SignIn(u64);

#[derive(Default)]
struct SignIns {
    last: u64,
    of: HashMap<String, SignIn>,
}

impl Sessions {
    /// Nothing is read yet.
    pub fn new(secrets: Arc<dyn Secrets>) -> Self {
        Sessions { secrets, writing: Mutex::default(), sign_ins: Mutex::default() }
    }

    /// Reads the session of an account. Blocks.
    pub fn load(&self, account: &str) -> Result<Option<Session>, SecretsError> {
        let _alone = locked(&self.writing);
        let Some(text) = self.secrets.load(account)? else { return Ok(None) };
        let stored: Stored =
            serde_json::from_str(text.expose_secret()).map_err(|_| SecretsError::Unreadable)?;
        let secret = |text: &String| SecretString::from(text.as_str());
        if !self.is_saved(account) {
            self.begin(account);
        }
        Ok(Some(Session { token: secret(&stored.token), refresh: stored.refresh_token.as_ref().map(secret) }))
    }

    /// Saves the session of an account that signed in. Blocks.
    pub fn save(&self, account: &str, session: &Session) -> Result<(), SecretsError> {
        let _alone = locked(&self.writing);
        self.write(account, session)?;
        self.begin(account);
        Ok(())
    }

    /// Forgets the session of an account. Blocks.
    pub fn delete(&self, account: &str) -> Result<(), SecretsError> {
        let _alone = locked(&self.writing);
        self.secrets.delete(account)?;
        locked(&self.sign_ins).of.remove(account);
        Ok(())
    }

    /// Whether a session of the account is saved.
    pub fn is_saved(&self, account: &str) -> bool {
        self.sign_in(account).is_some()
    }

    /// Saves a session in exchange for the one of `sign_in`, if that still holds and the session is `current`. Blocks.
    fn renew(
        &self,
        account: &str,
        sign_in: Option<SignIn>,
        session: &Session,
        current: impl FnOnce() -> bool,
    ) -> Result<(), SecretsError> {
        let _alone = locked(&self.writing);
        if sign_in.is_none() || self.sign_in(account) != sign_in || !current() {
            return Ok(());
        }
        self.write(account, session)
    }

    fn sign_in(&self, account: &str) -> Option<SignIn> {
        locked(&self.sign_ins).of.get(account).copied()
    }

    fn begin(&self, account: &str) {
        let mut sign_ins = locked(&self.sign_ins);
        sign_ins.last += 1;
        let sign_in = SignIn(sign_ins.last);
        sign_ins.of.insert(account.to_owned(), sign_in);
    }

    fn write(&self, account: &str, session: &Session) -> Result<(), SecretsError> {
        let plain = |secret: &SecretString| secret.expose_secret().to_owned();
        let stored =
            Stored { token: plain(&session.token), refresh_token: session.refresh.as_ref().map(plain) };
        let text = Zeroizing::new(serde_json::to_string(&stored).map_err(|_| SecretsError::Unreadable)?);
        self.secrets.save(account, &text.as_str().into())
    }
}

/// What the client takes its token from, and gives a renewed one to.
pub(crate) struct AccountTokens {
    account: String,
    session: Arc<Mutex<Option<Session>>>,
    sessions: Arc<Sessions>,
    sign_in: Option<SignIn>,
}

impl AccountTokens {
    /// Starts with a session, the one that is saved now.
    pub fn new(account: &str, session: Session, sessions: Arc<Sessions>) -> Self {
        AccountTokens {
            account: account.to_owned(),
            session: Arc::new(Mutex::new(Some(session))),
            sign_in: sessions.sign_in(account),
            sessions,
        }
    }

    /// Ends the session in memory: nothing is sent with it from here on.
    pub fn forget(&self) {
        *locked(&self.session) = None;
    }
}

impl Tokens for AccountTokens {
    fn session(&self) -> Option<Session> {
        locked(&self.session).clone()
    }

    fn renewed(&self, session: Session) {
        {
            let mut held = locked(&self.session);
            if held.is_none() {
                // Signed out while the renewal was under way.
                return;
            }
            *held = Some(session.clone());
        }
        let (sessions, account, sign_in) = (Arc::clone(&self.sessions), self.account.clone(), self.sign_in);
        let held = Arc::clone(&self.session);
        // The keyring may take its time; the session in memory is good meanwhile.
        tokio::task::spawn_blocking(move || {
            let current = || {
                let held = locked(&held);
                held.as_ref().is_some_and(|now| now.token.expose_secret() == session.token.expose_secret())
            };
            if let Err(error) = sessions.renew(&account, sign_in, &session, current) {
                tracing::warn!(%error, "a renewed session could not be saved");
            }
        });
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::Memory;

    fn session(token: &str, refresh: Option<&str>) -> Session {
        Session { token: token.into(), refresh: refresh.map(Into::into) }
    }

    fn sessions() -> (Arc<Memory>, Arc<Sessions>) {
        let memory = Arc::new(Memory::new(""));
        (Arc::clone(&memory), Arc::new(Sessions::new(memory)))
    }

    #[test]
    fn a_session_comes_back_whole() {
        let (secrets, sessions) = sessions();
        sessions.save("a", &session("t", Some("r"))).unwrap();
        let again = sessions.load("a").unwrap().unwrap();
        assert_eq!(again.token.expose_secret(), "t");
        assert_eq!(again.refresh.unwrap().expose_secret(), "r");
        assert!(sessions.load("b").unwrap().is_none());
        secrets.save("c", &"no session".into()).unwrap();
        assert!(matches!(sessions.load("c"), Err(SecretsError::Unreadable)));
        assert_eq!(["a", "b", "c"].map(|id| sessions.is_saved(id)), [true, false, false]);
    }

    #[tokio::test]
    async fn a_renewal_that_comes_after_signing_out_brings_nothing_back() {
        let (_, sessions) = sessions();
        let tokens = AccountTokens::new("a", session("old", None), sessions);
        tokens.renewed(session("new", None));
        assert_eq!(tokens.session().unwrap().token.expose_secret(), "new");
        tokens.forget();
        tokens.renewed(session("late", None));
        assert!(tokens.session().is_none());
    }

    /// Waits for the writing of everything that was renewed.
    async fn written(sessions: &Arc<Sessions>, wanted: &str) {
        for _ in 0..500 {
            let sessions = Arc::clone(sessions);
            let now = tokio::task::spawn_blocking(move || sessions.load("a")).await.unwrap().unwrap();
            if now.is_some_and(|now| now.token.expose_secret() == wanted) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        panic!("{wanted} was not written");
    }

    #[tokio::test]
    async fn a_renewal_is_saved_while_its_sign_in_holds() {
        let (_, sessions) = sessions();
        sessions.save("a", &session("old", None)).unwrap();
        let tokens = AccountTokens::new("a", session("old", None), Arc::clone(&sessions));
        tokens.renewed(session("new", None));
        written(&sessions, "new").await;
    }

    #[test]
    fn a_save_that_is_late_for_signing_out_or_in_again_is_dropped() {
        let (_, sessions) = sessions();
        sessions.save("a", &session("old", None)).unwrap();
        let sign_in = sessions.sign_in("a");
        sessions.delete("a").unwrap();
        sessions.renew("a", sign_in, &session("late", None), || true).unwrap();
        assert!(sessions.load("a").unwrap().is_none(), "the token is saved after signing out");

        sessions.save("a", &session("again", None)).unwrap();
        sessions.renew("a", sign_in, &session("late", None), || true).unwrap();
        sessions.renew("a", sessions.sign_in("a"), &session("older", None), || false).unwrap();
        assert_eq!(sessions.load("a").unwrap().unwrap().token.expose_secret(), "again");
    }
}
