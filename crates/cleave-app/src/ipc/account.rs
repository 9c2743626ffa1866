//! Accounts, signing in, and what a server supports.

use serde::{Deserialize, Serialize};
use specta::Type;

/// An account: one person in one organisation on one server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Local id of the account; names its folder and its secret.
    pub id: String,
    /// Address of the server, without path.
    pub origin: String,
    /// The person's name, or e-mail address where the server gave none.
    pub person: String,
    /// The organisation's id or name.
    pub organization: String,
    /// The role as the server names it.
    pub role: String,
    /// Whether this is the built-in sandbox.
    pub sandbox: bool,
    /// Whether a usable session exists; `false` asks for signing in again.
    pub signed_in: bool,
}

/// Asks for a connection to a server.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectRequest {
    /// Address of the server: https, or http on loopback.
    pub url: String,
    /// How to sign in.
    pub credential: Credential,
}

/// How to sign in.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Credential {
    /// By e-mail address and password.
    Password {
        /// The person's e-mail address.
        email: String,
        /// The password. Sent once, never stored.
        password: String,
    },
    /// By a token made elsewhere.
    Token {
        /// A JWT.
        token: String,
    },
}

/// Secrets: nothing of it is printed.
impl std::fmt::Debug for ConnectRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ConnectRequest(…)")
    }
}

/// Something a server can do, as the probe after connecting found it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Capability {
    /// Stable name of the route in the client's route table, such as `listReviews`.
    pub route: String,
    /// What an admin would call it.
    pub label: String,
    /// How certain the contract is about it: `documented`, `published` or `inferred`.
    pub grade: String,
    /// What the probe found.
    pub support: Support,
    /// What Cleave does without it, in words; empty where nothing is missing.
    pub without: String,
}

/// Result of probing a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Support {
    /// The server answered as expected.
    Yes,
    /// The server answered 404 or 405.
    No,
    /// It cannot be found out without changing something.
    Untested,
}
