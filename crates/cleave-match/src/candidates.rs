//! One new contact against a base.

use std::borrow::Cow;

use cleave_core::normalise::for_kind;
use cleave_core::settings::FuzzyMergeSettings;

use crate::band::{Band, Shared, band};
use crate::base::Base;
use crate::column::further_values;
use crate::compare::{Values, compare_pair};
use crate::lookup::Index;
use crate::plan::{MatchError, Plan, SECONDARY_PHONE_PATH};
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
    index: Index<'a>,
}

/// A new contact, normalised: the value of each column, and its further phone numbers.
struct New {
    values: Vec<Option<String>>,
    phones: Vec<String>,
}

impl<'a> Finder<'a> {
    /// Indexes a base for `settings`; the cost is that of a scan's look-up.
    ///
    /// # Errors
    /// [`MatchError::NotInBase`] where the base was built for settings that need other fields.
    pub fn new(base: &'a Base, settings: &'a FuzzyMergeSettings) -> Result<Self, MatchError> {
        let plan = Plan::new(base, settings)?;
        Ok(Self { base, settings, index: Index::new(base, &plan), plan })
    }

    /// The contacts of the base that a new one may be. `value` gives its raw value at a dotted path.
    pub fn candidates_of<'v>(&self, value: impl Fn(&str) -> Option<Cow<'v, str>>) -> Candidates {
        let Self { base, settings, plan, index } = self;
        let normalised = |column: &crate::column::Column| {
            value(&column.path).map(|raw| for_kind(column.kind, &raw)).filter(|value| !value.is_empty())
        };
        let further = plan.phone.and_then(|_| value(SECONDARY_PHONE_PATH));
        let phone_kind = plan.phone.and_then(|at| base.columns.get(at)).map(|column| column.kind);
        let phones = further.as_deref().zip(phone_kind);
        let new = New {
            values: base.columns.iter().map(normalised).collect(),
            phones: phones.map_or_else(Vec::new, |(raw, kind)| further_values(kind, raw).collect()),
        };
        let limit = settings.candidate_limit as usize;
        let found =
            index.candidates_of(|column| new.values.get(column)?.as_deref(), further.as_deref(), limit);
        let mut candidates: Vec<Candidate> =
            found.contacts.into_iter().map(|contact| self.judge(&new, contact)).collect();
        candidates.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| base.rank(a.contact).cmp(&base.rank(b.contact)))
        });
        Candidates { found: candidates, cut_off: found.cut_off }
    }

    /// Compares, scores and bands the new contact with one of the base.
    fn judge(&self, new: &New, contact: u32) -> Candidate {
        let Self { base, settings, plan, .. } = self;
        let of_rule = |value: &dyn Fn(usize) -> Option<String>| -> Vec<Option<String>> {
            plan.compared.iter().map(|&column| value(column)).collect()
        };
        let text = |column: usize| base.columns.get(column)?.text(contact).map(str::to_owned);
        let (ours, theirs) = (of_rule(&|column| new.values.get(column)?.clone()), of_rule(&text));
        let phone_rule =
            plan.phone.and_then(|phone| plan.compared.iter().position(|column| *column == phone));
        let column = plan.phone.and_then(|at| base.columns.get(at));
        let their_phones: Vec<String> = column.map_or_else(Vec::new, |column| {
            column
                .further(contact)
                .iter()
                .filter_map(|(_, id)| column.value(*id))
                .map(str::to_owned)
                .collect()
        });
        let side = |values, phones| Values { values, phones, phone: phone_rule };
        let (ours, theirs) = (side(&ours, &new.phones), side(&theirs, &their_phones));
        let mut similarities = Vec::new();
        compare_pair(&plan.rules, plan.places, &ours, &theirs, &mut similarities);
        let values: Vec<Option<f64>> = similarities.iter().map(|similarity| similarity.value).collect();
        let score = score(&plan.weights, &values, DEFAULT_MISSING);

        let their_number = |number: &str| {
            let column = column?;
            column.all(contact).find(|id| column.value(*id) == Some(number)).map(|id| column.sharing(id))
        };
        let own = plan.phone.and_then(|at| new.values.get(at)?.as_deref());
        let numbers = own.into_iter().chain(new.phones.iter().map(String::as_str));
        // The new contact would have the number too.
        let shared_phone = numbers.filter_map(their_number).min().map(|contacts| contacts + 1);
        let same = |at: &usize| {
            let ours = new.values.get(*at).and_then(Option::as_deref);
            let theirs = base.columns.get(*at).and_then(|column| column.text(contact));
            ours.is_some() && ours == theirs || Some(*at) == plan.phone && shared_phone.is_some()
        };
        let shared =
            Shared { instant: plan.instant.iter().any(same), phone_contacts: shared_phone.unwrap_or(0) };
        Candidate { contact, score, band: band(settings, score, shared) }
    }
}
