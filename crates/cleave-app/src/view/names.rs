//! Names of what contacts point at by id.

use std::collections::BTreeMap;

/// Names by id: pipelines, their stages and people, as last read.
#[derive(Default)]
pub(crate) struct Names(pub BTreeMap<String, String>);

impl Names {
    /// One id, or a list of ids joined by commas, with names in place of the ids that have one.
    pub fn read(&self, text: &str) -> String {
        let name = |id: &str| self.0.get(id).map_or_else(|| id.to_owned(), Clone::clone);
        text.split(", ").map(name).collect::<Vec<_>>().join(", ")
    }
}

/// People's names are personal: only their number is printed.
impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Names({})", self.0.len())
    }
}
