//! Decided pairs as patterns of similarity.

use std::collections::BTreeMap;

use crate::base::Base;
use crate::compare::{MISSING_BYTE, SIMILARITY_STEPS};
use crate::plan::Plan;
use crate::scan::{Scan, fuzzy_bytes};
use crate::score::{DEFAULT_MISSING, Missing, score_of_bytes};
use crate::search::Point;
use crate::whatif::Decided;

use super::MERGE_PRECISION;

/// Both thresholds, in percent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Thresholds {
    pub(super) review: f64,
    pub(super) merge: f64,
}

/// Decided pairs, those with equal similarities together.
pub(super) struct Labels {
    /// The similarity bytes, how many pairs are one person, how many are not.
    patterns: Vec<(Vec<u8>, u64, u64)>,
    /// Pairs that are one person and were not among the candidates.
    pub(super) never_compared: u64,
}

impl Labels {
    /// Compares the decided pairs that the scan found, every field fuzzily: the exact mode follows from that. The
    /// last decision about a pair counts.
    pub(super) fn new(base: &Base, plan: &Plan, scan: &Scan, known: &[Decided]) -> Self {
        let mut last: BTreeMap<(u32, u32), bool> = BTreeMap::new();
        for pair in known.iter().filter(|pair| pair.one != pair.other) {
            last.insert((pair.one.min(pair.other), pair.one.max(pair.other)), pair.same);
        }
        let (mut never_compared, mut found) = (0, Vec::new());
        for (pair, same) in last {
            match scan.pairs.find(pair.0, pair.1) {
                Some(_) => found.push((pair, same)),
                None => never_compared += u64::from(same),
            }
        }
        let pairs: Vec<(u32, u32)> = found.iter().map(|(pair, _)| *pair).collect();
        let mut patterns: BTreeMap<Vec<u8>, (u64, u64)> = BTreeMap::new();
        for (bytes, (_, same)) in fuzzy_bytes(base, plan, &pairs).into_iter().zip(&found) {
            let counts = patterns.entry(bytes).or_default();
            if *same { counts.0 += 1 } else { counts.1 += 1 }
        }
        let patterns = patterns.into_iter().map(|(bytes, (same, different))| (bytes, same, different));
        Self { patterns: patterns.collect(), never_compared }
    }

    /// How many are one person, of those compared, and how many are not.
    pub(super) fn totals(&self) -> (u64, u64) {
        self.patterns.iter().fold((0, 0), |sum, pattern| (sum.0 + pattern.1, sum.1 + pattern.2))
    }

    /// The best F1 that a point reaches at any threshold, with the thresholds that it advises.
    pub(super) fn best(&self, point: &Point, missing: Missing) -> (f64, Thresholds) {
        let mut scored = self.scored(point, missing);
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let all = self.totals().0 + self.never_compared;
        let (mut hits, mut wrong) = (0_u64, 0_u64);
        let (mut best, mut merge) = ((0.0, 100.0, 0.0), 100.0_f64);
        let groups: Vec<&[(f64, u64, u64)]> = scored.chunk_by(|a, b| a.0 == b.0).collect();
        for (at, group) in groups.iter().enumerate() {
            let score = group.first().map_or(0.0, |pair| pair.0);
            // A threshold lies between two scores, so that it depends on neither to the last bit.
            let next = groups.get(at + 1).and_then(|next| next.first()).map_or(0.0, |pair| pair.0);
            let between = middle(score, next);
            for (_, same, different) in *group {
                hits += same;
                wrong += different;
            }
            let f1 = 2.0 * hits as f64 / (all + hits + wrong).max(1) as f64;
            if f1 > best.0 {
                best = (f1, between, score);
            }
            if hits as f64 >= MERGE_PRECISION * (hits + wrong) as f64 {
                merge = between;
            }
        }
        (best.0, Thresholds { review: best.1.min(merge), merge: merge.max(best.1) })
    }

    /// Hits, wrong ones and missed ones at a threshold.
    pub(super) fn counted(&self, point: &Point, threshold: f64) -> [u64; 3] {
        let mut counted = [0, 0, self.never_compared];
        for (score, same, different) in self.scored(point, DEFAULT_MISSING) {
            if score >= threshold {
                counted[0] += same;
                counted[1] += different;
            } else {
                counted[2] += same;
            }
        }
        counted
    }

    fn scored(&self, point: &Point, missing: Missing) -> Vec<(f64, u64, u64)> {
        let weights = point.weights();
        let mut bytes = Vec::new();
        let score = |(pattern, same, different): &(Vec<u8>, u64, u64)| {
            bytes.clear();
            bytes.extend(pattern.iter().zip(&point.exact).map(|(&byte, &exact)| in_mode(byte, exact)));
            (score_of_bytes(&weights, &bytes, missing), *same, *different)
        };
        self.patterns.iter().map(score).collect()
    }
}

/// A fuzzy similarity, or what the exact mode makes of it.
fn in_mode(byte: u8, exact: bool) -> u8 {
    if exact && byte != SIMILARITY_STEPS && byte != MISSING_BYTE { 0 } else { byte }
}

/// A threshold with one decimal between two scores, the middle where there is none.
fn middle(above: f64, below: f64) -> f64 {
    let middle = f64::midpoint(above, below);
    let tenth = (middle * 10.0).round() / 10.0;
    if tenth > below && tenth <= above { tenth } else { middle }
}
