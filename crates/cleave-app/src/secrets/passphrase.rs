//! Sessions sealed under a passphrase: for machines without a keyring.

use std::fs;
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::sealed::{KEY_BYTES, Key, KeySource, SealedFile};
use super::{Secrets, SecretsError};
use crate::home::Home;

/// Memory of one derivation in KiB, passes over it, and lanes: the first recommendation of the OWASP sheet.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Most memory, in KiB, that a stored header may ask for: it is not authenticated before the key is made.
const MOST_MEMORY: u32 = 1024 * 1024;

/// Bytes of salt.
const SALT_BYTES: usize = 16;

/// Seals under a key made from a passphrase with Argon2id.
pub struct Passphrase {
    file: SealedFile<Derived>,
}

impl Passphrase {
    /// Reads the passphrase: the first line of the file, without its line break.
    ///
    /// # Errors
    /// [`SecretsError::Io`] where the file cannot be read, [`SecretsError::NoPassphrase`] where the line is empty,
    /// [`SecretsError::WrongPassphrase`] where sessions are saved under another one.
    pub fn open(home: &Home, passphrase_file: &Path) -> Result<Self, SecretsError> {
        let text = Zeroizing::new(fs::read_to_string(passphrase_file)?);
        let line = text.lines().next().unwrap_or_default();
        if line.is_empty() {
            return Err(SecretsError::NoPassphrase);
        }
        let file = SealedFile::new(home.sealed_by_passphrase(), Derived { passphrase: line.into() });
        file.check()?;
        Ok(Passphrase { file })
    }
}

impl Secrets for Passphrase {
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
        "Sessions are encrypted under your passphrase.".to_owned()
    }

    fn lasts(&self) -> bool {
        true
    }
}

struct Derived {
    passphrase: SecretString,
}

/// How the key was made from the passphrase.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Argon2id {
    salt: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl KeySource for Derived {
    type Header = Argon2id;

    fn existing(&self, header: &Argon2id) -> Result<Key, SecretsError> {
        let salt = STANDARD.decode(&header.salt).map_err(|_| SecretsError::Unreadable)?;
        if header.memory_kib > MOST_MEMORY {
            return Err(SecretsError::Unreadable);
        }
        let params = Params::new(header.memory_kib, header.passes, header.lanes, Some(KEY_BYTES))
            .map_err(|_| SecretsError::Unreadable)?;
        let mut key = Key::default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.passphrase.expose_secret().as_bytes(), &salt, key.as_mut_slice())
            .map_err(|_| SecretsError::Unreadable)?;
        Ok(key)
    }

    fn fresh(&self) -> Result<(Argon2id, Key), SecretsError> {
        let salt: [u8; SALT_BYTES] = rand::random();
        let (memory_kib, passes, lanes) = COST;
        let header = Argon2id { salt: STANDARD.encode(salt), memory_kib, passes, lanes };
        let key = self.existing(&header)?;
        Ok((header, key))
    }

    fn wrong_key(&self) -> SecretsError {
        SecretsError::WrongPassphrase
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(home: &Home, passphrase: &str) -> Result<Passphrase, SecretsError> {
        let file = home.root().join("passphrase");
        fs::write(&file, passphrase).unwrap();
        Passphrase::open(home, &file)
    }

    fn home() -> (tempfile::TempDir, Home) {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path().join("home")).unwrap();
        (dir, home)
    }

    #[test]
    fn what_was_sealed_opens_again_and_nothing_of_it_is_readable() {
        let (_dir, home) = home();
        opened(&home, "open sesame\n").unwrap().save("a1", &"canary-token".into()).unwrap();
        let again = opened(&home, "open sesame\nsecond line is not part of it").unwrap();
        assert_eq!(again.load("a1").unwrap().unwrap().expose_secret(), "canary-token");
        assert!(again.load("a2").unwrap().is_none());
        let stored = fs::read_to_string(home.sealed_by_passphrase()).unwrap();
        assert!(!stored.contains("canary") && !stored.contains("sesame"));
        again.delete("a1").unwrap();
        assert!(again.load("a1").unwrap().is_none());
    }

    #[test]
    fn a_wrong_passphrase_opens_nothing_and_overwrites_nothing() {
        let (_dir, home) = home();
        opened(&home, "right").unwrap().save("a1", &"token".into()).unwrap();
        let before = fs::read(home.sealed_by_passphrase()).unwrap();
        assert!(matches!(opened(&home, "wrong"), Err(SecretsError::WrongPassphrase)));
        assert!(matches!(opened(&home, "\n"), Err(SecretsError::NoPassphrase)));
        assert_eq!(fs::read(home.sealed_by_passphrase()).unwrap(), before);
    }

    #[test]
    fn boxes_that_were_changed_or_swapped_are_refused() {
        let (_dir, home) = home();
        let secrets = opened(&home, "right").unwrap();
        secrets.save("a1", &"token one".into()).unwrap();
        secrets.save("a2", &"token two".into()).unwrap();
        let path = home.sealed_by_passphrase();
        let mut stored: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let swapped = stored["entries"]["a2"].take();
        stored["entries"]["a1"] = swapped;
        stored["entries"]["a2"]["sealed"] = "AAAA".into();
        stored["entries"]["a2"]["nonce"] = "AAAA".into();
        fs::write(&path, stored.to_string()).unwrap();
        for account in ["a1", "a2"] {
            assert!(matches!(secrets.load(account), Err(SecretsError::Tampered)), "{account}");
        }
        fs::write(&path, "{}").unwrap();
        assert!(matches!(secrets.load("a1"), Err(SecretsError::Unreadable)));
        assert!(matches!(secrets.save("a1", &"new".into()), Err(SecretsError::Unreadable)));
        assert_eq!(fs::read_to_string(&path).unwrap(), "{}");
    }

    #[test]
    fn a_header_that_asks_for_too_much_memory_is_refused_unread() {
        let (_dir, home) = home();
        opened(&home, "right").unwrap().save("a1", &"token".into()).unwrap();
        let path = home.sealed_by_passphrase();
        let mut stored: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        stored["key"]["memory_kib"] = u32::MAX.into();
        fs::write(&path, stored.to_string()).unwrap();
        assert!(matches!(opened(&home, "right"), Err(SecretsError::Unreadable)));
    }
}
