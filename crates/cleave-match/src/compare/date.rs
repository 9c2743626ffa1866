//! Calendar dates in ISO form.

use super::phone::one_slip;
use super::{Agreement, Similarity};

/// Day and month in the other order, as the next country writes them.
const SWAPPED: f64 = 0.9;
/// One digit off.
const SLIP: f64 = 0.8;
/// The year alone, and the first of January as exports fill in what they do not know.
const SAME_YEAR: f64 = 0.6;

pub(super) fn dates(left: &str, right: &str) -> Similarity {
    let (Some(ours), Some(theirs)) = (parts(left), parts(right)) else { return Similarity::DIFFERENT };
    let same_year = ours.0 == theirs.0;
    if same_year && ours.1 == theirs.2 && ours.2 == theirs.1 {
        Similarity::of(SWAPPED, Agreement::Slip)
    } else if same_year && (is_placeholder(ours) || is_placeholder(theirs)) {
        Similarity::of(SAME_YEAR, Agreement::Part)
    } else if one_slip(left, right) {
        Similarity::of(SLIP, Agreement::Slip)
    } else {
        Similarity::DIFFERENT
    }
}

type Parts<'a> = (&'a str, &'a str, &'a str);

fn parts(date: &str) -> Option<Parts<'_>> {
    let mut parts = date.split('-');
    let date = (parts.next()?, parts.next()?, parts.next()?);
    (date.0.len() == 4 && date.1.len() == 2 && date.2.len() == 2 && parts.next().is_none()).then_some(date)
}

fn is_placeholder(date: Parts<'_>) -> bool {
    date.1 == "01" && date.2 == "01"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_dates() {
        for (a, b, value) in [
            ("1980-04-03", "1980-03-04", SWAPPED),
            ("1980-04-03", "1981-04-03", SLIP),
            ("1980-04-13", "1980-04-31", SLIP),
            ("1980-04-03", "1980-01-01", SAME_YEAR),
            ("1980-04-03", "1952-11-27", 0.0),
            ("1980-04-03", "spring 1980", 0.0),
        ] {
            assert_eq!(dates(a, b).or_zero(), value, "{a} {b}");
        }
    }
}
