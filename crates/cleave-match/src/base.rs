//! The contacts that are searched, as columns.

use std::borrow::Cow;
use std::fmt;

use cleave_core::settings::FuzzyMergeSettings;
use rayon::prelude::*;

use crate::column::{Column, ColumnBuilder};
use crate::plan::{PHONE_PATH, SECONDARY_PHONE_PATH, needed_paths};

/// How many contacts are normalised together, a column a thread.
const BATCH: usize = 8192;
/// How many bytes of one column may wait for it: long values are normalised sooner.
const BATCH_BYTES: usize = 4 << 20;

/// Contacts with the fields that some settings need, normalised and column by column. A contact is known by
/// its number, from 0 in the order of pushing.
#[derive(Clone)]
pub struct Base {
    ids: Ids,
    pub(crate) columns: Vec<Column>,
    /// The place of each contact in the order of ids: breaks ties the same way in whatever order they came.
    pub(crate) ranks: Vec<u32>,
}

/// Ids, one behind the other.
#[derive(Clone, Default)]
struct Ids {
    arena: String,
    ends: Vec<usize>,
}

impl Ids {
    fn get(&self, contact: u32) -> Option<&str> {
        let contact = contact as usize;
        let start = contact.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.arena.get(start..*self.ends.get(contact)?)
    }

    /// The place of each in their order.
    fn ranks(&self, contacts: u32) -> Vec<u32> {
        let first_bytes = |id: &str| {
            let mut bytes = [0; 8];
            bytes.iter_mut().zip(id.bytes()).for_each(|(place, byte)| *place = byte);
            u64::from_be_bytes(bytes)
        };
        let id = |contact| self.get(contact).unwrap_or_default();
        let mut order: Vec<(u64, u32)> =
            (0..contacts).into_par_iter().map(|contact| (first_bytes(id(contact)), contact)).collect();
        order.par_sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))).then_with(|| a.1.cmp(&b.1))
        });
        let mut ranks = vec![0; order.len()];
        for (rank, &(_, contact)) in (0..).zip(&order) {
            if let Some(place) = ranks.get_mut(contact as usize) {
                *place = rank;
            }
        }
        ranks
    }
}

impl Base {
    /// An empty base for the fields that `settings` compare, look up or merge by.
    #[must_use]
    pub fn builder(settings: &FuzzyMergeSettings) -> BaseBuilder {
        let columns = needed_paths(settings).iter().map(|path| ColumnBuilder::new(path)).collect();
        BaseBuilder { ids: Ids::default(), columns, settled: 0 }
    }

    /// How many contacts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.ends.is_empty()
    }

    /// The id that contact number `contact` was pushed with.
    #[must_use]
    pub fn id(&self, contact: u32) -> Option<&str> {
        self.ids.get(contact)
    }

    /// The normalised value of a contact at a path, if the base keeps that path and the contact has a value.
    #[must_use]
    pub fn normalised(&self, contact: u32, path: &str) -> Option<&str> {
        self.columns.iter().find(|column| column.path == path)?.text(contact)
    }

    /// The numbers of all contacts. [`BaseBuilder::push`] keeps the count within `u32`.
    pub(crate) fn contacts(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn rank(&self, contact: u32) -> u32 {
        self.ranks.get(contact as usize).copied().unwrap_or(contact)
    }
}

/// Says how many contacts there are and nothing about them.
impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Base").field("contacts", &self.len()).finish_non_exhaustive()
    }
}

/// Takes contacts one by one.
pub struct BaseBuilder {
    ids: Ids,
    columns: Vec<ColumnBuilder>,
    /// How many contacts are normalised already.
    settled: usize,
}

impl BaseBuilder {
    /// Adds a contact and returns its number. `value` is asked for the raw value at each dotted path that is
    /// needed, once; `None` and blank are missing. Where the phone number is needed, it is asked for
    /// `secondaryPhoneNumber` too: further numbers, separated by commas. A contact beyond `u32::MAX` is not
    /// taken.
    pub fn push<'a>(&mut self, id: &str, value: impl Fn(&str) -> Option<Cow<'a, str>>) -> Option<u32> {
        let contact = u32::try_from(self.ids.ends.len()).ok().filter(|&number| number < u32::MAX)?;
        self.ids.arena.push_str(id);
        self.ids.ends.push(self.ids.arena.len());
        let mut waiting = 0;
        for column in &mut self.columns {
            let raw = value(column.path());
            column.push(raw.as_deref());
            if column.path() == PHONE_PATH
                && let Some(further) = value(SECONDARY_PHONE_PATH)
            {
                column.push_further(contact, &further);
            }
            waiting = waiting.max(column.waiting());
        }
        if self.ids.ends.len() - self.settled >= BATCH || waiting >= BATCH_BYTES {
            self.columns.par_iter_mut().for_each(ColumnBuilder::settle);
            self.settled = self.ids.ends.len();
        }
        Some(contact)
    }

    /// The finished base.
    #[must_use]
    pub fn build(self) -> Base {
        let contacts = u32::try_from(self.ids.ends.len()).unwrap_or(u32::MAX);
        let columns = self.columns.into_par_iter().map(ColumnBuilder::finish).collect();
        Base { columns, ranks: self.ids.ranks(contacts), ids: self.ids }
    }
}
