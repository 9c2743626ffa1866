//! "I don't know any Jane": the writer is not her.

use super::{Mark, Voice};
use crate::suggest::evidence::EvidenceKind;
use crate::suggest::name::{self, Who};
use crate::suggest::people::People;
use crate::suggest::text::{Joint, Text};

const WEIGHT: f64 = 1.6;
/// In a note: "not Jane".
const WEIGHT_RECORD: f64 = 1.2;
/// How many words may stand between the no and the name.
const REACH: usize = 3;

/// Folded.
const NO: [&str; 22] = [
    "not", "no", "isnt", "arent", "wasnt", "dont", "never", "nobody", "without", "aint", "nor", "nicht",
    "kein", "keine", "keinen", "niemand", "pas", "aucun", "aucune", "ningun", "ninguna", "nadie",
];

pub(in crate::suggest) fn find(text: &Text<'_>, voice: Voice, people: &People, found: &mut Vec<Mark>) {
    for at in 0..text.words.len() {
        if !NO.contains(&text.folded(at)) {
            continue;
        }
        let near = (at + 1..=at + 1 + REACH).take_while(|next| text.joint(*next) == Joint::Space);
        let named = near.into_iter().filter_map(|next| name::at(text, next, people));
        let Some((side, named)) = named.into_iter().find_map(|named| match named.who {
            Who::Side(side) => Some((side, named)),
            Who::Foreign => None,
        }) else {
            continue;
        };
        let place = named.place(text);
        // "It is not Jane" is no mention of her, whoever says it.
        found.retain(|mark| mark.place != place);
        // A colleague who denies a name mostly asks; the mark without weight keeps others from reading the name.
        let weight = match voice {
            Voice::Contact | Voice::Either => WEIGHT,
            Voice::Record => WEIGHT_RECORD,
            Voice::Colleague => 0.0,
        };
        found.push(Mark { kind: EvidenceKind::Denial, who: Who::Side(side.other()), weight, place });
    }
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn a_table_of_denials() {
        use Voice::*;
        let cases = [
            ("I don't know any Jane", Contact, "N"),
            ("This is not Jane", Contact, "N"),
            ("There is no Jane here", Contact, "N"),
            ("Ich bin nicht Jane", Contact, "N"),
            ("Je ne suis pas Jane", Contact, "N"),
            ("not Janet, as it turned out", Record, "O"),
            ("No, Jane is fine", Contact, ""),
            ("So this is not Jane any more?", Colleague, ""),
            ("Not Priya", Contact, ""),
        ];
        for (raw, voice, expected) in cases {
            assert_eq!(table::of(find, raw, voice), expected, "{raw} {voice:?}");
        }
    }
}
