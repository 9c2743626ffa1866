//! How alike two values of a field are, and why.
//!
//! All comparisons take normalised values, are equal from both sides, and look at no more than
//! [`MAX_COMPARED`] characters where they go through a string more than once.

mod date;
mod email;
mod jaro;
mod names;
mod pair;
mod person;
mod phone;
mod text;

use cleave_core::normalise::FieldKind;
use cleave_core::settings::MatchMode;

pub(crate) use email::SLIP as EMAIL_SLIP;
pub(crate) use email::{is_role, mailbox};
pub(crate) use jaro::bound;
pub use jaro::jaro_winkler;
pub(crate) use pair::{Places, Side, Values, compare_pair};
use person::PersonNames;
pub use text::{CHANCE, MAX_COMPARED};

/// In which way two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// Equal after normalising.
    Equal,
    /// Names that are used for one person (`bill`, `william`).
    Nickname,
    /// One is the initial of the other.
    Initial,
    /// One is contained in the other word by word (`smith`, `smith jones`).
    Part,
    /// First and last name have changed places.
    Swapped,
    /// Two ways to write one mailbox (dots, `+tag`).
    SameMailbox,
    /// The same before the `@`, at another provider.
    SameLocalPart,
    /// One slip of the pen apart: a digit, two neighbours swapped, day and month swapped.
    Slip,
    /// Spelled alike.
    Alike,
    /// Not alike beyond chance.
    Different,
    /// One side has no value.
    Missing,
}

/// The outcome of one comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similarity {
    /// 0 (nothing in common) to 1 (equal); `None` where a side has no value.
    pub value: Option<f64>,
    /// Why.
    pub agreement: Agreement,
}

impl Similarity {
    pub(crate) const MISSING: Self = Self { value: None, agreement: Agreement::Missing };
    pub(crate) const EQUAL: Self = Self { value: Some(1.0), agreement: Agreement::Equal };
    pub(crate) const DIFFERENT: Self = Self { value: Some(0.0), agreement: Agreement::Different };

    /// Rounded to a step, so that the byte that a scan keeps of it is all of it.
    fn of(value: f64, agreement: Agreement) -> Self {
        Self { value: value_of(byte_of(Some(value))), agreement }
    }

    fn or_zero(self) -> f64 {
        self.value.unwrap_or(0.0)
    }
}

/// What stands for "a side has no value" among the similarity bytes.
pub const MISSING_BYTE: u8 = u8::MAX;

/// The byte of a similarity of 1. Similarities are whole steps of `1 / SIMILARITY_STEPS`: a score made again from
/// the bytes of a scan is the score of the scan, not one near it.
pub const SIMILARITY_STEPS: u8 = 200;

/// A similarity in steps of a byte.
#[must_use]
pub fn byte_of(similarity: Option<f64>) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
    let steps = |value: f64| (value.clamp(0.0, 1.0) * f64::from(SIMILARITY_STEPS)).round() as u8;
    similarity.map_or(MISSING_BYTE, steps)
}

/// The similarity of a byte.
#[must_use]
pub fn value_of(byte: u8) -> Option<f64> {
    (byte <= SIMILARITY_STEPS).then(|| f64::from(byte) / f64::from(SIMILARITY_STEPS))
}

/// Compares two normalised values of one field.
#[must_use]
pub fn compare(kind: FieldKind, mode: MatchMode, left: Option<&str>, right: Option<&str>) -> Similarity {
    let (Some(left), Some(right)) = (left, right) else { return Similarity::MISSING };
    if left == right {
        return Similarity::EQUAL;
    }
    if mode == MatchMode::ExactNormalized {
        return Similarity::DIFFERENT;
    }
    different(kind, left, right)
}

/// Compares two values that are not equal.
fn different(kind: FieldKind, left: &str, right: &str) -> Similarity {
    match kind {
        FieldKind::Name => names::names(left, right),
        FieldKind::Email => email::emails(left, right),
        FieldKind::Phone => phone::phones(left, right),
        FieldKind::Date => date::dates(left, right),
        FieldKind::Text => text::texts(left, right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KINDS: [FieldKind; 5] =
        [FieldKind::Name, FieldKind::Email, FieldKind::Phone, FieldKind::Date, FieldKind::Text];

    #[test]
    fn a_missing_side_is_no_evidence() {
        for kind in KINDS {
            assert_eq!(compare(kind, MatchMode::FuzzyString, None, Some("a")), Similarity::MISSING);
            assert_eq!(compare(kind, MatchMode::ExactNormalized, None, None), Similarity::MISSING);
        }
    }

    #[test]
    fn exact_is_all_or_nothing() {
        let exact = |a, b| compare(FieldKind::Name, MatchMode::ExactNormalized, Some(a), Some(b)).value;
        assert_eq!(exact("bill", "bill"), Some(1.0));
        assert_eq!(exact("bill", "billy"), Some(0.0));
    }

    proptest! {
        #[test]
        fn equal_from_both_sides_and_within_bounds(
            kind in prop::sample::select(KINDS.to_vec()),
            left in "[a-e0-9@.+ é王-]{0,16}|\\PC{0,12}",
            right in "[a-e0-9@.+ é王-]{0,16}|\\PC{0,12}",
        ) {
            let there = compare(kind, MatchMode::FuzzyString, Some(&left), Some(&right));
            let back = compare(kind, MatchMode::FuzzyString, Some(&right), Some(&left));
            prop_assert_eq!(there, back);
            let value = there.value.unwrap();
            prop_assert!((0.0..=1.0).contains(&value));
            prop_assert_eq!(value == 1.0, left == right, "only equal values are wholly alike");
        }
    }
}
