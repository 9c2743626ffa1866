//! Which fields are compared under some settings, and how much each weighs.

use super::{FuzzyMergeSettings, MatchMode};

/// The fields that every pair is compared by, with their weights.
///
/// A reading: the contract speaks of custom fields and of a max possible score, and so of base fields, but
/// shows neither their list nor their weights. These weights follow how much an agreement says: an address of
/// one's own most, a first name least. They can be replaced by a custom rule for the same path.
pub const BASE_RULES: [(&str, f64, MatchMode); 5] = [
    ("firstName", 20.0, MatchMode::FuzzyString),
    ("lastName", 25.0, MatchMode::FuzzyString),
    ("email", 30.0, MatchMode::FuzzyString),
    ("phoneNumber", 25.0, MatchMode::FuzzyString),
    ("dateOfBirth", 25.0, MatchMode::FuzzyString),
];

/// One field of the comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldRule {
    /// The dotted path of the field.
    pub field: String,
    /// How much it counts beside the others, at least 0.
    pub weight: f64,
    /// How its values are compared.
    pub match_mode: MatchMode,
}

/// Every field that is compared under `settings`: the base fields in the order of [`BASE_RULES`], then the
/// custom ones in theirs.
///
/// A reading: a custom rule for the path of a base field takes its place, so that a path counts once and a
/// `fieldBreakdown` has one value for it.
#[must_use]
pub fn compare_rules(settings: &FuzzyMergeSettings) -> Vec<FieldRule> {
    let mut rules: Vec<FieldRule> = BASE_RULES
        .iter()
        .map(|&(field, weight, match_mode)| FieldRule { field: field.to_owned(), weight, match_mode })
        .collect();
    for custom in &settings.custom_fields {
        let rule =
            FieldRule { field: custom.field.clone(), weight: custom.weight, match_mode: custom.match_mode };
        match rules.iter_mut().find(|known| known.field == rule.field) {
            Some(known) => *known = rule,
            None => rules.push(rule),
        }
    }
    rules
}

/// The score of a pair whose every field is present and equal, in units of weight: what the contract's absolute
/// thresholds are converted against.
#[must_use]
pub fn max_possible_score(settings: &FuzzyMergeSettings) -> f64 {
    compare_rules(settings).iter().map(|rule| rule.weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::CustomFieldRule;

    #[test]
    fn custom_fields_add_to_the_base_or_replace_it() {
        let mut settings = FuzzyMergeSettings { custom_fields: Vec::new(), ..FuzzyMergeSettings::default() };
        assert_eq!(max_possible_score(&settings), 125.0);
        settings.custom_fields = vec![
            CustomFieldRule {
                field: "misc.company".to_owned(),
                weight: 10.0,
                match_mode: MatchMode::ExactNormalized,
            },
            CustomFieldRule {
                field: "email".to_owned(),
                weight: 5.0,
                match_mode: MatchMode::ExactNormalized,
            },
        ];
        let rules = compare_rules(&settings);
        assert_eq!(rules.len(), 6);
        assert_eq!(rules[2].weight, 5.0);
        assert_eq!(rules[2].match_mode, MatchMode::ExactNormalized);
        assert_eq!(max_possible_score(&settings), 110.0);
    }
}
