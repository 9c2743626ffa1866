//! Every contact against its candidates.

use std::sync::atomic::{AtomicUsize, Ordering};

use cleave_core::settings::{FuzzyMergeSettings, MatchMode};
use rayon::prelude::*;

use crate::band::{Band, Shared};
use crate::base::Base;
use crate::column::{ABSENT, Column, ValueId};
use crate::compare::{Places, Side, Similarity, byte_of, compare_pair};
use crate::intern::Interner;
use crate::lookup::{CommonValue, Found, PART, Table, common_values};
use crate::pairs::{Pairs, Part, flags, together};
use crate::plan::{MatchError, Plan};
use crate::progress::Progress;

/// How many pairs are compared as one part of the work.
const PAIRS_PART: usize = 65_536;

/// The outcome of a scan.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// Every compared pair once, in the order of `left`, then `right`.
    pub pairs: Pairs,
    /// The paths of the rules, in the order of the similarities.
    pub fields: Vec<String>,
    /// The weights of the rules, in the same order.
    pub weights: Vec<f64>,
    /// How many pairs shared enough to be candidates and were not compared, because both contacts had
    /// `candidateLimit` more promising ones.
    pub cut_off: u64,
    /// Values that so many contacts share that these were not all compared with each other.
    pub common_values: Vec<CommonValue>,
}

impl Scan {
    /// The similarity of each of [`Scan::fields`] for the pair at a place in [`Scan::pairs`], in steps of
    /// 1/[`SIMILARITY_STEPS`](crate::SIMILARITY_STEPS), or [`MISSING_BYTE`](crate::MISSING_BYTE).
    #[must_use]
    pub fn similarities(&self, pair: usize) -> &[u8] {
        let pattern = self.pairs.pattern_of(pair).and_then(|id| self.pairs.pattern(id));
        pattern.map_or(&[], |pattern| pattern.similarities)
    }

    /// How many pairs are in a band.
    #[must_use]
    pub fn count(&self, band: Band) -> usize {
        self.pairs.iter().filter(|pair| pair.band == band).count()
    }
}

/// Compares every contact with its candidates under `settings`. A pair is compared when either contact has the
/// other among its first `candidateLimit`.
///
/// # Errors
/// [`MatchError::NotInBase`] where the base was built for settings that need other fields, and
/// [`MatchError::Stopped`] when `progress` says so.
pub fn scan(base: &Base, settings: &FuzzyMergeSettings, progress: &dyn Progress) -> Result<Scan, MatchError> {
    let plan = Plan::new(base, settings)?;
    let found = find(base, &plan, settings.candidate_limit as usize, progress)?;
    let all = Compared::new(base, &plan);
    let compared = |(left, right): (&[u32], &[u32])| {
        if progress.stop() {
            Err(MatchError::Stopped)
        } else {
            Ok(compare_part(base, &plan, &all, (left, right)))
        }
    };
    let parts: Vec<Part> = found
        .left
        .par_chunks(PAIRS_PART)
        .zip(found.right.par_chunks(PAIRS_PART))
        .map(compared)
        .collect::<Result<_, _>>()?;
    Ok(Scan {
        pairs: together((found.left, found.right), parts, &plan.weights, settings),
        fields: plan.rules.iter().map(|rule| rule.field.clone()).collect(),
        weights: plan.weights.clone(),
        cut_off: found.cut_off,
        common_values: common_values(base, &plan),
    })
}

/// The pairs to compare.
fn find(base: &Base, plan: &Plan, limit: usize, progress: &dyn Progress) -> Result<Found, MatchError> {
    if progress.stop() {
        return Err(MatchError::Stopped);
    }
    let table = Table::new(base, plan);
    let links = table.linked();
    let done = AtomicUsize::new(0);
    let end = base.contacts().end;
    let starts: Vec<u32> = base.contacts().step_by(PART as usize).collect();
    let look_up = |from: u32| {
        if progress.stop() {
            return Err(MatchError::Stopped);
        }
        let contacts = from..from.saturating_add(PART).min(end);
        let part = contacts.len();
        let found = table.pairs(&links, contacts);
        progress.advanced(done.fetch_add(part, Ordering::Relaxed) + part, base.len());
        Ok(found)
    };
    let parts: Vec<Found> = starts.into_par_iter().map(look_up).collect::<Result<_, _>>()?;
    drop((links, table));
    let pairs = parts.iter().map(|part| part.left.len()).sum();
    let mut found = Found {
        left: Vec::with_capacity(pairs),
        right: Vec::with_capacity(pairs),
        promises: Vec::with_capacity(pairs),
        cut_off: 0,
    };
    for part in parts {
        found.left.extend_from_slice(&part.left);
        found.right.extend_from_slice(&part.right);
        found.promises.extend_from_slice(&part.promises);
    }
    Ok(found.limited(base, limit))
}

/// What is compared of every contact, one contact behind the other.
struct Compared<'a> {
    /// The column of each rule.
    columns: Vec<&'a Column>,
    /// The modes of the rules.
    fuzzy: Vec<bool>,
    ids: Vec<ValueId>,
}

