//! All fields of one pair.

use cleave_core::settings::MatchMode;

use super::{PersonNames, Similarity, compare};
use crate::plan::{FIRST_NAME_PATH, LAST_NAME_PATH, Rule};

/// Compares two contacts field by field. `left` and `right` give the normalised value of the rule at a place.
/// The outcome is in the order of the rules, in `into`, which is emptied first.
pub(crate) fn compare_pair<'a>(
    rules: &[Rule],
    left: impl Fn(usize) -> Option<&'a str>,
    right: impl Fn(usize) -> Option<&'a str>,
    into: &mut Vec<Similarity>,
) {
    into.clear();
    into.extend(
        rules.iter().enumerate().map(|(at, rule)| compare(rule.kind, rule.mode, left(at), right(at))),
    );
    let (Some(first), Some(last)) = (fuzzy(rules, FIRST_NAME_PATH), fuzzy(rules, LAST_NAME_PATH)) else {
        return;
    };
    let (Some(&straight_first), Some(&straight_last)) = (into.get(first), into.get(last)) else { return };
    let names = |side: &dyn Fn(usize) -> Option<&'a str>| {
        Some(PersonNames { first: side(first)?, last: side(last)? })
    };
    let (Some(ours), Some(theirs)) = (names(&left), names(&right)) else { return };
    if let Some(swapped) = ours.swapped(theirs, (straight_first, straight_last)) {
        for (place, value) in [(first, swapped.0), (last, swapped.1)] {
            if let Some(similarity) = into.get_mut(place) {
                *similarity = value;
            }
        }
    }
}

/// The place of a rule that compares fuzzily; exact fields stay exact, in their own place.
fn fuzzy(rules: &[Rule], path: &str) -> Option<usize> {
    rules.iter().position(|rule| rule.field == path && rule.mode == MatchMode::FuzzyString)
}
