//! The three columns of a decision that needs a person: when it was decided, now, and what was decided.

pub(crate) mod review;
pub(crate) mod separation;

use crate::ipc::{Anew, ConflictRow};

/// What a comparison comes to.
pub(crate) struct Compared {
    /// Values, those that changed first.
    pub rows: Vec<ConflictRow>,
    /// What is no value of a field.
    pub also: Vec<String>,
    /// Where it can be decided anew.
    pub anew: Option<Anew>,
}

impl Compared {
    /// The rows in their order, those that changed first.
    fn of(mut rows: Vec<ConflictRow>, also: Vec<String>, anew: Option<Anew>) -> Self {
        rows.sort_by_key(|row| !row.changed);
        Compared { rows, also, anew }
    }
}
