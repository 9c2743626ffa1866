//! A message's words with their places, as the rules read them.
//!
//! Only the beginning and the end of a long text are read: greetings, introductions and signatures stand there, and
//! the work is bounded however long a message is.

use unicode_normalization::char::canonical_combining_class;

use crate::normalise;

/// How many bytes of the beginning are read.
const HEAD_BYTES: usize = 1600;
/// How many bytes of the end are read.
const TAIL_BYTES: usize = 400;

/// What stands between a word and the one before it, the strongest of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joint {
    /// Blanks, or a hyphen within a word.
    Space,
    /// A comma, colon, bracket or the like.
    Comma,
    /// A dash between blanks.
    Dash,
    /// The end of a sentence.
    Stop,
    /// A new line, or the beginning of the text.
    Line,
}

/// A word.
#[derive(Clone)]
pub(super) struct Word {
    /// Byte where it starts in the raw text.
    pub start: usize,
    /// Byte after its end.
    pub end: usize,
    /// For comparison, see [`normalise::name`]; apostrophes are gone, so that "I'm" is `im`.
    pub folded: String,
    /// Whether its first letter is a capital, or of a script that has none.
    pub capital: bool,
    /// Whether it is a possessive with its apostrophe, as "Jane's" is.
    pub possessive: bool,
    /// What stands before it.
    pub joint: Joint,
}

/// A text in words.
#[derive(Clone)]
pub(super) struct Text<'a> {
    /// The text as it came.
    pub raw: &'a str,
    /// Its words, in order.
    pub words: Vec<Word>,
}

impl<'a> Text<'a> {
    /// Splits a text into words.
    pub fn read(raw: &'a str) -> Text<'a> {
        let mut words = Vec::new();
        for (offset, part) in windows(raw) {
            split(offset, part, &mut words);
        }
        Text { raw, words }
    }

    /// Whether the folded words from `at` on are these.
    pub fn has(&self, at: usize, phrase: &[&str]) -> bool {
        self.words
            .get(at..at + phrase.len())
            .is_some_and(|words| words.iter().zip(phrase).all(|(word, expected)| word.folded == *expected))
    }

    /// What stands before a word; the end of the text counts as a new line.
    pub fn joint(&self, at: usize) -> Joint {
        self.words.get(at).map_or(Joint::Line, |word| word.joint)
    }

    /// The folded form of a word; empty beyond the end.
    pub fn folded(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.folded)
    }
}

/// The parts of a text that are read, with their byte offsets.
pub(super) fn windows(raw: &str) -> impl Iterator<Item = (usize, &str)> {
    let whole = raw.len() <= HEAD_BYTES + TAIL_BYTES;
    let head = if whole { raw.len() } else { raw.floor_char_boundary(HEAD_BYTES) };
    let tail = raw.ceil_char_boundary(raw.len().saturating_sub(TAIL_BYTES));
    let parts = [Some((0, &raw[..head])), (!whole).then(|| (tail, &raw[tail..]))];
    parts.into_iter().flatten()
}

fn split(offset: usize, part: &str, words: &mut Vec<Word>) {
    let mut joint = Joint::Line;
    let mut start = None;
    let mut before = ' ';
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let inside = is_letter(c) || (is_apostrophe(c) && start.is_some() && is_letter(next));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(word(offset, part, from, at, joint));
                (start, joint) = (None, between(before, c, next));
            }
            (None, false) => joint = joint.max(between(before, c, next)),
            (Some(_), true) => {}
        }
        before = c;
    }
    if let Some(from) = start {
        words.push(word(offset, part, from, part.len(), joint));
    }
}

fn word(offset: usize, part: &str, from: usize, to: usize, joint: Joint) -> Word {
    let raw = &part[from..to];
    let capital = raw.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let possessive = raw.strip_suffix(['s', 'S']).is_some_and(|rest| rest.ends_with(is_apostrophe));
    Word { start: offset + from, end: offset + to, folded: normalise::name(raw), capital, possessive, joint }
}

fn between(before: char, c: char, after: char) -> Joint {
    match c {
        '\n' | '\r' | '\u{2028}' => Joint::Line,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' => Joint::Stop,
        '—' | '–' | '~' => Joint::Dash,
        '-' if before.is_whitespace() || after.is_whitespace() => Joint::Dash,
        '-' => Joint::Space,
        c if c.is_whitespace() => Joint::Space,
        _ => Joint::Comma,
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || canonical_combining_class(c) != 0
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_what_stands_before_them() {
        use Joint::*;
        type Case = (&'static str, &'static [(&'static str, bool, Joint)]);
        let cases: [Case; 6] = [
            ("", &[]),
            ("Hi Janet,", &[("hi", true, Line), ("janet", true, Space)]),
            ("I'm Zoë. ok", &[("im", true, Line), ("zoe", true, Space), ("ok", false, Stop)]),
            ("Anna-Lena — 'Jo'", &[("anna", true, Line), ("lena", true, Space), ("jo", true, Dash)]),
            ("a\n- Bo", &[("a", false, Line), ("bo", true, Line)]),
            ("田中です。はい", &[("田中です", true, Line), ("はい", true, Stop)]),
        ];
        for (raw, expected) in cases {
            let text = Text::read(raw);
            let seen: Vec<_> = text.words.iter().map(|w| (w.folded.as_str(), w.capital, w.joint)).collect();
            assert_eq!(seen, expected, "{raw}");
            assert!(text.words.iter().all(|w| raw.get(w.start..w.end).is_some()));
        }
    }

    #[test]
    fn only_both_ends_of_a_long_text_are_read() {
        let raw = format!("Hi Ann {} bye Bo", "ä🙂".repeat(500_000));
        let text = Text::read(&raw);
        assert_eq!((text.folded(1), text.folded(text.words.len() - 1)), ("ann", "bo"));
        let read: usize = windows(&raw).map(|(_, part)| part.len()).sum();
        assert!(read <= HEAD_BYTES + TAIL_BYTES);
    }
}
