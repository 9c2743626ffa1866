//! A phone number in a text.

use super::Mark;
use crate::suggest::evidence::EvidenceKind;
use crate::suggest::name::Who;
use crate::suggest::people::People;
use crate::suggest::text::windows;

const WEIGHT: f64 = 1.7;
/// Fewer digits are a year, a price or a time.
const MIN_DIGITS: usize = 7;
const MAX_DIGITS: usize = 15;

pub(in crate::suggest) fn find(raw: &str, people: &People, found: &mut Vec<Mark>) {
    for (offset, part) in windows(raw) {
        let mut digits = String::new();
        let mut start = 0;
        // A blank at the end closes the last run.
        for (at, byte) in part.bytes().chain([b'\n']).enumerate() {
            match byte {
                b'0'..=b'9' => {
                    if digits.is_empty() {
                        start = at;
                    }
                    digits.push(char::from(byte));
                }
                b' ' | b'-' | b'.' | b'(' | b')' | b'/' => {}
                _ => {
                    if (MIN_DIGITS..=MAX_DIGITS).contains(&digits.len())
                        && let Some(side) = people.by_digits(digits.trim_start_matches('0'))
                    {
                        let place = offset + start..offset + at;
                        let who = Who::Side(side);
                        found.push(Mark { kind: EvidenceKind::NumberInText, who, weight: WEIGHT, place });
                    }
                    digits.clear();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn a_table_of_numbers_in_texts() {
        let cases = [
            ("call +1 416 555 0199 after 5", "N"),
            ("(416) 555-0100", "O"),
            ("555-0199", "N"),
            ("0416 555 0199, 416 555 0100", "N O"),
            ("in 2026", ""),
            ("416 555 0123", ""),
            ("Ünïcode 4165550199é", "N"),
        ];
        let rule = |text: &crate::suggest::text::Text<'_>, _, people: &People, found: &mut Vec<Mark>| {
            find(text.raw, people, found)
        };
        for (raw, expected) in cases {
            assert_eq!(table::of(rule, raw, super::super::Voice::Record), expected, "{raw}");
        }
    }
}
