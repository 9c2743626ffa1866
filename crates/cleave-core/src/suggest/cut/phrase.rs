//! Words that say a number changed hands or a message reached the wrong person.

use std::ops::Range;

use crate::suggest::evidence::EvidenceKind;
use crate::suggest::text::Text;

/// A phrase in a message.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::suggest) struct Found {
    /// [`EvidenceKind::WrongPerson`] or [`EvidenceKind::NewNumber`].
    pub kind: EvidenceKind,
    /// Its bytes.
    pub place: Range<usize>,
}

/// Folded, in English, German, French and Spanish.
const WRONG: &[&[&str]] = &[
    &["wrong", "person"],
    &["wrong", "number"],
    &["wrong", "contact"],
    &["who", "is", "this"],
    &["whos", "this"],
    &["previous", "owner"],
    &["dont", "know", "any"],
    &["do", "not", "know", "any"],
    &["not", "who", "you", "think"],
    &["falsche", "nummer"],
    &["falsche", "person"],
    &["falsch", "verbunden"],
    &["wer", "ist", "da"],
    &["mauvais", "numero"],
    &["mauvaise", "personne"],
    &["qui", "est", "ce"],
    &["numero", "equivocado"],
    &["persona", "equivocada"],
    &["se", "equivoca"],
    &["quien", "es"],
];
const NEW: &[&[&str]] = &[
    &["new", "number"],
    &["new", "phone"],
    &["old", "phone"],
    &["old", "number"],
    &["this", "number", "now"],
    &["got", "this", "number"],
    &["have", "this", "number"],
    &["new", "owner"],
    &["changed", "number"],
    &["neue", "nummer"],
    &["neuen", "nummer"],
    &["diese", "nummer"],
    &["altes", "handy"],
    &["nouveau", "numero"],
    &["ce", "numero"],
    &["nuevo", "numero"],
    &["este", "numero"],
];

pub(in crate::suggest) fn find(text: &Text<'_>) -> Option<Found> {
    let all = WRONG.iter().map(|phrase| (phrase, EvidenceKind::WrongPerson));
    let all = all.chain(NEW.iter().map(|phrase| (phrase, EvidenceKind::NewNumber)));
    for (phrase, kind) in all {
        let at = (0..text.words.len()).find(|at| text.has(*at, phrase));
        if let Some([first, .., last]) = at.and_then(|at| text.words.get(at..at + phrase.len())) {
            return Some(Found { kind, place: first.start..last.end });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_phrases() {
        let cases = [
            ("I think you have the wrong number", Some(EvidenceKind::WrongPerson)),
            ("Who is this?", Some(EvidenceKind::WrongPerson)),
            ("I don’t know any Jane", Some(EvidenceKind::WrongPerson)),
            ("I have this number now", Some(EvidenceKind::NewNumber)),
            ("Das ist jetzt meine neue Nummer", Some(EvidenceKind::NewNumber)),
            ("C'est le mauvais numéro", Some(EvidenceKind::WrongPerson)),
            ("Número equivocado", Some(EvidenceKind::WrongPerson)),
            ("the number is wrong on the invoice", None),
            ("", None),
        ];
        for (raw, expected) in cases {
            assert_eq!(find(&Text::read(raw)).map(|found| found.kind), expected, "{raw}");
        }
    }
}
