//! Contacts for tests.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot start has failed")]

use std::borrow::Cow;
use std::collections::BTreeMap;

use cleave_core::settings::FuzzyMergeSettings;
use cleave_match::{Base, NoProgress, Scan, scan};

/// A contact: its id and its values by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: String,
    pub values: BTreeMap<&'static str, String>,
}

impl Person {
    pub fn new(id: impl Into<String>, values: &[(&'static str, &str)]) -> Self {
        Self {
            id: id.into(),
            values: values.iter().map(|(path, value)| (*path, (*value).to_owned())).collect(),
        }
    }

    pub fn value(&self, path: &str) -> Option<Cow<'_, str>> {
        self.values.get(path).map(|value| Cow::Borrowed(value.as_str()))
    }
}

pub fn base(people: &[Person], settings: &FuzzyMergeSettings) -> Base {
    let mut builder = Base::builder(settings);
    for person in people {
        builder.push(&person.id, |path| person.value(path));
    }
    builder.build()
}

pub fn scanned(people: &[Person], settings: &FuzzyMergeSettings) -> Scan {
    scan(&base(people, settings), settings, &NoProgress).unwrap()
}

/// Pairs by id, the smaller one first, with the bits of the score and the band: what must not depend on order
/// or threads.
pub fn by_id(people: &[Person], settings: &FuzzyMergeSettings) -> BTreeMap<(String, String), (u64, String)> {
    let base = base(people, settings);
    let found = scan(&base, settings, &NoProgress).unwrap();
    let id = |contact| base.id(contact).unwrap().to_owned();
    found
        .pairs
        .iter()
        .map(|pair| {
            let (left, right) = (id(pair.left), id(pair.right));
            let key = if left <= right { (left, right) } else { (right, left) };
            (key, (pair.score.to_bits(), format!("{:?}", pair.band)))
        })
        .collect()
}
