//! Searching for words: in a queue, among contacts, in titles. Case and accents do not count.

use cleave_core::contact::Contact;
use cleave_core::{field, normalise};

/// The words of a search, each as the alternatives of which one must occur.
pub(crate) fn wanted(search: &str) -> Vec<Vec<String>> {
    search.split_whitespace().map(alternatives).filter(|words| !words.is_empty()).collect()
}

fn alternatives(word: &str) -> Vec<String> {
    let mut all = vec![word.to_lowercase(), normalise::name(word)];
    if !word.chars().any(char::is_alphabetic) {
        all.push(normalise::phone_digits(word));
    }
    all.retain(|text| !text.is_empty());
    all.sort();
    all.dedup();
    all
}

/// A text as words are looked for in it.
pub(crate) fn folded(text: &str) -> String {
    format!("{}\n{}", normalise::name(text), text.to_lowercase())
}

/// Whether every word occurs in a folded text.
pub(crate) fn occurs(wanted: &[Vec<String>], folded: &str) -> bool {
    wanted.iter().all(|alternatives| alternatives.iter().any(|word| folded.contains(word.as_str())))
}

/// A condition on a column of folded text, with one value for each `?`. Everything a person typed goes by value.
pub(crate) fn condition(wanted: &[Vec<String>], column: &str) -> String {
    let words = wanted.iter().map(|alternatives| {
        let any = vec![format!("instr({column}, ?) > 0"); alternatives.len()].join(" OR ");
        format!("({any})")
    });
    words.collect::<Vec<_>>().join(" AND ")
}

/// Folded name, company and e-mail address as words, then every number as digits. Each stands on a line of its own,
/// so that no search runs across two of them.
pub(crate) fn add_contact(search: &mut String, contact: &Contact) {
    let mut add = |text: String| {
        if !text.is_empty() {
            search.push('\n');
            search.push_str(&text);
        }
    };
    let text = |path: &str| contact.text(path).unwrap_or_default();
    add(normalise::name(&format!("{} {}", text(field::FIRST_NAME), text(field::LAST_NAME))));
    add(normalise::name(&text("company")));
    add(text(field::EMAIL).to_lowercase());
    for number in contact.all_phones() {
        add(normalise::phone_digits(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_numbers_reduced_to_digits() {
        assert_eq!(
            wanted("  O’Brien  (416) "),
            [vec!["obrien".to_owned(), "o’brien".into()], vec!["(416)".into(), "416".into()]]
        );
        assert!(wanted(" \u{200b}").iter().all(|words| !words.is_empty()));
    }

    #[test]
    fn every_word_must_occur_in_whatever_case_and_with_or_without_accents() {
        let title = folded("José Núñez and O’Brien");
        for (search, found) in [("jose", true), ("NÚÑEZ josé", true), ("obrien", true), ("jose maria", false)]
        {
            assert_eq!(occurs(&wanted(search), &title), found, "{search}");
        }
    }
}
