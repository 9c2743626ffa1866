//! A contact as decisions see it: an id, its phone numbers, and every other value by dotted path.
//!
//! The document the server sent is kept whole by the wire and the cache; this is the view of it that plans,
//! previews and comparisons work on. Nothing here is lost on the way: paths that Cleave has no name for are
//! carried like the others.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::field::{self, FieldPath};

/// One phone number of a contact.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Phone {
    /// The number as the server holds it.
    pub value: String,
    /// Whether the server marks it as primary. Zero, one or several may be.
    pub is_primary: bool,
}

/// A contact of the CRM.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// The server's opaque id.
    pub id: String,
    /// The organisation that owns the contact, where the server says so.
    pub organization_id: Option<String>,
    /// Numbers in the server's order, `phoneNumber` in any of its three forms.
    pub phones: Vec<Phone>,
    /// Numbers under `secondaryPhoneNumber`. May repeat entries of [`Contact::phones`].
    pub secondary_phones: Vec<String>,
    /// Every other value by dotted path; never holds [`field::PHONE`] or [`field::SECONDARY_PHONE`].
    pub values: BTreeMap<FieldPath, Value>,
    /// RFC 3339 time of creation, as the server sent it.
    pub created_at: Option<String>,
    /// RFC 3339 time of the last change, as the server sent it.
    pub updated_at: Option<String>,
}

impl Contact {
    /// The number that stands for the contact: the one marked primary, else the first, else a secondary one.
    pub fn primary_phone(&self) -> Option<&str> {
        self.phones
            .iter()
            .find(|p| p.is_primary)
            .or_else(|| self.phones.first())
            .map(|p| p.value.as_str())
            .or_else(|| self.secondary_phones.first().map(String::as_str))
    }

    /// All numbers, primary first, each once.
    pub fn all_phones(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        let primary = self.primary_phone();
        let rest = self.phones.iter().map(|p| p.value.as_str());
        let secondary = self.secondary_phones.iter().map(String::as_str);
        for number in primary.into_iter().chain(rest).chain(secondary) {
            if !all.contains(&number) {
                all.push(number);
            }
        }
        all
    }

    /// The value at a path as text; `None` where it is missing, null, empty or only blanks.
    ///
    /// [`field::PHONE`] answers with the primary number and [`field::SECONDARY_PHONE`] with the others.
    pub fn text(&self, path: &str) -> Option<String> {
        match path {
            field::PHONE => self.primary_phone().map(str::to_owned),
            field::SECONDARY_PHONE => {
                let rest = self.all_phones().into_iter().skip(1).collect::<Vec<_>>().join(", ");
                (!rest.is_empty()).then_some(rest)
            }
            _ => self.values.get(&FieldPath::from(path)).and_then(text_of),
        }
    }

    /// First and last name, or the e-mail address, or the phone number, or the id: never empty.
    pub fn display_name(&self) -> String {
        let parts = [self.text(field::FIRST_NAME), self.text(field::LAST_NAME)];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if !name.is_empty() {
            return name;
        }
        self.text(field::EMAIL).or_else(|| self.text(field::PHONE)).unwrap_or_else(|| self.id.clone())
    }

    /// Every path that carries a value here, phone paths included, in reading order.
    pub fn paths(&self) -> Vec<FieldPath> {
        let mut paths: Vec<FieldPath> =
            self.values.iter().filter(|(_, v)| text_of(v).is_some()).map(|(p, _)| p.clone()).collect();
        for path in [field::PHONE, field::SECONDARY_PHONE] {
            if self.text(path).is_some() {
                paths.push(FieldPath::from(path));
            }
        }
        paths.sort_by(|a, b| a.rank().cmp(&b.rank()));
        paths
    }
}

/// Personal data: only the id is printed.
impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contact({}, {} values)", self.id, self.values.len() + self.phones.len())
    }
}

/// Personal data: the number is not printed.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone(primary: {})", self.is_primary)
    }
}

/// Puts a value of a document where its dotted path says.
///
/// Objects become paths of their own; everything else, an empty object too, is a value. A path met twice keeps its
/// first value.
pub fn spread(path: String, value: &Value, values: &mut BTreeMap<FieldPath, Value>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                spread(format!("{path}.{key}"), value, values);
            }
        }
        _ => {
            values.entry(FieldPath::new(path)).or_insert_with(|| value.clone());
        }
    }
}

/// A JSON value as people read it; `None` where there is nothing to read.
///
/// Lists are joined by commas; objects in them show their name, label or id before anything else.
pub fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(s) => s.trim().to_owned(),
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        Value::Array(items) => items.iter().filter_map(text_of).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            let named = ["fullName", "name", "label", "value", "_id", "id"]
                .into_iter()
                .find_map(|key| map.get(key).and_then(text_of));
            named.unwrap_or_else(|| if map.is_empty() { String::new() } else { value.to_string() })
        }
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn phone(value: &str, is_primary: bool) -> Phone {
        Phone { value: value.into(), is_primary }
    }

    #[test]
    fn the_primary_number_is_the_marked_one_then_the_first_then_a_secondary() {
        let mut contact = Contact { secondary_phones: vec!["+3".into()], ..Contact::default() };
        assert_eq!(contact.primary_phone(), Some("+3"));
        contact.phones = vec![phone("+1", false), phone("+2", false)];
        assert_eq!(contact.primary_phone(), Some("+1"));
        contact.phones[1].is_primary = true;
        assert_eq!(contact.all_phones(), ["+2", "+1", "+3"]);
        assert_eq!(contact.text(field::SECONDARY_PHONE).as_deref(), Some("+1, +3"));
    }

    #[test]
    fn blank_values_count_as_missing() {
        let cases = [
            (json!(null), None),
            (json!("  "), None),
            (json!([]), None),
            (json!({}), None),
            (json!(" x "), Some("x")),
            (json!(["a", null, "b"]), Some("a, b")),
            (json!([{"_id": "7", "fullName": "Ann"}]), Some("Ann")),
            (json!(720), Some("720")),
        ];
        for (value, expected) in cases {
            assert_eq!(text_of(&value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn a_name_is_never_empty_and_debug_never_tells_one() {
        let mut contact = Contact { id: "c1".into(), ..Contact::default() };
        assert_eq!(contact.display_name(), "c1");
        contact.values.insert(field::FIRST_NAME.into(), json!("Jane"));
        assert_eq!(contact.display_name(), "Jane");
        assert!(!format!("{contact:?}").contains("Jane"));
    }
}
