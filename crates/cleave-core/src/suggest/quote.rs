//! Short quotes: exact pieces of a text around the place that matters.

use std::ops::Range;

/// The longest quote, in bytes.
pub const MAX_QUOTE_BYTES: usize = 120;
/// How much is shown before the place.
const LEAD_BYTES: usize = 36;

/// A piece of `raw` with the place in it; it neither adds nor changes a character.
///
/// A place that is no range of `raw` quotes the beginning.
pub(super) fn quote(raw: &str, place: Range<usize>) -> String {
    let place = if raw.get(place.clone()).is_some() { place } else { 0..0 };
    let line = raw[..place.start].rfind('\n').map_or(0, |at| at + 1);
    let mut from = raw.ceil_char_boundary(place.start.saturating_sub(LEAD_BYTES)).max(line).min(place.start);
    if from > line
        && let Some(blank) = raw[from..place.start].find(' ')
    {
        from += blank;
    }
    let mut to = raw.floor_char_boundary(from + MAX_QUOTE_BYTES);
    if let Some(end) = raw[place.end.min(to)..to].find('\n') {
        to = place.end.min(to) + end;
    } else if to < raw.len()
        && let Some(blank) = raw[place.end.min(to)..to].rfind(' ')
    {
        to = place.end.min(to) + blank;
    }
    raw[from..to].trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_table_of_quotes() {
        let long = "word ".repeat(60);
        let cases = [
            ("Hi Janet, all well?".to_owned(), 3..8, "Hi Janet, all well?".to_owned()),
            ("see you\nJanet\nSent from my phone".into(), 8..13, "Janet".into()),
            (
                format!("{long}Janet {long}"),
                300..305,
                format!("{}Janet {}", "word ".repeat(7), "word ".repeat(15).trim_end()),
            ),
            ("short".into(), 40..50, "short".into()),
        ];
        for (raw, place, expected) in cases {
            assert_eq!(quote(&raw, place), expected);
        }
    }

    proptest! {
        #[test]
        fn a_quote_is_an_exact_piece_and_short(raw in "(\\PC|\n){0,300}", a in 0..400_usize, b in 0..400_usize) {
            let found = quote(&raw, a.min(b)..a.max(b));
            prop_assert!(raw.contains(&found));
            prop_assert!(found.len() <= MAX_QUOTE_BYTES);
        }
    }
}
