//! A base laid out for looking up.

use std::cmp::Ordering;

use cleave_core::normalise::FieldKind;
use rayon::prelude::*;

use super::PART;
use super::atoms::{Atom, Slot};
use super::blocks::{Blocks, Links};
use super::forms::Form;
use super::joint::{self, Joint};
use super::layout::Layout;
use super::limit::Found;
use super::row::Row;
use crate::base::Base;
use crate::column::ABSENT;
use crate::plan::Plan;

/// A base laid out for looking up.
pub(crate) struct Table<'a> {
    pub(super) base: &'a Base,
    pub(super) layout: Layout,
    pub(super) joints: Vec<Joint>,
    /// The atoms of each contact, one contact behind the other.
    pub(super) atoms: Vec<Atom>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(base: &'a Base, plan: &Plan) -> Self {
        let mut layout = Layout::new(base, plan);
        let joints = joint::joints(&layout);
        let width = layout.slots.len();
        let mut atoms = vec![0; base.len() * width];
        if width > 0 {
            atoms.par_chunks_mut(width).zip(base.contacts()).for_each(|(row, contact)| {
                for (place, slot) in row.iter_mut().zip(&layout.slots) {
                    *place = base.columns.get(slot.column).map_or(0, |column| slot.atom(column.id(contact)));
                }
            });
        }
        for slot in &mut layout.slots {
            let further =
                base.columns.get(slot.column).is_some_and(|column| !column.all_further().is_empty());
            if !further {
                slot.forget_values();
            }
        }
        Self { base, layout, joints, atoms }
    }

    pub(super) fn row(&self, contact: u32) -> Row<'_> {
        let (layout, width) = (&self.layout, self.layout.slots.len());
        let at = contact as usize * width;
        let value = |column: Option<usize>| self.base.columns.get(column?).map(|column| column.id(contact));
        let first = value(layout.first).and_then(|id| layout.given.get(id as usize)).copied();
        let last = value(layout.last).and_then(|id| layout.family.get(id as usize)).copied();
        let (given, sets) = first.unwrap_or_default();
        Row {
            atoms: self.atoms.get(at..at + width).unwrap_or_default(),
            names: (given, last.unwrap_or_default()),
            sets,
        }
    }

    /// What two contacts of the base promise, further numbers included.
    pub(super) fn promise(&self, (one, ours): (u32, &Row<'_>), other: u32) -> u32 {
        let mut promise = self.layout.promise(ours, &self.row(other));
        for &column_at in &self.layout.order {
            let Some(column) = self.base.columns.get(column_at) else { continue };
            if column.all_further().is_empty()
                || column.id(one) == column.id(other) && column.id(one) != ABSENT
            {
                continue;
            }
            if column.further(one).is_empty() && column.further(other).is_empty() {
                continue;
            }
            let exact = |slot: &&Slot| slot.column == column_at && slot.form == Form::Exact;
            if let Some(slot) = self.layout.slots.iter().find(exact) {
                let theirs = column.all(other);
                let shared = column.all(one).filter(|id| theirs.clone().any(|other| other == *id));
                promise += shared.map(|id| slot.promise(slot.atom(id))).max().unwrap_or(0);
            }
        }
        promise
    }

    /// The sorted entries (an atom above, a contact below) of a slot whose atoms `wanted` picks.
    fn entries(&self, slot_at: usize, wanted: impl Fn(Atom) -> bool + Sync) -> Vec<u64> {
        let Some(slot) = self.layout.slots.get(slot_at) else { return Vec::new() };
        let width = self.layout.slots.len();
        let entry =
            |atom: Atom, contact: u32| (wanted(atom)).then_some(u64::from(atom) << 32 | u64::from(contact));
        let own = self.base.contacts().into_par_iter().filter_map(|contact| {
            let atom = self.atoms.get(contact as usize * width + slot_at).copied().unwrap_or(0);
            entry(atom, contact)
        });
        let mut entries: Vec<u64> = own.collect();
        if let Some(column) = self.base.columns.get(slot.column) {
            let further = column.all_further().iter();
            entries.extend(further.filter_map(|&(contact, value)| entry(slot.atom(value), contact)));
        }
        entries.par_sort_unstable();
        entries
    }

    /// The sorted entries (a key above, a contact below) of a joint.
    fn joint_entries(&self, joint: Joint) -> Vec<u64> {
        let contacts: Vec<u32> = self.base.contacts().step_by(PART as usize).collect();
        let part = |from: u32| {
            let to = from.saturating_add(PART).min(self.base.contacts().end);
            let mut entries = Vec::new();
            for contact in from..to {
                joint::keys(&self.layout, joint, &self.row(contact), |key| {
                    entries.push(u64::from(key) << 32 | u64::from(contact));
                });
            }
            entries
        };
        let parts: Vec<Vec<u64>> = contacts.into_par_iter().map(part).collect();
        let mut entries = parts.concat();
        entries.par_sort_unstable();
        entries
    }

    /// Goes through all blocks. `on_block` is told which source and key each is of.
    pub(super) fn blocks(&self, least: usize, mut on_block: impl FnMut(Source, u32, &[u32])) -> Blocks {
        let mut blocks = Blocks::default();
        let order = |a: u32, b: u32| self.by_values(a, b);
        for (at, slot) in self.layout.slots.iter().enumerate() {
            let whole = slot.form == Form::Exact
                && !matches!(self.layout.kind(slot), FieldKind::Name | FieldKind::Date);
            let entries = self.entries(at, |atom| atom != 0 && (whole || slot.alone(atom)));
            let order: Option<&(dyn Fn(u32, u32) -> Ordering + Sync)> =
                if whole { Some(&order) } else { None };
            blocks.add(&entries, least, order, |key, members| on_block(Source::Slot(at), key, members));
        }
        for (at, &joint) in self.joints.iter().enumerate() {
            let entries = self.joint_entries(joint);
            let whole = joint == Joint::Swapped;
            let order: Option<&(dyn Fn(u32, u32) -> Ordering + Sync)> =
                if whole { Some(&order) } else { None };
            blocks.add(&entries, least, order, |key, members| on_block(Source::Joint(at), key, members));
        }
        blocks
    }

    /// The order within a large block: by the values of the trigger fields, so that neighbours are alike.
    fn by_values(&self, a: u32, b: u32) -> Ordering {
        let values = |&at: &usize| {
            let column = self.base.columns.get(at)?;
            let (ours, theirs) = (column.id(a), column.id(b));
            Some(if ours == theirs { Ordering::Equal } else { column.value(ours).cmp(&column.value(theirs)) })
        };
        let by_value = self.layout.order.iter().filter_map(values).find(|ordering| ordering.is_ne());
        by_value.unwrap_or_else(|| self.base.rank(a).cmp(&self.base.rank(b)))
    }

    /// Makes ready to find all pairs.
    pub(crate) fn linked(&self) -> Links {
        self.blocks(2, |_, _, _| {}).linked(self.base.len())
    }

    /// The pairs of contacts in a range with contacts behind them that promise enough.
    pub(crate) fn pairs(&self, links: &Links, contacts: std::ops::Range<u32>) -> Found {
        let (mut found, mut met) = (Found::default(), Vec::new());
        for contact in contacts {
            met.clear();
            links.gather(contact, &mut met);
            met.sort_unstable();
            met.dedup();
            let row = self.row(contact);
            for &other in &met {
                let promise = self.promise((contact, &row), other);
                if promise >= self.layout.measure.least {
                    found.left.push(contact);
                    found.right.push(other);
                    found.promises.push(u16::try_from(promise).unwrap_or(u16::MAX));
                }
            }
        }
        found
    }
}

/// What a block is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Slot(usize),
    Joint(usize),
}
