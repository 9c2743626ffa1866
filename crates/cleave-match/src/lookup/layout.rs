//! What can be shared in a base under some settings, and what sharing it promises.

use cleave_core::normalise::FieldKind;
use rayon::prelude::*;

use super::atoms::{Atom, Slot};
use super::forms::{self, Form};
use super::joint;
use super::measure::{Measure, bits};
use super::row::Row;
use crate::base::Base;
use crate::column::Column;
use crate::plan::{FIRST_NAME_PATH, LAST_NAME_PATH, Plan};

/// Everything that can be shared in a base under some settings.
pub(super) struct Layout {
    pub(super) slots: Vec<Slot>,
    kinds: Vec<FieldKind>,
    /// By column: see [`doubt`].
    doubts: Vec<u32>,
    /// The columns of the names, where they are trigger fields.
    pub(super) first: Option<usize>,
    pub(super) last: Option<usize>,
    /// By value of the first name: the hash of its first word, and its nickname sets.
    pub(super) given: Vec<(u32, u64)>,
    /// By value of the last name: its hash.
    pub(super) family: Vec<u32>,
    /// What sharing a set of nicknames promises, by its number from 1 on.
    nicknames: Vec<u32>,
    /// The columns of the trigger fields, which order a block that is too large.
    pub(super) order: Vec<usize>,
    pub(super) measure: Measure,
}

impl Layout {
    pub(super) fn new(base: &Base, plan: &Plan) -> Self {
        let measure = Measure::of(base.len());
        let mut columns = Vec::new();
        for (trigger, &at) in plan.triggers.iter().enumerate() {
            if !columns.iter().any(|(_, known)| *known == at) {
                columns.push((trigger, at));
            }
        }
        let mut slots = Vec::new();
        for &place in &columns {
            if let Some(column) = base.columns.get(place.1) {
                slots.extend(
                    forms::forms(column.kind).iter().map(|&form| Slot::new(place, column, form, measure)),
                );
            }
        }
        let named = |path| {
            let is =
                |&&(_, at): &&(usize, usize)| base.columns.get(at).is_some_and(|column| column.path == path);
            columns.iter().find(is).map(|(_, at)| *at)
        };
        let (first, last) = (named(FIRST_NAME_PATH), named(LAST_NAME_PATH));
        let column = |at: Option<usize>| base.columns.get(at?);
        let mut layout = Self {
            slots,
            kinds: base.columns.iter().map(|column| column.kind).collect(),
            doubts: base.columns.iter().map(|column| bits(doubt(column.kind))).collect(),
            first,
            last,
            given: column(first).map_or_else(Vec::new, |column| each(column, joint::given)),
            family: column(last).map_or_else(Vec::new, |column| each(column, forms::of_text)),
            nicknames: Vec::new(),
            order: plan.triggers.clone(),
            measure,
        };
        if let Some(column) = column(first) {
            layout.count_nicknames(column);
        }
        layout
    }

    fn count_nicknames(&mut self, column: &Column) {
        let mut totals: Vec<usize> = Vec::new();
        for (value, &(_, sets)) in (0..).zip(&self.given) {
            for set in (Row { atoms: &[], names: (0, 0), sets }).nicknames().map(usize::from) {
                if set >= totals.len() {
                    totals.resize(set + 1, 0);
                }
                if let Some(total) = totals.get_mut(set) {
                    *total += column.sharing(value) as usize;
                }
            }
        }
        self.nicknames =
            totals.iter().map(|&total| self.measure.promise(Form::Sound.worth(), total)).collect();
    }

    pub(super) fn kind(&self, slot: &Slot) -> FieldKind {
        self.kinds.get(slot.column).copied().unwrap_or(FieldKind::Text)
    }

    pub(super) fn alone(&self, slot: usize, atom: Atom) -> bool {
        self.slots.get(slot).is_some_and(|slot| slot.alone(atom))
    }

    /// What two contacts promise to be one.
    pub(super) fn promise(&self, a: &Row<'_>, b: &Row<'_>) -> u32 {
        let (mut sum, mut best, mut field) = (0_u32, 0, usize::MAX);
        let (mut first, mut last) = (0, 0);
        let (mut against, mut differs) = (0_u32, false);
        let mut close = |column: usize, best: u32, differs: bool| {
            sum += best;
            if differs && best == 0 {
                against += self.doubts.get(column).copied().unwrap_or(0);
            }
            if Some(column) == self.first {
                first = best;
            } else if Some(column) == self.last {
                last = best;
            }
        };
        for ((slot, &ours), &theirs) in self.slots.iter().zip(a.atoms).zip(b.atoms) {
            if slot.column != field {
                close(field, best, differs);
                // The first form of a field is the value itself.
                (field, best, differs) = (slot.column, 0, ours != theirs && ours != 0 && theirs != 0);
            }
            if ours == theirs && ours != 0 {
                best = best.max(slot.promise(ours));
            }
        }
        close(field, best, differs);
        if first == 0 && a.sets != 0 && b.sets != 0 {
            let theirs = |set| b.nicknames().any(|other| other == set);
            let shared = a.nicknames().filter(|set| theirs(*set));
            if let Some(&best) = shared.filter_map(|set| self.nicknames.get(usize::from(set))).max() {
                sum += best;
                against = against.saturating_sub(bits(doubt(FieldKind::Name)));
            }
        }
        let swapped = a.names.0 != 0 && a.names.1 != 0 && a.names.0 == b.names.1 && a.names.1 == b.names.0;
        if swapped && first == 0 && last == 0 {
            return sum + self.measure.least;
        }
        sum.saturating_sub(against)
    }
}

/// How many bits speak against a pair that has different values in a field, with no form in common. Little where
/// one person has several, such as addresses and numbers.
fn doubt(kind: FieldKind) -> f64 {
    match kind {
        FieldKind::Name => 2.0,
        FieldKind::Date => 1.0,
        FieldKind::Email | FieldKind::Phone | FieldKind::Text => 0.5,
    }
}

/// What `of` makes of each value of a column.
fn each<T: Default + Clone + Send>(column: &Column, of: impl Fn(&str) -> T + Sync) -> Vec<T> {
    (0..column.distinct())
        .into_par_iter()
        .map(|value| column.value(value).map_or_else(T::default, &of))
        .collect()
}
