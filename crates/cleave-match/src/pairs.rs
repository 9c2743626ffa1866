//! Compared pairs, kept small: each says which *pattern* of similarities it has.
//!
//! Pairs are alike in how they are alike: a base of a million contacts has millions of pairs and some tens of
//! thousands of patterns. What depends on the pattern alone (a score, a band) is made once a pattern.

use cleave_core::settings::FuzzyMergeSettings;
use rayon::prelude::*;

use crate::band::{Band, Shared, band};
use crate::intern::Interner;
use crate::score::{DEFAULT_MISSING, Missing, score_of_bytes};

/// One compared pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredPair {
    /// The contact with the smaller number.
    pub left: u32,
    /// The contact with the greater number.
    pub right: u32,
    /// 0 to 100, exact.
    pub score: f64,
    /// What happens to it.
    pub band: Band,
}

/// The number of a pattern.
pub type PatternId = u32;

/// What is known of a pair of some pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pattern<'a> {
    /// The similarity of each field in steps, or [`MISSING_BYTE`](crate::MISSING_BYTE).
    pub similarities: &'a [u8],
    /// Whether a field of `instantMergeFields` is equal.
    pub instant: bool,
    /// Whether the sides share a phone number that is no switchboard's.
    pub phone: bool,
    /// How many pairs have it.
    pub pairs: u64,
}

const INSTANT: u8 = 1;
const PHONE: u8 = 2;

/// The byte of what is known of a pair besides its similarities.
pub(crate) fn flags(shared: Shared) -> u8 {
    let phone = if shared.is_phone_conflict() { PHONE } else { 0 };
    phone | if shared.instant { INSTANT } else { 0 }
}

/// Compared pairs, in the order of `left`, then `right`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairs {
    left: Vec<u32>,
    right: Vec<u32>,
    patterns: Vec<PatternId>,
    /// The bytes of each pattern: its similarities, then its flags; patterns in the order of their bytes.
    bytes: Vec<u8>,
    counts: Vec<u64>,
    /// How many fields there are.
    fields: usize,
    /// By pattern, under the settings of the scan.
    outcomes: Vec<(f64, Band)>,
}

impl Pairs {
    /// How many pairs there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.left.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// A pair by its place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<ScoredPair> {
        let (score, band) = self.outcomes.get(*self.patterns.get(at)? as usize).copied()?;
        Some(ScoredPair { left: *self.left.get(at)?, right: *self.right.get(at)?, score, band })
    }

    /// Every pair.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ScoredPair> + '_ {
        let numbers = self.left.iter().zip(&self.right).zip(&self.patterns);
        numbers.map(|((&left, &right), &pattern)| {
            let outcome = self.outcomes.get(pattern as usize).copied();
            let (score, band) = outcome.unwrap_or((0.0, Band::Separate));
            ScoredPair { left, right, score, band }
        })
    }

    /// The place of a pair of contacts, in whatever order they are given.
    #[must_use]
    pub fn find(&self, one: u32, other: u32) -> Option<usize> {
        let (left, right) = (one.min(other), one.max(other));
        let from = self.left.partition_point(|known| *known < left);
        let to = self.left.partition_point(|known| *known <= left);
        let rights = self.right.get(from..to)?;
        rights.binary_search(&right).ok().map(|at| from + at)
    }

    /// The pattern of a pair.
    #[must_use]
    pub fn pattern_of(&self, at: usize) -> Option<PatternId> {
        self.patterns.get(at).copied()
    }

    /// The pattern of each pair.
    #[must_use]
    pub fn pattern_ids(&self) -> &[PatternId] {
        &self.patterns
    }

    /// How many fields are compared.
    #[must_use]
    pub fn fields(&self) -> usize {
        self.fields
    }

    /// How many patterns there are.
    #[must_use]
    pub fn pattern_count(&self) -> usize {
        self.counts.len()
    }

    /// A pattern by its number.
    #[must_use]
    pub fn pattern(&self, id: PatternId) -> Option<Pattern<'_>> {
        let (id, width) = (id as usize, self.fields + 1);
        let (&flags, similarities) = self.bytes.get(id * width..(id + 1) * width)?.split_last()?;
        let pairs = *self.counts.get(id)?;
        Some(Pattern { similarities, instant: flags & INSTANT != 0, phone: flags & PHONE != 0, pairs })
    }

    /// All patterns, in the order of their numbers.
    pub fn all_patterns(&self) -> impl Iterator<Item = Pattern<'_>> {
        (0..).map_while(|id| self.pattern(id))
    }

    /// How many bytes this takes.
    #[must_use]
    pub fn memory(&self) -> usize {
        12 * self.len() + self.bytes.len() + 24 * self.counts.len()
    }

    /// The outcome of every pattern under some weights and settings.
    pub(crate) fn outcomes_under(
        &self,
        weights: &[f64],
        missing: Missing,
        settings: &FuzzyMergeSettings,
    ) -> Vec<(f64, Band)> {
        let count = u32::try_from(self.pattern_count()).unwrap_or(u32::MAX);
        let outcome = |id| {
            let Some(pattern) = self.pattern(id) else { return (0.0, Band::Separate) };
            let score = score_of_bytes(weights, pattern.similarities, missing);
            (score, pattern.band(settings, score))
        };
        (0..count).into_par_iter().with_min_len(4096).map(outcome).collect()
    }
}

