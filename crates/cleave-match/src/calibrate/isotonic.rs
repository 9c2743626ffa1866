//! A curve that only rises, through points that need not.

/// A rising curve of scores from 0 to 100: straight between its points, and beyond them as steep as a score is by
/// itself, since nothing is known there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    points: Vec<(f64, f64)>,
}

impl Curve {
    /// The rising curve nearest to some points (from, to), by least squares: neighbours that fall are pooled until
    /// none does.
    #[must_use]
    pub fn through(mut points: Vec<(f64, f64)>) -> Self {
        points.retain(|point| point.0.is_finite() && point.1.is_finite());
        points.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)));
        // The sums of what a pool is from and to, and how many points it holds.
        let mut pools: Vec<(f64, f64, f64)> = Vec::new();
        for same in points.chunk_by(|a, b| a.0 == b.0) {
            let sums = same
                .iter()
                .fold((0.0, 0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1, sum.2 + 1.0));
            pools.push(sums);
            while let [.., (from, to, count), (next_from, next_to, next_count)] = pools.as_mut_slice() {
                if *to / *count <= *next_to / *next_count {
                    break;
                }
                *from += *next_from;
                *to += *next_to;
                *count += *next_count;
                pools.pop();
            }
        }
        Self { points: pools.into_iter().map(|(from, to, count)| (from / count, to / count)).collect() }
    }

    /// The points that the curve goes through.
    #[must_use]
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// Where the curve is at `from`; `from` itself where there is no curve.
    #[must_use]
    pub fn at(&self, from: f64) -> f64 {
        let place = self.points.partition_point(|point| point.0 < from);
        let before = place.checked_sub(1).and_then(|at| self.points.get(at));
        match (before, self.points.get(place)) {
            (None, None) => from,
            (Some(end), None) | (None, Some(end)) => (end.1 + from - end.0).clamp(0.0, 100.0),
            (Some(one), Some(other)) => {
                let share = (from - one.0) / (other.0 - one.0);
                one.1 + share * (other.1 - one.1)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_curve_rises_and_stays_within_what_it_goes_through(
            points in prop::collection::vec((0..=100_u32, 0..=100_u32), 0..60),
            from in 0.0..100.0_f64, further in 0.0..50.0_f64,
        ) {
            let points: Vec<(f64, f64)> = points.into_iter().map(|(a, b)| (f64::from(a), f64::from(b))).collect();
            let curve = Curve::through(points.clone());
            prop_assert!(curve.at(from) <= curve.at(from + further) + 1e-9);
            prop_assert!(points.is_empty() || (0.0..=100.0).contains(&curve.at(from)));
            prop_assert!(curve.points().is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1));
            let mut backwards = points;
            backwards.reverse();
            prop_assert_eq!(Curve::through(backwards), curve);
        }

        #[test]
        fn rising_points_are_met(points in prop::collection::btree_map(0..=100_u32, 0..=100_u32, 1..30)) {
            let mut to: Vec<f64> = points.values().map(|to| f64::from(*to)).collect();
            to.sort_unstable_by(f64::total_cmp);
            let points: Vec<(f64, f64)> = points.keys().map(|from| f64::from(*from)).zip(to).collect();
            let curve = Curve::through(points.clone());
            for (from, to) in points {
                prop_assert!((curve.at(from) - to).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn what_falls_is_pooled() {
        let curve =
            Curve::through(vec![(0.0, 10.0), (10.0, 30.0), (20.0, 20.0), (30.0, 40.0), (f64::NAN, 1.0)]);
        assert_eq!(curve.points(), [(0.0, 10.0), (15.0, 25.0), (30.0, 40.0)]);
        assert_eq!([-5.0, -15.0, 15.0, 50.0, 99.0].map(|from| curve.at(from)), [5.0, 0.0, 25.0, 60.0, 100.0]);
        assert_eq!(Curve::default().at(7.0), 7.0);
    }
}
