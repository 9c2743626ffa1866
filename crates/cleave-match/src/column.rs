//! One field of every contact: normalised values, each distinct one kept once.

use cleave_core::normalise::{FieldKind, for_kind};

use crate::intern::Interner;
use crate::traits::Traits;

/// The number of a value within its column; equal values have equal numbers.
pub(crate) type ValueId = u32;
/// The contact has no such value, or nothing comparable is left of it.
pub(crate) const ABSENT: ValueId = 0;

/// How many further numbers of one contact are looked at.
pub const MAX_FURTHER: usize = 8;

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
    /// How many contacts have value `v`, among their further ones too.
    counts: Vec<u32>,
    /// A glance at each value.
    traits: Vec<Traits>,
    /// Further values of a few contacts (secondary phone numbers), in the order of contacts.
    further: Vec<(u32, ValueId)>,
}

impl Column {
    pub(crate) fn id(&self, contact: u32) -> ValueId {
        self.values.get(contact as usize).copied().unwrap_or(ABSENT)
    }

    /// The normalised value of a contact.
    pub(crate) fn text(&self, contact: u32) -> Option<&str> {
        self.value(self.id(contact))
    }

    /// The text of a value, `None` for [`ABSENT`].
    pub(crate) fn value(&self, id: ValueId) -> Option<&str> {
        let id = id as usize;
        let start = *self.ends.get(id.checked_sub(1)?)?;
        self.arena.get(start..*self.ends.get(id)?)
    }

    /// A glance at a value.
    pub(crate) fn traits(&self, id: ValueId) -> Traits {
        self.traits.get(id as usize).copied().unwrap_or_default()
    }

    /// How many contacts have a value.
    pub(crate) fn sharing(&self, id: ValueId) -> u32 {
        if id == ABSENT { 0 } else { self.counts.get(id as usize).copied().unwrap_or(0) }
    }

    /// One more than the greatest number of a value.
    pub(crate) fn distinct(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// By contact.
    pub(crate) fn values(&self) -> &[ValueId] {
        &self.values
    }

    /// Whether its contacts may have further values.
    pub(crate) fn takes_further(&self) -> bool {
        self.path == crate::plan::PHONE_PATH
    }

    /// All further values, in the order of contacts.
    pub(crate) fn all_further(&self) -> &[(u32, ValueId)] {
        &self.further
    }

    /// The further values of a contact.
    pub(crate) fn further(&self, contact: u32) -> &[(u32, ValueId)] {
        if self.further.is_empty() {
            return &[];
        }
        let from = self.further.partition_point(|(owner, _)| *owner < contact);
        let rest = self.further.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|(owner, _)| *owner == contact).count();
        rest.get(..count).unwrap_or_default()
    }

    /// Every value of a contact, its own first.
    pub(crate) fn all(&self, contact: u32) -> impl Iterator<Item = ValueId> + Clone {
        let own = Some(self.id(contact)).filter(|id| *id != ABSENT);
        own.into_iter().chain(self.further(contact).iter().map(|(_, id)| *id))
    }
}

/// The normalised forms of several values in one string, as `secondaryPhoneNumber` gives them.
pub(crate) fn further_values(kind: FieldKind, raw: &str) -> impl Iterator<Item = String> {
    raw.split([',', ';', '|', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .take(MAX_FURTHER)
        .map(move |part| for_kind(kind, part))
        .filter(|value| !value.is_empty())
}

/// A column while contacts are pushed.
pub(crate) struct ColumnBuilder {
    path: String,
    kind: FieldKind,
    values: Vec<ValueId>,
    known: Interner,
    counts: Vec<u32>,
    further: Vec<(u32, ValueId)>,
    /// Raw values that are still to be normalised, with where each ends; a missing one is empty.
    waiting: String,
    ends: Vec<usize>,
    /// Raw further values, with the number of the contact and where each ends.
    waiting_further: Vec<(u32, String)>,
}

impl ColumnBuilder {
    pub(crate) fn new(path: &str) -> Self {
        let mut known = Interner::default();
        // Value 0 is ABSENT, and empty.
        known.intern(&[]);
        Self {
            path: path.to_owned(),
            kind: FieldKind::of(path),
            values: Vec::new(),
            known,
            counts: vec![0],
            further: Vec::new(),
            waiting: String::new(),
            ends: Vec::new(),
            waiting_further: Vec::new(),
        }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn push(&mut self, raw: Option<&str>) {
        self.waiting.push_str(raw.unwrap_or_default());
        self.ends.push(self.waiting.len());
    }

    pub(crate) fn push_further(&mut self, contact: u32, raw: &str) {
        self.waiting_further.push((contact, raw.to_owned()));
    }

    /// How much is waiting to be normalised, in bytes.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Normalises what is waiting.
    pub(crate) fn settle(&mut self) {
        let (waiting, ends) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.ends));
        let mut start = 0;
        for end in &ends {
            let raw = waiting.get(start..*end).unwrap_or_default();
            start = *end;
            let id = if raw.is_empty() { ABSENT } else { self.intern(&for_kind(self.kind, raw)) };
            self.count(id);
            self.values.push(id);
        }
        for (contact, raw) in std::mem::take(&mut self.waiting_further) {
            for value in further_values(self.kind, &raw) {
                let id = self.intern(&value);
                let own = self.values.get(contact as usize).copied().unwrap_or(ABSENT);
                if id != ABSENT && id != own && !self.further.ends_with(&[(contact, id)]) {
                    self.count(id);
                    self.further.push((contact, id));
                }
            }
        }
        // The space is used again for what comes next.
        (self.waiting, self.ends) = (waiting, ends);
        self.waiting.clear();
        self.ends.clear();
    }

    /// The number of a value. A column of more than `u32::MAX` distinct values would need as many contacts,
    /// which [`BaseBuilder::push`](crate::BaseBuilder::push) does not take.
    fn intern(&mut self, value: &str) -> ValueId {
        let id = self.known.intern(value.as_bytes()).unwrap_or(ABSENT);
        if id as usize >= self.counts.len() {
            self.counts.push(0);
        }
        id
    }

    fn count(&mut self, id: ValueId) {
        if let Some(count) = self.counts.get_mut(id as usize) {
            *count += 1;
        }
    }

    pub(crate) fn finish(mut self) -> Column {
        self.settle();
        self.further.sort_unstable();
        self.further.dedup();
        self.values.shrink_to_fit();
        let mut column = Column {
            path: self.path,
            kind: self.kind,
            values: self.values,
            arena: String::from_utf8(self.known.arena).unwrap_or_default(),
            ends: self.known.ends,
            counts: self.counts,
            traits: Vec::new(),
            further: self.further,
        };
        let glance =
            |id| column.value(id).map_or_else(Traits::default, |value| Traits::of(column.kind, value));
        column.traits = (0..column.distinct()).map(glance).collect();
        column
    }
}
