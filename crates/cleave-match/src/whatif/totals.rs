//! Running totals of pairs by score.

use rayon::prelude::*;

use crate::band::Band;
use crate::pairs::Pairs;

/// How many bars a histogram has: one a percent.
pub const BINS: usize = 100;

/// How many pairs are in each band.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// [`Band::InstantMerge`].
    pub instant: u64,
    /// [`Band::Merge`].
    pub merge: u64,
    /// [`Band::Review`].
    pub review: u64,
    /// [`Band::PhoneConflict`].
    pub phone_conflict: u64,
    /// [`Band::Separate`].
    pub separate: u64,
}

impl Counts {
    /// How many pairs there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.instant + self.merge + self.review + self.phone_conflict + self.separate
    }

    /// How many pairs are in a band.
    #[must_use]
    pub fn of(&self, band: Band) -> u64 {
        match band {
            Band::InstantMerge => self.instant,
            Band::Merge => self.merge,
            Band::Review => self.review,
            Band::PhoneConflict => self.phone_conflict,
            Band::Separate => self.separate,
        }
    }
}

/// Pairs at or above each score.
#[derive(Debug, Clone)]
pub(super) struct Totals {
    /// The scores of patterns that do not merge at once, the highest first.
    scores: Vec<f64>,
    /// How many pairs are up to each place in `scores`, and how many of them share a phone number.
    running: Vec<(u64, u64)>,
    instant: u64,
    histogram: [u64; BINS],
}

impl Default for Totals {
    fn default() -> Self {
        Self { scores: Vec::new(), running: Vec::new(), instant: 0, histogram: [0; BINS] }
    }
}

impl Totals {
    pub(super) fn of(pairs: &Pairs, scores: &[f64]) -> Self {
        let mut totals = Self::default();
        // Score, pairs, and whether they share a number. Scores are not negative, so that their bits order them.
        let mut sorted: Vec<(u64, u64, bool)> = Vec::with_capacity(scores.len());
        for (pattern, &score) in pairs.all_patterns().zip(scores) {
            if let Some(bar) = totals.histogram.get_mut(bin(score)) {
                *bar += pattern.pairs;
            }
            if pattern.instant {
                totals.instant += pattern.pairs;
            } else {
                sorted.push((u64::MAX - score.to_bits(), pattern.pairs, pattern.phone));
            }
        }
        sorted.par_sort_unstable();
        let (mut all, mut phones) = (0, 0);
        for (bits, pairs, phone) in sorted {
            all += pairs;
            phones += if phone { pairs } else { 0 };
            totals.scores.push(f64::from_bits(u64::MAX - bits));
            totals.running.push((all, phones));
        }
        totals
    }

    pub(super) fn histogram(&self) -> &[u64; BINS] {
        &self.histogram
    }

    pub(super) fn counts(&self, review: f64, merge: f64) -> Counts {
        let at_least = |threshold: f64| {
            let place = self.scores.partition_point(|score| *score >= threshold);
            place.checked_sub(1).and_then(|at| self.running.get(at)).copied().unwrap_or_default()
        };
        let (all, phones) = self.running.last().copied().unwrap_or_default();
        let merged = at_least(merge).0;
        let (shown, shown_phones) = at_least(review.min(merge));
        let phone_conflict = phones - shown_phones;
        Counts {
            instant: self.instant,
            merge: merged,
            review: shown - merged,
            phone_conflict,
            separate: all - shown - phone_conflict,
        }
    }
}

fn bin(score: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the bars")]
    let bin = (score * BINS as f64 / 100.0).clamp(0.0, (BINS - 1) as f64) as usize;
    bin
}
