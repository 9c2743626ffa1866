//! A colleague who otherwise deals with one of the two only.

use std::collections::BTreeMap;

use crate::separation::{Pair, Target};
use crate::suggest::case::Case;
use crate::suggest::evidence::{Clue, EvidenceKind};

const WEIGHT: f64 = 0.5;
/// Fewer records say nothing about whom a colleague deals with.
const LEAST: u32 = 2;

pub(super) fn clues<'a>(cases: &[Case<'a>]) -> Vec<Option<Clue<'a>>> {
    let mut counts: BTreeMap<&str, Pair<u32>> = BTreeMap::new();
    for case in cases {
        for colleague in &case.colleagues {
            if let Some(side) = case.believed() {
                *counts.entry(colleague).or_default().of_mut(side) += 1;
            }
        }
    }
    let clue = |case: &Case<'a>| {
        let own = case.believed();
        case.colleagues.iter().find_map(|colleague| {
            let mut counts = *counts.get(colleague)?;
            if let Some(own) = own {
                *counts.of_mut(own) -= 1;
            }
            let side = match (counts.original, counts.new) {
                (LEAST.., 0) => Target::Original,
                (0, LEAST..) => Target::New,
                _ => return None,
            };
            Some(Clue::whole(EvidenceKind::Colleague, side, WEIGHT, colleague))
        })
    };
    cases.iter().map(clue).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{cases, note, sides};
    use super::*;

    #[test]
    fn a_colleague_of_one_person_only() {
        let (tom, ann) = (("userId", "u-tom"), ("userId", "u-ann"));
        let notes = [
            note("Janet called", 0, tom),
            note("Janet came", 1, tom),
            note("late", 2, tom),
            note("Jane came", 3, ann),
            note("paid", 4, ann),
        ];
        assert_eq!(sides(&clues(&cases(&notes))), "..N..");
    }
}
