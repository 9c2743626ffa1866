//! Clues of a record that is no conversation, and of a conversation's own heading.

use super::evidence::{Clue, EvidenceKind};
use super::name::{self, Who};
use super::people::People;
use super::rule::{self, Voice};
use super::text::Text;
use crate::normalise::FieldKind;
use crate::separation::{Child, Conversation};

/// The thread's number is one person's, and both have one.
const NUMBER: f64 = 1.7;
/// The thread's number is one person's, and nothing is known of the other's: they may well share it.
const NUMBER_ALONE: f64 = 1.0;
const ADDRESS: f64 = 2.6;
/// An address that is made of a person's name.
const ADDRESS_NAME: f64 = 1.8;
/// A record that names its person. Less than it seems: a server may have copied the contact's name.
const NAMED: f64 = 2.2;

/// What the fields of a record are read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    Phone,
    Email,
    Name,
    /// Who made the record.
    Author,
    Text,
    /// An id or another value that is nobody's words.
    Nothing,
}

impl Fact {
    /// By the API's name of the field.
    pub fn of(key: &str) -> Fact {
        let small = key.to_ascii_lowercase();
        match FieldKind::of(key) {
            FieldKind::Phone => Fact::Phone,
            FieldKind::Email => Fact::Email,
            FieldKind::Name => Fact::Name,
            FieldKind::Date => Fact::Nothing,
            FieldKind::Text if matches!(small.as_str(), "userid" | "createdby" | "author" | "owner") => {
                Fact::Author
            }
            FieldKind::Text if small.ends_with("id") => Fact::Nothing,
            FieldKind::Text if small.ends_with("name") || small == "applicant" || small == "customer" => {
                Fact::Name
            }
            FieldKind::Text => Fact::Text,
        }
    }
}

/// Whose number or address a thread or a record has.
fn contact_point<'a>(raw: &'a str, people: &People) -> Option<Clue<'a>> {
    if raw.contains('@') {
        let known = people.by_email(raw).map(|side| (side, ADDRESS));
        let (side, weight) = known.or_else(|| people.by_email_name(raw).map(|side| (side, ADDRESS_NAME)))?;
        return Some(Clue::whole(EvidenceKind::Address, side, weight, raw));
    }
    let side = people.by_phone(raw)?;
    let weight = if people.has_phone(side.other()) { NUMBER } else { NUMBER_ALONE };
    Some(Clue::whole(EvidenceKind::Number, side, weight, raw))
}

/// Clues of a conversation's number and subject line.
pub(super) fn heading<'a>(conversation: &'a Conversation, people: &People) -> Vec<Clue<'a>> {
    let point = conversation.channel_identifier.as_deref().and_then(|raw| contact_point(raw, people));
    let subject = conversation.subject.as_deref().map(|raw| text(raw, people)).unwrap_or_default();
    point.into_iter().chain(subject).collect()
}

/// Clues of a record's title, text and fields.
pub(super) fn clues<'a>(child: &'a Child, people: &People) -> Vec<Clue<'a>> {
    let mut clues = text(&child.title, people);
    clues.extend(text(&child.detail, people));
    for (key, value) in &child.facts {
        match Fact::of(key) {
            Fact::Phone | Fact::Email => clues.extend(contact_point(value, people)),
            Fact::Name => clues.extend(named(value, people)),
            Fact::Text if *value != child.title && *value != child.detail => {
                clues.extend(text(value, people))
            }
            Fact::Text | Fact::Author | Fact::Nothing => {}
        }
    }
    clues
}

fn named<'a>(value: &'a str, people: &People) -> Option<Clue<'a>> {
    let Who::Side(side) = name::at(&Text::read(value), 0, people)?.who else { return None };
    Some(Clue::whole(EvidenceKind::NamedInRecord, side, NAMED, value))
}

fn text<'a>(raw: &'a str, people: &People) -> Vec<Clue<'a>> {
    let marks = rule::marks(&Text::read(raw), Voice::Record, people);
    let clue = |mark: rule::Mark| {
        let Who::Side(side) = mark.who else { return None };
        Some(Clue {
            kind: mark.kind,
            side,
            weight: mark.weight,
            text: raw,
            place: mark.place,
            message_id: None,
        })
    };
    marks.into_iter().filter_map(clue).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::separation::{ChildKind, Target};

    fn shown(clues: &[Clue<'_>]) -> String {
        let shown = clues.iter().map(|clue| match clue.side {
            Target::Original => format!("O:{:?}", clue.kind),
            Target::New => format!("N:{:?}", clue.kind),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_table_of_records() {
        let cases = [
            ("Call Janet back", "", "", "N:Mention"),
            ("", "customerPhone", "+1 416-555-0100", "O:Number"),
            ("", "customerEmail", "janet@example.org", "N:Address"),
            ("", "customerEmail", "miller.j@post.test", "N:Address"),
            ("", "contactName", "Janet Miller", "N:NamedInRecord"),
            ("", "applicant", "Jane", "O:NamedInRecord"),
            ("", "notes", "spoke with Janet", "N:Mention"),
            ("", "userId", "Janet", ""),
            ("Call back", "contactName", "Priya Shah", ""),
        ];
        let people = People::named_for_tests("Jane Doe", "Janet Miller");
        for (title, key, value, expected) in cases {
            let child = Child {
                id: "x".into(),
                kind: ChildKind::Note,
                title: title.into(),
                detail: String::new(),
                at: None,
                facts: [(key.to_owned(), value.to_owned())].into(),
            };
            assert_eq!(shown(&clues(&child, &people)), expected, "{title} {key} {value}");
        }
    }

    #[test]
    fn a_table_of_headings() {
        let cases = [
            (Some("+14165550199"), None, "N:Number"),
            (Some("jd@example.com"), Some("Offer for Jane"), "O:Address O:Mention"),
            (Some("+14165550123"), Some("Offer"), ""),
            (None, None, ""),
        ];
        let people = People::named_for_tests("Jane Doe", "Janet Miller");
        for (identifier, subject, expected) in cases {
            let conversation = Conversation {
                channel_identifier: identifier.map(str::to_owned),
                subject: subject.map(str::to_owned),
                ..Conversation::default()
            };
            assert_eq!(shown(&heading(&conversation, &people)), expected, "{identifier:?} {subject:?}");
        }
    }
}
