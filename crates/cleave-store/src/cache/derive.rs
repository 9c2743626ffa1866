//! What a review's row says beside its document: names, fields that differ, and the text that is searched.

use cleave_core::compare::{Sameness, compare};
use cleave_core::contact::Contact;
use cleave_core::field;
use cleave_core::normalise;
use cleave_core::review::{Party, Review};

/// Parts of a review's row that follow from both contacts.
#[derive(PartialEq, Eq)]
pub(super) struct Derived {
    pub(super) source_name: String,
    pub(super) candidate_name: String,
    /// Paths, in reading order.
    pub(super) differing: Vec<String>,
    pub(super) search: String,
}

/// Derives them from the newest values known of both.
pub(super) fn derive(review: &Review) -> Derived {
    let name = |party: &Party| party.known().map_or_else(|| party.id.clone(), Contact::display_name);
    let mut search = String::new();
    for contact in [&review.source, &review.candidate].into_iter().filter_map(Party::known) {
        add_searchable(&mut search, contact);
    }
    Derived {
        source_name: name(&review.source),
        candidate_name: name(&review.candidate),
        differing: differing(review),
        search,
    }
}

fn differing(review: &Review) -> Vec<String> {
    let (Some(source), Some(candidate)) = (review.source.known(), review.candidate.known()) else {
        return Vec::new();
    };
    let mut paths = source.paths();
    paths.extend(candidate.paths());
    paths.sort_by(|a, b| a.rank().cmp(&b.rank()));
    paths.dedup();
    let differs = |path: &field::FieldPath| {
        let (a, b) = (source.text(path.as_str()), candidate.text(path.as_str()));
        !matches!(
            compare(path, a.as_deref(), b.as_deref()),
            Sameness::Equal | Sameness::EqualNormalised | Sameness::BothMissing
        )
    };
    paths.into_iter().filter(differs).map(|path| path.to_string()).collect()
}

/// Folded name, e-mail address and company as words, then every number as digits. Each stands on a line of its own,
/// so that no search runs across two of them.
fn add_searchable(search: &mut String, contact: &Contact) {
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

/// The words of a search, each as the alternatives of which one must occur.
pub(super) fn wanted(search: &str) -> Vec<Vec<String>> {
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
}
