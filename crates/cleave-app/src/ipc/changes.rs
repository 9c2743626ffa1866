//! The stream of changes: one snapshot, then every commit that touched something on the screen.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{AccountView, Capability, FilesView, OutboxEntry, PendingWork, QueueRow, TakingView};

/// Answer of `open`: everything the frame of the window shows.
///
/// The caller is subscribed before this is read, so a later [`Changes`] with a higher revision continues it without
/// a gap.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// Revision of this snapshot.
    pub revision: u32,
    /// Every known account.
    pub accounts: Vec<AccountView>,
    /// The one in use; `None` shows the connect screen.
    pub account: Option<AccountView>,
    /// What its server supports, as last probed.
    pub capabilities: Vec<Capability>,
    /// Numbers beside the navigation.
    pub counts: Counts,
    /// Line at the foot of the window.
    pub status: StatusView,
    /// Entries that are not settled, oldest first.
    pub outbox: Vec<OutboxEntry>,
    /// Whether decisions can be saved.
    pub files: FilesView,
    /// Version of the program.
    pub version: String,
    /// Where the secrets of this person are kept, in words, or what stands in the way.
    pub secrets: String,
}

/// One commit, or one change of the connection, as the window applies it.
///
/// Ignored if its revision is not newer; if it is more than one ahead, the window opens again.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// Revision after this change.
    pub revision: u32,
    /// Queue rows that are new or different.
    pub upserts: Vec<QueueRow>,
    /// Ids of reviews that left the queue.
    pub removals: Vec<String>,
    /// Outbox entries that are new or different.
    pub outbox: Vec<OutboxEntry>,
    /// Contacts whose records were read anew: an editor that shows one asks for it again.
    pub contacts: Vec<String>,
    /// Numbers beside the navigation.
    pub counts: Counts,
    /// Line at the foot of the window.
    pub status: StatusView,
    /// Set when the window was asked to close and there is work that the person may want sent first.
    pub closing: Option<PendingWork>,
    /// Set when accounts, the session or the files changed: the window opens again.
    pub reopen: bool,
}

/// Numbers beside the navigation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Reviews that wait for a decision.
    pub queue: u32,
    /// Those of them that are phone conflicts.
    pub phone_conflicts: u32,
    /// Entries of the outbox that are not settled.
    pub outbox: u32,
    /// Entries that need a person.
    pub needs_person: u32,
}

/// Whether the server can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Connection {
    /// Not tried yet.
    Connecting,
    /// The server answers in its own JSON.
    Online,
    /// It does not.
    Offline,
    /// It does, but the session is over.
    SignedOut,
}

/// The line at the foot of the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// Whether the server can be reached.
    pub connection: Connection,
    /// Whether reviews are being loaded now.
    pub syncing: bool,
    /// Reviews loaded so far in this round.
    pub loaded: u32,
    /// Reviews the server says there are, if it says so.
    pub total: Option<u32>,
    /// RFC 3339 time of the last complete round; `None` before the first.
    pub synced_at: Option<String>,
    /// RFC 3339 time at which the next queued decision is sent, while a cancel window runs.
    pub next_send_at: Option<String>,
    /// The server's own words about the last failure, if the last exchange failed.
    pub trouble: Option<String>,
    /// How far taking reviews along is, or how it ended; `None` where it was never asked for.
    pub taking: Option<TakingView>,
}