impl<'a> Compared<'a> {
    fn new(base: &'a Base, plan: &Plan) -> Self {
        let columns: Vec<&Column> = plan.compared.iter().filter_map(|&at| base.columns.get(at)).collect();
        let fuzzy = plan.rules.iter().map(|rule| rule.mode == MatchMode::FuzzyString).collect();
        let mut ids = vec![ABSENT; base.len() * columns.len()];
        if !columns.is_empty() {
            ids.par_chunks_mut(columns.len()).zip(base.contacts()).for_each(|(row, contact)| {
                row.iter_mut().zip(&columns).for_each(|(id, column)| *id = column.id(contact));
            });
        }
        Self { columns, fuzzy, ids }
    }

    fn member(&self, contact: u32) -> Member<'_> {
        let (at, width) = (contact as usize, self.columns.len());
        let ids = self.ids.get(at * width..(at + 1) * width).unwrap_or_default();
        Member { all: self, contact, ids }
    }
}

/// A contact of the base.
struct Member<'a> {
    all: &'a Compared<'a>,
    contact: u32,
    ids: &'a [ValueId],
}

impl Side for Member<'_> {
    fn value(&self, rule: usize) -> Option<&str> {
        self.all.columns.get(rule)?.value(*self.ids.get(rule)?)
    }

    fn further(&self, rule: usize) -> impl Iterator<Item = &str> {
        let column = self.all.columns.get(rule);
        let further = column.map_or(&[][..], |column| column.further(self.contact));
        further.iter().filter_map(move |(_, id)| column?.value(*id))
    }

    fn known(&self, other: &Self, rule: usize) -> Option<Similarity> {
        let (&ours, &theirs) = (self.ids.get(rule)?, other.ids.get(rule)?);
        if ours == ABSENT || theirs == ABSENT {
            return Some(Similarity::MISSING);
        }
        if ours == theirs {
            return Some(Similarity::EQUAL);
        }
        let column = self.all.columns.get(rule)?;
        let strangers = !*self.all.fuzzy.get(rule)?
            || column.traits(ours).are_strangers(column.traits(theirs), column.kind);
        strangers.then_some(Similarity::DIFFERENT)
    }
}

/// Compares some pairs.
fn compare_part(base: &Base, plan: &Plan, all: &Compared<'_>, (left, right): (&[u32], &[u32])) -> Part {
    let mut part = Part { known: Interner::default(), patterns: Vec::with_capacity(left.len()) };
    let (mut similarities, mut bytes) = (Vec::new(), Vec::new());
    for (&left, &right) in left.iter().zip(right) {
        let (ours, theirs) = (all.member(left), all.member(right));
        compare_pair(&plan.rules, plan.places, &ours, &theirs, &mut similarities);
        bytes.clear();
        bytes.extend(similarities.iter().map(|similarity| byte_of(similarity.value)));
        bytes.push(flags(shared(base, plan, &ours, &theirs)));
        part.patterns.push(part.known.intern(&bytes).unwrap_or(0));
    }
    part
}

/// The similarity bytes of some pairs with every field compared fuzzily, whatever the mode of its rule.
pub(crate) fn fuzzy_bytes(base: &Base, plan: &Plan, pairs: &[(u32, u32)]) -> Vec<Vec<u8>> {
    let mut plan = plan.clone();
    for rule in &mut plan.rules {
        rule.mode = MatchMode::FuzzyString;
    }
    plan.places = Places::of(&plan.rules);
    let all = Compared::new(base, &plan);
    let compare = |&(left, right): &(u32, u32)| {
        let mut similarities = Vec::new();
        compare_pair(&plan.rules, plan.places, &all.member(left), &all.member(right), &mut similarities);
        similarities.iter().map(|similarity| byte_of(similarity.value)).collect()
    };
    pairs.par_iter().map(compare).collect()
}

/// What a pair has in common that its band asks for.
fn shared(base: &Base, plan: &Plan, left: &Member<'_>, right: &Member<'_>) -> Shared {
    let same = |column: &Column, ours: ValueId, theirs: ValueId| {
        if ours != ABSENT && ours == theirs {
            return Some(column.sharing(ours));
        }
        if column.all_further().is_empty() {
            return None;
        }
        let theirs = column.all(right.contact);
        let shared = column.all(left.contact).filter(|id| theirs.clone().any(|other| other == *id));
        shared.map(|id| column.sharing(id)).min()
    };
    let instant = |at: &usize| {
        let column = base.columns.get(*at)?;
        same(column, column.id(left.contact), column.id(right.contact))
    };
    let phone = plan.places.phone.and_then(|rule| {
        let column = left.all.columns.get(rule)?;
        same(column, *left.ids.get(rule)?, *right.ids.get(rule)?)
    });
    Shared {
        instant: plan.instant.iter().any(|at| instant(at).is_some()),
        phone_contacts: phone.unwrap_or(0),
    }
}
