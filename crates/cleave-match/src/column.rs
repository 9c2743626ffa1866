//! One field of every contact: normalised values, each distinct one kept once.

use std::collections::HashMap;

use cleave_core::normalise::{FieldKind, for_kind};

/// The number of a value within its column; equal values have equal numbers.
pub(crate) type ValueId = u32;
/// The contact has no such value, or nothing comparable is left of it.
pub(crate) const ABSENT: ValueId = 0;

/// A finished column.
#[derive(Clone)]
pub(crate) struct Column {
    pub(crate) path: String,
    pub(crate) kind: FieldKind,
    /// By contact.
    values: Vec<ValueId>,
    /// Every distinct value, one behind the other.
    arena: String,
    /// Where value `v` ends in the arena; it starts where `v - 1` ends.
    ends: Vec<usize>,
    /// How many contacts have value `v`.
    counts: Vec<u32>,
}

impl Column {
    pub(crate) fn id(&self, contact: u32) -> ValueId {
        self.values.get(contact as usize).copied().unwrap_or(ABSENT)
    }

    /// The normalised value of a contact.
    pub(crate) fn text(&self, contact: u32) -> Option<&str> {
        match self.id(contact) {
            ABSENT => None,
            id => self.value(id),
        }
    }

    fn value(&self, id: ValueId) -> Option<&str> {
        let id = id as usize;
        let start = *self.ends.get(id.checked_sub(1)?)?;
        self.arena.get(start..*self.ends.get(id)?)
    }

    /// How many contacts have the value of this one, itself included; 0 if it has none.
    pub(crate) fn sharing(&self, contact: u32) -> u32 {
        match self.id(contact) {
            ABSENT => 0,
            id => self.counts.get(id as usize).copied().unwrap_or(0),
        }
    }
}

/// A column while contacts are pushed.
pub(crate) struct ColumnBuilder {
    column: Column,
    known: HashMap<Box<str>, ValueId>,
}

impl ColumnBuilder {
    pub(crate) fn new(path: &str) -> Self {
        let column = Column {
            path: path.to_owned(),
            kind: FieldKind::of(path),
            values: Vec::new(),
            arena: String::new(),
            // Value 0 is ABSENT, and empty.
            ends: vec![0],
            counts: vec![0],
        };
        Self { column, known: HashMap::new() }
    }

    pub(crate) fn path(&self) -> &str {
        &self.column.path
    }

    pub(crate) fn push(&mut self, raw: Option<&str>) {
        let normalised = raw.map(|raw| for_kind(self.column.kind, raw)).filter(|value| !value.is_empty());
        let id = normalised.map_or(ABSENT, |value| self.intern(value));
        if let Some(count) = self.column.counts.get_mut(id as usize) {
            *count += 1;
        }
        self.column.values.push(id);
    }

    /// The number of a value. A column of more than `u32::MAX` distinct values would need as many contacts,
    /// which [`BaseBuilder::push`](crate::BaseBuilder::push) does not take.
    fn intern(&mut self, value: String) -> ValueId {
        if let Some(&id) = self.known.get(value.as_str()) {
            return id;
        }
        let id = u32::try_from(self.column.ends.len()).unwrap_or(ABSENT);
        self.column.arena.push_str(&value);
        self.column.ends.push(self.column.arena.len());
        self.column.counts.push(0);
        self.known.insert(value.into_boxed_str(), id);
        id
    }

    pub(crate) fn finish(self) -> Column {
        self.column
    }
}