impl Pattern<'_> {
    /// The band of a pair of this pattern with a score.
    #[must_use]
    pub fn band(&self, settings: &FuzzyMergeSettings, score: f64) -> Band {
        let shared = Shared { instant: self.instant, phone_contacts: if self.phone { 2 } else { 0 } };
        band(settings, score, shared)
    }
}

/// The patterns of one part of the pairs, numbered as they came.
pub(crate) struct Part {
    pub(crate) known: Interner,
    pub(crate) patterns: Vec<PatternId>,
}

/// Puts the parts of a scan together. The numbers of patterns depend on neither parts nor threads.
pub(crate) fn together(
    (left, right): (Vec<u32>, Vec<u32>),
    parts: Vec<Part>,
    weights: &[f64],
    settings: &FuzzyMergeSettings,
) -> Pairs {
    let fields = weights.len();
    let mut all = Interner::default();
    let renamed: Vec<Vec<u32>> = parts
        .iter()
        .map(|part| {
            let strings = (0..).map_while(|number| part.known.get(number));
            strings.map(|bytes| all.intern(bytes).unwrap_or(0)).collect()
        })
        .collect();
    let mut order: Vec<u32> = (0..u32::try_from(all.len()).unwrap_or(u32::MAX)).collect();
    order.par_sort_unstable_by(|a, b| all.get(*a).cmp(&all.get(*b)));
    let mut places = vec![0_u32; order.len()];
    let mut pairs =
        Pairs { left, right, fields, bytes: Vec::with_capacity(all.arena.len()), ..Pairs::default() };
    for (place, &number) in (0..).zip(&order) {
        pairs.bytes.extend_from_slice(all.get(number).unwrap_or_default());
        if let Some(slot) = places.get_mut(number as usize) {
            *slot = place;
        }
    }
    pairs.counts = vec![0; order.len()];
    pairs.patterns = Vec::with_capacity(pairs.left.len());
    for (part, names) in parts.into_iter().zip(renamed) {
        for local in part.patterns {
            let number = names.get(local as usize).and_then(|number| places.get(*number as usize)).copied();
            let number = number.unwrap_or(0);
            pairs.patterns.push(number);
            if let Some(count) = pairs.counts.get_mut(number as usize) {
                *count += 1;
            }
        }
    }
    pairs.outcomes = pairs.outcomes_under(weights, DEFAULT_MISSING, settings);
    pairs
}
