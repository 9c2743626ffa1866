//! What other weights and thresholds would do, from pairs that are compared already.
//!
//! A [`WhatIf`] takes over the patterns of a scan and never compares strings. Moving a weight scores every pattern
//! again, of which there are some tens of thousands for millions of pairs, and makes running totals by score; moving
//! a threshold looks two places up in them. Scores are those of a scan to the last bit, since similarities are whole
//! steps.

mod measure;
mod sides;
mod totals;

use cleave_core::settings::FuzzyMergeSettings;

use crate::band::Band;
use crate::pairs::{Pairs, PatternId};
use crate::plan::rules;
use crate::scan::Scan;
use crate::score::{DEFAULT_MISSING, Missing};

pub use measure::{Decided, Interval, Measured, wilson};
pub use sides::{Side, SideChange};
pub use totals::{BINS, Counts};

use totals::Totals;

/// Pairs of one scan under settings that can be moved.
#[derive(Debug, Clone)]
pub struct WhatIf<'a> {
    pairs: &'a Pairs,
    fields: &'a [String],
    weights: Vec<f64>,
    missing: Missing,
    settings: FuzzyMergeSettings,
    /// The score of each pattern.
    scores: Vec<f64>,
    totals: Totals,
}

impl<'a> WhatIf<'a> {
    /// The pairs of a scan under the settings that it was made with. Other look-up or instant-merge fields and
    /// other modes need another scan; weights and thresholds do not.
    #[must_use]
    pub fn new(scan: &'a Scan, settings: &FuzzyMergeSettings) -> Self {
        let mut what_if = Self {
            pairs: &scan.pairs,
            fields: &scan.fields,
            weights: scan.weights.clone(),
            missing: DEFAULT_MISSING,
            settings: settings.clone(),
            scores: Vec::new(),
            totals: Totals::default(),
        };
        what_if.weigh();
        what_if
    }

    /// The paths of the compared fields, in the order of the weights.
    #[must_use]
    pub fn fields(&self) -> &[String] {
        self.fields
    }

    /// The weight of each field.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The score of each pattern, by its number.
    #[must_use]
    pub fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// Sets the weight of a field. A path that is not compared, and a weight that is no number from 0 on, change
    /// nothing and are answered with `false`.
    pub fn set_weight(&mut self, field: &str, weight: f64) -> bool {
        let place = self.fields.iter().position(|known| known == field);
        let Some(known) = place.and_then(|at| self.weights.get_mut(at)) else { return false };
        if !(0.0..=f64::MAX).contains(&weight) {
            return false;
        }
        *known = weight;
        self.weigh();
        true
    }

    /// Takes over all weights of some settings for the fields that are compared.
    pub fn set_weights_of(&mut self, settings: &FuzzyMergeSettings) {
        let rules = rules(settings);
        for (field, weight) in self.fields.iter().zip(&mut self.weights) {
            *weight = rules.iter().find(|rule| rule.field == *field).map_or(0.0, |rule| rule.weight);
        }
        self.weigh();
    }

    /// Sets what a missing field means.
    pub fn set_missing(&mut self, missing: Missing) {
        self.missing = missing;
        self.weigh();
    }

    /// Sets both thresholds, in percent. Thresholds the wrong way round are taken as they are: nothing is then
    /// between them.
    pub fn set_thresholds(&mut self, review: f64, merge: f64) {
        self.settings.review_threshold_percent = review;
        self.settings.threshold_percent = merge;
    }

    /// How many pairs are in each band.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.totals.counts(self.settings.review_threshold_percent, self.settings.threshold_percent)
    }

    /// How many pairs have a score in each of [`BINS`] equal parts of 0 to 100; the last one has the 100.
    #[must_use]
    pub fn histogram(&self) -> &[u64; BINS] {
        self.totals.histogram()
    }

    /// The band of a pattern as things are set.
    #[must_use]
    pub fn band(&self, pattern: PatternId) -> Option<Band> {
        let score = *self.scores.get(pattern as usize)?;
        Some(self.pairs.pattern(pattern)?.band(&self.settings, score))
    }

    fn weigh(&mut self) {
        let outcomes = self.pairs.outcomes_under(&self.weights, self.missing, &self.settings);
        self.scores.clear();
        self.scores.extend(outcomes.iter().map(|(score, _)| *score));
        self.totals = Totals::of(self.pairs, &self.scores);
    }
}

#[cfg(test)]
#[path = "whatif_tests.rs"]
mod tests;
