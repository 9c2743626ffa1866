//! Names and other text: one fold for comparison.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// How many characters of a raw value are looked at; what follows does not take part in any comparison.
pub const MAX_CHARS: usize = 4096;

/// Marks from this combining class on are accents and points that people leave out. Below it are marks that
/// make another letter (kana voicing, virama), which stay.
const FIRST_ACCENT_CLASS: u8 = 10;

/// A name for comparison: compatibility forms unified (NFKD), accents and case folded, apostrophes dropped,
/// other punctuation turned into single spaces.
///
/// ```
/// use cleave_core::normalise::name;
/// assert_eq!(name("  Łucja  O’BRIEN-Müller, Jr."), "lucja obrien muller jr");
/// ```
#[must_use]
pub fn name(raw: &str) -> String {
    if raw.is_ascii() { ascii(raw) } else { unicode(raw) }
}

/// Any other text for comparison. The fold is that of [`name`]; a name of its own, so that callers say what
/// they hold and the two can part ways.
#[must_use]
pub fn text(raw: &str) -> String {
    name(raw)
}

fn unicode(raw: &str) -> String {
    let mut folded = String::with_capacity(raw.len().min(MAX_CHARS));
    let letters = raw
        .chars()
        .take(MAX_CHARS)
        .nfkd()
        .filter(|c| canonical_combining_class(*c) < FIRST_ACCENT_CLASS)
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| canonical_combining_class(*c) < FIRST_ACCENT_CLASS);
    for c in letters {
        match base_letters(c) {
            Some(base) => folded.push_str(base),
            None => push(&mut folded, c),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded.nfc().collect()
}

/// The same fold where no Unicode table is needed, which is most of the time.
fn ascii(raw: &str) -> String {
    let mut folded = String::with_capacity(raw.len().min(MAX_CHARS));
    for byte in raw.bytes().take(MAX_CHARS) {
        push(&mut folded, char::from(byte.to_ascii_lowercase()));
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Adds one folded character: letters, digits and marks as they are, apostrophes not at all, the rest as at
/// most one space, never in front.
fn push(folded: &mut String, c: char) {
    if c.is_alphanumeric() || canonical_combining_class(c) != 0 {
        folded.push(c);
    } else if !is_apostrophe(c) && !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | '‘' | '’' | '‛' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | '＇')
}

/// Lower-case letters that no decomposition takes apart, as people write them on a keyboard without them.
fn base_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_table_of_names() {
        for (raw, folded) in [
            ("", ""),
            ("   ", ""),
            ("Anna", "anna"),
            ("ANNA-LENA", "anna lena"),
            ("O'Brien", "obrien"),
            ("O’Brien", "obrien"),
            ("José María", "jose maria"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("Øyvind Þór", "oyvind thor"),
            ("İstanbul", "istanbul"),
            ("ﬁona", "fiona"),
            ("Ｊｏｈｎ", "john"),
            ("Dr. J.  R. Smith", "dr j r smith"),
            ("🙂 Ann 🙂", "ann"),
            ("🙂", ""),
            ("שָׁלוֹם", "שלום"),
            ("محمّد", "محمد"),
            ("が", "が"),
            ("한국", "한국"),
            ("Ἀλέξανδρος", "αλεξανδροσ"),
            ("a\u{200b}b", "a b"),
        ] {
            assert_eq!(name(raw), folded, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_for_ascii_is_the_long_way(raw in "[ -~]{0,40}") {
            prop_assert_eq!(ascii(&raw), unicode(&raw));
        }
    }
}
