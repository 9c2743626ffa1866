//! Phone numbers.

use phonenumber::metadata::DATABASE;
use phonenumber::{Mode, PhoneNumber, Type, country};

/// The region of a number written without a country code.
///
/// A reading: the contract names no region for an organisation; its examples are numbers of the United States.
pub const DEFAULT_REGION: &str = "US";

/// The longest value that is looked at; a longer one is no phone number.
const MAX_BYTES: usize = 64;

/// The E.164 form (`+16177930671`) of a number that could be dialled, or `None`.
///
/// "Could be dialled" is: a known country code, as many digits as that country uses, and the outline of its
/// numbers. Whether the area code has been assigned is not asked, since numbering plans grow faster than tables of them. An extension is
/// dropped. `default_region` is a two-letter code; an unknown one means that only international forms parse.
#[must_use]
pub fn phone(raw: &str, default_region: &str) -> Option<String> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > MAX_BYTES {
        return None;
    }
    if let Some(e164) = north_american(raw, default_region) {
        return Some(e164);
    }
    parsed(raw, default_region)
}

/// The short way for the numbers that [`DEFAULT_REGION`] makes common: ten digits of the North American plan
/// in the usual punctuation, with or without its country code. Other forms take the way of the library, which
/// costs tens of microseconds and trips over some punctuation; a property holds the two together.
fn north_american(raw: &str, default_region: &str) -> Option<String> {
    let (national, international) = match raw.strip_prefix('+') {
        Some(rest) => (rest, true),
        None => (raw, false),
    };
    if !(international || default_region == "US") {
        return None;
    }
    let mut digits = String::with_capacity(12);
    for byte in national.bytes() {
        match byte {
            b'0'..=b'9' if digits.len() < 12 => digits.push(char::from(byte)),
            b' ' | b'-' | b'.' | b'(' | b')' => {}
            _ => return None,
        }
    }
    let subscriber = match digits.strip_prefix('1') {
        Some(rest) => rest,
        None if international => return None,
        None => digits.as_str(),
    };
    let fits = subscriber.len() == 10 && subscriber.starts_with(|c: char| ('2'..='9').contains(&c));
    fits.then(|| format!("+1{subscriber}"))
}

fn parsed(raw: &str, default_region: &str) -> Option<String> {
    let region: Option<country::Id> = default_region.parse().ok();
    let number = phonenumber::parse(region, raw).ok()?;
    possible(&number).then(|| number.format().mode(Mode::E164).to_string())
}

/// The ASCII digits of a value, for one that is no possible number.
#[must_use]
pub fn phone_digits(raw: &str) -> String {
    raw.chars().take(MAX_BYTES).filter(char::is_ascii_digit).collect()
}

