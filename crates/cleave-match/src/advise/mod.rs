//! Settings that fit the decisions of people better than the current ones do.
//!
//! Searched are the weights and modes of the compared fields and both thresholds, within the limits of the contract;
//! nothing else is needed to use what comes out. How good advice is, is measured on decisions that it has not seen.

mod change;
mod folds;
mod labels;

use cleave_core::settings::{FuzzyMergeSettings, MatchMode, compare_rules};

use crate::base::Base;
use crate::plan::{MatchError, Plan};
use crate::scan::Scan;
use crate::score::DEFAULT_MISSING;
use crate::search::{Point, search, whole};
use crate::whatif::{Decided, Measured};

pub use change::Change;
use labels::{Labels, Thresholds};

/// The precision that advised settings merge with, on the decisions that they were searched with.
pub const MERGE_PRECISION: f64 = 0.99;

/// How much better a field's change must make things to be advised, in units of F1: less is noise.
const WORTH_A_CHANGE: f64 = 0.000_5;

/// Advised settings, and how good they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The current settings with every change made.
    pub settings: FuzzyMergeSettings,
    /// What they change, item by item; each can be taken over alone.
    pub changes: Vec<Change>,
    /// How many decisions were used: pairs that are one person, and that are not.
    pub same: u64,
    /// See [`Advice::same`].
    pub different: u64,
    /// Pairs that are one person and that the look-up did not find: no weight or threshold can.
    pub never_compared: u64,
    /// The figures on decisions that were held out, `None` where there were too few to hold any out.
    pub held_out: Option<HeldOut>,
}

/// What current and advised settings make of decisions that were not searched with, all parts together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldOut {
    /// In how many parts the decisions were split; each was held out once.
    pub parts: usize,
    /// What the current settings show or merge.
    pub shown_before: Measured,
    /// What advised settings show or merge.
    pub shown_after: Measured,
    /// What the current settings merge.
    pub merged_before: Measured,
    /// What advised settings merge.
    pub merged_after: Measured,
}

/// Advises settings for the pairs of `scan`, made under `settings` with the same base, by known decisions. With
/// `parts` the decisions are split to measure the advice, by people: all decisions about one are in one part.
///
/// Pairs that were never compared are known to be missed and have no part in the search. Decisions that are all alike
/// teach nothing: the current settings come back. The answer is the same for any number of threads and any order of
/// decisions.
///
/// # Errors
/// [`MatchError::NotInBase`] where the base was built for other settings.
pub fn advise(
    base: &Base,
    scan: &Scan,
    settings: &FuzzyMergeSettings,
    known: &[Decided],
    parts: usize,
) -> Result<Advice, MatchError> {
    let plan = Plan::new(base, settings)?;
    let all = Labels::new(base, &plan, scan, known);
    let start = current(settings);
    let (same, different) = all.totals();
    let mut advice = Advice {
        settings: settings.clone(),
        changes: Vec::new(),
        same: same + all.never_compared,
        different,
        never_compared: all.never_compared,
        held_out: None,
    };
    if same == 0 || different == 0 {
        return Ok(advice);
    }
    let (point, thresholds) = found(&all, &start);
    advice.changes = change::changes(settings, &scan.fields, &point, thresholds);
    for change in &advice.changes {
        change.apply(&mut advice.settings);
    }
    advice.held_out = held_out(base, &plan, scan, settings, known, parts);
    Ok(advice)
}

/// The current weights and modes.
fn current(settings: &FuzzyMergeSettings) -> Point {
    let rules = compare_rules(settings);
    Point {
        weights: rules.iter().map(|rule| whole(rule.weight)).collect(),
        exact: rules.iter().map(|rule| rule.match_mode == MatchMode::ExactNormalized).collect(),
    }
}

/// The best point near the current one, or near all weights alike, with its thresholds.
fn found(labels: &Labels, start: &Point) -> (Point, Thresholds) {
    let judge = |point: &Point| {
        let changed = point.weights.iter().zip(&start.weights).filter(|(is, was)| is != was).count();
        let turned = point.exact.iter().zip(&start.exact).filter(|(is, was)| is != was).count();
        labels.best(point, DEFAULT_MISSING).0 - WORTH_A_CHANGE * (changed + turned) as f64
    };
    let alike = Point { weights: vec![50; start.weights.len()], exact: vec![false; start.exact.len()] };
    let fuzzy = vec![true; start.exact.len()];
    let best = search(&[start.clone(), alike], &fuzzy, &judge);
    let point = best.map_or_else(|| start.clone(), |(point, _)| point);
    let thresholds = labels.best(&point, DEFAULT_MISSING).1;
    (point, thresholds)
}

fn held_out(
    base: &Base,
    plan: &Plan,
    scan: &Scan,
    settings: &FuzzyMergeSettings,
    known: &[Decided],
    parts: usize,
) -> Option<HeldOut> {
    let start = current(settings);
    let part_of = folds::split(base, known, parts);
    let mut sums = [[0_u64; 3]; 4];
    let mut held = 0;
    for part in 0..parts {
        let of = |inside: bool| -> Vec<Decided> {
            let chosen = known.iter().zip(&part_of).filter(|(_, at)| (**at == part) == inside);
            chosen.map(|(pair, _)| *pair).collect()
        };
        let (seen, unseen) = (of(false), of(true));
        let (train, test) = (Labels::new(base, plan, scan, &seen), Labels::new(base, plan, scan, &unseen));
        let (same, different) = train.totals();
        if same == 0 || different == 0 || unseen.is_empty() {
            continue;
        }
        held += 1;
        let (point, thresholds) = found(&train, &start);
        let before =
            Thresholds { review: settings.review_threshold_percent, merge: settings.threshold_percent };
        let figures = [
            test.counted(&start, before.review),
            test.counted(&point, thresholds.review),
            test.counted(&start, before.merge),
            test.counted(&point, thresholds.merge),
        ];
        for (sum, figure) in sums.iter_mut().flatten().zip(figures.iter().flatten()) {
            *sum += figure;
        }
    }
    let [shown_before, shown_after, merged_before, merged_after] =
        sums.map(|[hits, wrong, missed]| Measured::new(0.0, hits, wrong, missed));
    (held > 0).then_some(HeldOut { parts: held, shown_before, shown_after, merged_before, merged_after })
}

#[cfg(test)]
mod tests;
