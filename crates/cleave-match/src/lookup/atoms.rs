//! One form of one trigger field over a whole base: which contacts have which, and how much sharing it promises.

use rayon::prelude::*;

use crate::column::{ABSENT, Column, ValueId};

use super::LARGEST_BLOCK;
use super::forms::{Form, hashed};
use super::measure::Measure;

/// The number of a form within its slot; equal forms have equal numbers. 0: the value has no such form.
pub(super) type Atom = u32;

/// A form of a field, with everything that is known of its atoms.
pub(super) struct Slot {
    /// The place of the trigger field in the settings: agreements in one field do not add up.
    pub(super) trigger: usize,
    /// Where the field is in the base.
    pub(super) column: usize,
    pub(super) form: Form,
    /// The hash of each atom from 1 on, in order.
    hashes: Vec<u32>,
    /// What sharing an atom promises.
    promises: Vec<u32>,
    /// Whether sharing it is enough to be compared, and few enough do.
    alone: Vec<bool>,
    /// By value of the column.
    of_value: Vec<Atom>,
}

impl Slot {
    pub(super) fn new(
        (trigger, column_at): (usize, usize),
        column: &Column,
        form: Form,
        measure: Measure,
    ) -> Self {
        let mut entries: Vec<u64> = (1..column.distinct())
            .into_par_iter()
            .filter_map(|value: ValueId| {
                let hash = hashed(form, column.value(value)?);
                (hash != 0).then_some(u64::from(hash) << 32 | u64::from(value))
            })
            .collect();
        entries.par_sort_unstable();
        let mut slot = Self {
            trigger,
            column: column_at,
            form,
            hashes: Vec::new(),
            promises: vec![0],
            alone: vec![false],
            of_value: vec![0; column.distinct() as usize],
        };
        for group in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            let total: usize = group.iter().map(|entry| column.sharing(low(*entry)) as usize).sum();
            let Some(first) = group.first() else { continue };
            slot.hashes.push(low(first >> 32));
            let atom = u32::try_from(slot.hashes.len()).unwrap_or(ABSENT);
            let promise = measure.promise(form.worth(), total);
            slot.promises.push(promise);
            slot.alone.push(total <= LARGEST_BLOCK && promise >= measure.least);
            for entry in group {
                if let Some(place) = slot.of_value.get_mut(low(*entry) as usize) {
                    *place = atom;
                }
            }
        }
        slot
    }

    pub(super) fn atom(&self, value: ValueId) -> Atom {
        self.of_value.get(value as usize).copied().unwrap_or(0)
    }

    /// The atom of a value that need not be in the base.
    pub(super) fn atom_of_text(&self, value: &str) -> Atom {
        let hash = hashed(self.form, value);
        let at = self.hashes.binary_search(&hash).ok().and_then(|at| u32::try_from(at + 1).ok());
        at.unwrap_or(0)
    }

    pub(super) fn promise(&self, atom: Atom) -> u32 {
        self.promises.get(atom as usize).copied().unwrap_or(0)
    }

    pub(super) fn alone(&self, atom: Atom) -> bool {
        self.alone.get(atom as usize).copied().unwrap_or(false)
    }

    /// Lets go of what only making rows needed.
    pub(super) fn forget_values(&mut self) {
        self.of_value = Vec::new();
    }
}

/// The lower half.
pub(super) fn low(entry: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    let half = entry as u32;
    half
}
