//! Which language a text is in, by its commonest words and its script: enough to tell two people apart, no more.

use super::text::Text;

/// A language, or a script that stands for the languages written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Language {
    English,
    German,
    French,
    Spanish,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Han,
    Hangul,
    Devanagari,
}

/// How many there are, for counting by `language as usize`.
pub(super) const LANGUAGES: usize = 11;

const WORDS: [(Language, &[&str]); 4] = [
    (
        Language::English,
        &[
            "the", "and", "you", "is", "it", "for", "to", "of", "my", "this", "that", "have", "are", "can",
            "your", "with", "what", "when", "will", "please", "would", "i", "we", "do", "be", "at", "still",
            "yes", "thanks",
        ],
    ),
    (
        Language::German,
        &[
            "der", "die", "das", "und", "ich", "ist", "nicht", "sie", "wir", "ein", "eine", "mit", "auf",
            "fur", "den", "zu", "es", "noch", "bitte", "haben", "kann", "mir", "wann", "auch", "danke", "ja",
            "um", "dann",
        ],
    ),
    (
        Language::French,
        &[
            "le", "la", "les", "et", "je", "est", "vous", "pas", "un", "une", "des", "pour", "que", "dans",
            "avec", "mon", "sur", "nous", "ce", "bien", "merci", "oui", "votre", "du", "suis", "bonjour",
        ],
    ),
    (
        Language::Spanish,
        &[
            "el", "la", "los", "y", "yo", "es", "no", "un", "una", "por", "para", "que", "con", "mi", "lo",
            "como", "muy", "su", "se", "si", "gracias", "hola", "usted", "puedo", "del", "estoy", "cuando",
        ],
    ),
];

/// The language, where at least two words tell it and no other language has as many.
pub(super) fn guess(text: &Text<'_>) -> Option<Language> {
    let mut counts = [0_u32; LANGUAGES];
    for word in &text.words {
        match word.folded.chars().next().and_then(script) {
            Some(script) => counts[script as usize] += 2,
            None => {
                for (language, words) in WORDS {
                    if words.contains(&word.folded.as_str()) {
                        counts[language as usize] += 1;
                    }
                }
            }
        }
    }
    let best = ALL.into_iter().max_by_key(|language| counts[*language as usize])?;
    let most = counts[best as usize];
    let alone = counts.iter().filter(|count| **count == most).count() == 1;
    (most >= 2 && alone).then_some(best)
}

const ALL: [Language; LANGUAGES] = [
    Language::English,
    Language::German,
    Language::French,
    Language::Spanish,
    Language::Cyrillic,
    Language::Greek,
    Language::Arabic,
    Language::Hebrew,
    Language::Han,
    Language::Hangul,
    Language::Devanagari,
];

fn script(c: char) -> Option<Language> {
    Some(match c {
        '\u{370}'..='\u{3ff}' => Language::Greek,
        '\u{400}'..='\u{52f}' => Language::Cyrillic,
        '\u{590}'..='\u{5ff}' => Language::Hebrew,
        '\u{600}'..='\u{6ff}' => Language::Arabic,
        '\u{900}'..='\u{97f}' => Language::Devanagari,
        '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' => Language::Han,
        '\u{ac00}'..='\u{d7af}' => Language::Hangul,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_languages() {
        let cases = [
            ("Is it still available for the weekend?", Some(Language::English)),
            ("Ich habe die Unterlagen nicht bekommen", Some(Language::German)),
            ("Je vous remercie pour votre réponse", Some(Language::French)),
            ("¿Puedo pasar por la tarde? Gracias", Some(Language::Spanish)),
            ("Здравствуйте", Some(Language::Cyrillic)),
            ("안녕하세요", Some(Language::Hangul)),
            ("ok", None),
            ("", None),
        ];
        for (raw, expected) in cases {
            assert_eq!(guess(&Text::read(raw)), expected, "{raw}");
        }
    }
}
