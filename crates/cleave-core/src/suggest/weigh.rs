//! From clues to a side and a confidence.

use std::collections::BTreeMap;

use super::evidence::{Clue, Evidence, EvidenceKind};
use crate::separation::{Pair, Target};

/// How much each further clue of a kind for a side weighs, compared with the one before it: a name that is said ten
/// times is not ten witnesses.
const REPEAT: f64 = 0.5;
/// How many clues of a kind are kept for quoting.
const KEPT: u32 = 2;
/// How many are quoted in all.
const QUOTED: usize = 5;
/// Below this distance the two sides are even, and nothing is proposed: with both people in a text, proposals that
/// close were right less often than a coin on the measured worlds.
const EVEN: f64 = 0.45;
/// How far the sum of weights is trusted; what is left of 1 stands for clues that are not as independent as their sum
/// takes them to be. On the measured worlds the confidence is a little lower than the truth.
const TRUST: f64 = 0.9;
/// No evidence makes it certain.
const SUREST: f64 = 0.99;

/// Clues of one child, weighed as they come.
#[derive(Clone, Default)]
pub(super) struct Scale<'a> {
    sums: Pair<f64>,
    seen: BTreeMap<(EvidenceKind, Target), u32>,
    kept: Vec<Clue<'a>>,
}

impl<'a> Scale<'a> {
    /// Whether something of a kind has been found.
    pub fn has(&self, kind: EvidenceKind) -> bool {
        Target::BOTH.iter().any(|side| self.seen.contains_key(&(kind, *side)))
    }

    pub fn add(&mut self, clue: Clue<'a>) {
        let seen = self.seen.entry((clue.kind, clue.side)).or_default();
        *self.sums.of_mut(clue.side) += clue.weight * REPEAT.powi(i32::try_from(*seen).unwrap_or(i32::MAX));
        *seen = seen.saturating_add(1);
        if *seen <= KEPT {
            self.kept.push(clue);
        }
    }

    /// The likelier side and how sure it is, from 0.6 to [`SUREST`]; `None` where it is even.
    pub fn verdict(&self) -> Option<(Target, f64)> {
        let ahead = self.sums.new - self.sums.original;
        if ahead.abs() < EVEN {
            return None;
        }
        let side = if ahead > 0.0 { Target::New } else { Target::Original };
        Some((side, sigmoid(TRUST * ahead.abs()).min(SUREST)))
    }

    /// The strongest clue for a side.
    pub fn strongest(&self, side: Target) -> Option<&Clue<'a>> {
        self.kept.iter().filter(|clue| clue.side == side).max_by(|a, b| a.weight.total_cmp(&b.weight))
    }

    /// The strongest clues, those for the proposed side first.
    pub fn evidence(mut self, side: Target) -> Vec<Evidence> {
        self.kept.sort_by(|a, b| (b.side == side).cmp(&(a.side == side)).then(b.weight.total_cmp(&a.weight)));
        self.kept.iter().take(QUOTED).map(Clue::evidence).collect()
    }
}

/// The probability of a logit.
pub(super) fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_weighings() {
        use EvidenceKind::{Greeting, Mention, Number};
        use Target::{New, Original};
        type Case = (&'static [(EvidenceKind, Target, f64)], Option<(Target, f64)>);
        let cases: [Case; 5] = [
            (&[], None),
            (&[(Greeting, New, 2.0)], Some((New, 0.86))),
            (&[(Greeting, New, 2.0), (Number, Original, 2.0)], None),
            (&[(Greeting, New, 2.0), (Greeting, New, 2.0), (Mention, Original, 1.0)], Some((New, 0.86))),
            (&[(Greeting, Original, 90.0)], Some((Original, SUREST))),
        ];
        for (clues, expected) in cases {
            let mut scale = Scale::default();
            for (kind, side, weight) in clues {
                scale.add(Clue::whole(*kind, *side, *weight, "x"));
            }
            let verdict = scale.verdict().map(|(side, sure)| (side, (sure * 100.0).round() / 100.0));
            assert_eq!(verdict, expected, "{clues:?}");
        }
    }

    #[test]
    fn a_name_said_a_thousand_times_is_not_a_thousand_witnesses() {
        let mut scale = Scale::default();
        for _ in 0..1000 {
            scale.add(Clue::whole(EvidenceKind::Mention, Target::New, 1.0, "x"));
        }
        assert!(scale.sums.new < 2.01);
        let evidence = scale.evidence(Target::New);
        assert_eq!(evidence.len(), 2);
    }
}
