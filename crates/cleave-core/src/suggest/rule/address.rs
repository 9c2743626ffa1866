//! An e-mail address in a text.

use super::Mark;
use crate::suggest::evidence::EvidenceKind;
use crate::suggest::name::Who;
use crate::suggest::people::People;
use crate::suggest::text::windows;

const WEIGHT: f64 = 2.0;
/// An address that nobody is known by, made of the name of one of the two.
const WEIGHT_NAME: f64 = 1.4;
/// The longest address that mail systems carry.
const MAX_BYTES: usize = 254;

pub(in crate::suggest) fn find(raw: &str, people: &People, found: &mut Vec<Mark>) {
    for (start, address) in addresses(raw) {
        let known = people.by_email(address).map(|side| (side, WEIGHT));
        let named = || people.by_email_name(address).map(|side| (side, WEIGHT_NAME));
        if let Some((side, weight)) = known.or_else(named) {
            let place = start..start + address.len();
            found.push(Mark { kind: EvidenceKind::AddressInText, who: Who::Side(side), weight, place });
        }
    }
}

/// What looks like an address, with the byte it starts at.
pub(in crate::suggest) fn addresses(raw: &str) -> impl Iterator<Item = (usize, &str)> {
    windows(raw).filter(|(_, part)| part.contains('@')).flat_map(|(offset, part)| {
        let mut start = offset;
        part.split_inclusive(between).filter_map(move |token| {
            let at = start;
            start += token.len();
            let address = token.trim_end_matches(between).trim_end_matches(['.', '!', '?']);
            let (local, domain) = address.split_once('@')?;
            let fits = !local.is_empty() && domain.contains('.') && address.len() <= MAX_BYTES;
            fits.then_some((at, address))
        })
    })
}

fn between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')' | ':' | '"')
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    #[test]
    fn a_table_of_addresses_in_texts() {
        let cases = [
            ("write to jd@example.com.", "O"),
            ("<Janet@Example.org>, or jd@example.com", "N O"),
            ("it is janet.m@post.test now", "N"),
            ("ask info@acme.test", ""),
            ("@home @ work a@b", ""),
        ];
        let rule = |text: &crate::suggest::text::Text<'_>, _, people: &People, found: &mut Vec<Mark>| {
            find(text.raw, people, found)
        };
        for (raw, expected) in cases {
            assert_eq!(table::of(rule, raw, super::super::Voice::Record), expected, "{raw}");
        }
    }
}
