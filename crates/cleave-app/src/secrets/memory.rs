//! Sessions in memory: the way out where nothing can keep a key.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use secrecy::SecretString;

use super::{Secrets, SecretsError};

/// Forgets everything when the process ends.
pub struct Memory {
    sessions: Mutex<HashMap<String, SecretString>>,
    why: String,
}

impl Memory {
    /// Nothing in it yet; `why` says in a sentence why nothing better is used.
    pub fn new(why: impl Into<String>) -> Self {
        Memory { sessions: Mutex::default(), why: why.into() }
    }
}

impl Secrets for Memory {
    fn load(&self, account: &str) -> Result<Option<SecretString>, SecretsError> {
        Ok(self.sessions.lock().unwrap_or_else(PoisonError::into_inner).get(account).cloned())
    }

    fn save(&self, account: &str, secret: &SecretString) -> Result<(), SecretsError> {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.insert(account.to_owned(), secret.clone());
        Ok(())
    }

    fn delete(&self, account: &str) -> Result<(), SecretsError> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
        Ok(())
    }

    fn describe(&self) -> String {
        format!("{} You stay signed in until Cleave is closed.", self.why)
    }

    fn lasts(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn remembers_by_account_until_it_is_told_to_forget() {
        let memory = Memory::new("No keyring.");
        memory.save("a", &"one".into()).unwrap();
        memory.save("b", &"two".into()).unwrap();
        memory.delete("b").unwrap();
        assert_eq!(memory.load("a").unwrap().unwrap().expose_secret(), "one");
        assert!(memory.load("b").unwrap().is_none());
        assert!(memory.describe().starts_with("No keyring. "));
    }
}
