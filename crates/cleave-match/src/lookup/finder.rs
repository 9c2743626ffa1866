//! The blocks of a base, kept by key for new contacts.

use std::collections::HashMap;

use crate::base::Base;
use crate::column::further_values;
use crate::plan::Plan;

use super::atoms::Atom;
use super::row::Row;
use super::table::{Source, Table};
use super::{LARGEST_BLOCK, NEIGHBOURS, joint};

/// The candidates of one new contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Candidates {
    /// The most promising first.
    pub(crate) contacts: Vec<u32>,
    /// How many more promised enough.
    pub(crate) cut_off: u32,
}

/// A base made ready for new contacts.
pub(crate) struct Index<'a> {
    table: Table<'a>,
    blocks: HashMap<(u32, u32), (usize, usize)>,
    /// The contacts of all blocks, those of a large block in the order of their values.
    members: Vec<u32>,
}

impl<'a> Index<'a> {
    pub(crate) fn new(base: &'a Base, plan: &Plan) -> Self {
        let table = Table::new(base, plan);
        let (mut blocks, mut members) = (HashMap::new(), Vec::new());
        table.blocks(1, |source, key, contacts| {
            blocks.insert((number(source), key), (members.len(), contacts.len()));
            members.extend_from_slice(contacts);
        });
        Self { table, blocks, members }
    }

    /// The candidates of a contact that is not in the base. `value` gives the normalised value of a column, and
    /// `phones` its further numbers as they are.
    pub(crate) fn candidates_of<'v>(
        &self,
        value: impl Fn(usize) -> Option<&'v str>,
        phones: Option<&str>,
        limit: usize,
    ) -> Candidates {
        let (table, layout) = (&self.table, &self.table.layout);
        let base = table.base;
        let atoms: Vec<Atom> = layout
            .slots
            .iter()
            .map(|slot| value(slot.column).map_or(0, |value| slot.atom_of_text(value)))
            .collect();
        let name = |column: Option<usize>| column.and_then(&value);
        let (given, sets) = name(layout.first).map_or((0, 0), joint::given);
        let row =
            Row { atoms: &atoms, names: (given, name(layout.last).map_or(0, super::forms::of_text)), sets };

        let mut met = Vec::new();
        let mut meet = |source: Source, key: u32| {
            let Some(&(start, len)) = self.blocks.get(&(number(source), key)) else { return };
            let block = self.members.get(start..start + len).unwrap_or_default();
            if len <= LARGEST_BLOCK {
                met.extend_from_slice(block);
                return;
            }
            let place = block.partition_point(|&member| {
                let ordering = layout
                    .order
                    .iter()
                    .map(|&at| base.columns.get(at).and_then(|column| column.text(member)).cmp(&value(at)));
                ordering.into_iter().find(|ordering| ordering.is_ne()) == Some(std::cmp::Ordering::Less)
            });
            let from = place.saturating_sub(NEIGHBOURS / 2);
            let to = (place + NEIGHBOURS / 2).min(block.len());
            met.extend_from_slice(block.get(from..to).unwrap_or_default());
        };
        for (at, &atom) in atoms.iter().enumerate().filter(|(_, atom)| **atom != 0) {
            meet(Source::Slot(at), atom);
        }
        for (at, &joint) in table.joints.iter().enumerate() {
            joint::keys(layout, joint, &row, |key| meet(Source::Joint(at), key));
        }
        let further: Vec<(usize, Atom)> = self.further(phones);
        for &(slot, atom) in &further {
            meet(Source::Slot(slot), atom);
        }
        met.sort_unstable();
        met.dedup();

        let mut ranked: Vec<(u32, u32, u32)> = met
            .into_iter()
            .filter_map(|contact| {
                let shared = further.iter().filter(|(slot, atom)| {
                    let slot = layout.slots.get(*slot);
                    let column = slot.and_then(|slot| base.columns.get(slot.column));
                    slot.zip(column).is_some_and(|(slot, column)| {
                        column.all(contact).any(|id| base_atom(slot, column, id) == *atom)
                    })
                });
                let extra =
                    shared.filter_map(|(slot, atom)| Some(layout.slots.get(*slot)?.promise(*atom))).max();
                let promise = layout.promise(&row, &table.row(contact)) + extra.unwrap_or(0);
                (promise >= layout.measure.least).then(|| (u32::MAX - promise, base.rank(contact), contact))
            })
            .collect();
        ranked.sort_unstable();
        let cut_off = u32::try_from(ranked.len().saturating_sub(limit)).unwrap_or(u32::MAX);
        ranked.truncate(limit);
        Candidates { contacts: ranked.into_iter().map(|(_, _, contact)| contact).collect(), cut_off }
    }

    /// The slots and atoms of further numbers.
    fn further(&self, phones: Option<&str>) -> Vec<(usize, Atom)> {
        let mut atoms = Vec::new();
        for (at, slot) in self.table.layout.slots.iter().enumerate() {
            let phone = self.table.base.columns.get(slot.column).filter(|column| column.takes_further());
            if let (Some(column), Some(raw), super::forms::Form::Exact) = (phone, phones, slot.form) {
                let known = further_values(column.kind, raw).map(|value| slot.atom_of_text(&value));
                atoms.extend(known.filter(|atom| *atom != 0).map(|atom| (at, atom)));
            }
        }
        atoms
    }
}

fn base_atom(slot: &super::atoms::Slot, column: &crate::column::Column, id: u32) -> Atom {
    column.value(id).map_or(0, |value| slot.atom_of_text(value))
}

fn number(source: Source) -> u32 {
    let number = match source {
        Source::Slot(at) => 2 * at,
        Source::Joint(at) => 2 * at + 1,
    };
    u32::try_from(number).unwrap_or(u32::MAX)
}
