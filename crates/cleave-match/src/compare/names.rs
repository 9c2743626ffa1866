//! One name against another.

use super::text::texts;
use super::{Agreement, Similarity};
use crate::nicknames;

/// Short forms are chosen, not slips: nearly as good as equal, and short forms have several long ones.
const NICKNAME: f64 = 0.95;
/// A second given name or a second surname that one side leaves out.
const PART: f64 = 0.93;
/// One in about ten names begins with any given letter.
const INITIAL: f64 = 0.8;

/// Words behind a name that tell generations apart and are mostly left out.
const SUFFIXES: [&str; 7] = ["jr", "sr", "junior", "senior", "ii", "iii", "iv"];

pub(super) fn names(left: &str, right: &str) -> Similarity {
    match by_words(left, right) {
        Similarity { agreement: Agreement::Different, .. } => texts(left, right),
        known => known,
    }
}

/// Nicknames, initials and left-out words, by the words of each side.
fn by_words(left: &str, right: &str) -> Similarity {
    let (mut ours, mut theirs) = (words(left), words(right));
    let (Some(a), Some(b)) = (ours.next(), theirs.next()) else { return Similarity::DIFFERENT };
    let alone = ours.next().is_none() && theirs.next().is_none();
    if a == b {
        // The rest is a middle name, an initial, a suffix or a second surname.
        return if contains_all(left, right) || contains_all(right, left) {
            Similarity::of(PART, Agreement::Part)
        } else {
            Similarity::DIFFERENT
        };
    }
    if is_initial(a, b) || is_initial(b, a) {
        return Similarity::of(INITIAL, Agreement::Initial);
    }
    if nicknames::related(a, b) {
        return Similarity::of(if alone { NICKNAME } else { PART }, Agreement::Nickname);
    }
    if !alone && (contains_all(left, right) || contains_all(right, left)) {
        return Similarity::of(PART, Agreement::Part);
    }
    Similarity::DIFFERENT
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(' ').filter(|word| !SUFFIXES.contains(word)).take(8)
}

/// Whether `whole` has every word of `part`, or its initial.
fn contains_all(whole: &str, part: &str) -> bool {
    words(part).all(|word| words(whole).any(|other| other == word || is_initial(word, other)))
}

fn is_initial(short: &str, long: &str) -> bool {
    let mut letters = short.chars();
    matches!((letters.next(), letters.next()), (Some(letter), None) if long.starts_with(letter) && long != short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_names() {
        for (a, b, agreement) in [
            ("bill", "william", Agreement::Nickname),
            ("j", "john", Agreement::Initial),
            ("mary", "mary a", Agreement::Part),
            ("smith", "smith jones", Agreement::Part),
            ("jones", "smith jones", Agreement::Part),
            ("smith", "smith jr", Agreement::Part),
            ("smith", "smyth", Agreement::Alike),
            ("catherine", "cathrine", Agreement::Alike),
            ("john", "peter", Agreement::Different),
            ("王", "王小明", Agreement::Initial),
            ("", "john", Agreement::Different),
            ("jr", "john", Agreement::Different),
        ] {
            assert_eq!(names(a, b).agreement, agreement, "{a} {b}");
            assert_eq!(names(b, a).agreement, agreement, "{b} {a}");
        }
    }
}
