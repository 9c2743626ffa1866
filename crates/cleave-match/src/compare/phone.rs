//! Phone numbers.

use super::{Agreement, Similarity};

/// One wrong digit may also be the desk next door.
const SLIP: f64 = 0.8;

pub(super) fn phones(left: &str, right: &str) -> Similarity {
    if one_slip(left, right) { Similarity::of(SLIP, Agreement::Slip) } else { Similarity::DIFFERENT }
}

/// Whether two different values of one length differ in one place or in two neighbours that changed places.
pub(super) fn one_slip(left: &str, right: &str) -> bool {
    if left.len() != right.len() || left.len() > super::MAX_COMPARED {
        return false;
    }
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut differing = (0..left.len()).filter(|&at| left.get(at) != right.get(at));
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, None) => true,
        (Some(a), Some(b), None) => b == a + 1 && left.get(a) == right.get(b) && left.get(b) == right.get(a),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_numbers() {
        for (a, b, slip) in [
            ("+12125550143", "+12125550144", true),
            ("+12125550143", "+12125550134", true),
            ("+12125550143", "+12125550344", false),
            ("+12125550143", "+1212555014", false),
            ("+12125550143", "+13025550143", false),
            ("", "1", false),
        ] {
            assert_eq!(phones(a, b).or_zero() > 0.0, slip, "{a} {b}");
        }
    }
}
