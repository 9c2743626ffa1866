//! What can be wrong with settings.

use serde::{Deserialize, Serialize};

/// One reason why settings are refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field} {message}")]
#[serde(rename_all = "camelCase")]
pub struct SettingsProblem {
    /// Where: the request's own key, with the position in a list (`customFields[2].weight`).
    pub field: String,
    /// What is wrong, in words that follow the field's name.
    pub message: String,
    /// What kind of problem it is.
    pub code: SettingsProblemCode,
}

impl SettingsProblem {
    pub(super) fn new(
        field: impl Into<String>,
        code: SettingsProblemCode,
        message: impl Into<String>,
    ) -> Self {
        Self { field: field.into(), message: message.into(), code }
    }
}

/// The kinds of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsProblemCode {
    /// Not the JSON type that the contract asks for.
    WrongType,
    /// A number outside its bounds.
    OutOfRange,
    /// A fraction where a whole number is asked for.
    NotInteger,
    /// The review threshold is above the merge threshold.
    ReviewAboveMerge,
    /// No match mode of this name.
    UnknownMatchMode,
    /// A path that is empty or no path.
    BadPath,
    /// A path that is there twice.
    DuplicatePath,
    /// More entries than anyone needs.
    TooMany,
    /// A key that is no documented setting, or none that can be sent.
    UnknownKey,
    /// A rule for conflicts that nobody has shown.
    UnknownRule,
    /// A value that has to be there, and is not.
    Missing,
    /// Every weight is zero, so no pair could have a score.
    NoWeight,
}
