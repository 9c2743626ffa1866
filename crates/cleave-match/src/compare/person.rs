//! First and last name of two people together, since they may have changed places.

use super::names::names;
use super::{Agreement, Similarity};

/// Names in each other's field are a form filled in wrongly, and some surnames are given names too.
const SWAPPED: f64 = 0.93;

/// Below this a pair of names is looked at the other way round.
const UNLIKE: f64 = 0.8;

/// The names of one person, normalised.
#[derive(Clone, Copy)]
pub(crate) struct PersonNames<'a> {
    pub(crate) first: &'a str,
    pub(crate) last: &'a str,
}

impl PersonNames<'_> {
    /// Whether names with these similarities are worth looking at crosswise.
    pub(crate) fn may_be_swapped(straight: (Similarity, Similarity)) -> bool {
        straight.0.or_zero() < UNLIKE && straight.1.or_zero() < UNLIKE
    }

    /// The similarities of first and last name when they are compared crosswise, if that fits both better than
    /// `straight`, the similarities as the fields stand.
    pub(crate) fn swapped(
        self,
        other: PersonNames<'_>,
        straight: (Similarity, Similarity),
    ) -> Option<(Similarity, Similarity)> {
        if !Self::may_be_swapped(straight) {
            return None;
        }
        let cross = |a: &str, b: &str| {
            let value = if a == b { 1.0 } else { names(a, b).or_zero() };
            Similarity::of(SWAPPED * value, Agreement::Swapped)
        };
        let (first, last) = (cross(self.first, other.last), cross(self.last, other.first));
        let fits = |side: Similarity| side.or_zero() >= SWAPPED * UNLIKE;
        // The lesser of the two stands for both, so that the answer is the same from the other side, where the
        // first name meets what was the last.
        let lesser = if first.or_zero() <= last.or_zero() { first } else { last };
        (fits(first) && fits(last)).then_some((lesser, lesser))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use cleave_core::normalise::FieldKind;
    use cleave_core::settings::MatchMode;

    fn crosswise(a: (&str, &str), b: (&str, &str)) -> Option<f64> {
        let compared = |a, b| compare(FieldKind::Name, MatchMode::FuzzyString, Some(a), Some(b));
        let straight = (compared(a.0, b.0), compared(a.1, b.1));
        let (ours, theirs) = (PersonNames { first: a.0, last: a.1 }, PersonNames { first: b.0, last: b.1 });
        let there = ours.swapped(theirs, straight);
        assert_eq!(there, theirs.swapped(ours, straight), "{a:?} {b:?}");
        there.map(|(first, _)| first.or_zero())
    }

    #[test]
    fn only_names_that_fit_crosswise_are_swapped() {
        assert_eq!(crosswise(("anna", "berg"), ("berg", "anna")), Some(SWAPPED));
        assert!(crosswise(("anna", "berger"), ("berger", "ann")).is_some_and(|value| value < SWAPPED));
        assert_eq!(crosswise(("anna", "berg"), ("anna", "berg")), None);
        assert_eq!(crosswise(("anna", "berg"), ("berg", "peter")), None);
    }
}
