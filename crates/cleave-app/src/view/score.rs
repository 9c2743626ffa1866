//! The score of a review with its breakdown and thresholds, as the server reports them.

use cleave_core::contact::text_of;
use cleave_core::review::Review;
use cleave_core::score::Score;
use serde_json::Value;

use crate::ipc::{BreakdownRow, ScoreView};

/// Keys of `thresholdSnapshot` that hold percentages, as published. Others are absolute and say nothing here.
const MERGE_THRESHOLD: &str = "thresholdPercent";
const REVIEW_THRESHOLD: &str = "reviewThresholdPercent";

/// The score, where the server gave one.
pub(crate) fn score(review: &Review) -> Option<ScoreView> {
    let score = review.score?;
    let threshold = |key: &str| {
        let value = review.thresholds.iter().find(|(name, _)| name == key)?.1.as_f64()?;
        Some(Score { raw: value }.percent())
    };
    Some(ScoreView {
        percent: score.percent(),
        raw: score.raw,
        merge_threshold: threshold(MERGE_THRESHOLD),
        review_threshold: threshold(REVIEW_THRESHOLD),
        breakdown: breakdown(&review.breakdown),
    })
}

/// The unit is unstated, so a bar is only as long as its value compared with what the values of the same breakdown
/// look like: fractions against 1, numbers up to 100 against 100, and larger ones against the largest.
fn breakdown(reported: &[(String, Value)]) -> Vec<BreakdownRow> {
    let largest = reported.iter().filter_map(|(_, value)| value.as_f64()).fold(0.0, f64::max);
    let full = [1.0, 100.0].into_iter().find(|full| largest <= *full).unwrap_or(largest);
    reported
        .iter()
        .map(|(path, value)| BreakdownRow {
            path: path.clone(),
            reported: text_of(value).unwrap_or_default(),
            bar: value.as_f64().map(|value| (value / full).clamp(0.0, 1.0)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bars_follow_the_unit_that_the_values_look_like() {
        let bars = |values: &[Value]| {
            let reported: Vec<_> = values.iter().map(|v| ("f".to_owned(), v.clone())).collect();
            breakdown(&reported).into_iter().map(|row| row.bar).collect::<Vec<_>>()
        };
        assert_eq!(bars(&[json!(0.5), json!(1)]), [Some(0.5), Some(1.0)]);
        assert_eq!(bars(&[json!(100), json!(80), json!(0)]), [Some(1.0), Some(0.8), Some(0.0)]);
        assert_eq!(bars(&[json!(400), json!(100)]), [Some(1.0), Some(0.25)]);
        assert_eq!(bars(&[json!("high"), json!(-3)]), [None, Some(0.0)]);
        assert_eq!(bars(&[json!({"score": 1})]), [None]);
    }
}
