//! The outbox: what was decided here and where it stands.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::ReceiptView;

/// State of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Being made.
    Draft,
    /// Saved, waiting.
    Queued,
    /// Being compared with the server.
    Checking,
    /// On its way.
    Sending,
    /// Done.
    Applied,
    /// Refused by the server.
    Refused,
    /// Sent, outcome unknown.
    Uncertain,
    /// Somebody else had done the same.
    AppliedElsewhere,
    /// The server contradicts it.
    Conflict,
    /// Only a person can settle it.
    NeedsPerson,
    /// Taken back.
    Withdrawn,
    /// Replaced by a later decision.
    Superseded,
}

/// What a queued entry waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OutboxHold {
    /// Nothing.
    None,
    /// The time to take it back.
    CancelWindow,
    /// The network.
    Offline,
    /// Signing in.
    Auth,
    /// Another account.
    WrongAccount,
    /// An earlier entry.
    Dependency,
    /// A pause after a failure.
    Backoff,
    /// The admin.
    ReviewNeeded,
    /// The server.
    ServerPaused,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OutboxEntry {
    /// Its operation id.
    pub op_id: String,
    /// `merge`, `keep-separate`, `separate` or `settings`.
    pub kind: String,
    /// Id of the review it is about, of the contact that is separated, or of the organisation whose settings change.
    pub subject: String,
    /// Names of the pair, for people.
    pub title: String,
    /// State.
    pub state: OutboxState,
    /// What it waits for.
    pub hold: OutboxHold,
    /// One sentence for people: what it waits for, the server's words, or what became of it.
    pub reason: String,
    /// How many times something was sent.
    pub attempts: u32,
    /// The admin's note.
    pub note: Option<String>,
    /// RFC 3339 time of the decision.
    pub decided_at: String,
    /// RFC 3339 time of the last change of state.
    pub changed_at: String,
    /// RFC 3339 time until which it can be taken back without a trace, while the cancel window runs.
    pub cancel_until: Option<String>,
    /// Whether it can be taken back now.
    pub can_withdraw: bool,
    /// Whether sending it (again) now makes sense.
    pub can_retry: bool,
    /// Whether sending it again may do it a second time, which is asked before it is done: it may have been done, and
    /// nothing at the server refuses it then.
    pub may_double: bool,
    /// Fields in which the server did something else than predicted: path, predicted, actual.
    pub differences: Vec<[String; 3]>,
    /// What became of a separation beside what was predicted; `None` before it took effect, and for other kinds.
    pub receipt: Option<ReceiptView>,
    /// Where the server's refusal points, as the path of a line and its side in a separation (`phoneNumber.new`).
    pub refused_at: Option<String>,
    /// Whether a person can say that it was done: it was sent, and no reading can tell what became of it.
    pub can_mark_applied: bool,
    /// Whether a person can say that it was not done: as `canMarkApplied`.
    pub can_mark_not_applied: bool,
    /// Whether it was a person who said that it was done.
    pub said_done: bool,
    /// Whether it can be changed: its review, or its plan in the editor, is opened with what was decided, and deciding
    /// there replaces it.
    pub can_edit: bool,
    /// Whether [`super::ConflictView`] has something to compare.
    pub can_compare: bool,
    /// Earlier entries that go first because they share a contact or the review, oldest first.
    pub waits_for: Vec<EntryLink>,
    /// RFC 3339 time at which a pause ends by itself; `None` where it waits for nothing like that.
    pub paused_until: Option<String>,
    /// Id of the contact that a merge kept, once it took effect; `None` for other kinds.
    pub survivor_id: Option<String>,
    /// Every attempt, oldest first.
    pub history: Vec<AttemptView>,
}

/// An entry, named in another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryLink {
    /// Its operation id.
    pub op_id: String,
    /// `merge`, `keep-separate`, `separate` or `settings`.
    pub kind: String,
    /// Names, for people.
    pub title: String,
}

/// One attempt to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttemptView {
    /// RFC 3339.
    pub at: String,
    /// HTTP status, if there was an answer.
    pub status: Option<u32>,
    /// What came of it, in words.
    pub outcome: String,
}
