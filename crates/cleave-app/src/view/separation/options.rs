//! Values known from elsewhere that a side of a line could have. They do not change with the plan.

use std::collections::BTreeSet;

use cleave_core::field;
use cleave_core::normalise::{self, phone_display};
use cleave_core::separation::{Child, ChildKind, FieldSplit, Subject, phone_key};
use cleave_core::suggest::PersonGuess;

use super::cards::{record_title, title};
use super::side::{counted, nouns};
use crate::ipc::SplitOption;
use crate::view::children::one_line;

/// Most values that one line offers.
const MOST: usize = 12;

/// What is offered for the lines of a contact.
#[derive(Default)]
pub(crate) struct Options {
    pub phones: Vec<SplitOption>,
    pub emails: Vec<SplitOption>,
    pub first_names: Vec<SplitOption>,
    pub last_names: Vec<SplitOption>,
}

impl Options {
    /// What the contact, its records and a guess at the second person offer.
    pub fn of(subject: &Subject, guess: Option<&PersonGuess>) -> Options {
        let start = FieldSplit::start(subject);
        let mut phones = Offers::without(start.phone_number.original.as_deref().map(phone_key));
        let mut emails = Offers::without(start.email.original.as_deref().map(normalise::email));
        for number in subject.contact.all_phones() {
            phones.phone(number, || "another number of this contact".to_owned());
        }
        if let Some(guess) = guess {
            let from = || "found in the messages".to_owned();
            guess.phone.iter().for_each(|phone| phones.phone(phone, from));
            guess.email.iter().for_each(|email| emails.email(email, from));
        }
        for conversation in &subject.conversations {
            let Some(identifier) = conversation.channel_identifier.as_deref() else { continue };
            let from = || match conversation.count() {
                Some(count) => format!(
                    "{}, {}",
                    title(conversation),
                    counted(usize::try_from(count).unwrap_or(usize::MAX), ("message", "messages"))
                ),
                None => title(conversation),
            };
            phones.phone(identifier, from);
            emails.email(identifier, from);
        }
        for child in ChildKind::ALL.into_iter().flat_map(|kind| subject.children(kind)) {
            let from = || from_record(child);
            for key in ["customerPhone", "phoneNumber"] {
                child.facts.get(key).into_iter().for_each(|number| phones.phone(number, from));
            }
            for key in ["customerEmail", "email"] {
                child.facts.get(key).into_iter().for_each(|email| emails.email(email, from));
            }
        }
        let named = |name: Option<&str>, path: &str| {
            let known = subject.contact.text(path);
            let name = name.filter(|name| known.as_deref() != Some(name));
            let option = |name: &str| SplitOption {
                text: name.to_owned(),
                shown: name.to_owned(),
                from: "found in the messages".to_owned(),
            };
            name.map(option).into_iter().collect()
        };
        Options {
            phones: phones.list,
            emails: emails.list,
            first_names: named(guess.map(|guess| guess.first_name.as_str()), field::FIRST_NAME),
            last_names: named(guess.and_then(|guess| guess.last_name.as_deref()), field::LAST_NAME),
        }
    }
}

fn from_record(child: &Child) -> String {
    one_line(&format!("{} “{}”", nouns(child.kind).0, record_title(child)))
}

/// Offers of one line, each value once however it is written.
#[derive(Default)]
struct Offers {
    met: BTreeSet<String>,
    list: Vec<SplitOption>,
}

impl Offers {
    fn without(now: Option<String>) -> Offers {
        Offers { met: now.into_iter().collect(), list: Vec::new() }
    }

    /// Takes a number; what is none, such as an address, is passed over.
    fn phone(&mut self, number: &str, from: impl FnOnce() -> String) {
        if self.list.len() < MOST
            && let Some(text) = normalise::phone(number, normalise::DEFAULT_REGION)
            && self.met.insert(text.clone())
        {
            self.list.push(SplitOption { shown: phone_display(&text), text, from: from() });
        }
    }

    fn email(&mut self, email: &str, from: impl FnOnce() -> String) {
        let email = email.trim();
        if self.list.len() < MOST
            && normalise::email_problem(email).is_none()
            && self.met.insert(normalise::email(email))
        {
            self.list.push(SplitOption { text: email.to_owned(), shown: email.to_owned(), from: from() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::separation::trial::subject;

    #[test]
    fn numbers_are_offered_once_with_where_they_are_from() {
        let mut subject = subject();
        subject.notes[0].facts.insert("phoneNumber".into(), "416-555-0102".into());
        subject.notes[0].facts.insert("email".into(), "Janet@Example.com".into());
        let guess = PersonGuess {
            first_name: "Janet".into(),
            last_name: None,
            phone: Some("+14165550103".into()),
            email: Some("jane@example.com".into()),
            confidence: 0.9,
            evidence: Vec::new(),
        };
        let options = Options::of(&subject, Some(&guess));
        let shown = |list: &[SplitOption]| -> Vec<String> {
            list.iter().map(|option| format!("{} {}", option.text, option.from)).collect()
        };
        assert_eq!(
            shown(&options.phones),
            [
                "+14165550101 another number of this contact",
                "+14165550103 found in the messages",
                "+14165550102 SMS +1 416-555-0102, 6 messages",
            ]
        );
        assert_eq!(shown(&options.emails), ["Janet@Example.com note “Call back”"]);
        assert_eq!(shown(&options.first_names), ["Janet found in the messages"]);
        assert_eq!(shown(&options.last_names), [""; 0]);
    }
}
