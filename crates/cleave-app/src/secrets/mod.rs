//! Where sessions are kept: the one trait, and what can go wrong.
//!
//! Three ways, and plaintext is none of them: sealed under a key in the system's keyring ([`Keyring`]), sealed under a
//! key made from a passphrase ([`Passphrase`]), or in memory until the process ends ([`Memory`]). A sealed file is
//! never written anew under another key: whoever loses the key is told so and signs in again.
//!
//! Every call may block (a keyring asks its daemon, a passphrase is stretched): async callers go through a blocking
//! thread.

mod choose;
mod keyring;
mod memory;
mod passphrase;
mod sealed;

use std::io;

use secrecy::SecretString;

pub use choose::choose;
pub use keyring::Keyring;
pub use memory::Memory;
pub use passphrase::Passphrase;

/// Keeps one secret an account.
pub trait Secrets: Send + Sync {
    /// The secret of an account, or `None` where none was saved.
    ///
    /// # Errors
    /// Any [`SecretsError`]; the stored secret stays as it is.
    fn load(&self, account: &str) -> Result<Option<SecretString>, SecretsError>;

    /// Saves the secret of an account, in place of an earlier one.
    ///
    /// # Errors
    /// Any [`SecretsError`]; what was stored stays as it is.
    fn save(&self, account: &str, secret: &SecretString) -> Result<(), SecretsError>;

    /// Forgets the secret of an account. One that is not there is no error.
    ///
    /// # Errors
    /// Any [`SecretsError`]; what was stored stays as it is.
    fn delete(&self, account: &str) -> Result<(), SecretsError>;

    /// Where secrets are kept, or what stands in the way, in a sentence for people.
    fn describe(&self) -> String;

    /// Whether what is saved is there after the process has ended.
    fn lasts(&self) -> bool;
}

/// Why secrets cannot be read or written. None of it tells anything of a secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// Nothing answers as a keyring.
    #[error("This system has no keyring that answers.")]
    Absent,
    /// The keyring is there, and locked.
    #[error("The keyring is locked.")]
    Locked,
    /// The keyring is there, and does not do as it is asked.
    #[error("The keyring refused.")]
    Refused,
    /// Sealed secrets exist, and their key is no longer in the keyring.
    #[error("The key of the saved sessions is no longer in the keyring.")]
    KeyGone,
    /// The passphrase is not the one the secrets were sealed under.
    #[error("The passphrase is not the one the saved sessions were encrypted with.")]
    WrongPassphrase,
    /// The passphrase file holds nothing to work with.
    #[error("The passphrase file is empty.")]
    NoPassphrase,
    /// A sealed secret was changed by somebody else.
    #[error("A saved session was changed outside Cleave and is not used.")]
    Tampered,
    /// The file of sealed secrets has a form this version does not know.
    #[error("The file of saved sessions cannot be understood by this version.")]
    Unreadable,
    /// The disk.
    #[error("The file of saved sessions cannot be read or written: {0}.")]
    Io(io::ErrorKind),
}

impl SecretsError {
    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            SecretsError::Absent | SecretsError::Refused => {
                "Start a keyring (GNOME Keyring, KWallet), or use a passphrase file."
            }
            SecretsError::Locked => "Unlock the keyring and try again.",
            SecretsError::KeyGone | SecretsError::Tampered | SecretsError::Unreadable => {
                "Move the file of saved sessions out of Cleave's folder and sign in again."
            }
            SecretsError::WrongPassphrase | SecretsError::NoPassphrase => "Check the passphrase file.",
            SecretsError::Io(_) => "Check the rights of Cleave's folder and the space on the disk.",
        }
    }
}

impl From<io::Error> for SecretsError {
    fn from(error: io::Error) -> Self {
        SecretsError::Io(error.kind())
    }
}
