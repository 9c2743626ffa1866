//! Who signed in where: the list of accounts, without any secret.

use std::fs;
use std::io;

use cleave_sync::connect;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::home::{Home, write_atomically};
use crate::ipc::{AccountView, AppError, ErrorCode};

/// Version of the file's form.
const VERSION: u32 = 1;

/// Bytes of the digest that make an account's id.
const ID_BYTES: usize = 12;

/// One person in one organisation on one server.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Account {
    /// Local id; see [`id_of`].
    pub id: String,
    /// Address of the server, without path.
    pub origin: String,
    /// The server's id of the person.
    pub user_id: String,
    /// The person's name, e-mail address or id.
    pub person: String,
    /// The organisation's id.
    pub organization: String,
    /// The role as the server names it.
    pub role: String,
    /// Whether this is the built-in sandbox, whose port changes from start to start.
    pub sandbox: bool,
}

/// Names are personal: only the id is printed.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({})", self.id)
    }
}

impl Account {
    /// The organisation whose records it is limited to; `None` where it decides in all, or it is not known.
    pub fn only_organization(&self) -> Option<String> {
        let limited = !self.organization.is_empty() && !connect::spans_organizations(&self.role);
        limited.then(|| self.organization.clone())
    }

    /// As it crosses to the window.
    pub fn view(&self, signed_in: bool) -> AccountView {
        AccountView {
            id: self.id.clone(),
            origin: self.origin.clone(),
            person: self.person.clone(),
            organization: self.organization.clone(),
            role: self.role.clone(),
            sandbox: self.sandbox,
            signed_in,
        }
    }
}

/// The id of an account: a digest of origin, organisation and person, so that it names a folder and tells nothing.
///
/// The sandbox has a new port at every start and stays the same account.
pub(crate) fn id_of(origin: &str, sandbox: bool, organization: &str, user_id: &str) -> String {
    let origin = if sandbox { "sandbox" } else { origin };
    let mut digest = Sha256::new();
    for part in [origin, organization, user_id] {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    digest.finalize().iter().take(ID_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

/// Every known account, and the one in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Accounts {
    version: u32,
    /// Id of the account in use.
    pub current: Option<String>,
    /// All of them, in the order in which they were first used.
    pub known: Vec<Account>,
}

impl Default for Accounts {
    fn default() -> Self {
        Accounts { version: VERSION, current: None, known: Vec::new() }
    }
}

impl Accounts {
    /// Reads the list; a home without one has no accounts.
    pub fn read(home: &Home) -> Result<Self, AppError> {
        let text = match fs::read(home.account_list()) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Accounts::default()),
            Err(error) => return Err(unreadable(&error.kind().to_string())),
        };
        let accounts: Accounts = serde_json::from_slice(&text).map_err(|_| unreadable("it is damaged"))?;
        if accounts.version != VERSION {
            return Err(unreadable("it was written by a newer Cleave"));
        }
        Ok(accounts)
    }

    /// Writes the list.
    pub fn write(&self, home: &Home) -> Result<(), AppError> {
        let failed = |why: String| {
            AppError::new(ErrorCode::Storage, format!("The list of accounts cannot be written: {why}."))
        };
        let text = serde_json::to_vec_pretty(self).map_err(|_| failed("it has no text form".to_owned()))?;
        write_atomically(&home.account_list(), &text).map_err(|error| failed(error.kind().to_string()))
    }

    /// The account with the id.
    pub fn find(&self, id: &str) -> Option<&Account> {
        self.known.iter().find(|account| account.id == id)
    }

    /// The account in use.
    pub fn in_use(&self) -> Option<&Account> {
        self.current.as_deref().and_then(|id| self.find(id))
    }

    /// Adds the account, or puts it in place of what was known of it.
    pub fn put(&mut self, account: Account) {
        match self.known.iter_mut().find(|known| known.id == account.id) {
            Some(known) => *known = account,
            None => self.known.push(account),
        }
    }
}

/// The list is not replaced by an empty one: it says which folder belongs to whom.
fn unreadable(why: &str) -> AppError {
    AppError::new(ErrorCode::Storage, format!("The list of accounts cannot be read: {why}."))
        .hint("Nothing was changed. Restore accounts.json in Cleave's folder, or move it away to start anew.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(user: &str) -> Account {
        Account {
            id: id_of("https://crm.example.com", false, "o1", user),
            origin: "https://crm.example.com".into(),
            user_id: user.into(),
            person: "Ada".into(),
            organization: "o1".into(),
            role: "ADMIN".into(),
            sandbox: false,
        }
    }

    #[test]
    fn ids_keep_people_organisations_and_servers_apart() {
        let id = |origin, sandbox, organization, user| id_of(origin, sandbox, organization, user);
        let base = id("https://a", false, "o", "u");
        for other in [
            id("https://b", false, "o", "u"),
            id("https://a", false, "ou", ""),
            id("https://a", false, "", "ou"),
            id("https://a", true, "o", "u"),
        ] {
            assert_ne!(base, other);
        }
        assert_eq!(id("http://localhost:1", true, "o", "u"), id("http://localhost:2", true, "o", "u"));
        assert_eq!(base.len(), 2 * ID_BYTES);
    }

    #[test]
    fn only_a_superadmin_is_not_limited_to_the_own_organisation() {
        let limit = |role: &str| Account { role: role.into(), ..account("u") }.only_organization();
        assert_eq!(limit("ADMIN").as_deref(), Some("o1"));
        assert_eq!(limit("").as_deref(), Some("o1"), "unknown is not everything");
        assert_eq!(limit("SUPERADMIN"), None);
        let unknown = Account { organization: String::new(), ..account("u") };
        assert_eq!(unknown.only_organization(), None);
    }

    #[test]
    fn the_list_comes_back_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        assert_eq!(Accounts::read(&home).unwrap(), Accounts::default());
        let mut accounts = Accounts::default();
        accounts.put(account("u1"));
        accounts.put(account("u2"));
        accounts.put(Account { role: "SUPERADMIN".into(), ..account("u1") });
        accounts.current = Some(account("u1").id);
        accounts.write(&home).unwrap();
        let again = Accounts::read(&home).unwrap();
        assert_eq!(again, accounts);
        assert_eq!(again.known.len(), 2);
        assert_eq!(again.in_use().unwrap().role, "SUPERADMIN");
    }

    #[test]
    fn a_damaged_list_is_said_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        for text in ["{", r#"{"version":2,"current":null,"known":[]}"#] {
            fs::write(home.account_list(), text).unwrap();
            assert_eq!(Accounts::read(&home).unwrap_err().code, ErrorCode::Storage);
            assert_eq!(fs::read_to_string(home.account_list()).unwrap(), text);
        }
    }
}
