//! "Jane is my sister": the writer is the other one.

use super::{Mark, Voice};
use crate::suggest::evidence::EvidenceKind;
use crate::suggest::name::{self, Who};
use crate::suggest::people::People;
use crate::suggest::text::{Joint, Text};

const WEIGHT: f64 = 1.5;

/// Folded.
const MY: [&str; 9] = ["my", "mein", "meine", "meiner", "meinem", "mon", "ma", "mi", "our"];
/// Folded.
const RELATIONS: [&str; 40] = [
    "sister",
    "brother",
    "mother",
    "father",
    "mum",
    "mom",
    "dad",
    "husband",
    "wife",
    "son",
    "daughter",
    "partner",
    "cousin",
    "roommate",
    "flatmate",
    "aunt",
    "uncle",
    "schwester",
    "bruder",
    "mutter",
    "vater",
    "mann",
    "frau",
    "sohn",
    "tochter",
    "soeur",
    "frere",
    "mere",
    "pere",
    "mari",
    "femme",
    "fils",
    "fille",
    "hermana",
    "hermano",
    "madre",
    "padre",
    "marido",
    "esposa",
    "hija",
];
const IS: [&str; 7] = ["is", "was", "ist", "war", "est", "es", "and"];

pub(in crate::suggest) fn find(text: &Text<'_>, voice: Voice, people: &People, found: &mut Vec<Mark>) {
    if !matches!(voice, Voice::Contact | Voice::Either) {
        return;
    }
    for at in 0..text.words.len() {
        if !MY.contains(&text.folded(at)) || !RELATIONS.contains(&text.folded(at + 1)) {
            continue;
        }
        let after = (text.joint(at + 2) <= Joint::Comma).then(|| name::at(text, at + 2, people)).flatten();
        let before =
            (at >= 2 && IS.contains(&text.folded(at - 1))).then(|| name::at(text, at - 2, people)).flatten();
        for named in [after, before].into_iter().flatten() {
            if let Who::Side(side) = named.who {
                let place = named.place(text);
                // "Regards to my wife Jane" is not signed by her.
                found.retain(|mark| mark.place != place);
                found.push(Mark {
                    kind: EvidenceKind::Relative,
                    who: Who::Side(side.other()),
                    weight: WEIGHT,
                    place,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn a_table_of_relatives() {
        use Voice::*;
        let cases = [
            ("Jane is my sister, she gave me her phone", Contact, "N"),
            ("my husband Jane asked", Contact, "N"),
            ("Jane ist meine Schwester", Contact, "N"),
            ("mi hermana Janet no puede", Contact, "O"),
            ("my sister will come", Contact, ""),
            ("my sister Priya", Contact, ""),
            ("Jane is my sister", Colleague, ""),
        ];
        for (raw, voice, expected) in cases {
            assert_eq!(table::of(find, raw, voice), expected, "{raw} {voice:?}");
        }
    }
}
