//! The rehearsal: what waits is compared with the server, and nothing is sent.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Most operations in one call.
pub const REHEARSED_AT_ONCE: usize = 20;

/// What sending one entry now would find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RehearsedView {
    /// The entry.
    pub op_id: String,
    /// What came of it.
    pub verdict: Rehearsed,
    /// One sentence.
    pub words: String,
}

/// What sending would find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Rehearsed {
    /// The server shows what the admin saw: it would be sent.
    Valid,
    /// The server shows the outcome already: nothing would be sent.
    Moot,
    /// The server shows something else: it would become a conflict.
    Changed,
    /// What it is about is not there.
    Gone,
    /// An earlier entry goes first, and may change what this one finds.
    Waits,
    /// It was sent already, or is not waiting any more.
    NotWaiting,
    /// The server could not be asked.
    Unknown,
}
