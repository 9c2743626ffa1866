//! The merge plan: what a merge of a review would do, field by field, before anybody does it.
//!
//! The plan names a choice for every field in which the two contacts differ, so that the server has nothing left
//! to decide by rules of its own; what it did is compared with the plan afterwards ([`unhonoured`]).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::compare::{Sameness, compare};
use crate::contact::Contact;
use crate::field::{self, FieldKind, FieldPath, Side};
use crate::normalise;
use crate::readings;

/// Why a field has the result it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The admin picked it.
    Picked,
    /// Both sides say the same.
    Equal,
    /// Only one side has a value.
    OnlyValue,
    /// A conflict-resolution rule of the settings, by its name (`prefer_newer`).
    Rule(String),
    /// The candidate has a value and no rule says otherwise.
    Survivor,
    /// Numbers of both are kept; the choice says which one stays primary.
    United,
}

/// One field of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPlan {
    /// The field.
    pub path: FieldPath,
    /// The source's value as people read it.
    pub source: Option<String>,
    /// The candidate's value as people read it.
    pub candidate: Option<String>,
    /// How the two relate.
    pub sameness: Sameness,
    /// The side whose value survives.
    pub choice: Side,
    /// Whether another choice would change anything.
    pub choosable: bool,
    /// Why this side.
    pub reason: Reason,
    /// The value of the surviving contact.
    pub result: Option<String>,
}

/// What a merge would do. Made by [`plan`] and by nothing else, for previews and for real.
#[derive(Debug, Clone, PartialEq)]
pub struct MergePlan {
    /// Id of the contact that survives, by [`readings::SURVIVOR`].
    pub survivor_id: String,
    /// Id of the contact that is dissolved.
    pub dissolved_id: String,
    /// Every field either contact has, in reading order.
    pub fields: Vec<FieldPlan>,
    /// Numbers of the surviving contact, primary first.
    pub phones: Vec<String>,
}

impl MergePlan {
    /// The choices to send: one for each field in which the two contacts differ.
    pub fn field_choices(&self) -> BTreeMap<FieldPath, Side> {
        self.fields.iter().filter(|f| f.choosable).map(|f| (f.path.clone(), f.choice)).collect()
    }

    /// Name of the surviving contact as it will read.
    pub fn survivor_name(&self) -> String {
        let text = |path: &str| {
            self.fields
                .iter()
                .find(|f| f.path.as_str() == path)
                .and_then(|f| f.result.as_deref())
                .unwrap_or("")
        };
        let full = format!("{} {}", text(field::FIRST_NAME), text(field::LAST_NAME));
        let name = full.trim();
        let name = if name.is_empty() { text(field::EMAIL) } else { name };
        if name.is_empty() { self.survivor_id.clone() } else { name.to_owned() }
    }
}

/// Plans the merge of `source` into `candidate`.
///
/// The order of authority is the contract's reading: the admin's `picks`, then the settings' conflict-resolution
/// `rules` (by field path; only `prefer_newer` has a meaning, any other is passed over), then the candidate's value
/// if it has one, then the source's. Picks for fields that do not differ are ignored.
pub fn plan(
    source: &Contact,
    candidate: &Contact,
    picks: &BTreeMap<FieldPath, Side>,
    rules: &BTreeMap<String, Value>,
) -> MergePlan {
    let mut paths = source.paths();
    paths.extend(candidate.paths());
    paths.sort_by(|a, b| a.rank().cmp(&b.rank()));
    paths.dedup();
    let mut fields: Vec<FieldPlan> =
        paths.into_iter().map(|path| plan_field(path, source, candidate, picks, rules)).collect();
    let phones = united_phones(source, candidate, &fields);
    if let Some(rest) = fields.iter_mut().find(|f| f.path.as_str() == field::SECONDARY_PHONE) {
        rest.result = phones.get(1..).filter(|p| !p.is_empty()).map(|p| p.join(", "));
    } else if phones.len() > 1 {
        fields.push(united_rest(&phones));
        fields.sort_by(|a, b| a.path.rank().cmp(&b.path.rank()));
    }
    MergePlan { survivor_id: candidate.id.clone(), dissolved_id: source.id.clone(), fields, phones }
}

fn plan_field(
    path: FieldPath,
    source: &Contact,
    candidate: &Contact,
    picks: &BTreeMap<FieldPath, Side>,
    rules: &BTreeMap<String, Value>,
) -> FieldPlan {
    let (s, c) = (source.text(path.as_str()), candidate.text(path.as_str()));
    let sameness = compare(&path, s.as_deref(), c.as_deref());
    if path.as_str() == field::SECONDARY_PHONE {
        // Filled in by the caller: the result depends on which number stays primary.
        return FieldPlan {
            path,
            source: s,
            candidate: c,
            sameness,
            choice: readings::SURVIVOR,
            choosable: false,
            reason: Reason::United,
            result: None,
        };
    }
    let (default, reason) = default_choice(&path, sameness, source, candidate, rules);
    let choosable = choosable(&path, sameness);
    let picked = picks.get(&path).copied().filter(|_| choosable);
    let choice = picked.unwrap_or(default);
    let reason = if picked.is_some_and(|p| p != default) { Reason::Picked } else { reason };
    let result = match choice {
        Side::Source => s.clone(),
        Side::Candidate => c.clone(),
    };
    FieldPlan { path, source: s, candidate: c, sameness, choice, choosable, reason, result }
}

