//! `misc` as values by dotted path, the form in which a [`Contact`](crate::contact::Contact) has it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::contact::spread;
use crate::field::FieldPath;

/// The field's name.
pub(super) const MISC: &str = "misc";

/// Whether a path is that of a field, or of something within it.
pub(super) fn is_within(path: &FieldPath, field: &str) -> bool {
    path.as_str().strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Puts `misc` in place of what is there of it. Objects become dotted paths; a path met twice keeps its first value.
pub(super) fn replace(values: &mut BTreeMap<FieldPath, Value>, misc: &BTreeMap<String, Value>) {
    values.retain(|path, _| !is_within(path, MISC));
    if misc.is_empty() {
        values.insert(MISC.into(), Value::Object(serde_json::Map::new()));
    }
    for (key, value) in misc {
        spread(format!("{MISC}.{key}"), value, values);
    }
}
