//! What speaks for a side, in the words of the record it was found in.

use std::fmt;
use std::ops::Range;

use super::quote::quote;
use crate::separation::Target;

/// What kind of thing speaks for a side, or for a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// The thread runs over the person's phone number.
    Number,
    /// The thread runs over the person's e-mail address, or one made of the person's name.
    Address,
    /// The colleague greets the person by name.
    Greeting,
    /// The writer says their name.
    Introduction,
    /// The writer signs with their name.
    Signature,
    /// The name stands in the text.
    Mention,
    /// The text says that it is not about, or not from, the other person.
    Denial,
    /// The writer speaks of the other person as family.
    Relative,
    /// A phone number in the text.
    NumberInText,
    /// An e-mail address in the text.
    AddressInText,
    /// The record names its person: the applicant, the customer.
    NamedInRecord,
    /// Other records over the same number or address are this person's.
    SameNumber,
    /// The language that only this person writes.
    Language,
    /// It is of the hours or days in which this person was in touch.
    Time,
    /// Made by a colleague who otherwise deals with this person.
    Colleague,
    /// For a cut: a long silence before it, in seconds.
    Silence(u64),
    /// For a cut: other hours of the day than before.
    Hours,
    /// For a cut: the text speaks of a new number or a new owner of it.
    NewNumber,
    /// For a cut: the text says that it reached the wrong person.
    WrongPerson,
}

/// One thing that speaks for a side.
#[derive(Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it is.
    pub kind: EvidenceKind,
    /// The side it speaks for: mostly the proposed one, now and then the other. For a cut, the side of the message.
    pub speaks_for: Target,
    /// An exact piece of the text it was found in, at most [`super::MAX_QUOTE_BYTES`] long; empty where the record
    /// has no text of it, as for a silence before a message without text.
    pub quote: String,
    /// The message it was found in; `None` where it is no message.
    pub message_id: Option<String>,
}

/// Personal data: the quote is not printed.
impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Evidence({:?} for {})", self.kind, self.speaks_for.as_str())
    }
}

/// Evidence with its weight, before it is quoted.
#[derive(Clone)]
pub(super) struct Clue<'a> {
    pub kind: EvidenceKind,
    pub side: Target,
    /// In nats: the logarithm of how much likelier this is if the record belongs to the side.
    pub weight: f64,
    pub text: &'a str,
    pub place: Range<usize>,
    pub message_id: Option<&'a str>,
}

impl<'a> Clue<'a> {
    /// A clue that is the whole of a text.
    pub fn whole(kind: EvidenceKind, side: Target, weight: f64, text: &'a str) -> Clue<'a> {
        Clue { kind, side, weight, text, place: 0..0, message_id: None }
    }

    pub fn evidence(&self) -> Evidence {
        Evidence {
            kind: self.kind,
            speaks_for: self.side,
            quote: quote(self.text, self.place.clone()),
            message_id: self.message_id.map(str::to_owned),
        }
    }
}
