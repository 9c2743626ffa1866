//! Normalised forms of names, e-mail addresses, phone numbers, dates and other text.
//!
//! A normalised form is for comparing only: the raw value is what people see, edit and keep. Every function
//! here is idempotent, never fails and does bounded work however long its input is ([`MAX_CHARS`]).
//!
//! Not done here: nicknames, phonetic keys and similarity (see `cleave-match`), and postal address parsing.

mod date;
mod email;
mod phone;
mod text;

pub use date::date;
pub use email::{email, email_problem, valid_email};
pub use phone::{DEFAULT_REGION, phone, phone_digits, phone_display, valid_e164};
pub use text::{MAX_CHARS, name, text};

/// What a field holds, which decides how its values are normalised and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// A person's given, middle, family or full name.
    Name,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A calendar date.
    Date,
    /// Anything else.
    Text,
}

impl FieldKind {
    /// The kind of a field by its dotted path (`firstName`, `address.streetAddress`, `misc.secondEmail`).
    ///
    /// The contract has no catalogue of paths, so this goes by the words of the last segment: a reading.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let last = path.rsplit('.').next().unwrap_or(path);
        let last: String = last
            .chars()
            .take(64)
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let has = |words: &[&str]| words.iter().any(|word| last.contains(word));
        if has(&["email"]) || last == "mail" {
            Self::Email
        } else if has(&["phone", "mobile"]) || matches!(last.as_str(), "tel" | "fax" | "cell") {
            Self::Phone
        } else if has(&["birth"]) || last == "dob" || last == "date" || last.ends_with("date") {
            Self::Date
        } else if matches!(
            last.as_str(),
            "firstname"
                | "lastname"
                | "fullname"
                | "middlename"
                | "givenname"
                | "surname"
                | "familyname"
                | "nickname"
        ) {
            Self::Name
        } else {
            Self::Text
        }
    }
}

/// The normalised form of a raw value of the field at `path`, empty when nothing comparable is left of it.
///
/// A phone number that is not possible falls back to its digits, and a date that does not parse to its text,
/// so that equal nonsense still compares as equal.
#[must_use]
pub fn for_field(path: &str, raw: &str) -> String {
    for_kind(FieldKind::of(path), raw)
}

/// As [`for_field`], where the kind is already known.
#[must_use]
pub fn for_kind(kind: FieldKind, raw: &str) -> String {
    match kind {
        FieldKind::Name => name(raw),
        FieldKind::Email => email(raw),
        FieldKind::Phone => phone(raw, DEFAULT_REGION).unwrap_or_else(|| phone_digits(raw)),
        FieldKind::Date => date(raw).unwrap_or_else(|| text(raw)),
        FieldKind::Text => text(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_segment_names_the_kind() {
        for (path, kind) in [
            ("firstName", FieldKind::Name),
            ("last_name", FieldKind::Name),
            ("email", FieldKind::Email),
            ("misc.secondEmail", FieldKind::Email),
            ("phoneNumber", FieldKind::Phone),
            ("secondaryPhoneNumber", FieldKind::Phone),
            ("dateOfBirth", FieldKind::Date),
            ("misc.dob", FieldKind::Date),
            ("address.streetAddress", FieldKind::Text),
            ("misc.company_name", FieldKind::Text),
            ("", FieldKind::Text),
        ] {
            assert_eq!(FieldKind::of(path), kind, "{path}");
        }
    }

    #[test]
    fn values_that_do_not_parse_keep_a_comparable_form() {
        assert_eq!(for_field("phoneNumber", "ext. 12"), "12");
        assert_eq!(for_field("dateOfBirth", "Spring 1980"), "spring 1980");
        assert_eq!(for_field("dateOfBirth", "1980-02-31"), "1980 02 31");
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the test looks at the clock, core does not")]
    fn a_megabyte_is_cut_not_chewed() {
        let long = "Ää'🙂\u{5d0}".repeat(200_000);
        let start = std::time::Instant::now();
        for path in ["firstName", "email", "phoneNumber", "dateOfBirth", "misc.note"] {
            assert!(for_field(path, &long).chars().count() <= 8 * MAX_CHARS, "{path}");
        }
        assert!(start.elapsed().as_millis() < 500);
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(raw in "\\PC{0,40}", path in prop::sample::select(vec![
            "firstName", "email", "phoneNumber", "dateOfBirth", "address.streetAddress",
        ])) {
            let once = for_field(path, &raw);
            prop_assert_eq!(for_field(path, &once), once);
        }

        #[test]
        fn case_and_outer_space_do_not_matter(raw in "[a-zA-Zéüñ' -]{0,20}") {
            for path in ["firstName", "email", "misc.note"] {
                prop_assert_eq!(for_field(path, &raw), for_field(path, &format!("  {}\t", raw.to_uppercase())));
            }
        }
    }
}
