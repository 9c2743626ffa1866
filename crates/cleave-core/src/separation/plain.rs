//! A contact's values in one form, whichever form the server gives them in.
//!
//! A server gives a record that a contact names as its id at one time and whole at another. Both say the same, so only
//! the id is compared.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::misc::{MISC, is_within};
use super::phones;
use crate::compare::{Sameness, compare};
use crate::contact::{Contact, text_of};
use crate::field::FieldPath;

/// A value with every record in it as its id.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlainValue {
    /// What it is compared by.
    pub value: Value,
    /// The value as people read it, with the name of a record where the server gave one.
    pub text: String,
}

private_debug!(PlainValue);

impl PlainValue {
    /// A value that is no list by itself: a list is the same only as a list.
    fn single(&self) -> Option<String> {
        (!self.value.is_array() && !self.value.is_object()).then(|| text_of(&self.value)).flatten()
    }

    /// Whether both read the same.
    pub(super) fn reads_as(&self, other: &PlainValue) -> bool {
        self.value == other.value || (self.single().is_some() && self.single() == other.single())
    }

    /// Whether both are the same after normalisation, because servers reformat.
    pub(super) fn fits(&self, path: &FieldPath, other: &PlainValue) -> bool {
        let sameness = compare(path, self.single().as_deref(), other.single().as_deref());
        self.value == other.value || matches!(sameness, Sameness::Equal | Sameness::EqualNormalised)
    }
}

/// Every value that is there by its field; phone numbers are not among them. `misc` is whatever people put there, and
/// stays as it is.
pub(super) fn values(contact: &Contact) -> BTreeMap<FieldPath, PlainValue> {
    let mut plain = BTreeMap::new();
    for (path, value) in &contact.values {
        let Some(text) = text_of(value) else { continue };
        if is_within(path, MISC) {
            plain.insert(path.clone(), PlainValue { value: value.clone(), text });
        } else if let Some((record, id)) = record_around(contact, path) {
            plain.entry(record).or_insert_with_key(|record| PlainValue {
                text: name_of(contact, record).or_else(|| text_of(id)).unwrap_or_default(),
                value: id.clone(),
            });
        } else {
            plain.insert(path.clone(), PlainValue { value: ids_in(value), text });
        }
    }
    plain
}

/// The numbers besides the one that stands for the contact, however they are held and written.
pub(super) fn further_numbers(contact: &Contact) -> Option<PlainValue> {
    let mut keys: Vec<String> =
        phones::primary(contact).iter().map(|number| phones::phone_key(number)).collect();
    let mut numbers: Vec<&str> = Vec::new();
    for number in contact.all_phones().into_iter().filter(|number| !number.trim().is_empty()) {
        let key = phones::phone_key(number);
        if !keys.contains(&key) {
            keys.push(key);
            numbers.push(number);
        }
    }
    let mut ids: Vec<String> = numbers.iter().map(|number| phones::phone_key(number)).collect();
    ids.sort();
    (!numbers.is_empty()).then(|| PlainValue { value: ids.into(), text: numbers.join(", ") })
}

/// The outermost record that a path is part of, and its id.
fn record_around<'a>(contact: &'a Contact, path: &FieldPath) -> Option<(FieldPath, &'a Value)> {
    let mut outer = path.as_str().match_indices('.').filter_map(|(at, _)| path.as_str().get(..at));
    outer.find_map(|record| {
        let id = contact.values.get(&FieldPath::new(format!("{record}._id")))?;
        text_of(id).is_some().then(|| (FieldPath::from(record), id))
    })
}

fn name_of(contact: &Contact, record: &FieldPath) -> Option<String> {
    ["fullName", "name", "label"].iter().find_map(|key| contact.text(&format!("{record}.{key}")))
}

/// A list with its records as their ids, in an order of its own: which comes first means nothing.
fn ids_in(value: &Value) -> Value {
    let Value::Array(items) = value else { return value.clone() };
    let id = |item: &Value| item.get("_id").filter(|id| text_of(id).is_some()).unwrap_or(item).clone();
    let mut items: Vec<Value> = items.iter().map(id).collect();
    items.sort_by_cached_key(Value::to_string);
    Value::Array(items)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn contact(values: &Value) -> Contact {
        let mut contact = Contact::default();
        for (key, value) in values.as_object().unwrap() {
            crate::contact::spread(key.clone(), value, &mut contact.values);
        }
        contact
    }

    #[test]
    fn a_record_is_its_id_whole_or_not() {
        let bare = values(&contact(&json!({"pipelineId": "p1", "assignees": ["u2", "u1"], "note": null})));
        let whole =
            values(&contact(&json!({"pipelineId": {"_id": "p1", "name": "Sales", "owner": {"_id": "u9"}},
            "assignees": [{"_id": "u1", "fullName": "Ann"}, {"_id": "u2", "fullName": "Bo"}]})));
        assert_eq!(bare.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
        assert!(bare.iter().all(|(path, one)| one.fits(path, &whole[path]) && one.reads_as(&whole[path])));
        let path = FieldPath::from("pipelineId");
        assert_eq!((bare[&path].text.as_str(), whole[&path].text.as_str()), ("p1", "Sales"));
        let other = values(&contact(&json!({"pipelineId": {"_id": "p2", "name": "Sales"}})));
        assert!(!bare[&path].fits(&path, &other[&path]) && !bare[&path].reads_as(&other[&path]));
    }

    #[test]
    fn what_people_put_into_misc_is_no_record() {
        let read = |name: &str| values(&contact(&json!({"misc": {"car": {"_id": "7", "name": name}}})));
        assert_eq!(read("Volvo").len(), 2);
        assert!(read("Volvo") != read("Saab"));
    }

    #[test]
    fn values_are_the_same_as_the_server_writes_them() {
        let path = FieldPath::from("company");
        let plain = |value: Value| PlainValue { text: String::new(), value };
        let cases = [
            (json!("Acme"), json!(" ACME "), true, false),
            (json!(7), json!("7"), true, true),
            (json!([{"name": "a", "n": 1}]), json!([{"name": "a", "n": 2}]), false, false),
            (json!([{"a": 1, "b": 2}]), json!([{"b": 2, "a": 1}]), true, true),
            (json!([]), json!("x"), false, false),
        ];
        for (one, other, fits, reads) in cases {
            let (one, other) = (plain(one), plain(other));
            assert_eq!(
                (one.fits(&path, &other), one.reads_as(&other)),
                (fits, reads),
                "{} {}",
                one.value,
                other.value
            );
        }
    }
}
