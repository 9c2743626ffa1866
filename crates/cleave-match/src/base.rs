//! The contacts that are searched, as columns.

use std::borrow::Cow;
use std::fmt;

use cleave_core::settings::FuzzyMergeSettings;

use crate::column::{Column, ColumnBuilder};
use crate::plan::needed_paths;

/// Contacts with the fields that some settings need, normalised and column by column. A contact is known by
/// its number, from 0 in the order of pushing.
#[derive(Clone)]
pub struct Base {
    ids: Vec<Box<str>>,
    pub(crate) columns: Vec<Column>,
    /// The place of each contact in the order of ids: breaks ties the same way in whatever order they came.
    pub(crate) ranks: Vec<u32>,
}

impl Base {
    /// An empty base for the fields that `settings` compare, look up or merge by.
    #[must_use]
    pub fn builder(settings: &FuzzyMergeSettings) -> BaseBuilder {
        let columns = needed_paths(settings).iter().map(|path| ColumnBuilder::new(path)).collect();
        BaseBuilder { ids: Vec::new(), columns }
    }

    /// How many contacts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The id that contact number `contact` was pushed with.
    #[must_use]
    pub fn id(&self, contact: u32) -> Option<&str> {
        self.ids.get(contact as usize).map(AsRef::as_ref)
    }

    /// The normalised value of a contact at a path, if the base keeps that path and the contact has a value.
    #[must_use]
    pub fn normalised(&self, contact: u32, path: &str) -> Option<&str> {
        self.columns.iter().find(|column| column.path == path)?.text(contact)
    }

    /// The numbers of all contacts. [`BaseBuilder::push`] keeps the count within `u32`.
    pub(crate) fn contacts(&self) -> std::ops::Range<u32> {
        0..u32::try_from(self.ids.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn rank(&self, contact: u32) -> u32 {
        self.ranks.get(contact as usize).copied().unwrap_or(contact)
    }
}

/// Says how many contacts there are and nothing about them.
impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Base").field("contacts", &self.ids.len()).finish_non_exhaustive()
    }
}

/// Takes contacts one by one.
pub struct BaseBuilder {
    ids: Vec<Box<str>>,
    columns: Vec<ColumnBuilder>,
}

impl BaseBuilder {
    /// Adds a contact and returns its number. `value` is asked for the raw value at each dotted path that is
    /// needed, once; `None` and blank are missing. A contact beyond `u32::MAX` is not taken.
    pub fn push<'a>(&mut self, id: &str, value: impl Fn(&str) -> Option<Cow<'a, str>>) -> Option<u32> {
        let contact = u32::try_from(self.ids.len()).ok().filter(|&number| number < u32::MAX)?;
        self.ids.push(id.into());
        for column in &mut self.columns {
            let raw = value(column.path());
            column.push(raw.as_deref());
        }
        Some(contact)
    }

    /// The finished base.
    #[must_use]
    pub fn build(self) -> Base {
        let mut order: Vec<(&str, u32)> = self.ids.iter().map(AsRef::as_ref).zip(0..).collect();
        order.sort_unstable();
        let mut ranks = vec![0; order.len()];
        for (rank, &(_, contact)) in (0..).zip(&order) {
            if let Some(place) = ranks.get_mut(contact as usize) {
                *place = rank;
            }
        }
        Base { columns: self.columns.into_iter().map(ColumnBuilder::finish).collect(), ranks, ids: self.ids }
    }
}