/// Whether a value has the form of E.164: `+`, then 7 to 15 digits, the first not zero.
///
/// Only the form; whether such a number can exist is what [`phone`] answers.
#[must_use]
pub fn valid_e164(value: &str) -> bool {
    value.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The way people write an E.164 number internationally (`+1 617-793-0671`); other values come back unchanged.
#[must_use]
pub fn phone_display(e164: &str) -> String {
    if !valid_e164(e164) {
        return e164.to_owned();
    }
    match phonenumber::parse(None, e164) {
        Ok(number) => number.format().mode(Mode::International).to_string(),
        Err(_) => e164.to_owned(),
    }
}

/// The kinds of number that a contact can have; their lengths are those a plan knows.
const KINDS: [Type; 8] = [
    Type::FixedLine,
    Type::Mobile,
    Type::TollFree,
    Type::PremiumRate,
    Type::SharedCost,
    Type::PersonalNumber,
    Type::Voip,
    Type::Uan,
];

fn possible(number: &PhoneNumber) -> bool {
    let code = number.code().value();
    let Some(plans) = DATABASE.by_code(&code) else { return false };
    let national = number.national().to_string();
    let Ok(length) = u16::try_from(national.len()) else { return false };
    let fits = plans.iter().map(|plan| plan.descriptors()).any(|plan| {
        let lengths =
            |kind: &Type| plan.get(*kind).is_some_and(|kind| kind.possible_length().contains(&length));
        KINDS.iter().any(lengths) && plan.general().is_match(&national)
    });
    fits && valid_e164(&format!("+{code}{national}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_is_the_way_of_the_library(
            prefix in prop::sample::select(vec!["", "+1", "+1 ", "1-", "1 ", "+", "+44 ", "0", "011"]),
            a in "[0-9]{2,4}", b in "[0-9]{3}", c in "[0-9]{3,5}",
            form in 0..5_usize, region in prop::sample::select(vec!["US", "GB", "nowhere"]),
        ) {
            let raw = match form {
                0 => format!("{prefix}{a}{b}{c}"),
                1 => format!("{prefix}({a}) {b}-{c}"),
                2 => format!("{prefix}{a}-{b}-{c}"),
                3 => format!("{prefix}{a}.{b}.{c}"),
                _ => format!("{prefix}{a} {b} {c}"),
            };
            let (short, library) = (north_american(&raw, region), parsed(&raw, region));
            if let Some(e164) = &short {
                // The library trips over some punctuation, never over the digits alone.
                prop_assert_eq!(parsed(e164, region), short.clone(), "{}", raw);
                prop_assert!(library.is_none() || library == short, "{} {:?}", raw, library);
            }
            prop_assert!(library.is_none() || phone(&raw, region) == library, "{}", raw);
        }
    }

    #[test]
    fn a_table_of_numbers() {
        for (raw, e164) in [
            ("(617) 793-0671", Some("+16177930671")),
            ("1-262-764-2719", Some("+12627642719")),
            ("+1 (212) 555.0143", Some("+12125550143")),
            ("212 555 0143 ext. 9", Some("+12125550143")),
            ("+44 20 7946 0958", Some("+442079460958")),
            ("+49 30 901820", Some("+4930901820")),
            ("tel:+1-212-555-0143", Some("+12125550143")),
            // An area code that nobody has been given yet.
            ("+16766412392", Some("+16766412392")),
            ("", None),
            ("n/a", None),
            ("12", None),
            ("555-0143", None),
            ("+1 212 555 01433", None),
            ("+999 123456789", None),
            ("+0 12345678", None),
            ("(117) 793-0671", None),
        ] {
            assert_eq!(phone(raw, DEFAULT_REGION).as_deref(), e164, "{raw:?}");
        }
    }

    #[test]
    fn the_region_decides_what_a_national_number_is() {
        assert_eq!(phone("020 7946 0958", "GB").as_deref(), Some("+442079460958"));
        assert_eq!(phone("020 7946 0958", "nowhere"), None);
        assert_eq!(phone("+442079460958", "nowhere").as_deref(), Some("+442079460958"));
    }

    #[test]
    fn hostile_numbers_are_refused_at_once() {
        assert_eq!(phone(&"1".repeat(1_000_000), DEFAULT_REGION), None);
        assert_eq!(phone(&"+".repeat(64), DEFAULT_REGION), None);
        assert_eq!(phone(&"🙂".repeat(16), DEFAULT_REGION), None);
    }

    #[test]
    fn only_the_form_makes_e164() {
        for (value, valid) in [
            ("+12125550143", true),
            ("+1212555", true),
            ("12125550143", false),
            ("+02125550143", false),
            ("+1 212 555 0143", false),
            ("+1234567890123456", false),
            ("+", false),
            ("", false),
        ] {
            assert_eq!(valid_e164(value), valid, "{value}");
        }
    }

    #[test]
    fn numbers_are_shown_with_their_groups() {
        assert_eq!(phone_display("+12125550143"), "+1 212-555-0143");
        assert_eq!(phone_display("+442079460958"), "+44 20 7946 0958");
        assert_eq!(phone_display("unknown"), "unknown");
    }
}
