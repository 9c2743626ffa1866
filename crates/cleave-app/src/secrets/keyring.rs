//! Sessions sealed under a key that lives in the system's keyring.
//!
//! The keyring holds 32 bytes a home and not the sessions themselves: Windows takes 1280 characters at most, and a
//! token may be longer.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use keyring_core::{CredentialStore, Error};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::sealed::{KEY_BYTES, Key, KeySource, SealedFile};
use super::{Secrets, SecretsError};
use crate::home::Home;

/// Name of the program in the keyring.
const SERVICE: &str = "Cleave";

/// Seals under a key in the keyring.
pub struct Keyring {
    file: SealedFile<InKeyring>,
}

impl Keyring {
    /// Connects to the system's keyring and tests it: it must answer, and hold the key of what is already sealed.
    ///
    /// The connection is made once a process; where that failed, it fails until the process starts again.
    ///
    /// # Errors
    /// [`SecretsError::Absent`], [`SecretsError::Locked`], [`SecretsError::Refused`] or [`SecretsError::KeyGone`].
    pub fn open(home: &Home) -> Result<Self, SecretsError> {
        if let Err(error) = keyring::Entry::store_status() {
            return Err(match said(error) {
                SecretsError::Locked => SecretsError::Locked,
                _ => SecretsError::Absent,
            });
        }
        let store = keyring_core::get_default_store().ok_or(SecretsError::Absent)?;
        Keyring::over(home, store)
    }

    /// The same over a given store.
    pub(crate) fn over(home: &Home, store: Arc<CredentialStore>) -> Result<Self, SecretsError> {
        let file = SealedFile::new(home.sealed_by_keyring(), InKeyring { store });
        file.check()?;
        Ok(Keyring { file })
    }
}

impl Secrets for Keyring {
    fn load(&self, account: &str) -> Result<Option<SecretString>, SecretsError> {
        self.file.load(account)
    }

    fn save(&self, account: &str, secret: &SecretString) -> Result<(), SecretsError> {
        self.file.save(account, secret)
    }

    fn delete(&self, account: &str) -> Result<(), SecretsError> {
        self.file.delete(account)
    }

    fn describe(&self) -> String {
        "Sessions are encrypted under a key in the system's keyring.".to_owned()
    }

    fn lasts(&self) -> bool {
        true
    }
}

struct InKeyring {
    store: Arc<CredentialStore>,
}

/// Which of Cleave's keys it is: every home has its own, so that no home overwrites another's.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyName {
    name: String,
}

impl InKeyring {
    fn read(&self, name: &str) -> Result<Key, SecretsError> {
        let entry = self.store.build(SERVICE, name, None).map_err(|e| said(&e))?;
        let text = Zeroizing::new(entry.get_password().map_err(|e| said(&e))?);
        let bytes = Zeroizing::new(STANDARD.decode(text.as_bytes()).map_err(|_| SecretsError::KeyGone)?);
        let key: [u8; KEY_BYTES] = bytes.as_slice().try_into().map_err(|_| SecretsError::KeyGone)?;
        Ok(Zeroizing::new(key))
    }
}

impl KeySource for InKeyring {
    type Header = KeyName;

    fn existing(&self, header: &KeyName) -> Result<Key, SecretsError> {
        self.read(&header.name)
    }

    fn fresh(&self) -> Result<(KeyName, Key), SecretsError> {
        let name = uuid::Uuid::now_v7().to_string();
        let key: Key = Zeroizing::new(rand::random());
        let entry = self.store.build(SERVICE, &name, None).map_err(|e| said(&e))?;
        let text = Zeroizing::new(STANDARD.encode(key.as_slice()));
        entry.set_password(&text).map_err(|e| said(&e))?;
        // A keyring that takes a key and does not give it back would lock the sessions away.
        if self.read(&name)? != key {
            return Err(SecretsError::Refused);
        }
        Ok((KeyName { name }, key))
    }

    fn wrong_key(&self) -> SecretsError {
        SecretsError::KeyGone
    }
}

/// The keyring's error in our words; its own may name entries.
fn said(error: &Error) -> SecretsError {
    match error {
        Error::NoStorageAccess(_) => SecretsError::Locked,
        Error::NoEntry => SecretsError::KeyGone,
        Error::NoDefaultStore => SecretsError::Absent,
        _ => SecretsError::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use keyring_core::mock;
    use secrecy::ExposeSecret;
    use std::fs;

    fn home() -> (tempfile::TempDir, Home) {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path().join("home")).unwrap();
        (dir, home)
    }

    /// The next use of every key in the store fails.
    fn fail_next(store: &mock::Store, error: fn() -> Error) {
        for credential in store.inner.lock().unwrap().get_mut().iter() {
            credential.set_error(error());
        }
    }

    #[test]
    fn the_keyring_holds_a_key_and_the_file_holds_no_token() {
        let (_dir, home) = home();
        let store = mock::Store::new().unwrap();
        Keyring::over(&home, store.clone()).unwrap().save("a1", &"canary".into()).unwrap();
        let again = Keyring::over(&home, store).unwrap();
        assert_eq!(again.load("a1").unwrap().unwrap().expose_secret(), "canary");
        assert!(!fs::read_to_string(home.sealed_by_keyring()).unwrap().contains("canary"));
    }

    #[test]
    fn a_lost_key_is_said_and_never_replaced() {
        let (_dir, home) = home();
        Keyring::over(&home, mock::Store::new().unwrap()).unwrap().save("a1", &"token".into()).unwrap();
        let before = fs::read(home.sealed_by_keyring()).unwrap();
        let other = mock::Store::new().unwrap();
        assert!(matches!(Keyring::over(&home, other), Err(SecretsError::KeyGone)));
        assert_eq!(fs::read(home.sealed_by_keyring()).unwrap(), before);
    }

    #[test]
    fn locked_and_refused_are_told_apart() {
        let (_dir, home) = home();
        let store = mock::Store::new().unwrap();
        let keyring = Keyring::over(&home, store.clone()).unwrap();
        keyring.save("a1", &"token".into()).unwrap();
        fail_next(&store, || Error::NoStorageAccess("locked".into()));
        assert!(matches!(keyring.load("a1"), Err(SecretsError::Locked)));
        fail_next(&store, || Error::PlatformFailure("no".into()));
        assert!(matches!(keyring.save("a1", &"new".into()), Err(SecretsError::Refused)));
        assert_eq!(keyring.load("a1").unwrap().unwrap().expose_secret(), "token");
    }
}
