//! What can be wrong with a plan, and where.

use super::kind::ChildKind;
use super::target::Target;
use crate::field::FieldPath;

/// Where a problem is.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A field of one of the two resulting contacts; `documents` and `misc.key` are fields, too.
    Field(FieldPath, Target),
    /// A child record.
    Child(ChildKind, String),
    /// The divider of a conversation, by the conversation's id.
    Divider(String),
    /// The plan as a whole.
    Whole,
}

/// A field's path may hold what somebody typed as a key: only the kind of place is printed.
impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Place::Field(..) => "Field(..)",
            Place::Child(..) => "Child(..)",
            Place::Divider(_) => "Divider(..)",
            Place::Whole => "Whole",
        })
    }
}

/// Whether a problem stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The plan cannot be sent.
    Error,
    /// The admin should know.
    Warning,
}

/// The kinds of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemCode {
    /// A child has no side yet.
    Undecided,
    /// The plan names a child that the contact does not have.
    UnknownChild,
    /// The plan is for another contact.
    WrongContact,
    /// First and last name of a side are both empty.
    NoName,
    /// No e-mail address.
    BadEmail,
    /// No phone number in E.164 form.
    BadPhone,
    /// No date of the form YYYY-MM-DD.
    BadDate,
    /// Both sides have the same number.
    SamePhone,
    /// Another contact has the number.
    PhoneHeld,
    /// A document is on neither side.
    DocumentLost,
    /// A document is on both sides.
    DocumentDoubled,
    /// The plan names a document that the contact does not have.
    DocumentUnknown,
    /// A key of `misc` is on neither side.
    MiscLost,
    /// A divider's message is not in its conversation, or the conversation has not been read.
    DividerUnknown,
    /// A divider leaves one half without messages.
    DividerEmptyHalf,
    /// A conversation with a divider is assigned as if it moved as a whole.
    DividedAssigned,
    /// Metadata for a conversation that is not cut.
    MetaWithoutCut,
    /// A value of the contact is on neither side.
    ValueDropped,
    /// Pipeline and stage go to different contacts.
    PipelineApart,
    /// The number or address of a conversation is not on the contact that gets it.
    ThreadElsewhere,
    /// A colleague is at work with the contact.
    Protected,
    /// The contact has values that a separation cannot divide.
    Unslotted,
    /// The new contact gets no record, document or message.
    NothingMoved,
    /// A list of records may not be whole.
    Incomplete,
}

impl ProblemCode {
    /// Whether it stands in the way.
    pub fn severity(self) -> Severity {
        match self {
            ProblemCode::ValueDropped
            | ProblemCode::PipelineApart
            | ProblemCode::ThreadElsewhere
            | ProblemCode::Protected
            | ProblemCode::Unslotted
            | ProblemCode::NothingMoved
            | ProblemCode::Incomplete => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What kind.
    pub code: ProblemCode,
    /// A sentence for the admin, without any value of the contact.
    pub message: String,
}

impl Problem {
    pub(super) fn new(place: Place, code: ProblemCode, message: impl Into<String>) -> Problem {
        Problem { place, code, message: message.into() }
    }

    pub(super) fn field(path: &str, side: Target, code: ProblemCode, message: impl Into<String>) -> Problem {
        Problem::new(Place::Field(FieldPath::from(path), side), code, message)
    }

    /// Whether it stands in the way.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The contact of a side, in a sentence.
pub(super) fn named(side: Target) -> &'static str {
    match side {
        Target::Original => "the original contact",
        Target::New => "the new contact",
    }
}
