//! "This is Janet": the writer says their name.
//!
//! A colleague's introduction names the colleague.

use super::{Mark, Voice};
use crate::suggest::evidence::EvidenceKind;
use crate::suggest::name::{self, Named};
use crate::suggest::people::People;
use crate::suggest::text::{Joint, Text};

const WEIGHT: f64 = 2.8;
/// Where it is not known who speaks.
const WEIGHT_EITHER: f64 = 2.0;

/// Words before the name, folded.
const BEFORE: &[&[&str]] = &[
    &["this", "is"],
    &["my", "name", "is"],
    &["my", "names"],
    &["im"],
    &["i", "am"],
    &["its"],
    &["it", "is"],
    &["hier", "ist"],
    &["mein", "name", "ist"],
    &["ich", "heisse"],
    &["ich", "bin"],
    &["hier", "spricht"],
    &["ici"],
    &["cest"],
    &["je", "mappelle"],
    &["je", "suis"],
    &["mon", "nom", "est"],
    &["soy"],
    &["me", "llamo"],
    &["mi", "nombre", "es"],
    &["habla"],
    &["aqui"],
];
/// Words after a name that begins a sentence, folded.
const AFTER: [&str; 5] = ["here", "speaking", "hier", "aqui", "ici"];
/// Phrases after which other capitalised words than names are common: a foreign name is not believed there.
const VAGUE: &[&[&str]] =
    &[&["its"], &["it", "is"], &["ich", "bin"], &["cest"], &["je", "suis"], &["ici"], &["aqui"]];

pub(in crate::suggest) fn find(text: &Text<'_>, voice: Voice, people: &People, found: &mut Vec<Mark>) {
    let weight = match voice {
        Voice::Contact => WEIGHT,
        Voice::Either => WEIGHT_EITHER,
        Voice::Colleague | Voice::Record => return,
    };
    found.extend(names(text, people).map(|named| Mark {
        kind: EvidenceKind::Introduction,
        who: named.who,
        weight,
        place: named.place(text),
    }));
}

/// The names that writers give themselves, whoever writes.
pub(in crate::suggest) fn names(text: &Text<'_>, people: &People) -> impl Iterator<Item = Named> {
    (0..text.words.len()).filter_map(|at| before(text, at, people).or_else(|| after(text, at, people)))
}

fn before(text: &Text<'_>, at: usize, people: &People) -> Option<Named> {
    let phrase = BEFORE.iter().find(|phrase| text.has(at, phrase))?;
    let next = at + phrase.len();
    if text.joint(next) > Joint::Comma {
        return None;
    }
    let named = name::at(text, next, people)?;
    // "This is Jane's sister" folds to another word, and "is this Jane?" asks.
    let asked = at > 0 && text.folded(at - 1) == "is" && text.joint(at) == Joint::Space;
    let vague = named.who == name::Who::Foreign && VAGUE.contains(phrase);
    (!asked && !vague).then_some(named)
}

fn after(text: &Text<'_>, at: usize, people: &People) -> Option<Named> {
    if text.joint(at) < Joint::Comma {
        return None;
    }
    let here = (at + 1..at + 4).find(|next| AFTER.contains(&text.folded(*next)))?;
    let named = name::at(text, at, people)?;
    (named.words.end == here && text.joint(here) == Joint::Space).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn a_table_of_introductions() {
        use Voice::*;
        let cases = [
            ("Hi, this is Janet, I have this number now", Contact, "N"),
            ("hey its jane", Contact, "O"),
            ("I'm Janet Miller and I call about", Contact, "N"),
            ("My name is Priya Shah.", Contact, "?Priya Shah"),
            ("Hello, Janet here.", Contact, "N"),
            ("Hier ist Janet", Contact, "N"),
            ("Bonjour, je m'appelle Janet", Contact, "N"),
            ("Hola, soy Janet.", Contact, "N"),
            ("Ich bin Kunde bei Ihnen", Contact, ""),
            ("Is this Jane?", Contact, ""),
            ("this is Jane's sister", Contact, ""),
            ("this is not Jane", Contact, ""),
            ("This is. Janet knows", Contact, ""),
            ("This is Tom from the office", Colleague, ""),
        ];
        for (raw, voice, expected) in cases {
            assert_eq!(table::of(find, raw, voice), expected, "{raw} {voice:?}");
        }
    }
}
