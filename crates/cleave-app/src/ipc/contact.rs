//! Looking for a contact, to separate it or to see what was decided about it.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What to look for.
#[derive(Clone, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContactSearch {
    /// Words of a name, an e-mail address, or a part of a number. Empty lists drafts of separations.
    pub text: String,
    /// At most so many, 1 to 100.
    pub limit: u32,
}

/// What is looked for may be personal data: it is not printed.
impl std::fmt::Debug for ContactSearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ContactSearch(limit {})", self.limit)
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContactsFound {
    /// The contacts, those with a draft first, then the best match.
    pub contacts: Vec<ContactHit>,
    /// Whether the server was asked too; `false` means only what is cached here was searched.
    pub from_server: bool,
    /// Whether there are more.
    pub more: bool,
}

/// A contact that was found.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContactHit {
    /// Its id.
    pub contact_id: String,
    /// Its name.
    pub name: String,
    /// E-mail address; empty if it has none.
    pub email: String,
    /// Primary number as people read it; empty if it has none.
    pub phone: String,
    /// How many numbers it has.
    pub phones: u32,
    /// RFC 3339 time of its draft of a separation, if there is one.
    pub draft_at: Option<String>,
}

discreet! {
    ContactHit { contact_id, phones, draft_at }
}
