//! Contacts into the database, under the rule that a number belongs to one contact of an organisation.

use rusqlite::Transaction;
use serde_json::{Value, json};

use super::contacts::Draft;
use crate::db::{contact, fresh_id};
use crate::error::StartError;
use crate::rule::phones;
use crate::world::Base;

/// A stored contact.
pub(crate) struct Stored {
    /// Its document.
    pub(crate) document: Value,
    /// When it was made, in milliseconds since 1970.
    pub(crate) created: i64,
}

/// Stores contacts in their order.
///
/// A number that an earlier contact holds cannot be held a second time. The later contact keeps it under
/// `secondaryPhoneNumber`, where it claims nothing, and a review (`phone_conflict`, or `fuzzy_match` where the two are
/// alike) lets a person decide.
pub(crate) fn store(
    tx: &Transaction<'_>,
    base: &Base,
    drafts: impl IntoIterator<Item = Draft>,
) -> Result<Vec<Stored>, StartError> {
    let mut stored = Vec::new();
    for Draft { document, created } in drafts {
        let mut contact = json!({"_id": fresh_id::next(tx)?});
        for (key, value) in document.as_object().into_iter().flatten() {
            contact[key] = value.clone();
        }
        contact["organizationId"] = json!(base.organization);
        while let Err(taken) = contact::insert(tx, base.ordinal, &contact)? {
            yield_number(&mut contact, &taken.number);
        }
        stored.push(Stored { document: contact, created });
    }
    Ok(stored)
}

fn yield_number(contact: &mut Value, taken: &str) {
    let key = phones::key(taken);
    let (yielded, kept): (Vec<String>, Vec<String>) =
        phones::held(contact).into_iter().partition(|number| phones::key(number) == key);
    let secondary = phones::distinct(phones::secondary(contact).into_iter().chain(yielded));
    contact["phoneNumber"] = phones::as_list(&kept);
    contact["secondaryPhoneNumber"] = json!(secondary);
}
