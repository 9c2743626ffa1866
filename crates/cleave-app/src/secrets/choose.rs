//! Which way of keeping secrets a process uses.

use std::path::Path;
use std::sync::Arc;

use super::{Keyring, Memory, Passphrase, Secrets, SecretsError};
use crate::home::Home;

/// With a passphrase file, that; otherwise the keyring; where that does not work, memory, which says why.
///
/// Blocks: the keyring is asked, or the passphrase stretched.
///
/// # Errors
/// What is wrong with the passphrase. A keyring that does not work is no error here: its reason is in what
/// [`Secrets::describe`] says, and [`Secrets::lasts`] is false.
pub fn choose(home: &Home, passphrase_file: Option<&Path>) -> Result<Arc<dyn Secrets>, SecretsError> {
    if let Some(file) = passphrase_file {
        return Ok(Arc::new(Passphrase::open(home, file)?));
    }
    Ok(match Keyring::open(home) {
        Ok(keyring) => Arc::new(keyring),
        Err(error) => Arc::new(Memory::new(format!("{error} {}", error.hint()))),
    })
}
