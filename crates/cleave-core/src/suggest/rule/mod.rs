//! The rules that read one text. Each finds [`Mark`]s; whose record it is, is weighed elsewhere.
//!
//! Weights are in nats. They were set by judgement and corrected once on the worlds of the measurement command, so
//! its figures say how the rules do on worlds of that kind, not how they do on an organisation's own records.

pub(super) mod address;
pub(super) mod denial;
pub(super) mod greeting;
pub(super) mod introduction;
pub(super) mod mention;
pub(super) mod number;
pub(super) mod relative;
pub(super) mod signature;

use std::ops::Range;

use super::evidence::EvidenceKind;
use super::name::Who;
use super::people::People;
use super::text::Text;

/// Who speaks in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// The contact.
    Contact,
    /// A colleague, to the contact.
    Colleague,
    /// One of the two; the server does not say which.
    Either,
    /// A colleague, about the contact: notes, reminders, titles.
    Record,
}

impl Voice {
    /// Of a message.
    pub fn of(inbound: Option<bool>) -> Voice {
        match inbound {
            Some(true) => Voice::Contact,
            Some(false) => Voice::Colleague,
            None => Voice::Either,
        }
    }
}

/// Something in a text that speaks for a person.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// What it is.
    pub kind: EvidenceKind,
    /// For whom.
    pub who: Who,
    /// How strongly, in nats.
    pub weight: f64,
    /// The bytes of the name, number or address.
    pub place: Range<usize>,
}

/// Everything that speaks for a person in a text, in no particular order.
pub(super) fn marks(text: &Text<'_>, voice: Voice, people: &People) -> Vec<Mark> {
    let mut found = Vec::new();
    introduction::find(text, voice, people, &mut found);
    greeting::find(text, voice, people, &mut found);
    signature::find(text, voice, people, &mut found);
    denial::find(text, voice, people, &mut found);
    relative::find(text, voice, people, &mut found);
    number::find(text.raw, people, &mut found);
    address::find(text.raw, people, &mut found);
    // Last, because it takes only names that no other rule has explained.
    mention::find(text, voice, people, &mut found);
    found.retain(|mark| mark.weight > 0.0);
    found
}

#[cfg(test)]
pub(super) mod table {
    use super::*;

    /// What one rule finds in a text about Jane Doe and Janet Miller: `O` or `N` for a side, `?` and the name for a
    /// foreign one.
    pub fn of(rule: fn(&Text<'_>, Voice, &People, &mut Vec<Mark>), raw: &str, voice: Voice) -> String {
        let people = People::named_for_tests("Jane Doe", "Janet Miller");
        let mut found = Vec::new();
        rule(&Text::read(raw), voice, &people, &mut found);
        let shown = found.iter().filter(|mark| mark.weight > 0.0).map(|mark| match mark.who {
            Who::Side(crate::separation::Target::Original) => "O".to_owned(),
            Who::Side(crate::separation::Target::New) => "N".to_owned(),
            Who::Foreign => format!("?{}", &raw[mark.place.clone()]),
        });
        shown.collect::<Vec<_>>().join(" ")
    }
}
