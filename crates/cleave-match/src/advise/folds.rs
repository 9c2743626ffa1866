//! Splitting decisions so that what is measured was not seen.

use crate::base::Base;
use crate::lookup::of_text;
use crate::whatif::Decided;

/// The part of each decision. Contacts that are one person are in one part with every decision about them; which one
/// is drawn from their ids, so that neither order nor machine matters.
pub(super) fn split(base: &Base, known: &[Decided], parts: usize) -> Vec<usize> {
    let mut people: Vec<u32> = base.contacts().collect();
    for pair in known.iter().filter(|pair| pair.same) {
        let (one, other) = (root(&mut people, pair.one), root(&mut people, pair.other));
        // The one with the lesser id stands for all.
        let (first, second) = if base.rank(one) <= base.rank(other) { (one, other) } else { (other, one) };
        if let Some(place) = people.get_mut(second as usize) {
            *place = first;
        }
    }
    let mut part = |pair: &Decided| {
        let (one, other) = (root(&mut people, pair.one), root(&mut people, pair.other));
        let first = if base.rank(one) <= base.rank(other) { one } else { other };
        of_text(base.id(first).unwrap_or_default()) as usize % parts.max(1)
    };
    known.iter().map(&mut part).collect()
}

fn root(people: &mut [u32], contact: u32) -> u32 {
    let mut at = contact;
    while let Some(&next) = people.get(at as usize).filter(|next| **next != at) {
        // Halves the way for whoever comes after.
        let over = people.get(next as usize).copied().unwrap_or(next);
        if let Some(place) = people.get_mut(at as usize) {
            *place = over;
        }
        at = next;
    }
    at
}
