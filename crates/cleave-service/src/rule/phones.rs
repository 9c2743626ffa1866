//! The numbers of a contact: `phoneNumber` as text or list, and `secondaryPhoneNumber` beside it.
//!
//! Per-organisation uniqueness speaks of `phoneNumber`. A number under `secondaryPhoneNumber` claims nothing: two
//! contacts may share it, which is how a number that was already taken is kept on import.

use cleave_core::normalise;
use serde_json::{Value, json};

/// The numbers that the contact holds against all others of its organisation, the primary one first.
pub(crate) fn held(contact: &Value) -> Vec<String> {
    let mut numbers = match contact.get("phoneNumber") {
        Some(Value::String(number)) => vec![number.clone()],
        Some(Value::Array(items)) => {
            let primary = |item: &&Value| item.get("isPrimary").and_then(Value::as_bool) == Some(true);
            let value = |item: &Value| item.get("value").and_then(Value::as_str).map(str::to_owned);
            let first = items.iter().filter(primary).filter_map(value);
            let rest = items.iter().filter(|item| !primary(item)).filter_map(value);
            first.chain(rest).collect()
        }
        _ => Vec::new(),
    };
    numbers.retain(|number| !number.trim().is_empty());
    numbers
}

/// The numbers under `secondaryPhoneNumber`.
pub(crate) fn secondary(contact: &Value) -> Vec<String> {
    let items = contact.get("secondaryPhoneNumber").and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// All numbers, those that are held first.
pub(crate) fn all(contact: &Value) -> Vec<String> {
    let mut numbers = held(contact);
    numbers.extend(secondary(contact));
    numbers
}

/// What makes two ways of writing a number the same number.
pub(crate) fn key(number: &str) -> String {
    normalise::phone(number, normalise::DEFAULT_REGION).unwrap_or_else(|| {
        let digits = normalise::phone_digits(number);
        if digits.is_empty() { number.trim().to_owned() } else { digits }
    })
}

/// The list without repetitions, each number once however it is written, in its order.
pub(crate) fn distinct(numbers: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut kept = Vec::new();
    for number in numbers {
        let key = key(&number);
        if !keys.contains(&key) {
            keys.push(key);
            kept.push(number);
        }
    }
    kept
}

/// The list form of `phoneNumber`: the first number is the primary one; no number is null.
pub(crate) fn as_list(numbers: &[String]) -> Value {
    if numbers.is_empty() {
        return Value::Null;
    }
    numbers.iter().enumerate().map(|(at, number)| json!({"value": number, "isPrimary": at == 0})).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_phone_number_is_read() {
        let cases = [
            (json!({}), vec![]),
            (json!({"phoneNumber": null}), vec![]),
            (json!({"phoneNumber": "+1"}), vec!["+1"]),
            (json!({"phoneNumber": [{"value": "+1"}, {"value": "+2", "isPrimary": true}]}), vec!["+2", "+1"]),
            (json!({"phoneNumber": " "}), vec![]),
        ];
        for (contact, numbers) in cases {
            assert_eq!(held(&contact), numbers, "{contact}");
        }
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        assert_eq!(key("(617) 555-0123"), key("+16175550123"));
        assert_eq!(key("ext. 12"), "12");
        let united = distinct(["+16175550123", "617-555-0123", "+16175550124"].map(str::to_owned));
        assert_eq!(united, ["+16175550123", "+16175550124"]);
        assert_eq!(as_list(&united)[0]["isPrimary"], true);
        assert_eq!(as_list(&[]), Value::Null);
    }
}
