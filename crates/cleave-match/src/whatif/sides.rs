//! Pairs that change sides when settings are moved.

use crate::band::Band;
use crate::pairs::ScoredPair;

use super::WhatIf;

/// What becomes of a pair, in three words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Merged, at once or by its score.
    Merge,
    /// Shown to a person.
    Review,
    /// Left alone.
    Separate,
}

impl Side {
    /// The side of a band.
    #[must_use]
    pub fn of(band: Band) -> Self {
        match band {
            Band::InstantMerge | Band::Merge => Self::Merge,
            Band::Review | Band::PhoneConflict => Self::Review,
            Band::Separate => Self::Separate,
        }
    }
}

/// A pair that changes sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SideChange {
    /// The pair as it was.
    pub before: ScoredPair,
    /// The same pair as it would be.
    pub after: ScoredPair,
    /// Its place among the pairs of the scan.
    pub place: usize,
}

impl WhatIf<'_> {
    /// The pairs whose side is another than in `before`, a what-if over the same scan: how many there are, and the
    /// first `limit` in the order of the pairs. Where the two look at different scans there are none.
    #[must_use]
    pub fn changes_from(&self, before: &WhatIf<'_>, limit: usize) -> (u64, Vec<SideChange>) {
        if !std::ptr::eq(self.pairs, before.pairs) {
            return (0, Vec::new());
        }
        let outcome =
            |what_if: &WhatIf<'_>, id: u32| Some((*what_if.scores.get(id as usize)?, what_if.band(id)?));
        let (mut total, mut changed) = (0, vec![false; self.pairs.pattern_count()]);
        for (id, (pattern, changed)) in (0..).zip(self.pairs.all_patterns().zip(&mut changed)) {
            let sides = outcome(before, id).zip(outcome(self, id));
            *changed = sides.is_some_and(|(was, is)| Side::of(was.1) != Side::of(is.1));
            total += if *changed { pattern.pairs } else { 0 };
        }
        let listed = self.pairs.pattern_ids().iter().enumerate();
        let listed =
            listed.filter(|(_, id)| changed.get(**id as usize).copied().unwrap_or(false)).take(limit);
        let change = |(place, &id): (usize, &u32)| {
            let pair = self.pairs.get(place)?;
            let under = |(score, band)| ScoredPair { score, band, ..pair };
            Some(SideChange { before: under(outcome(before, id)?), after: under(outcome(self, id)?), place })
        };
        (total, listed.filter_map(change).collect())
    }
}
