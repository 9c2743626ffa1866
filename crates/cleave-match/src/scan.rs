//! Every contact against its candidates.

use std::sync::atomic::{AtomicUsize, Ordering};

use cleave_core::settings::FuzzyMergeSettings;
use rayon::prelude::*;

use crate::band::{Band, Shared, band};
use crate::base::Base;
use crate::column::ABSENT;
use crate::compare::compare_pair;
use crate::lookup::{CommonValue, Lookup, Ranking};
use crate::plan::{MatchError, Plan};
use crate::progress::Progress;
use crate::score::{DEFAULT_MISSING, score};

/// How many contacts, or pairs, are one part of the work.
const PART: usize = 1024;

/// What stands for "a side has no value" among the similarity bytes.
pub const MISSING_BYTE: u8 = u8::MAX;

/// The byte of a similarity of 1; a byte is the similarity in steps of `1 / SIMILARITY_STEPS`, rounded.
pub const SIMILARITY_STEPS: u8 = 250;

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

/// The outcome of a scan.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// Every compared pair once, in the order of `left`, then `right`.
    pub pairs: Vec<ScoredPair>,
    /// A byte for each pair and rule: see [`Scan::similarities`].
    similarities: Vec<u8>,
    /// The paths of the rules, in the order of the bytes.
    pub fields: Vec<String>,
    /// How many pairs shared enough to be candidates and were not compared, because both contacts had
    /// `candidateLimit` more promising ones.
    pub cut_off: u64,
    /// Values that so many contacts share that these were not all compared with each other.
    pub common_values: Vec<CommonValue>,
}

impl Scan {
    /// The similarity of each of [`Scan::fields`] for the pair at a place in [`Scan::pairs`], in steps of
    /// 1/[`SIMILARITY_STEPS`], or [`MISSING_BYTE`].
    #[must_use]
    pub fn similarities(&self, pair: usize) -> &[u8] {
        let width = self.fields.len();
        self.similarities.get(pair * width..(pair + 1) * width).unwrap_or_default()
    }

    /// How many pairs are in a band.
    #[must_use]
    pub fn count(&self, band: Band) -> usize {
        self.pairs.iter().filter(|pair| pair.band == band).count()
    }
}

/// Compares every contact with its candidates under `settings`. A pair is compared when either contact has the
/// other among its first `candidateLimit`.
///
/// # Errors
/// [`MatchError::NotInBase`] where the base was built for settings that need other fields, and
/// [`MatchError::Stopped`] when `progress` says so.
pub fn scan(base: &Base, settings: &FuzzyMergeSettings, progress: &dyn Progress) -> Result<Scan, MatchError> {
    let plan = Plan::new(base, settings)?;
    let lookup = Lookup::among(base, &plan);
    let (pairs, cut_off) = find(base, &lookup, settings.candidate_limit as usize, progress)?;
    let mut scan = Scan {
        pairs: Vec::with_capacity(pairs.len()),
        similarities: Vec::with_capacity(pairs.len() * plan.rules.len()),
        fields: plan.rules.iter().map(|rule| rule.field.clone()).collect(),
        cut_off,
        common_values: lookup.common_values(base, &plan),
    };
    let parts: Vec<(Vec<ScoredPair>, Vec<u8>)> =
        pairs
            .par_chunks(PART)
            .map(|part| {
                if progress.stop() {
                    Err(MatchError::Stopped)
                } else {
                    Ok(judge(base, &plan, settings, part))
                }
            })
            .collect::<Result<_, _>>()?;
    for (pairs, similarities) in parts {
        scan.pairs.extend(pairs);
        scan.similarities.extend(similarities);
    }
    Ok(scan)
}

/// The pairs to compare, in order, and how many more there were.
fn find(
    base: &Base,
    lookup: &Lookup,
    limit: usize,
    progress: &dyn Progress,
) -> Result<(Vec<(u32, u32)>, u64), MatchError> {
    let contacts: Vec<u32> = base.contacts().collect();
    let done = AtomicUsize::new(0);
    let parts: Vec<(Vec<(u32, u32)>, u64)> = contacts
        .par_chunks(PART)
        .map_init(
            || Ranking::new(base),
            |ranking, part| {
                if progress.stop() {
                    return Err(MatchError::Stopped);
                }
                let (mut pairs, mut met) = (Vec::new(), 0);
                for &contact in part {
                    let found = lookup.candidates(base, contact, limit, ranking);
                    met += found.candidates.len() as u64 + u64::from(found.cut_off);
                    pairs.extend(
                        found.candidates.iter().map(|&other| (contact.min(other), contact.max(other))),
                    );
                }
                progress.advanced(done.fetch_add(part.len(), Ordering::Relaxed) + part.len(), contacts.len());
                Ok((pairs, met))
            },
        )
        .collect::<Result<_, _>>()?;
    // Each pair was met from both sides, so that half of all meetings are pairs.
    let met = parts.iter().map(|(_, met)| met).sum::<u64>() / 2;
    let mut pairs: Vec<(u32, u32)> = parts.into_iter().flat_map(|(pairs, _)| pairs).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    let kept = pairs.len() as u64;
    Ok((pairs, met.saturating_sub(kept)))
}

/// Compares, scores and bands some pairs; the second list has their similarity bytes.
fn judge(
    base: &Base,
    plan: &Plan,
    settings: &FuzzyMergeSettings,
    pairs: &[(u32, u32)],
) -> (Vec<ScoredPair>, Vec<u8>) {
    let mut scored = Vec::with_capacity(pairs.len());
    let mut bytes = Vec::with_capacity(pairs.len() * plan.rules.len());
    let (mut similarities, mut values) = (Vec::new(), Vec::new());
    for &(left, right) in pairs {
        let text = |contact| move |rule: usize| base.columns.get(*plan.compared.get(rule)?)?.text(contact);
        compare_pair(&plan.rules, text(left), text(right), &mut similarities);
        values.clear();
        values.extend(similarities.iter().map(|similarity| similarity.value));
        bytes.extend(values.iter().copied().map(byte));
        let score = score(&plan.weights, &values, DEFAULT_MISSING);
        let band = band(settings, score, shared(base, plan, left, right));
        scored.push(ScoredPair { left, right, score, band });
    }
    (scored, bytes)
}

/// What a pair has in common that its band asks for.
fn shared(base: &Base, plan: &Plan, left: u32, right: u32) -> Shared {
    let same = |column: usize| {
        let column = base.columns.get(column)?;
        (column.id(left) != ABSENT && column.id(left) == column.id(right)).then(|| column.sharing(left))
    };
    Shared {
        instant: plan.instant.iter().any(|&column| same(column).is_some()),
        phone_contacts: plan.phone.and_then(same).unwrap_or(0),
    }
}

/// A similarity in steps of a byte.
fn byte(similarity: Option<f64>) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
    let steps = |value: f64| (value.clamp(0.0, 1.0) * f64::from(SIMILARITY_STEPS)).round() as u8;
    similarity.map_or(MISSING_BYTE, steps)
}
