//! From similarities to one number.

use crate::compare::value_of;

/// What a field means that one side of a pair does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missing {
    /// It says nothing: the score is over the fields that both sides have, but over no less than
    /// [`LEAST_EVIDENCE`].
    Present,
    /// It counts as different: the score is over all fields, the max possible score that the contract's
    /// absolute thresholds speak of.
    Strict,
}

/// How scores are made unless someone asks for the other way.
///
/// A reading: the contract does not say. Half of real contacts lack a field, and where those count as
/// different hardly any pair reaches the contract's own example threshold of 90.
pub const DEFAULT_MISSING: Missing = Missing::Present;

/// The share of all weight that a score is at least made over in [`Missing::Present`].
///
/// Without it two contacts that have nothing but an equal first name would score 100 and be merged. With it an
/// equal first and last name alone reach the review, and need one more agreeing field to be merged.
pub const LEAST_EVIDENCE: f64 = 0.4;

/// The score of a pair, 0 to 100: `100 × Σ weight × similarity ÷ Σ weight`, where the sum of weights below is
/// over the fields that `missing` says.
///
/// `similarities` holds one value from 0 to 1 for each weight, `None` where a side has no value. Nothing to
/// compare is a score of 0.
#[must_use]
pub fn score(weights: &[f64], similarities: &[Option<f64>], missing: Missing) -> f64 {
    of_values(weights, similarities.iter().copied(), missing)
}

/// The score of the similarity bytes of a pair: see [`MISSING_BYTE`](crate::MISSING_BYTE).
#[must_use]
pub fn score_of_bytes(weights: &[f64], bytes: &[u8], missing: Missing) -> f64 {
    of_values(weights, bytes.iter().map(|&byte| value_of(byte)), missing)
}

fn of_values(weights: &[f64], similarities: impl Iterator<Item = Option<f64>>, missing: Missing) -> f64 {
    let (mut agreed, mut present, mut all) = (0.0, 0.0, 0.0);
    for (weight, similarity) in weights.iter().zip(similarities) {
        all += weight;
        if let Some(similarity) = similarity {
            present += weight;
            agreed += weight * similarity;
        }
    }
    let over = match missing {
        Missing::Present => f64::max(present, LEAST_EVIDENCE * all),
        Missing::Strict => all,
    };
    if over > 0.0 { (100.0 * agreed / over).clamp(0.0, 100.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHTS: [f64; 4] = [20.0, 30.0, 25.0, 25.0];

    #[test]
    fn a_table_of_scores() {
        let all = [Some(1.0); 4];
        let half = [Some(1.0), Some(0.5), Some(0.0), Some(1.0)];
        let gap = [Some(1.0), Some(1.0), None, None];
        let little = [Some(1.0), None, None, None];
        for (similarities, present, strict) in [
            (all, 100.0, 100.0),
            (half, 60.0, 60.0),
            (gap, 100.0, 50.0),
            (little, 50.0, 20.0),
            ([None; 4], 0.0, 0.0),
        ] {
            assert_eq!(score(&WEIGHTS, &similarities, Missing::Present), present, "{similarities:?}");
            assert_eq!(score(&WEIGHTS, &similarities, Missing::Strict), strict, "{similarities:?}");
        }
    }

    #[test]
    fn no_weight_is_no_score() {
        assert_eq!(score(&[0.0, 0.0], &[Some(1.0), Some(1.0)], Missing::Present), 0.0);
        assert_eq!(score(&[], &[], Missing::Strict), 0.0);
    }
}
