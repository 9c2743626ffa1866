//! Jaro-Winkler, for most values faster than strsim, with the same result to the last bit.

/// Longer values are left to strsim: a value's matches fit into one machine word.
const WORD: usize = 64;

/// [`strsim::jaro_winkler`]. ASCII values of up to 64 characters are matched a word at a time: for each letter of
/// one, the places of the other that have it are one mask, so that the first free one within reach is found without
/// a loop.
#[must_use]
pub fn jaro_winkler(left: &str, right: &str) -> f64 {
    if left.len() <= WORD && right.len() <= WORD && left.is_ascii() && right.is_ascii() {
        of_bytes(left.as_bytes(), right.as_bytes())
    } else {
        strsim::jaro_winkler(left, right)
    }
}

/// A bound that [`jaro_winkler`] does not exceed, from the lengths in bytes of two ASCII values, the sets of letters
/// that occur in them, and how many of the first four they share: a letter that the other value does not have cannot
/// match.
pub(crate) fn bound(lens: (usize, usize), kinds: (u64, u64), prefix: usize) -> f64 {
    let alone = |one: u64, other: u64| (one & !other).count_ones() as usize;
    let ours = lens.0.saturating_sub(alone(kinds.0, kinds.1));
    let matched = ours.min(lens.1.saturating_sub(alone(kinds.1, kinds.0)));
    if matched == 0 {
        return 0.0;
    }
    let share = |len: usize| matched as f64 / len as f64;
    let jaro = (share(lens.0) + share(lens.1) + 1.0) / 3.0;
    // A hair more, so that rounding never makes it less than what it bounds.
    jaro + 0.1 * prefix as f64 * (1.0 - jaro) + 1e-9
}

fn of_bytes(a: &[u8], b: &[u8]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return if a.len() == b.len() { 1.0 } else { 0.0 };
    }
    let reach = (a.len().max(b.len()) / 2).saturating_sub(1);
    // The places of b by letter: ASCII has 128.
    let mut places = [0_u64; 128];
    for (at, &byte) in b.iter().enumerate() {
        places[usize::from(byte & 127)] |= 1 << at;
    }
    let (mut matched_a, mut matched_b) = (0_u64, 0_u64);
    // The places within reach of letter 0 of a, then moved along.
    let mut window = ones(reach + 1);
    for (at, &byte) in a.iter().enumerate() {
        let free = places[usize::from(byte & 127)] & !matched_b & window;
        matched_b |= free & free.wrapping_neg();
        matched_a |= u64::from(free != 0) << at;
        window = if at < reach { window << 1 | 1 } else { window << 1 };
    }
    let matches = matched_a.count_ones();
    if matches == 0 {
        return 0.0;
    }
    let mut out_of_place = 0_u32;
    let (mut left, mut right) = (matched_a, matched_b);
    while left != 0 && right != 0 {
        let (i, j) = (left.trailing_zeros() as usize, right.trailing_zeros() as usize);
        out_of_place += u32::from(a.get(i) != b.get(j));
        left &= left - 1;
        right &= right - 1;
    }
    // The arithmetic is strsim's, step by step, so that rounding is the same.
    let of = |len: usize| f64::from(matches) / len as f64;
    let in_place = f64::from(matches - out_of_place / 2) / f64::from(matches);
    let jaro = (of(a.len()) + of(b.len()) + in_place) / 3.0;
    if jaro > 0.7 {
        let prefix = a.iter().zip(b).take(4).take_while(|(a, b)| a == b).count();
        jaro + 0.1 * prefix as f64 * (1.0 - jaro)
    } else {
        jaro
    }
}

/// The lowest `count` bits.
fn ones(count: usize) -> u64 {
    if count >= WORD { u64::MAX } else { (1 << count) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_500))]

        #[test]
        fn the_result_is_that_of_strsim_to_the_last_bit(
            left in "[a-d]{0,12}|[a-z ]{0,70}|[ -~]{0,66}|[a-c]{60,68}|\\PC{0,20}|[a-zé王\u{5d0}🙂]{0,12}",
            right in "[a-d]{0,12}|[a-z ]{0,70}|[ -~]{0,66}|[a-c]{60,68}|\\PC{0,20}|[a-zé王\u{5d0}🙂]{0,12}",
        ) {
            let reference = strsim::jaro_winkler(&left, &right);
            prop_assert_eq!(jaro_winkler(&left, &right).to_bits(), reference.to_bits());
            if left.is_ascii() && right.is_ascii() && !left.is_empty() && !right.is_empty() {
                let kinds = |value: &str| value.bytes().fold(0_u64, |kinds, byte| kinds | 1 << (byte & 63));
                let prefix = left.bytes().zip(right.bytes()).take(4).take_while(|(a, b)| a == b).count();
                let bound = bound((left.len(), right.len()), (kinds(&left), kinds(&right)), prefix);
                prop_assert!(bound >= reference, "{} {}", bound, reference);
            }
        }

        #[test]
        fn one_slip_of_a_long_value_too(value in "[a-z]{1,64}", at in 0..64_usize, with in "[a-z]?") {
            let at = at.min(value.len() - 1);
            let other = format!("{}{with}{}", &value[..at], &value[at + 1..]);
            prop_assert_eq!(
                jaro_winkler(&value, &other).to_bits(),
                strsim::jaro_winkler(&value, &other).to_bits()
            );
        }
    }
}
