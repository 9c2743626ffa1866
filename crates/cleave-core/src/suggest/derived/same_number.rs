//! Other records over the same number or address are one person's.

use std::collections::BTreeMap;

use crate::separation::{Pair, Target};
use crate::suggest::case::Case;
use crate::suggest::evidence::{Clue, EvidenceKind};

const WEIGHT: f64 = 1.3;

pub(super) fn clues<'a>(cases: &[Case<'a>]) -> Vec<Option<Clue<'a>>> {
    let mut counts: BTreeMap<&str, Pair<u32>> = BTreeMap::new();
    for case in cases {
        if let (Some((_, key)), Some(side)) = (&case.point, case.believed()) {
            *counts.entry(key).or_default().of_mut(side) += 1;
        }
    }
    let clue = |case: &Case<'a>| {
        let (raw, key) = case.point.as_ref()?;
        // Whose it is has been said already: the records over it are no second witness.
        if case.scale.has(EvidenceKind::Number) || case.scale.has(EvidenceKind::Address) {
            return None;
        }
        let mut counts = *counts.get(key.as_str())?;
        if let Some(own) = case.believed() {
            *counts.of_mut(own) -= 1;
        }
        let side = match (counts.original, counts.new) {
            (1.., 0) => Target::Original,
            (0, 1..) => Target::New,
            _ => return None,
        };
        Some(Clue::whole(EvidenceKind::SameNumber, side, WEIGHT, raw))
    };
    cases.iter().map(clue).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{cases, note, sides};
    use super::*;

    #[test]
    fn a_number_of_one_person_only() {
        let (one, two) = (("customerPhone", "+14165550777"), ("customerPhone", "+1 416 555 0888"));
        let notes = [
            note("Janet called", 0, one),
            note("call back", 1, one),
            note("Jane came", 2, two),
            note("Janet came", 3, two),
            note("late", 4, two),
        ];
        assert_eq!(sides(&clues(&cases(&notes))), ".NNO.");
    }
}
