//! "Hi Janet": a colleague addresses the contact.
//!
//! A contact's own greeting names the colleague and says nothing about the contact.

use super::{Mark, Voice};
use crate::suggest::evidence::EvidenceKind;
use crate::suggest::name;
use crate::suggest::people::People;
use crate::suggest::text::{Joint, Text};

const WEIGHT: f64 = 2.2;
/// Where it is not known who speaks.
const WEIGHT_EITHER: f64 = 1.2;
/// Greetings stand in front.
const LAST_WORD: usize = 10;

/// Folded, in English, German, French and Spanish.
const PHRASES: &[&[&str]] = &[
    &["hi"],
    &["hello"],
    &["hey"],
    &["dear"],
    &["good", "morning"],
    &["good", "afternoon"],
    &["good", "evening"],
    &["morning"],
    &["thanks"],
    &["thank", "you"],
    &["welcome"],
    &["hallo"],
    &["liebe"],
    &["lieber"],
    &["guten", "tag"],
    &["guten", "morgen"],
    &["guten", "abend"],
    &["servus"],
    &["moin"],
    &["sehr", "geehrte"],
    &["sehr", "geehrter"],
    &["danke"],
    &["vielen", "dank"],
    &["bonjour"],
    &["bonsoir"],
    &["salut"],
    &["coucou"],
    &["cher"],
    &["chere"],
    &["merci"],
    &["hola"],
    &["buenos", "dias"],
    &["buenas", "tardes"],
    &["buenas", "noches"],
    &["buenas"],
    &["querido"],
    &["querida"],
    &["estimado"],
    &["estimada"],
    &["gracias"],
];

pub(in crate::suggest) fn find(text: &Text<'_>, voice: Voice, people: &People, found: &mut Vec<Mark>) {
    let weight = match voice {
        Voice::Colleague => WEIGHT,
        Voice::Either => WEIGHT_EITHER,
        Voice::Contact | Voice::Record => return,
    };
    found.extend(names(text, people).map(|named| Mark {
        kind: EvidenceKind::Greeting,
        who: named.who,
        weight,
        place: named.place(text),
    }));
}

/// The names that are greeted, whoever greets.
pub(in crate::suggest) fn names(text: &Text<'_>, people: &People) -> impl Iterator<Item = name::Named> {
    let starts = (0..text.words.len().min(LAST_WORD)).filter(|at| text.joint(*at) >= Joint::Comma);
    starts.filter_map(|at| {
        let phrase = PHRASES.iter().find(|phrase| text.has(at, phrase))?;
        let next = at + phrase.len();
        if text.joint(next) <= Joint::Comma { name::at(text, next, people) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn a_table_of_greetings() {
        use Voice::*;
        let cases = [
            ("Hi Janet, all well?", Colleague, "N"),
            ("hi janet", Colleague, "N"),
            ("Dear Mrs. Doe,", Colleague, "O"),
            ("Good morning Jane", Colleague, "O"),
            ("Sure! Thanks, Jane!", Colleague, "O"),
            ("Sehr geehrte Frau Miller,", Colleague, "N"),
            ("Bonjour Janet !", Colleague, "N"),
            ("Buenos días, Janet", Colleague, "N"),
            ("Hi Priya", Colleague, "?Priya"),
            ("Hi there", Colleague, ""),
            ("Hi. Janet told me", Colleague, ""),
            ("I said hi Janet", Colleague, ""),
            ("Hi Janet", Either, "N"),
            ("Hi Janet", Contact, ""),
        ];
        for (raw, voice, expected) in cases {
            assert_eq!(table::of(find, raw, voice), expected, "{raw} {voice:?}");
        }
    }
}
