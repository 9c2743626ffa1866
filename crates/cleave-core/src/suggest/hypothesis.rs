//! Who the second person may be, while nobody has said: names that are not the contact's and keep turning up.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::evidence::{Evidence, EvidenceKind};
use super::name::{self, Named, Who};
use super::people::People;
use super::quote::quote;
use super::record::Fact;
use super::rule::{Voice, address, greeting, introduction, signature};
use super::text::Text;
use crate::separation::{ChildKind, Subject, Target, phone_key};

/// A guess at the second person. Nothing of it is put into a plan by itself.
#[derive(Clone, PartialEq)]
pub struct PersonGuess {
    /// The given name, as it was written.
    pub first_name: String,
    /// The family name, where one was written with it.
    pub last_name: Option<String>,
    /// A number of the threads where the name turns up, which is not the contact's primary one.
    pub phone: Option<String>,
    /// An e-mail address of such threads or records, which is not the contact's.
    pub email: Option<String>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Where the name was found, the strongest first.
    pub evidence: Vec<Evidence>,
}

/// Personal data: nothing of the person is printed.
impl fmt::Debug for PersonGuess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonGuess({:.2})", self.confidence)
    }
}

/// How much it takes to guess at all: one introduction or signature, or two greetings.
const LEAST: f64 = 1.5;
/// The sum at which the guess is believed to two thirds.
const HALF_LIFE: f64 = 3.0;
const GREETED: f64 = 1.0;
const INTRODUCED: f64 = 2.0;
const SIGNED: f64 = 1.5;
const RECORDED: f64 = 2.0;
/// On a number or address that the admin has given to the new person.
const ON_THEIR_NUMBER: f64 = 2.0;
/// How many quotes are kept.
const QUOTED: usize = 3;
/// How many names are followed at most, so that a thread full of names stays cheap.
const MAX_NAMES: usize = 500;

#[derive(Default)]
struct Found {
    sum: f64,
    written: String,
    lasts: BTreeMap<String, u32>,
    phones: BTreeMap<String, u32>,
    emails: BTreeMap<String, u32>,
    evidence: Vec<Evidence>,
}

/// Where a name was found.
struct Place<'a> {
    kind: EvidenceKind,
    weight: f64,
    text: &'a Text<'a>,
    message_id: Option<&'a str>,
    point: Option<&'a str>,
}

#[derive(Default)]
struct Names {
    found: BTreeMap<String, Found>,
    colleagues: BTreeSet<String>,
}

/// Guesses the second person of a contact whose new side has no name yet; `None` where nothing points to one.
pub fn hypothesis(subject: &Subject) -> Option<PersonGuess> {
    guess(subject, &People::original(subject))
}

pub(super) fn guess(subject: &Subject, people: &People) -> Option<PersonGuess> {
    let mut names = Names::default();
    for conversation in &subject.conversations {
        let point = conversation.channel_identifier.as_deref();
        for message in conversation.messages.iter().flatten() {
            let Some(raw) = message.text.as_deref() else { continue };
            names.message(&Text::read(raw), Voice::of(message.inbound), &message.id, point, people);
        }
    }
    for kind in ChildKind::ALL {
        for child in subject.children(kind) {
            let fact = |wanted| {
                child.facts.iter().find(|(key, _)| Fact::of(key) == wanted).map(|(_, value)| value.as_str())
            };
            let point = fact(Fact::Phone).or_else(|| fact(Fact::Email));
            if let Some(raw) = fact(Fact::Name) {
                let text = Text::read(raw);
                let place = Place {
                    kind: EvidenceKind::NamedInRecord,
                    weight: RECORDED,
                    text: &text,
                    message_id: None,
                    point,
                };
                names.note(name::at(&text, 0, people), &place, people);
            }
        }
    }
    names.best()
}

impl Names {
    fn message(&mut self, text: &Text<'_>, voice: Voice, id: &str, point: Option<&str>, people: &People) {
        let place = |kind, weight| Place { kind, weight, text, message_id: Some(id), point };
        let greeted = greeting::names(text, people);
        let own = introduction::names(text, people);
        let signed = signature::name(text, people);
        match voice {
            Voice::Colleague => {
                greeted.for_each(|named| {
                    self.note(Some(named), &place(EvidenceKind::Greeting, GREETED), people)
                });
                own.chain(signed).for_each(|named| self.colleague(&named, text));
            }
            Voice::Contact | Voice::Either => {
                if voice == Voice::Contact {
                    greeted.for_each(|named| self.colleague(&named, text));
                }
                own.for_each(|named| {
                    self.note(Some(named), &place(EvidenceKind::Introduction, INTRODUCED), people)
                });
                self.note(signed, &place(EvidenceKind::Signature, SIGNED), people);
            }
            Voice::Record => {}
        }
    }

    fn colleague(&mut self, named: &Named, text: &Text<'_>) {
        if named.who == Who::Foreign && self.colleagues.len() < MAX_NAMES {
            self.colleagues.insert(text.folded(named.words.start).to_owned());
        }
    }

