//! A known name anywhere in a text: strong in a note, which is about somebody, weak in a message to the contact, and
//! nothing in a message of the contact, who speaks of others.

use std::collections::BTreeSet;

use super::{Mark, Voice};
use crate::separation::Target;
use crate::suggest::evidence::EvidenceKind;
use crate::suggest::name::Who;
use crate::suggest::people::People;
use crate::suggest::text::{Joint, Text};

/// In a record: whom it names first.
const WEIGHT_RECORD: f64 = 2.0;
/// In a record: whom it names after the other, as in "Jane asked about Janet".
const WEIGHT_RECORD_LATER: f64 = 1.1;
/// In a record: with whom the colleague deals, as in "asked us to call Janet".
const WEIGHT_DEALT_WITH: f64 = 2.6;
/// In a colleague's message, between blanks.
const WEIGHT_MESSAGE: f64 = 0.5;
/// In a colleague's message, set apart by commas, as one addresses people.
const WEIGHT_VOCATIVE: f64 = 1.3;

/// Words before the one a colleague deals with, folded.
const DEALS: [&str; 18] = [
    "call", "ring", "phone", "contact", "ask", "tell", "remind", "text", "email", "mail", "meet", "visit",
    "with", "mit", "avec", "con", "rappeler", "llamar",
];

pub(in crate::suggest) fn find(text: &Text<'_>, voice: Voice, people: &People, found: &mut Vec<Mark>) {
    if matches!(voice, Voice::Contact | Voice::Either) {
        return;
    }
    let taken: Vec<_> = found.iter().map(|mark| mark.place.clone()).collect();
    // A writer who never uses capitals does not use them for names.
    let small = text.words.iter().all(|word| !word.capital);
    let mut seen: BTreeSet<Target> = BTreeSet::new();
    for (at, word) in text.words.iter().enumerate() {
        let free = taken.iter().all(|place| word.end <= place.start || place.end <= word.start);
        let named = if (word.capital || small) && free && !word.possessive {
            people.named(&word.folded).flatten()
        } else {
            None
        };
        if let Some(side) = named
            && seen.insert(side)
        {
            let vocative = text.joint(at) == Joint::Comma || (text.joint(at + 1) >= Joint::Comma && at > 0);
            let weight = match voice {
                Voice::Record if at > 0 && DEALS.contains(&text.folded(at - 1)) => WEIGHT_DEALT_WITH,
                Voice::Record if seen.len() == 1 => WEIGHT_RECORD,
                Voice::Record => WEIGHT_RECORD_LATER,
                _ if vocative => WEIGHT_VOCATIVE,
                _ => WEIGHT_MESSAGE,
            };
            found.push(Mark {
                kind: EvidenceKind::Mention,
                who: Who::Side(side),
                weight,
                place: word.start..word.end,
            });
        }
    }
    if voice == Voice::Record {
        unspaced(text, people, &mut seen, found);
    }
}

fn unspaced(text: &Text<'_>, people: &People, seen: &mut BTreeSet<Target>, found: &mut Vec<Mark>) {
    let hits: Vec<_> = crate::suggest::text::windows(text.raw)
        .flat_map(|(offset, part)| people.unspaced().map(move |(name, side)| (offset, part, name, side)))
        .filter_map(|(offset, part, name, side)| Some((offset + part.find(name)?, name.len(), side)))
        .collect();
    for (start, length, side) in hits {
        if seen.insert(side) {
            let place = start..start + length;
            found.push(Mark {
                kind: EvidenceKind::Mention,
                who: Who::Side(side),
                weight: WEIGHT_RECORD,
                place,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn the_one_a_colleague_deals_with_weighs_most() {
        let people = People::named_for_tests("Jane Doe", "Janet Miller");
        let mut found = Vec::new();
        find(&Text::read("Jane asked us to call Janet"), Voice::Record, &people, &mut found);
        let weights: Vec<f64> = found.iter().map(|mark| mark.weight).collect();
        assert_eq!(weights, [WEIGHT_RECORD, WEIGHT_DEALT_WITH]);
    }

    #[test]
    fn a_table_of_mentions() {
        use Voice::*;
        let cases = [
            ("Spoke with Janet about the flat", Record, "N"),
            ("Jane asked whether Janet called", Record, "O N"),
            ("Jane asked us to call Janet", Record, "O N"),
            ("Janet, Janet and again Janet", Record, "N"),
            ("Doe: invoice", Record, "O"),
            ("Spoke with Priya", Record, ""),
            ("The janet problem", Record, ""),
            ("sent janet the contract", Record, "N"),
            ("Of course Janet, I have sent it", Colleague, "N"),
            ("My sister Jane will come", Contact, ""),
        ];
        for (raw, voice, expected) in cases {
            assert_eq!(table::of(find, raw, voice), expected, "{raw} {voice:?}");
        }
    }
}
