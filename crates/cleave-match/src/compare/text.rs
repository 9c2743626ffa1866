//! Any text: Jaro-Winkler.

use super::{Agreement, Similarity, jaro};

/// How many characters of a value are compared when it is not equal to the other one.
pub const MAX_COMPARED: usize = 128;

/// Jaro-Winkler below this is what unrelated words reach by chance, and counts as nothing in common.
///
/// Two random surnames are at 0.4 to 0.55. Counted as it is, that would give every pair of strangers half of
/// each weight, and a shared phone would carry them to the review.
pub const CHANCE: f64 = 0.8;

/// What a likeness may be at most when the values are not equal: the part of a long value that was not
/// compared may differ.
const ALMOST: f64 = 0.99;

pub(super) fn texts(left: &str, right: &str) -> Similarity {
    match jaro_winkler(left, right) {
        alike if alike >= CHANCE => Similarity::of(alike.min(ALMOST), Agreement::Alike),
        _ => Similarity::DIFFERENT,
    }
}

/// Jaro-Winkler, made equal from both sides by always taking the lesser value first, and bounded.
pub(super) fn jaro_winkler(left: &str, right: &str) -> f64 {
    let (first, second) = if left <= right { (left, right) } else { (right, left) };
    jaro::jaro_winkler(cut(first), cut(second)).clamp(0.0, 1.0)
}

fn cut(value: &str) -> &str {
    match value.char_indices().nth(MAX_COMPARED) {
        Some((end, _)) => value.get(..end).unwrap_or(value),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_have_nothing_in_common() {
        for (a, b, alike) in [
            ("12 main street", "12 main st", true),
            ("acme limited", "acme ltd", true),
            ("smith", "jones", false),
            ("", "jones", false),
            ("🙂🙂", "🙂", true),
            ("שלום", "שלומי", true),
        ] {
            assert_eq!(texts(a, b).or_zero() > 0.0, alike, "{a} {b}");
        }
    }

    #[test]
    fn long_values_are_cut_and_never_called_equal() {
        let (a, b) = ("a".repeat(1_000_000), format!("{}b", "a".repeat(1_000_000)));
        assert_eq!(texts(&a, &b).value, Some(ALMOST));
    }
}
