//! Our score fitted to the scores that a server reported for its own reviews.
//!
//! What a server weighs and what a missing field means to it, its contract does not say; its reviews show it. Fitted
//! are the weights and the meaning of a missing field, then a curve that only rises from our score to the server's.
//! How well the result reproduces the server is measured on reviews that were held out.

mod isotonic;

use crate::score::{DEFAULT_MISSING, Missing, score_of_bytes};
use crate::search::{Point, search, whole};

pub use isotonic::Curve;

/// A review of the server, seen by our comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported {
    /// Our similarities of its pair, in steps: [`Scan::similarities`](crate::Scan::similarities).
    pub similarities: Vec<u8>,
    /// The score that the server reported, 0 to 100.
    pub score: f64,
}

/// How well scores are reproduced, in points of 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// How many scores were compared.
    pub scores: usize,
    /// The root of the mean square of the differences.
    pub rms: f64,
    /// The greatest difference.
    pub worst: f64,
    /// The share of scores that are at most one point off.
    pub within_one: f64,
}

/// Weights, a meaning of missing fields, and a curve that reproduce a server's scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The weight of each field, in the order of the similarities. Only their proportions mean something.
    pub weights: Vec<f64>,
    /// What a missing field means.
    pub missing: Missing,
    /// From the score under these weights to the server's.
    pub curve: Curve,
    /// How well our score reproduces the server's as it is.
    pub before: Fit,
    /// How well the calibrated one does, for the reviews it was fitted to.
    pub after: Fit,
    /// The same for reviews that were held out; `None` for fewer than [`LEAST_TO_HOLD_OUT`].
    pub held_out: Option<Fit>,
}

/// Of fewer reviews none is held out: either half would be too few to fit.
pub const LEAST_TO_HOLD_OUT: usize = 20;

impl Calibration {
    /// The score that the server would report for a pair with these similarities.
    #[must_use]
    pub fn score(&self, similarities: &[u8]) -> f64 {
        self.curve.at(score_of_bytes(&self.weights, similarities, self.missing))
    }
}

/// Fits our score to a server's, from weights that are likely. `None` where no review can be used: a review needs a
/// similarity for each weight and a score from 0 to 100.
#[must_use]
pub fn calibrate(weights: &[f64], reported: &[Reported]) -> Option<Calibration> {
    let usable = |review: &&Reported| {
        review.similarities.len() == weights.len() && (0.0..=100.0).contains(&review.score)
    };
    let mut reviews: Vec<&Reported> = reported.iter().filter(usable).collect();
    if reviews.is_empty() {
        return None;
    }
    // In an order of their own, so that the one they came in does not matter.
    reviews.sort_by(|a, b| a.similarities.cmp(&b.similarities).then_with(|| a.score.total_cmp(&b.score)));
    let as_it_is = |review: &Reported| score_of_bytes(weights, &review.similarities, DEFAULT_MISSING);
    let mut calibration = fitted(weights, &reviews);
    calibration.before = fit(&reviews, as_it_is);
    calibration.after = fit(&reviews, |review| calibration.score(&review.similarities));
    calibration.held_out = held_out(weights, &reviews);
    Some(calibration)
}

fn fitted(weights: &[f64], reviews: &[&Reported]) -> Calibration {
    let start: Vec<u8> = weights.iter().map(|&weight| whole(weight)).collect();
    let exact = vec![false; start.len()];
    let starts =
        [start.clone(), vec![50; start.len()]].map(|weights| Point { weights, exact: exact.clone() });
    let mut best: Option<(f64, Point, Missing)> = None;
    for missing in [Missing::Present, Missing::Strict] {
        let judge = |point: &Point| {
            let weights = point.weights();
            -fit(reviews, |review| score_of_bytes(&weights, &review.similarities, missing)).rms
        };
        if let Some((point, worth)) = search(&starts, &exact, &judge)
            && best.as_ref().is_none_or(|known| worth > known.0)
        {
            best = Some((worth, point, missing));
        }
    }
    let (point, missing) = best.map_or_else(
        || (Point { weights: start, exact: exact.clone() }, DEFAULT_MISSING),
        |(_, point, missing)| (point, missing),
    );
    let weights = point.weights();
    let ours = |review: &&Reported| (score_of_bytes(&weights, &review.similarities, missing), review.score);
    let curve = Curve::through(reviews.iter().map(ours).collect());
    let nothing = fit(&[], |_| 0.0);
    Calibration { weights, missing, curve, before: nothing, after: nothing, held_out: None }
}

/// Every other review is held out, then the others.
fn held_out(weights: &[f64], reviews: &[&Reported]) -> Option<Fit> {
    if reviews.len() < LEAST_TO_HOLD_OUT {
        return None;
    }
    let half =
        |odd: bool| -> Vec<&Reported> { reviews.iter().skip(usize::from(odd)).step_by(2).copied().collect() };
    let (even, odd) = (half(false), half(true));
    let (from_even, from_odd) = (fitted(weights, &even), fitted(weights, &odd));
    let pairs =
        odd.iter().map(|review| (review, &from_even)).chain(even.iter().map(|review| (review, &from_odd)));
    let differences = pairs.map(|(review, known)| known.score(&review.similarities) - review.score);
    Some(summed(differences))
}

fn fit(reviews: &[&Reported], ours: impl Fn(&Reported) -> f64) -> Fit {
    summed(reviews.iter().map(|review| ours(review) - review.score))
}

fn summed(differences: impl Iterator<Item = f64>) -> Fit {
    let (mut scores, mut squares, mut worst, mut near) = (0_usize, 0.0, 0.0_f64, 0_usize);
    for difference in differences {
        scores += 1;
        squares += difference * difference;
        worst = worst.max(difference.abs());
        near += usize::from(difference.abs() <= 1.0);
    }
    let count = scores.max(1) as f64;
    Fit { scores, rms: (squares / count).sqrt(), worst, within_one: near as f64 / count }
}

#[cfg(test)]
mod tests;
