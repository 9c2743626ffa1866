//! What a review's row says beside its document: names, fields that differ, and the text that is searched.

use cleave_core::compare::{Sameness, compare};
use cleave_core::contact::Contact;
use cleave_core::field;
use cleave_core::review::{Party, Review};

use crate::search;

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
    let mut text = String::new();
    for contact in [&review.source, &review.candidate].into_iter().filter_map(Party::known) {
        search::add_contact(&mut text, contact);
    }
    Derived {
        source_name: name(&review.source),
        candidate_name: name(&review.candidate),
        differing: differing(review),
        search: text,
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