    fn note(&mut self, named: Option<Named>, place: &Place<'_>, people: &People) {
        let Some(named) = named.filter(|named| named.who == Who::Foreign) else { return };
        let text = place.text;
        let Some(first) = text.words.get(named.words.start) else { return };
        if self.found.len() >= MAX_NAMES && !self.found.contains_key(&first.folded) {
            return;
        }
        let found = self.found.entry(first.folded.clone()).or_default();
        let theirs = place.point.and_then(|point| people.by_phone(point).or_else(|| people.by_email(point)));
        found.sum += if theirs == Some(Target::New) { place.weight * ON_THEIR_NUMBER } else { place.weight };
        if found.written.is_empty() {
            found.written = text.raw[first.start..first.end].to_owned();
        }
        if let Some(last) = text.words.get(named.words.start + 1).filter(|_| named.words.len() > 1) {
            *found.lasts.entry(text.raw[last.start..last.end].to_owned()).or_default() += 1;
        }
        match place.point {
            Some(point) if point.contains('@') && people.by_email(point).is_none() => {
                count(&mut found.emails, point)
            }
            Some(point) if !point.contains('@') && people.by_phone(point).is_none() => {
                count(&mut found.phones, &phone_key(point))
            }
            _ => {}
        }
        for (_, own) in address::addresses(text.raw).filter(|(_, own)| people.by_email(own).is_none()) {
            count(&mut found.emails, own);
        }
        if found.evidence.len() < QUOTED {
            found.evidence.push(Evidence {
                kind: place.kind,
                speaks_for: Target::New,
                quote: quote(text.raw, named.place(text)),
                message_id: place.message_id.map(str::to_owned),
            });
        }
    }

    fn best(self) -> Option<PersonGuess> {
        let Names { found, colleagues } = self;
        let mut ranked: Vec<Found> = found
            .into_iter()
            .filter(|(name, _)| !colleagues.contains(name))
            .map(|(_, found)| found)
            .collect();
        ranked.sort_by(|a, b| b.sum.total_cmp(&a.sum));
        let mut ranked = ranked.into_iter();
        let best = ranked.next().filter(|best| best.sum >= LEAST)?;
        let rival = ranked.next().map_or(0.0, |second| second.sum);
        let share = best.sum / (best.sum + rival);
        Some(PersonGuess {
            first_name: best.written,
            last_name: commonest(best.lasts),
            phone: commonest(best.phones),
            email: commonest(best.emails),
            confidence: share * (1.0 - (-best.sum / HALF_LIFE).exp()),
            evidence: best.evidence,
        })
    }
}

fn count(counts: &mut BTreeMap<String, u32>, value: &str) {
    *counts.entry(value.to_owned()).or_default() += 1;
}

fn commonest(counts: BTreeMap<String, u32>) -> Option<String> {
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Contact;
    use crate::field;
    use crate::separation::{Conversation, MessageHead};

    fn subject(talk: &[(bool, &str)]) -> Subject {
        let message = |(at, (inbound, text)): (usize, &(bool, &str))| MessageHead {
            id: format!("m{at}"),
            created_at: None,
            inbound: Some(*inbound),
            text: Some((*text).to_owned()),
        };
        Subject {
            contact: Contact {
                id: "c".into(),
                values: [(field::FIRST_NAME.into(), "Jane".into()), (field::LAST_NAME.into(), "Doe".into())]
                    .into(),
                ..Contact::default()
            },
            conversations: vec![Conversation {
                id: "t".into(),
                channel_identifier: Some("+14165550123".into()),
                messages: Some(talk.iter().enumerate().map(message).collect()),
                ..Conversation::default()
            }],
            ..Subject::default()
        }
    }

    #[test]
    fn a_table_of_guesses() {
        type Case = (&'static [(bool, &'static str)], Option<(&'static str, Option<&'static str>)>);
        let cases: [Case; 6] = [
            (&[(false, "Hi Jane"), (true, "Thanks, Jane")], None),
            (&[(true, "This is Janet Miller")], Some(("Janet", Some("Miller")))),
            (&[(false, "Hi Janet"), (true, "ok"), (false, "Hello Janet,")], Some(("Janet", None))),
            (&[(false, "Hi Janet")], None),
            // Tom is the colleague.
            (&[(false, "Hi Jane, this is Tom"), (true, "Hi Tom"), (true, "Hello, this is Tom")], None),
            (&[(true, "I'm Ann"), (true, "This is Bea"), (false, "Hi Bea")], Some(("Bea", None))),
        ];
        for (talk, expected) in cases {
            let guess = hypothesis(&subject(talk));
            let seen = guess.as_ref().map(|guess| (guess.first_name.as_str(), guess.last_name.as_deref()));
            assert_eq!(seen, expected, "{talk:?}");
            if let Some(guess) = &guess {
                assert_eq!(guess.phone.as_deref(), Some("+14165550123"));
                assert!(!guess.evidence.is_empty() && guess.confidence > 0.3 && guess.confidence <= 1.0);
                assert!(!format!("{guess:?} {:?}", guess.evidence).contains(&guess.first_name));
            }
        }
    }
}
