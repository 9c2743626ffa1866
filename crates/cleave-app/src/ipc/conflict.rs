//! What a person needs to settle a decision that the server contradicts: when it was decided, now, and what was decided.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The three columns of a conflict, or of any decision that needs a person.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    /// The entry.
    pub op_id: String,
    /// One sentence: what stands in the way.
    pub headline: String,
    /// Values of the fields that play a part, those that changed first.
    pub rows: Vec<ConflictRow>,
    /// What changed and is no value of a field, in sentences: a record that appeared, somebody else's resolution.
    pub also: Vec<String>,
    /// RFC 3339 time at which "now" was read from the server; `None` where only the cache could be asked, or nothing.
    pub read_at: Option<String>,
    /// Where the decision can be made anew: the review, or the contact in the editor. `None` where nothing is left to
    /// decide about.
    pub anew: Option<Anew>,
}

/// Where a decision is made anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Anew {
    /// In the review, with the earlier picks laid over what it shows now.
    Review {
        /// Its id.
        review_id: String,
    },
    /// In the editor, with the earlier plan carried over.
    Separation {
        /// The contact.
        contact_id: String,
    },
    /// In the settings.
    Settings,
}

/// One line.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictRow {
    /// Dotted path, with the contact it is of where there are two: `source.email`.
    pub path: String,
    /// For people.
    pub label: String,
    /// What the admin saw.
    pub when_decided: Option<String>,
    /// What the server shows.
    pub now: Option<String>,
    /// What the decision makes of it.
    pub mine: Option<String>,
    /// Whether "now" differs from "when decided".
    pub changed: bool,
}

discreet! {
    ConflictView { op_id }
    ConflictRow { path }
}
