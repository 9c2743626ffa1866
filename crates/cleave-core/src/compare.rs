//! Comparing the values of one field on both sides of a review.

use similar::{ChangeTag, TextDiff};

use crate::field::FieldPath;
use crate::normalise;

/// How the two values of a field relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// Letter for letter the same.
    Equal,
    /// Written differently, the same once normalised (`(416) 555-0100` and `+14165550100`).
    EqualNormalised,
    /// Two different values.
    Different,
    /// Only the source has a value.
    OnlySource,
    /// Only the candidate has a value.
    OnlyCandidate,
    /// Neither has one.
    BothMissing,
}

/// Compares two values of the field; `None` is a missing value.
pub fn compare(field: &FieldPath, source: Option<&str>, candidate: Option<&str>) -> Sameness {
    match (source, candidate) {
        (None, None) => Sameness::BothMissing,
        (Some(_), None) => Sameness::OnlySource,
        (None, Some(_)) => Sameness::OnlyCandidate,
        (Some(a), Some(b)) if a == b => Sameness::Equal,
        (Some(a), Some(b)) => {
            let (na, nb) = (normalise::for_field(field.as_str(), a), normalise::for_field(field.as_str(), b));
            if !na.is_empty() && na == nb { Sameness::EqualNormalised } else { Sameness::Different }
        }
    }
}

/// A run of characters of a value, and whether the other side lacks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The characters.
    pub text: String,
    /// Whether they differ from the other side.
    pub differs: bool,
}

/// Longest value, in characters, whose differences are marked one by one; longer ones are marked as a whole.
const DIFF_LIMIT: usize = 500;

/// Share of common characters below which two values are marked as a whole: letters that words share by chance say
/// nothing.
const ALIKE_FROM: f32 = 0.5;

/// Both values cut into runs that agree and runs that differ.
pub fn segments(source: &str, candidate: &str) -> (Vec<Segment>, Vec<Segment>) {
    if source == candidate || source.chars().count().max(candidate.chars().count()) > DIFF_LIMIT {
        let differs = source != candidate;
        return (whole(source, differs), whole(candidate, differs));
    }
    let diff = TextDiff::from_chars(source, candidate);
    if diff.ratio() < ALIKE_FROM {
        return (whole(source, true), whole(candidate, true));
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => {
                push(&mut left, change.value(), false);
                push(&mut right, change.value(), false);
            }
            ChangeTag::Delete => push(&mut left, change.value(), true),
            ChangeTag::Insert => push(&mut right, change.value(), true),
        }
    }
    (left, right)
}

fn whole(text: &str, differs: bool) -> Vec<Segment> {
    if text.is_empty() { Vec::new() } else { vec![Segment { text: text.to_owned(), differs }] }
}

fn push(segments: &mut Vec<Segment>, text: &str, differs: bool) {
    match segments.last_mut() {
        Some(last) if last.differs == differs => last.text.push_str(text),
        _ => segments.push(Segment { text: text.to_owned(), differs }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sameness_of_each_kind() {
        let cases = [
            ("firstName", Some("Jane"), Some("Jane"), Sameness::Equal),
            ("firstName", Some("José"), Some("jose"), Sameness::EqualNormalised),
            ("phoneNumber", Some("(416) 555-0100"), Some("+14165550100"), Sameness::EqualNormalised),
            ("email", Some("Jane@X.com "), Some("jane@x.com"), Sameness::EqualNormalised),
            ("email", Some("jane@x.com"), Some("janet@x.com"), Sameness::Different),
            ("status", None, Some("New"), Sameness::OnlyCandidate),
            ("status", Some("New"), None, Sameness::OnlySource),
            ("status", None, None, Sameness::BothMissing),
            ("lastName", Some("…"), Some("!"), Sameness::Different),
        ];
        for (field, a, b, expected) in cases {
            assert_eq!(compare(&field.into(), a, b), expected, "{field} {a:?} {b:?}");
        }
    }

    #[test]
    fn only_the_differing_characters_are_marked() {
        let (left, right) = segments("Jane", "Janet");
        assert_eq!(left, [Segment { text: "Jane".into(), differs: false }]);
        assert_eq!(right[1], Segment { text: "t".into(), differs: true });
    }

    #[test]
    fn values_that_are_not_alike_are_marked_as_a_whole() {
        let (left, right) = segments("Contacted", "Won");
        assert_eq!(left, [Segment { text: "Contacted".into(), differs: true }]);
        assert_eq!(right, [Segment { text: "Won".into(), differs: true }]);
    }

    proptest! {
        #[test]
        fn segments_join_to_the_value(a in "\\PC{0,40}", b in "\\PC{0,40}") {
            let (left, right) = segments(&a, &b);
            prop_assert_eq!(left.iter().map(|s| s.text.as_str()).collect::<String>(), a);
            prop_assert_eq!(right.iter().map(|s| s.text.as_str()).collect::<String>(), b);
            let common = |s: &[Segment]| s.iter().filter(|s| !s.differs).map(|s| s.text.clone()).collect::<String>();
            prop_assert_eq!(common(&left), common(&right));
        }
    }
}
