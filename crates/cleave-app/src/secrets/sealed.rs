//! The file of sealed secrets: one AEAD box an account, and one more that tells a wrong key from a changed box.
//!
//! XChaCha20-Poly1305 with a random nonce a box. The account's id is authenticated with its box, so that two boxes
//! cannot change places. How the key is found stands in the header and is up to a [`KeySource`].

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::SecretsError;
use crate::home::write_atomically;

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;

/// Bytes of a nonce.
const NONCE_BYTES: usize = 24;

/// Version of the file's form.
const VERSION: u32 = 1;

/// What the box that proves the key holds, and the name it is authenticated under. No account has it: ids are hex.
const CHECK: &str = "check";

/// A key, wiped when it goes out of scope.
pub type Key = Zeroizing<[u8; KEY_BYTES]>;

/// Finds the key that a file is sealed under.
pub trait KeySource {
    /// How the key of a file is found again; stored in the clear, so nothing of it is secret.
    type Header: Serialize + for<'de> Deserialize<'de>;

    /// The key of an existing file.
    fn existing(&self, header: &Self::Header) -> Result<Key, SecretsError>;

    /// A key for a file that does not exist yet.
    fn fresh(&self) -> Result<(Self::Header, Key), SecretsError>;

    /// What it means that the key does not open the file.
    fn wrong_key(&self) -> SecretsError;
}

#[derive(Serialize, Deserialize)]
struct Contents<H> {
    version: u32,
    key: H,
    check: SealedBox,
    entries: BTreeMap<String, SealedBox>,
}

#[derive(Serialize, Deserialize)]
struct SealedBox {
    nonce: String,
    sealed: String,
}

/// A file of sealed secrets.
pub struct SealedFile<K> {
    path: PathBuf,
    source: K,
}

impl<K: KeySource> SealedFile<K> {
    /// The file at the path, whether it exists or not.
    pub fn new(path: PathBuf, source: K) -> Self {
        SealedFile { path, source }
    }

    /// Proves that the key of an existing file is at hand. A file that does not exist proves nothing and is no error.
    pub fn check(&self) -> Result<(), SecretsError> {
        match self.read()? {
            Some(contents) => self.unlock(&contents).map(drop),
            None => Ok(()),
        }
    }

    /// Opens the box of an account.
    pub fn load(&self, account: &str) -> Result<Option<SecretString>, SecretsError> {
        let Some(contents) = self.read()? else { return Ok(None) };
        let Some(sealed) = contents.entries.get(account) else { return Ok(None) };
        let key = self.unlock(&contents)?;
        let plain = open(&key, account, sealed)?;
        let text = std::str::from_utf8(&plain).map_err(|_| SecretsError::Tampered)?;
        Ok(Some(text.into()))
    }

    /// Seals the secret of an account.
    pub fn save(&self, account: &str, secret: &SecretString) -> Result<(), SecretsError> {
        let _lock = self.lock()?;
        let (mut contents, key) = match self.read()? {
            Some(contents) => {
                let key = self.unlock(&contents)?;
                (contents, key)
            }
            None => {
                let (header, key) = self.source.fresh()?;
                let check = seal(&key, CHECK, CHECK.as_bytes())?;
                (Contents { version: VERSION, key: header, check, entries: BTreeMap::new() }, key)
            }
        };
        contents.entries.insert(account.to_owned(), seal(&key, account, secret.expose_secret().as_bytes())?);
        self.write(&contents)
    }

    /// Removes the box of an account. Needs no key.
    pub fn delete(&self, account: &str) -> Result<(), SecretsError> {
        let _lock = self.lock()?;
        let Some(mut contents) = self.read()? else { return Ok(()) };
        match contents.entries.remove(account) {
            Some(_) => self.write(&contents),
            None => Ok(()),
        }
    }

    fn read(&self) -> Result<Option<Contents<K::Header>>, SecretsError> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let contents: Contents<K::Header> =
            serde_json::from_slice(&text).map_err(|_| SecretsError::Unreadable)?;
        if contents.version != VERSION {
            return Err(SecretsError::Unreadable);
        }
        Ok(Some(contents))
    }

    fn write(&self, contents: &Contents<K::Header>) -> Result<(), SecretsError> {
        let text = serde_json::to_vec_pretty(contents).map_err(|_| SecretsError::Unreadable)?;
        Ok(write_atomically(&self.path, &text)?)
    }

    fn unlock(&self, contents: &Contents<K::Header>) -> Result<Key, SecretsError> {
        let key = self.source.existing(&contents.key)?;
        open(&key, CHECK, &contents.check).map_err(|_| self.source.wrong_key())?;
        Ok(key)
    }

    /// Two processes on one home must not lose each other's boxes. Held until dropped.
    fn lock(&self) -> Result<File, SecretsError> {
        let file = File::create(self.path.with_extension("lock"))?;
        file.lock()?;
        Ok(file)
    }
}

fn seal(key: &Key, name: &str, plain: &[u8]) -> Result<SealedBox, SecretsError> {
    let nonce: [u8; NONCE_BYTES] = rand::random();
    let sealed = XChaCha20Poly1305::new(chacha20poly1305::Key::from_slice(key.as_slice()))
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad: name.as_bytes() })
        .map_err(|_| SecretsError::Unreadable)?;
    Ok(SealedBox { nonce: STANDARD.encode(nonce), sealed: STANDARD.encode(sealed) })
}

fn open(key: &Key, name: &str, sealed: &SealedBox) -> Result<Zeroizing<Vec<u8>>, SecretsError> {
    let decode = |text: &str| STANDARD.decode(text).map_err(|_| SecretsError::Tampered);
    let (nonce, boxed) = (decode(&sealed.nonce)?, decode(&sealed.sealed)?);
    if nonce.len() != NONCE_BYTES {
        return Err(SecretsError::Tampered);
    }
    XChaCha20Poly1305::new(chacha20poly1305::Key::from_slice(key.as_slice()))
        .decrypt(XNonce::from_slice(&nonce), Payload { msg: &boxed, aad: name.as_bytes() })
        .map(Zeroizing::new)
        .map_err(|_| SecretsError::Tampered)
}