/// A choice changes something where the values differ, even only in writing, or where one side is empty.
/// A phone number cannot be chosen away: the numbers are united.
fn choosable(path: &FieldPath, sameness: Sameness) -> bool {
    match sameness {
        Sameness::Equal | Sameness::BothMissing => false,
        Sameness::OnlySource | Sameness::OnlyCandidate => path.kind() != FieldKind::Phone,
        Sameness::EqualNormalised | Sameness::Different => true,
    }
}

fn default_choice(
    path: &FieldPath,
    sameness: Sameness,
    source: &Contact,
    candidate: &Contact,
    rules: &BTreeMap<String, Value>,
) -> (Side, Reason) {
    match sameness {
        Sameness::Equal | Sameness::EqualNormalised | Sameness::BothMissing => {
            (Side::Candidate, Reason::Equal)
        }
        Sameness::OnlySource => (Side::Source, Reason::OnlyValue),
        Sameness::OnlyCandidate => (Side::Candidate, Reason::OnlyValue),
        Sameness::Different => match rules.get(path.as_str()).and_then(Value::as_str) {
            Some(rule @ "prefer_newer") => match newer(source, candidate) {
                Some(side) => (side, Reason::Rule(rule.to_owned())),
                None => (readings::SURVIVOR, Reason::Survivor),
            },
            _ => (readings::SURVIVOR, Reason::Survivor),
        },
    }
}

/// The side changed last, where both times are known and differ.
///
/// The times are compared as instants; a time that does not parse decides nothing.
pub fn newer(source: &Contact, candidate: &Contact) -> Option<Side> {
    let instant = |c: &Contact| c.updated_at.as_deref().and_then(|t| t.parse::<jiff::Timestamp>().ok());
    let (s, c) = (instant(source)?, instant(candidate)?);
    match s.cmp(&c) {
        std::cmp::Ordering::Greater => Some(Side::Source),
        std::cmp::Ordering::Less => Some(Side::Candidate),
        std::cmp::Ordering::Equal => None,
    }
}

/// All numbers of both, the chosen primary first, each once by its E.164 form.
fn united_phones(source: &Contact, candidate: &Contact, fields: &[FieldPlan]) -> Vec<String> {
    let primary = fields.iter().find(|f| f.path.as_str() == field::PHONE).and_then(|f| f.result.clone());
    let mut numbers: Vec<String> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let dissolved = source.all_phones().into_iter().filter(|_| readings::MERGE_UNITES_PHONES);
    let theirs = candidate.all_phones().into_iter().chain(dissolved).map(str::to_owned);
    for number in primary.into_iter().chain(theirs) {
        let key = normalise::for_field(field::PHONE, &number);
        if !seen.contains(&key) {
            seen.push(key);
            numbers.push(number);
        }
    }
    numbers
}

fn united_rest(phones: &[String]) -> FieldPlan {
    FieldPlan {
        path: FieldPath::from(field::SECONDARY_PHONE),
        source: None,
        candidate: None,
        sameness: Sameness::BothMissing,
        choice: readings::SURVIVOR,
        choosable: false,
        reason: Reason::United,
        result: Some(phones[1..].join(", ")),
    }
}

/// Fields of the plan that the surviving contact, as the server shows it afterwards, does not bear out.
///
/// Compared after normalisation, because servers reformat. An empty list means the choices were honoured.
pub fn unhonoured(plan: &MergePlan, survivor: &Contact) -> Vec<Unhonoured> {
    plan.fields
        .iter()
        .filter(|f| f.choosable)
        .filter_map(|f| {
            let now = survivor.text(f.path.as_str());
            let same = matches!(
                compare(&f.path, f.result.as_deref(), now.as_deref()),
                Sameness::Equal | Sameness::EqualNormalised | Sameness::BothMissing
            );
            (!same).then(|| Unhonoured { path: f.path.clone(), predicted: f.result.clone(), actual: now })
        })
        .collect()
}

/// A field in which the server did something else than predicted.
#[derive(Clone, PartialEq, Eq)]
pub struct Unhonoured {
    /// The field.
    pub path: FieldPath,
    /// What the plan said.
    pub predicted: Option<String>,
    /// What the server holds.
    pub actual: Option<String>,
}

/// Personal data: only the field is printed.
impl std::fmt::Debug for Unhonoured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Unhonoured({})", self.path)
    }
}

#[cfg(test)]
#[path = "merge_tests.rs"]
mod tests;
