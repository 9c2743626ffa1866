//! What a score is made of.

use std::borrow::Cow;
use std::fmt;

use cleave_core::normalise::{FieldKind, for_kind};
use cleave_core::settings::FuzzyMergeSettings;

use crate::column::further_values;
use crate::compare::{Agreement, Places, Values, compare_pair};
use crate::plan::{PHONE_PATH, Rule, SECONDARY_PHONE_PATH, rules};
use crate::score::{Missing, score};

/// A score with its evidence.
#[derive(Clone, PartialEq)]
pub struct Explanation {
    /// 0 to 100.
    pub score: f64,
    /// The meaning of missing fields that it was made with.
    pub missing: Missing,
    /// What it is made of, in the order of the rules.
    pub fields: Vec<FieldEvidence>,
}

/// What one field adds to a score.
#[derive(Clone, PartialEq)]
pub struct FieldEvidence {
    /// The dotted path.
    pub field: String,
    /// The value on the left as it is.
    pub raw_left: Option<String>,
    /// The value on the right as it is.
    pub raw_right: Option<String>,
    /// The value on the left as it was compared; `None` when nothing comparable is left of it.
    pub normalised_left: Option<String>,
    /// The value on the right as it was compared.
    pub normalised_right: Option<String>,
    /// 0 to 1; `None` where a side has no value.
    pub similarity: Option<f64>,
    /// Why it is as alike as it is.
    pub agreement: Agreement,
    /// The weight of the rule.
    pub weight: f64,
    /// The points of the score that come from this field; those of all fields add up to the score.
    pub contribution: f64,
    /// The score of the same pair if neither side had this field.
    pub score_without: f64,
}

/// Explains the score of a pair under `settings`. `left` and `right` give the raw value at a dotted path; the
/// score is the one that a scan gives them.
pub fn explain<'a>(
    settings: &FuzzyMergeSettings,
    missing: Missing,
    left: impl Fn(&str) -> Option<Cow<'a, str>>,
    right: impl Fn(&str) -> Option<Cow<'a, str>>,
) -> Explanation {
    let rules = rules(settings);
    let raw = |side: &dyn Fn(&str) -> Option<Cow<'a, str>>| -> Vec<Option<String>> {
        rules.iter().map(|rule| side(&rule.field).map(Cow::into_owned)).collect()
    };
    let normalised = |raw: &[Option<String>]| -> Vec<Option<String>> {
        let value = |rule: &Rule, raw: &Option<String>| {
            raw.as_deref().map(|raw| for_kind(rule.kind, raw)).filter(|value| !value.is_empty())
        };
        rules.iter().zip(raw).map(|(rule, raw)| value(rule, raw)).collect()
    };
    let (raw_left, raw_right) = (raw(&left), raw(&right));
    let (known_left, known_right) = (normalised(&raw_left), normalised(&raw_right));
    let mut similarities = Vec::new();
    let at = |side: &[Option<String>], rule: usize| side.get(rule).cloned().flatten();
    let phone = rules.iter().position(|rule| rule.field == PHONE_PATH);
    let further = |side: &dyn Fn(&str) -> Option<Cow<'a, str>>| -> Vec<String> {
        let raw = phone.and_then(|_| side(SECONDARY_PHONE_PATH));
        raw.map_or_else(Vec::new, |raw| further_values(FieldKind::Phone, &raw).collect())
    };
    let (phones_left, phones_right) = (further(&left), further(&right));
    let side = |values, phones| Values { values, phones, phone };
    let (one, other) = (side(&known_left, &phones_left), side(&known_right, &phones_right));
    compare_pair(&rules, Places::of(&rules), &one, &other, &mut similarities);
    let weights: Vec<f64> = rules.iter().map(|rule| rule.weight).collect();
    let values: Vec<Option<f64>> = similarities.iter().map(|similarity| similarity.value).collect();
    let total = score(&weights, &values, missing);
    let agreed: f64 =
        weights.iter().zip(&values).filter_map(|(weight, value)| Some(weight * (*value)?)).sum();
    let evidence = |(place, rule): (usize, &Rule)| {
        let similarity = similarities.get(place)?;
        let mut without = values.clone();
        without.iter_mut().skip(place).take(1).for_each(|value| *value = None);
        let share = if agreed > 0.0 { rule.weight * similarity.value.unwrap_or(0.0) / agreed } else { 0.0 };
        Some(FieldEvidence {
            field: rule.field.clone(),
            raw_left: at(&raw_left, place),
            raw_right: at(&raw_right, place),
            normalised_left: at(&known_left, place),
            normalised_right: at(&known_right, place),
            similarity: similarity.value,
            agreement: similarity.agreement,
            weight: rule.weight,
            contribution: total * share,
            score_without: score(&weights, &without, missing),
        })
    };
    Explanation { score: total, missing, fields: rules.iter().enumerate().filter_map(evidence).collect() }
}

/// Leaves the values out: they are personal data.
impl fmt::Debug for FieldEvidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FieldEvidence")
            .field("field", &self.field)
            .field("similarity", &self.similarity)
            .field("agreement", &self.agreement)
            .field("weight", &self.weight)
            .field("contribution", &self.contribution)
            .field("score_without", &self.score_without)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explanation")
            .field("score", &self.score)
            .field("missing", &self.missing)
            .field("fields", &self.fields)
            .finish()
    }
}
