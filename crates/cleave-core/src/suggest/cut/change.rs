//! How much better two halves explain a habit than the whole does: languages written, hours kept.

/// For each gap, the gain in log-likelihood (nats) of counting the categories before and after it apart. Gap `i` stands
/// before entry `i`; gap 0 gains nothing. `None` entries are not counted.
pub(super) fn gains<const K: usize>(entries: &[Option<usize>]) -> Vec<f64> {
    let mut after = [0.0_f64; K];
    for category in entries.iter().flatten().filter(|category| **category < K) {
        after[*category] += 1.0;
    }
    let whole = likelihood(&after);
    let mut before = [0.0_f64; K];
    entries
        .iter()
        .map(|entry| {
            let gain = likelihood(&before) + likelihood(&after) - whole;
            if let Some(category) = entry.filter(|category| *category < K) {
                before[category] += 1.0;
                after[category] -= 1.0;
            }
            gain
        })
        .collect()
}

fn likelihood<const K: usize>(counts: &[f64; K]) -> f64 {
    let all: f64 = counts.iter().sum();
    let logs = counts.iter().filter(|count| **count > 0.0).map(|count| count * (count / all).ln());
    logs.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gain_is_greatest_at_the_change() {
        let cases: [(&[Option<usize>], Option<usize>); 5] = [
            (&[], None),
            (&[Some(0); 6], None),
            (&[Some(0), Some(0), Some(0), Some(1), Some(1), Some(1)], Some(3)),
            (&[Some(0), Some(0), None, None, Some(1), Some(1)], Some(4)),
            (&[Some(9), Some(0), Some(1), Some(1)], Some(2)),
        ];
        for (entries, expected) in cases {
            let gains = gains::<2>(entries);
            assert_eq!(gains.len(), entries.len());
            let best = (0..gains.len()).max_by(|a, b| gains[*a].total_cmp(&gains[*b]));
            assert_eq!(best.filter(|best| gains[*best] > 0.01), expected, "{entries:?} {gains:?}");
        }
    }
}
