//! Long silences.

const HOUR: i64 = 3600;
/// A shorter silence is part of a talk.
const TALK: i64 = 12 * HOUR;
const SLOPE: f64 = 0.6;
const MOST: f64 = 3.2;
/// The longest silence of the thread.
const LONGEST: f64 = 0.8;

/// For each gap, its seconds and its weight in nats; nothing before the first message and around unknown times.
pub(super) fn weights(instants: &[Option<i64>]) -> Vec<(u64, f64)> {
    let mut gaps: Vec<(u64, f64)> = vec![(0, 0.0); instants.len()];
    let mut longest: Option<usize> = None;
    for (at, pair) in instants.windows(2).enumerate() {
        let [Some(before), Some(after)] = pair else { continue };
        let seconds = after.saturating_sub(*before).max(0);
        if seconds < TALK {
            continue;
        }
        // Whole hours are below 2^53.
        let weight = (SLOPE * ((seconds / HOUR) as f64 / (TALK / HOUR) as f64).ln()).clamp(0.0, MOST);
        gaps[at + 1] = (seconds.unsigned_abs(), weight);
        if longest.is_none_or(|longest| gaps[longest].0 < gaps[at + 1].0) {
            longest = Some(at + 1);
        }
    }
    if let Some(longest) = longest {
        gaps[longest].1 += LONGEST;
    }
    gaps
}

/// For each message, the first of the talk it is in: no long silence lies between them.
pub(super) fn talks(instants: &[Option<i64>]) -> Vec<usize> {
    let mut start = 0;
    (0..instants.len())
        .map(|at| {
            if let (Some(before), Some(now)) =
                (at.checked_sub(1).and_then(|before| instants[before]), instants[at])
                && now.saturating_sub(before) >= TALK
            {
                start = at;
            }
            start
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_silence_weighs_more() {
        let day = 24 * HOUR;
        let instants = [Some(0), Some(HOUR), Some(3 * day), Some(90 * day), None, Some(91 * day)];
        let gaps = weights(&instants);
        assert_eq!(gaps.iter().map(|gap| gap.0).collect::<Vec<_>>(), [0, 0, 255_600, 7_516_800, 0, 0]);
        assert!(gaps[3].1 > gaps[2].1 + 1.0 && gaps[3].1 <= MOST + LONGEST);
        assert_eq!(talks(&instants), [0, 0, 2, 3, 3, 3]);
        assert!(weights(&[]).is_empty());
        assert_eq!(weights(&[Some(i64::MIN), Some(i64::MAX)])[1].1, MOST + LONGEST);
    }
}
