//! Field paths of a contact, the order they are shown in, and the two sides of a review.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which of the two contacts of a review a value or choice belongs to.
///
/// The words are those of the API's `fieldChoices` map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// `sourceContactId`: the contact that a merge dissolves.
    Source,
    /// `candidateContactId`: the contact that survives a merge.
    Candidate,
}

impl Side {
    /// The opposite side.
    pub fn other(self) -> Side {
        match self {
            Side::Source => Side::Candidate,
            Side::Candidate => Side::Source,
        }
    }

    /// The word the API uses for this side.
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Source => "source",
            Side::Candidate => "candidate",
        }
    }
}

/// A dotted path into a contact as the API names it, such as `firstName` or `address.streetAddress`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldPath(String);

impl FieldPath {
    /// A path from its dotted form. Nothing is checked: the API publishes no catalogue of paths.
    pub fn new(path: impl Into<String>) -> Self {
        FieldPath(path.into())
    }

    /// The dotted form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How values at this path are compared and merged.
    pub fn kind(&self) -> FieldKind {
        KNOWN.iter().find(|(path, _)| *path == self.0).map_or(FieldKind::Text, |(_, kind)| *kind)
    }

    /// Position in the order people read a contact: known fields first, then everything else by name.
    pub fn rank(&self) -> (usize, &str) {
        let known = KNOWN.iter().position(|(path, _)| *path == self.0).unwrap_or(KNOWN.len());
        (known, &self.0)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for FieldPath {
    fn from(path: &str) -> Self {
        FieldPath::new(path)
    }
}

/// How values of a field are compared, and how a merge treats them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A person's name.
    Name,
    /// An e-mail address.
    Email,
    /// The primary phone number. A merge unites the numbers; the choice is which stays primary.
    Phone,
    /// A calendar date.
    Date,
    /// An opaque id (pipeline, stage, owner).
    Reference,
    /// A list that a merge takes whole from one side.
    List,
    /// Anything else, compared as text.
    Text,
}

/// First name.
pub const FIRST_NAME: &str = "firstName";
/// Last name.
pub const LAST_NAME: &str = "lastName";
/// E-mail address.
pub const EMAIL: &str = "email";
/// Primary phone number.
pub const PHONE: &str = "phoneNumber";
/// Further phone numbers.
pub const SECONDARY_PHONE: &str = "secondaryPhoneNumber";
/// Date of birth.
pub const DATE_OF_BIRTH: &str = "dateOfBirth";

/// Known paths in reading order. Paths not listed are [`FieldKind::Text`] and follow by name.
const KNOWN: &[(&str, FieldKind)] = &[
    (FIRST_NAME, FieldKind::Name),
    (LAST_NAME, FieldKind::Name),
    (EMAIL, FieldKind::Email),
    (PHONE, FieldKind::Phone),
    (DATE_OF_BIRTH, FieldKind::Date),
    ("company", FieldKind::Text),
    ("address.streetAddress", FieldKind::Text),
    ("address.city", FieldKind::Text),
    ("address.state", FieldKind::Text),
    ("address.postalCode", FieldKind::Text),
    ("address.country", FieldKind::Text),
    ("status", FieldKind::Text),
    ("pipelineId", FieldKind::Reference),
    ("pipelineStage", FieldKind::Reference),
    ("userId", FieldKind::Reference),
    ("assignees", FieldKind::List),
    ("outreachConfigId", FieldKind::Reference),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_fields_come_first_and_the_rest_by_name() {
        let mut paths: Vec<FieldPath> = ["misc.zeta", "email", "misc.alpha", "firstName", "status"]
            .into_iter()
            .map(FieldPath::from)
            .collect();
        paths.sort_by(|a, b| a.rank().cmp(&b.rank()));
        let order: Vec<&str> = paths.iter().map(FieldPath::as_str).collect();
        assert_eq!(order, ["firstName", "email", "status", "misc.alpha", "misc.zeta"]);
    }

    #[test]
    fn sides_speak_the_words_of_the_api() {
        assert_eq!(serde_json::to_string(&Side::Source).unwrap(), "\"source\"");
        assert_eq!(Side::Candidate.as_str(), "candidate");
        assert_eq!(Side::Source.other(), Side::Candidate);
    }
}
