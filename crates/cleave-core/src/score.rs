//! The score of a review, in either of the two units servers use.

use serde::{Deserialize, Serialize};

/// A score as reported, with the percentage Cleave reads from it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The number as the server sent it.
    pub raw: f64,
}

impl Score {
    /// Percent, 0 to 100.
    ///
    /// Reading of the contract (`DedupReviewDto.score` states no unit; one example has 0.87, another 86):
    /// a number up to and including 1 is a fraction, anything larger a percentage.
    pub fn percent(self) -> f64 {
        let percent = if self.raw <= 1.0 { self.raw * 100.0 } else { self.raw };
        percent.clamp(0.0, 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn fractions_and_percentages() {
        for (raw, percent) in
            [(0.87, 87.0), (86.0, 86.0), (1.0, 100.0), (0.0, 0.0), (1.5, 1.5), (130.0, 100.0), (-3.0, 0.0)]
        {
            assert!((Score { raw }.percent() - percent).abs() < 1e-9, "{raw}");
        }
    }
}
