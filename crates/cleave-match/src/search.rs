//! Finding the weights and modes that some judge likes best, the same ones on every machine and in every run.

use rayon::prelude::*;

/// Weights within the limits of the contract, in whole numbers as people set them.
const MOST: u8 = 100;
/// The weights that are tried first.
const GRID: [u8; 15] = [0, 2, 4, 7, 10, 14, 18, 23, 29, 36, 44, 54, 66, 82, 100];
/// Then these steps around the best one.
const STEPS: [i16; 8] = [-9, -5, -2, -1, 1, 2, 5, 9];
/// How often all fields are gone through at most. A sweep that betters nothing ends the search.
const SWEEPS: usize = 12;

/// What is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) weights: Vec<u8>,
    /// Whether a field counts only when it is equal.
    pub(crate) exact: Vec<bool>,
}

impl Point {
    pub(crate) fn weights(&self) -> Vec<f64> {
        self.weights.iter().map(|&weight| f64::from(weight)).collect()
    }
}

/// A weight as a whole number within the limits.
pub(crate) fn whole(weight: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the limits")]
    let whole = weight.round().clamp(0.0, f64::from(MOST)) as u8;
    whole
}

/// Goes from each start to the best point near it, one field at a time, and answers with the best of them. The judge
/// says how good a point is; of two that are as good, the one met first wins. Only fields of `fuzzy` may change their
/// mode.
pub(crate) fn search(
    starts: &[Point],
    fuzzy: &[bool],
    judge: &(dyn Fn(&Point) -> f64 + Sync),
) -> Option<(Point, f64)> {
    let mut best: Option<(Point, f64)> = None;
    for start in starts {
        let found = climb(start.clone(), fuzzy, judge);
        if best.as_ref().is_none_or(|(_, worth)| found.1 > *worth) {
            best = Some(found);
        }
    }
    best
}

fn climb(mut point: Point, fuzzy: &[bool], judge: &(dyn Fn(&Point) -> f64 + Sync)) -> (Point, f64) {
    let mut worth = judge(&point);
    for sweep in 0..SWEEPS {
        let before = worth;
        for field in 0..point.weights.len() {
            let tried = neighbours(&point, field, sweep % 2 == 0, fuzzy);
            let worths: Vec<f64> = tried.par_iter().map(judge).collect();
            for (other, value) in tried.into_iter().zip(worths) {
                // A hair's breadth is no betterment: it would only go in circles.
                if value > worth + 1e-9 {
                    (point, worth) = (other, value);
                }
            }
        }
        if worth <= before && sweep > 0 {
            break;
        }
    }
    (point, worth)
}

fn neighbours(point: &Point, field: usize, coarse: bool, fuzzy: &[bool]) -> Vec<Point> {
    let Some(&weight) = point.weights.get(field) else { return Vec::new() };
    let near = STEPS.iter().filter_map(|step| u8::try_from(i16::from(weight) + step).ok());
    let weights: Vec<u8> =
        if coarse { GRID.to_vec() } else { near.filter(|weight| *weight <= MOST).collect() };
    let mut tried = Vec::new();
    for other in weights.into_iter().filter(|other| *other != weight) {
        let mut next = point.clone();
        next.weights.iter_mut().skip(field).take(1).for_each(|weight| *weight = other);
        tried.push(next);
    }
    if coarse && fuzzy.get(field) == Some(&true) {
        let mut next = point.clone();
        next.exact.iter_mut().skip(field).take(1).for_each(|exact| *exact = !*exact);
        tried.push(next);
    }
    tried
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_hill_is_climbed_to_its_top() {
        let judge = |point: &Point| {
            let far = |at: usize, top: f64| (f64::from(point.weights[at]) - top).powi(2);
            -far(0, 37.0) - far(1, 0.0) - if point.exact[0] { 0.0 } else { 50.0 }
        };
        let start = Point { weights: vec![90, 90], exact: vec![false, false] };
        let (top, worth) = search(&[start], &[true, false], &judge).unwrap();
        assert_eq!(top, Point { weights: vec![37, 0], exact: vec![true, false] });
        assert_eq!(worth, 0.0);
        assert_eq!(search(&[], &[], &judge), None);
    }
}
