use super::*;
use crate::MISSING_BYTE;

/// Similarities of many kinds, the same in every run.
fn patterns(count: u32) -> Vec<Vec<u8>> {
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let byte = |kind: u64| match kind {
        0 => MISSING_BYTE,
        1 | 2 => 200,
        3 => 0,
        other => 155 + u8::try_from(other).unwrap(),
    };
    (0..count).map(|_| (0..5).map(|_| byte(next(40).min(next(40)))).collect()).collect()
}

fn reviews(count: u32, server: impl Fn(&[u8]) -> f64) -> Vec<Reported> {
    let review = |similarities: Vec<u8>| Reported { score: server(&similarities), similarities };
    patterns(count).into_iter().map(review).collect()
}

const OURS: [f64; 5] = [20.0, 25.0, 30.0, 25.0, 25.0];
const THEIRS: [f64; 5] = [40.0, 10.0, 60.0, 0.0, 20.0];

#[test]
fn the_weights_of_a_server_are_found_and_what_missing_means_to_it() {
    for missing in [Missing::Present, Missing::Strict] {
        let reported = reviews(300, |similarities| score_of_bytes(&THEIRS, similarities, missing));
        let found = calibrate(&OURS, &reported).unwrap();
        assert_eq!(found.missing, missing);
        assert!(found.before.rms > 5.0 && found.after.rms < 0.6, "{missing:?} {found:?}");
        let held = found.held_out.unwrap();
        assert!(held.scores == 300 && held.rms < 1.5, "{missing:?} {held:?}");
        let mut backwards = reported.clone();
        backwards.reverse();
        assert_eq!(calibrate(&OURS, &backwards), Some(found));
    }
}

#[test]
fn a_curve_makes_up_for_another_scale() {
    let bent = |score: f64| 100.0 * (score / 100.0).sqrt();
    let reported = reviews(300, |similarities| bent(score_of_bytes(&OURS, similarities, Missing::Present)));
    let found = calibrate(&OURS, &reported).unwrap();
    assert!(found.after.rms < found.before.rms / 2.0, "{:?} {:?}", found.before, found.after);
    assert!(found.curve.points().is_sorted_by(|a, b| a.1 <= b.1));
}

#[test]
fn reviews_that_say_nothing_are_left_out() {
    assert_eq!(calibrate(&OURS, &[]), None);
    let review = |similarities: &[u8], score| Reported { similarities: similarities.to_vec(), score };
    let useless =
        [review(&[200], 90.0), review(&[200; 5], f64::NAN), review(&[200; 5], 101.0), review(&[], 5.0)];
    assert_eq!(calibrate(&OURS, &useless), None);
    let one = [review(&[200, 200, 0, MISSING_BYTE, MISSING_BYTE], 64.0)];
    let found = calibrate(&OURS, &one).unwrap();
    assert_eq!((found.after.scores, found.held_out), (1, None));
    assert!(found.after.worst < 1e-9, "a curve through one point meets it");
    assert_eq!(calibrate(&[], &[review(&[], 50.0)]).unwrap().score(&[]), 50.0);
}
