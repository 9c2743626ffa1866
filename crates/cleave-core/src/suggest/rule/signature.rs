//! "Regards, Janet": the writer signs.
//!
//! A colleague's signature names the colleague.

use super::{Mark, Voice};
use crate::suggest::evidence::EvidenceKind;
use crate::suggest::name::{self, Named, Who};
use crate::suggest::people::People;
use crate::suggest::text::{Joint, Text};

const WEIGHT: f64 = 2.4;
/// Where it is not known who speaks.
const WEIGHT_EITHER: f64 = 1.6;
/// How many words may follow a closing, for a signature with a firm and an address.
const BLOCK: usize = 24;

/// Last words of closings, folded: after them a name is a signature.
const CLOSINGS: [&str; 26] = [
    "regards",
    "sincerely",
    "best",
    "cheers",
    "thanks",
    "wishes",
    "yours",
    "truly",
    "love",
    "xx",
    "xo",
    "grusse",
    "gruße",
    "gruss",
    "gruse",
    "lg",
    "mfg",
    "vg",
    "danke",
    "cordialement",
    "bises",
    "merci",
    "saludos",
    "abrazo",
    "atentamente",
    "gracias",
];
/// Closings that address somebody as often as they sign, unless a comma or a new line follows.
const AMBIGUOUS: [&str; 6] = ["thanks", "cheers", "danke", "merci", "gracias", "love"];

pub(in crate::suggest) fn find(text: &Text<'_>, voice: Voice, people: &People, found: &mut Vec<Mark>) {
    let weight = match voice {
        Voice::Contact => WEIGHT,
        Voice::Either => WEIGHT_EITHER,
        Voice::Colleague | Voice::Record => return,
    };
    found.extend(name(text, people).map(|named| Mark {
        kind: EvidenceKind::Signature,
        who: named.who,
        weight,
        place: named.place(text),
    }));
}

/// The name that a text is signed with, whoever signs.
pub(in crate::suggest) fn name(text: &Text<'_>, people: &People) -> Option<Named> {
    closing(text, people).or_else(|| last_words(text, people))
}

fn closing(text: &Text<'_>, people: &People) -> Option<Named> {
    let end = text.words.len();
    (end.saturating_sub(BLOCK)..end).rev().find_map(|at| {
        let word = text.folded(at);
        if !CLOSINGS.contains(&word) {
            return None;
        }
        let named = name::at(text, at + 1, people)?;
        let joint = text.joint(at + 1);
        let signs = joint != Joint::Space || !AMBIGUOUS.contains(&word);
        let ends = text.joint(named.words.end) == Joint::Line || text.words.len() == named.words.end;
        ((signs || named.who != Who::Foreign) && ends).then_some(named)
    })
}

/// A name alone at the end: known ones after any pause, foreign ones on a line of their own or after a dash.
fn last_words(text: &Text<'_>, people: &People) -> Option<Named> {
    let end = text.words.len();
    (end.saturating_sub(2)..end).find_map(|at| {
        let joint = text.joint(at);
        if at == 0 || joint == Joint::Space {
            return None;
        }
        let named = name::at(text, at, people)?;
        let apart =
            joint >= Joint::Comma && named.who != Who::Foreign || matches!(joint, Joint::Line | Joint::Dash);
        let asked = text.raw.trim_end().ends_with('?');
        (apart && !asked && named.words.end == end).then_some(named)
    })
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn a_table_of_signatures() {
        use Voice::*;
        let cases = [
            ("See you then.\nRegards, Janet", Contact, "N"),
            ("Best wishes\nJanet Miller\nAcme Inc., 12 Road", Contact, "N"),
            ("ok thanks jane", Contact, "O"),
            ("ok see you, Jane", Contact, "O"),
            ("Call me tomorrow. Janet", Contact, "N"),
            ("Viele Grüße, Janet", Contact, "N"),
            ("À samedi. Cordialement, Janet", Contact, "N"),
            ("Saludos, Janet", Contact, "N"),
            ("I will come. Kind regards, Priya Shah", Contact, "?Priya Shah"),
            ("See you\n- Priya", Contact, "?Priya"),
            ("Thanks Tom", Contact, ""),
            ("See you on Monday. Thanks", Contact, ""),
            ("Jane", Contact, ""),
            ("Do you know me, Jane?", Contact, ""),
            ("Regards, Janet", Colleague, ""),
        ];
        for (raw, voice, expected) in cases {
            assert_eq!(table::of(find, raw, voice), expected, "{raw} {voice:?}");
        }
    }
}
