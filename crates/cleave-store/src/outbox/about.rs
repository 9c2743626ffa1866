//! What an entry is about, in SQL: the same id in two of them names two subjects.

use cleave_core::decision::About;

/// The word for what a decision of a kind is about, as an expression over the column or parameter with the kind.
pub(crate) fn about(kind: &str) -> String {
    let (review, contact, organization) =
        (About::Review.as_str(), About::Contact.as_str(), About::Organization.as_str());
    format!(
        "(CASE {kind} WHEN 'separate' THEN '{contact}' WHEN 'settings' THEN '{organization}' ELSE '{review}' END)"
    )
}

#[cfg(test)]
mod tests {
    use cleave_core::decision::DecisionKind;

    use super::*;

    #[test]
    fn the_words_are_those_of_core_and_the_index_has_them() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        for kind in DecisionKind::ALL {
            let word: String =
                db.query_row(&format!("SELECT {}", about("?1")), [kind.as_str()], |row| row.get(0)).unwrap();
            assert_eq!(word, kind.about().as_str());
        }
        let index = include_str!("../../migrations/outbox/0003_settings.sql");
        assert!(index.contains(&about("kind")));
    }
}
