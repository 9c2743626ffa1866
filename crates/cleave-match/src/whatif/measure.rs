//! Precision and recall against known decisions.

use super::WhatIf;

/// A pair whose answer is known: from a person's decision or an imported list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decided {
    /// One contact.
    pub one: u32,
    /// The other.
    pub other: u32,
    /// Whether they are one person.
    pub same: bool,
}

/// A share with its confidence interval at 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// What was counted, 0 to 1.
    pub share: f64,
    /// Where the true share begins, with 95 % confidence.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}

/// What some threshold makes of known pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Pairs at or above it are called one person, 0 to 100.
    pub threshold: f64,
    /// One person, and called so.
    pub hits: u64,
    /// Two people, and called one.
    pub wrong: u64,
    /// One person, and not called so, for a lower score or because the pair was never compared.
    pub missed: u64,
    /// Of those called one person, how many are; `None` where none is called so.
    pub precision: Option<Interval>,
    /// Of those that are one person, how many are called so; `None` where none is known.
    pub recall: Option<Interval>,
}

impl Measured {
    pub(crate) fn new(threshold: f64, hits: u64, wrong: u64, missed: u64) -> Self {
        Self {
            threshold,
            hits,
            wrong,
            missed,
            precision: wilson(hits, hits + wrong),
            recall: wilson(hits, hits + missed),
        }
    }

    /// Their harmonic mean, 0 where nothing is right.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let wrongs = (self.wrong + self.missed) as f64;
        if self.hits == 0 { 0.0 } else { 2.0 * self.hits as f64 / (2.0 * self.hits as f64 + wrongs) }
    }
}

/// The interval of Wilson for `hits` of `all` at 95 %: it stays within 0 and 1, and is sound for few.
#[must_use]
pub fn wilson(hits: u64, all: u64) -> Option<Interval> {
    /// The 97.5 % point of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    if all == 0 || hits > all {
        return None;
    }
    let (n, share) = (all as f64, hits as f64 / all as f64);
    let spread = Z * Z / n;
    let middle = (share + spread / 2.0) / (1.0 + spread);
    let half = Z * (share * (1.0 - share) / n + spread / (4.0 * n)).sqrt() / (1.0 + spread);
    Some(Interval { share, low: (middle - half).clamp(0.0, share), high: (middle + half).clamp(share, 1.0) })
}

impl WhatIf<'_> {
    /// The known pairs with their scores, `None` for one that was never compared; each pair once, the last
    /// decision about it.
    #[must_use]
    pub fn scored(&self, known: &[Decided]) -> Vec<(Option<f64>, bool)> {
        let mut last: Vec<(u32, u32, usize, bool)> = known
            .iter()
            .enumerate()
            .filter(|(_, pair)| pair.one != pair.other)
            .map(|(at, pair)| {
                (pair.one.min(pair.other), pair.one.max(pair.other), usize::MAX - at, pair.same)
            })
            .collect();
        last.sort_unstable();
        last.dedup_by_key(|pair| (pair.0, pair.1));
        let score = |&(one, other, _, same): &(u32, u32, usize, bool)| {
            let pattern = self.pairs.find(one, other).and_then(|at| self.pairs.pattern_of(at));
            (pattern.and_then(|id| self.scores.get(id as usize)).copied(), same)
        };
        last.iter().map(score).collect()
    }

    /// Precision and recall at each threshold. Instant merges and phone conflicts play no part: this judges the
    /// score.
    #[must_use]
    pub fn measured(&self, known: &[Decided], thresholds: &[f64]) -> Vec<Measured> {
        measured(&self.scored(known), thresholds)
    }
}

/// As [`WhatIf::measured`], for pairs that are scored already.
pub(crate) fn measured(scored: &[(Option<f64>, bool)], thresholds: &[f64]) -> Vec<Measured> {
    let of = |same: bool| -> Vec<f64> {
        let mut scores: Vec<f64> =
            scored.iter().filter(|pair| pair.1 == same).filter_map(|pair| pair.0).collect();
        scores.sort_unstable_by(f64::total_cmp);
        scores
    };
    let (same, others) = (of(true), of(false));
    let all = scored.iter().filter(|pair| pair.1).count() as u64;
    let at_least = |scores: &[f64], threshold: f64| {
        (scores.len() - scores.partition_point(|score| *score < threshold)) as u64
    };
    let at = |&threshold: &f64| {
        let hits = at_least(&same, threshold);
        Measured::new(threshold, hits, at_least(&others, threshold), all - hits)
    };
    thresholds.iter().map(at).collect()
}
