//! The words a contact is found by, and the query for what a person typed.
//!
//! Each word stands behind the ordinal of its organisation (`1xjane`), so that one index serves all of them and a
//! query never walks the words of another.

use cleave_core::normalise;
use serde_json::Value;

use crate::db::document::text;
use crate::rule::phones;

/// Everything a contact is found by: the words of its names, company and e-mail address, and its numbers with
/// and without the leading parts that people leave out.
pub(crate) fn of_contact(ordinal: i64, contact: &Value) -> String {
    let mut words = Vec::new();
    for key in ["firstName", "lastName", "company", "email"] {
        words.extend(folded(text(contact, key)));
    }
    for number in phones::all(contact) {
        let digits = normalise::phone_digits(&number);
        for length in [10, 7, 4] {
            if digits.len() > length {
                words.push(digits[digits.len() - length..].to_owned());
            }
        }
        words.push(digits);
    }
    words.sort_unstable();
    words.dedup();
    let mut keys = String::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        keys.push_str(&format!("{ordinal}x{word} "));
    }
    keys
}

/// The full-text query for what was typed: every word has to begin some word of the contact. `None` when nothing
/// to look for is left.
pub(crate) fn query(ordinal: i64, typed: &str) -> Option<String> {
    let number = typed.chars().all(|c| c.is_ascii_digit() || " ()+-./".contains(c));
    let words = if number { vec![normalise::phone_digits(typed)] } else { folded(typed) };
    let terms: Vec<String> =
        words.iter().filter(|word| !word.is_empty()).map(|word| format!("\"{ordinal}x{word}\" *")).collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

fn folded(raw: &str) -> Vec<String> {
    raw.split(|c: char| !c.is_alphanumeric())
        .flat_map(|part| normalise::name(part).split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .filter(|word| word.chars().all(char::is_alphanumeric))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_contact_is_found_by_names_mail_and_the_ends_of_its_number() {
        let contact = json!({"firstName": "Zoë", "lastName": "O'Neill", "email": "z.on@example.com",
            "phoneNumber": [{"value": "+14165550100"}]});
        let keys = of_contact(1, &contact);
        for word in
            ["1xzoe", "1xneill", "1xz", "1xon", "1xexample", "1x14165550100", "1x4165550100", "1x0100"]
        {
            assert!(keys.split(' ').any(|key| key == word), "{word} in {keys}");
        }
    }

    #[test]
    fn what_was_typed_becomes_a_query_or_nothing() {
        assert_eq!(query(2, "Zoë O").as_deref(), Some("\"2xzoe\" * AND \"2xo\" *"));
        assert_eq!(query(2, "(416) 555-01").as_deref(), Some("\"2x41655501\" *"));
        assert_eq!(query(2, "\"* OR"), query(2, "or"));
        assert_eq!(query(2, " --- "), None);
    }
}
