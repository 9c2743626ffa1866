//! All fields of one pair.

use cleave_core::settings::MatchMode;

use super::{Agreement, PersonNames, Similarity, compare};
use crate::plan::{FIRST_NAME_PATH, LAST_NAME_PATH, PHONE_PATH, Rule};

/// One of two contacts that are compared.
pub(crate) trait Side {
    /// The normalised value of the rule at a place.
    fn value(&self, rule: usize) -> Option<&str>;

    /// The further values of a rule: a contact's other phone numbers.
    fn further(&self, rule: usize) -> impl Iterator<Item = &str>;

    /// What is known of a rule without looking at the values: that they are equal, or that a side has none.
    fn known(&self, _other: &Self, _rule: usize) -> Option<Similarity> {
        None
    }
}

/// Where rules stand that are looked at together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// First and last name, where both are compared fuzzily; exact fields stay exact, in their own place.
    names: Option<(usize, usize)>,
    pub(crate) phone: Option<usize>,
}

impl Places {
    pub(crate) fn of(rules: &[Rule]) -> Self {
        let fuzzy = |path: &str| {
            rules.iter().position(|rule| rule.field == path && rule.mode == MatchMode::FuzzyString)
        };
        Self {
            names: fuzzy(FIRST_NAME_PATH).zip(fuzzy(LAST_NAME_PATH)),
            phone: rules.iter().position(|rule| rule.field == PHONE_PATH),
        }
    }
}

/// Compares two contacts field by field. The outcome is in the order of the rules, in `into`, which is emptied
/// first.
pub(crate) fn compare_pair<S: Side>(
    rules: &[Rule],
    places: Places,
    left: &S,
    right: &S,
    into: &mut Vec<Similarity>,
) {
    into.clear();
    for (at, rule) in rules.iter().enumerate() {
        let known = left.known(right, at);
        into.push(known.unwrap_or_else(|| compare(rule.kind, rule.mode, left.value(at), right.value(at))));
    }
    if let Some((at, rule)) = places.phone.and_then(|at| Some((at, rules.get(at)?)))
        && let Some(own) = into.get_mut(at)
        && own.agreement != Agreement::Equal
    {
        any_number(rule, at, left, right, own);
    }
    if let Some((first, last)) = places.names {
        swapped_names(first, last, left, right, into);
    }
}

/// The best agreement of any number of one side with any of the other stands for the field.
fn any_number<S: Side>(rule: &Rule, at: usize, left: &S, right: &S, own: &mut Similarity) {
    if left.further(at).next().is_none() && right.further(at).next().is_none() {
        return;
    }
    for ours in left.value(at).into_iter().chain(left.further(at)) {
        for theirs in right.value(at).into_iter().chain(right.further(at)) {
            let other = compare(rule.kind, rule.mode, Some(ours), Some(theirs));
            if own.value.is_none_or(|known| other.or_zero() > known) {
                *own = other;
            }
        }
    }
}

fn swapped_names<S: Side>(first: usize, last: usize, left: &S, right: &S, into: &mut [Similarity]) {
    let (Some(&straight_first), Some(&straight_last)) = (into.get(first), into.get(last)) else { return };
    if !PersonNames::may_be_swapped((straight_first, straight_last)) {
        return;
    }
    let (Some(our_first), Some(our_last)) = (left.value(first), left.value(last)) else { return };
    let (Some(their_first), Some(their_last)) = (right.value(first), right.value(last)) else { return };
    let ours = PersonNames { first: our_first, last: our_last };
    let theirs = PersonNames { first: their_first, last: their_last };
    if let Some(swapped) = ours.swapped(theirs, (straight_first, straight_last)) {
        for (place, value) in [(first, swapped.0), (last, swapped.1)] {
            if let Some(similarity) = into.get_mut(place) {
                *similarity = value;
            }
        }
    }
}

/// Two contacts given as their normalised values by rule.
pub(crate) struct Values<'a> {
    pub(crate) values: &'a [Option<String>],
    /// The further phone numbers, normalised, and the place of the rule that they belong to.
    pub(crate) phones: &'a [String],
    pub(crate) phone: Option<usize>,
}

impl Side for Values<'_> {
    fn value(&self, rule: usize) -> Option<&str> {
        self.values.get(rule)?.as_deref()
    }

    fn further(&self, rule: usize) -> impl Iterator<Item = &str> {
        self.phones.iter().filter(move |_| self.phone == Some(rule)).map(String::as_str)
    }
}
