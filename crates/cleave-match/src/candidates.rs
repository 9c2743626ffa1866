//! One new contact against a base.

use std::borrow::Cow;

use cleave_core::normalise::for_kind;
use cleave_core::settings::FuzzyMergeSettings;

use crate::band::{Band, Shared, band};
use crate::base::Base;
use crate::compare::compare_pair;
use crate::lookup::{Lookup, Ranking};
use crate::plan::{MatchError, Plan};
use crate::score::{DEFAULT_MISSING, score};

/// A contact of the base that a new one may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The number of the contact in the base.
    pub contact: u32,
    /// 0 to 100.
    pub score: f64,
    /// What happens to the pair.
    pub band: Band,
}

/// The candidates of one new contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    /// At most `candidateLimit`, the highest score first.
    pub found: Vec<Candidate>,
    /// How many more were less promising and not compared.
    pub cut_off: u32,
}

/// A base made ready to find the candidates of new contacts.
pub struct Finder<'a> {
    base: &'a Base,
    settings: &'a FuzzyMergeSettings,
    plan: Plan,
    lookup: Lookup,
}

impl<'a> Finder<'a> {
    /// Indexes a base for `settings`; the cost is that of a scan's look-up.
    ///
    /// # Errors
    /// [`MatchError::NotInBase`] where the base was built for settings that need other fields.
    pub fn new(base: &'a Base, settings: &'a FuzzyMergeSettings) -> Result<Self, MatchError> {
        let plan = Plan::new(base, settings)?;
        Ok(Self { base, settings, lookup: Lookup::for_new(base, &plan), plan })
    }

    /// The contacts of the base that a new one may be. `value` gives its raw value at a dotted path.
    pub fn candidates_of<'v>(&self, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> Candidates {
        let Self { base, settings, plan, lookup } = self;
        let normalised: Vec<Option<String>> = base
            .columns
            .iter()
            .map(|column| {
                value(&column.path).map(|raw| for_kind(column.kind, &raw)).filter(|value| !value.is_empty())
            })
            .collect();
        let mut ranking = Ranking::new(base);
        let found = lookup.candidates_of_values(
            base,
            plan,
            |column| normalised.get(column)?.as_deref(),
            settings.candidate_limit as usize,
            &mut ranking,
        );
        let mut candidates: Vec<Candidate> =
            found.candidates.into_iter().map(|contact| self.judge(&normalised, contact)).collect();
        candidates.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| base.rank(a.contact).cmp(&base.rank(b.contact)))
        });
        Candidates { found: candidates, cut_off: found.cut_off }
    }

    /// Compares, scores and bands the new contact, given as the normalised value of each column, with one of
    /// the base.
    fn judge(&self, new: &[Option<String>], contact: u32) -> Candidate {
        let Self { base, settings, plan, .. } = self;
        let ours = |column: usize| new.get(column)?.as_deref();
        let theirs = |column: usize| base.columns.get(column)?.text(contact);
        let mut similarities = Vec::new();
        compare_pair(
            &plan.rules,
            |rule| ours(*plan.compared.get(rule)?),
            |rule| theirs(*plan.compared.get(rule)?),
            &mut similarities,
        );
        let values: Vec<Option<f64>> = similarities.iter().map(|similarity| similarity.value).collect();
        let score = score(&plan.weights, &values, DEFAULT_MISSING);
        let same = |column: &usize| ours(*column).is_some() && ours(*column) == theirs(*column);
        let phone = plan.phone.filter(|column| same(column)).and_then(|column| base.columns.get(column));
        let shared = Shared {
            instant: plan.instant.iter().any(same),
            // The new contact would have the number too.
            phone_contacts: phone.map_or(0, |column| column.sharing(contact) + 1),
        };
        Candidate { contact, score, band: band(settings, score, shared) }
    }
}
