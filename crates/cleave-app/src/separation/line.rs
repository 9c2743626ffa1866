//! The lines of both contacts by the paths that edits call them by.

use cleave_core::field;
use cleave_core::separation::{NamePart, OptionalField, TargetField};

/// What stands before the key of a free-form field, and before the id of a document.
const MISC: &str = "misc.";
const DOCUMENTS: &str = "documents.";

/// A line of both contacts.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// A name.
    Name(NamePart),
    /// A value that each side may have.
    Value(OptionalField),
    /// A value that goes to one side as a whole.
    Whole(TargetField),
    /// A key of `misc`.
    Misc(String),
    /// A document, by its id.
    Document(String),
}

/// The lines that every contact has, in reading order.
pub(crate) const OWN: [Line; 5] = [
    Line::Name(NamePart::First),
    Line::Name(NamePart::Last),
    Line::Value(OptionalField::Email),
    Line::Value(OptionalField::PhoneNumber),
    Line::Value(OptionalField::DateOfBirth),
];

impl Line {
    /// The line of a path, if it is one.
    pub fn of(path: &str) -> Option<Line> {
        let own = OWN.into_iter().chain(TargetField::ALL.map(Line::Whole)).find(|line| line.path() == path);
        own.or_else(|| Some(Line::Misc(path.strip_prefix(MISC)?.to_owned())))
            .or_else(|| Some(Line::Document(path.strip_prefix(DOCUMENTS)?.to_owned())))
    }

    /// Its path: the field's name in the API, the key of a free-form field, or the id of a document.
    pub fn path(&self) -> String {
        match self {
            Line::Name(NamePart::First) => field::FIRST_NAME.to_owned(),
            Line::Name(NamePart::Last) => field::LAST_NAME.to_owned(),
            Line::Value(OptionalField::Email) => field::EMAIL.to_owned(),
            Line::Value(OptionalField::PhoneNumber) => field::PHONE.to_owned(),
            Line::Value(OptionalField::DateOfBirth) => field::DATE_OF_BIRTH.to_owned(),
            Line::Whole(target) => target.path().to_owned(),
            Line::Misc(key) => format!("{MISC}{key}"),
            Line::Document(id) => format!("{DOCUMENTS}{id}"),
        }
    }
}

/// A key of `misc` and an id can be personal: only the kind of line is printed.
impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Line::Name(_) => "Name",
            Line::Value(_) => "Value",
            Line::Whole(_) => "Whole",
            Line::Misc(_) => "Misc",
            Line::Document(_) => "Document",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_back_to_its_line() {
        let lines = OWN
            .into_iter()
            .chain(TargetField::ALL.map(Line::Whole))
            .chain([Line::Misc("a.b".into()), Line::Document("d1".into())]);
        for line in lines {
            assert_eq!(Line::of(&line.path()), Some(line));
        }
        for path in ["", "company", "misc", "documents", "childRecords.x"] {
            assert_eq!(Line::of(path), None, "{path}");
        }
    }
}
