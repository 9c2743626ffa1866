//! What is predicted of the values by which a contact is not known: those that go to one side as a whole, `misc` key by
//! key, and those that a separation request has no place for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::field::{self, FieldPath};
use crate::separation::misc::is_within;
use crate::separation::plain::{self, PlainValue};
use crate::separation::preview::Preview;
use crate::separation::result::DOCUMENTS;
use crate::separation::subject::Subject;
use crate::separation::target::Target;
use crate::separation::unslotted::has_slot;

/// The values of one side, by field; `None` for a value that the other side has and this one should not. Nothing is
/// predicted of what the server decides.
pub(super) fn values(
    subject: &Subject,
    preview: &Preview,
    side: Target,
) -> BTreeMap<FieldPath, Option<PlainValue>> {
    let result = preview.contacts.of(side);
    let mut mine = plain::values(&result.contact);
    let theirs = plain::values(&preview.contacts.of(side.other()).contact);
    let paths: BTreeSet<FieldPath> = mine.keys().chain(theirs.keys()).cloned().collect();
    let mut predicted: BTreeMap<FieldPath, Option<PlainValue>> = paths
        .into_iter()
        .filter(|path| {
            let decided = || result.server_decides.iter().any(|field| is_within(path, field.as_str()));
            let kept_by_server =
                || [mine.get(path), theirs.get(path)].into_iter().flatten().any(is_kept_by_server);
            !KNOWN_BY.contains(&path.as_str())
                && !is_within(path, DOCUMENTS)
                && !decided()
                && (has_slot(path, subject) || !kept_by_server())
        })
        .map(|path| (path.clone(), None))
        .collect();
    for (path, value) in &mut predicted {
        *value = mine.remove(path);
    }
    if preview.contacts.original.contact.all_phones().len() + preview.contacts.new.contact.all_phones().len()
        > 0
    {
        predicted.insert(field::SECONDARY_PHONE.into(), plain::further_numbers(&result.contact));
    }
    predicted
}

/// Compared by themselves.
const KNOWN_BY: [&str; 4] = [field::FIRST_NAME, field::LAST_NAME, field::EMAIL, field::DATE_OF_BIRTH];

/// Flags, counts and times without a slot are what a server keeps of every contact by itself: they move on, and a new
/// contact has its own.
fn is_kept_by_server(value: &PlainValue) -> bool {
    match &value.value {
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => text.trim().parse::<jiff::Timestamp>().is_ok(),
        _ => false,
    }
}
