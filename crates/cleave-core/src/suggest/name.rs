//! Whether the words at a place are a name, and whose.

use std::ops::Range;

use super::people::People;
use super::text::{Joint, Text};
use crate::separation::Target;

/// Whose name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// One of the two people.
    Side(Target),
    /// Looks like a name and is neither's.
    Foreign,
}

/// A name in a text, by the numbers of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Whose.
    pub who: Who,
    /// Its words.
    pub words: Range<usize>,
}

impl Named {
    /// The bytes of the name.
    pub fn place(&self, text: &Text<'_>) -> Range<usize> {
        match text.words.get(self.words.clone()) {
            Some([first, .., last]) => first.start..last.end,
            Some([only]) => only.start..only.end,
            _ => 0..0,
        }
    }
}

/// Words before a name that are no part of it.
const TITLES: [&str; 18] = [
    "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "herrn", "monsieur", "madame", "mme", "mlle",
    "senor", "senora", "sr", "sra", "don",
];

/// Words that stand where a name could and are written with a capital at times.
const NOT_NAMES: [&str; 91] = [
    "there",
    "all",
    "team",
    "everyone",
    "again",
    "sir",
    "madam",
    "folks",
    "guys",
    "the",
    "this",
    "that",
    "it",
    "its",
    "is",
    "im",
    "ok",
    "okay",
    "yes",
    "no",
    "not",
    "sorry",
    "thanks",
    "thank",
    "please",
    "just",
    "so",
    "and",
    "but",
    "we",
    "you",
    "they",
    "he",
    "she",
    "your",
    "my",
    "our",
    "what",
    "who",
    "when",
    "where",
    "how",
    "can",
    "could",
    "would",
    "will",
    "do",
    "are",
    "was",
    "if",
    "for",
    "from",
    "in",
    "on",
    "at",
    "to",
    "a",
    "an",
    "i",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "zusammen",
    "leute",
    "ich",
    "wir",
    "sie",
    "der",
    "die",
    "das",
    "ein",
    "eine",
    "vielen",
    "danke",
    "tous",
    "je",
    "nous",
    "vous",
    "merci",
    "bien",
    "todos",
    "yo",
    "gracias",
    "muy",
    "que",
    "sent",
    "re",
];

/// How many words a name has at most.
const MAX_WORDS: usize = 3;

/// The name that starts at a word, titles before it passed over.
///
/// A known name may be written small, with one slip, or short; a foreign one needs its capital.
pub(super) fn at(text: &Text<'_>, start: usize, people: &People) -> Option<Named> {
    let mut at = start;
    while at < start + 2 && TITLES.contains(&text.folded(at)) {
        at += 1;
    }
    let mut side: Option<Target> = None;
    let mut end = at;
    let mut known = 0..0;
    while end < at + MAX_WORDS && end < text.words.len() && (end == at || text.joint(end) == Joint::Space) {
        let word = &text.words[end];
        if word.possessive {
            return None;
        }
        match people.called(&word.folded) {
            Some(Some(whose)) if side.is_some_and(|side| side != whose) => return None,
            Some(whose) => {
                side = side.or(whose);
                known = at..end + 1;
            }
            None if known.is_empty() || !word.capital => break,
            None => {}
        }
        end += 1;
    }
    if let Some(side) = side {
        return Some(Named { who: Who::Side(side), words: known });
    }
    let is_name = |at: usize| {
        text.words
            .get(at)
            .is_some_and(|word| word.capital && !word.possessive && looks_like_name(&word.folded))
    };
    if !known.is_empty() || !is_name(at) {
        return None;
    }
    let last = if text.joint(at + 1) == Joint::Space && is_name(at + 1) { at + 2 } else { at + 1 };
    Some(Named { who: Who::Foreign, words: at..last })
}

fn looks_like_name(folded: &str) -> bool {
    let letters = folded.chars().count();
    (2..=24).contains(&letters) && folded.chars().all(char::is_alphabetic) && !NOT_NAMES.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_name_stands_there() {
        let people = People::named_for_tests("Jane Doe", "Janet Doe");
        let side = |side, words| Some(Named { who: Who::Side(side), words });
        let cases = [
            ("Jane", side(Target::Original, 0..1)),
            ("jane doe", side(Target::Original, 0..2)),
            ("Mrs Janet Doe", side(Target::New, 1..3)),
            ("Mrs Doe", None),
            ("Jane Janet", None),
            ("Tom Baker said", Some(Named { who: Who::Foreign, words: 0..2 })),
            ("Tom. Baker", Some(Named { who: Who::Foreign, words: 0..1 })),
            ("tom", None),
            ("Jane's", None),
            ("There", None),
            ("R2D2", None),
            ("", None),
        ];
        for (raw, expected) in cases {
            assert_eq!(at(&Text::read(raw), 0, &people), expected, "{raw}");
        }
    }
}
