use super::*;
use crate::{Base, NoProgress, scan, score_of_bytes};
use cleave_core::settings::CustomFieldRule;
use proptest::prelude::*;
use std::borrow::Cow;

/// A base of people whose names and numbers are often alike, and its scan.
fn scanned(people: &[(usize, usize, usize)], settings: &FuzzyMergeSettings) -> Scan {
    const FIRST: [&str; 6] = ["Anna", "Anne", "Bill", "William", "", "Olga"];
    const LAST: [&str; 5] = ["Berg", "Burg", "Smith", "", "Okonkwo"];
    const PHONE: [&str; 4] = ["617-555-0101", "617-555-0110", "", "617-555-0102"];
    let mut builder = Base::builder(settings);
    for (number, &(first, last, phone)) in people.iter().enumerate() {
        builder.push(&number.to_string(), |path| {
            Some(Cow::Borrowed(match path {
                "firstName" => FIRST[first],
                "lastName" => LAST[last],
                "phoneNumber" => PHONE[phone],
                _ => "",
            }))
        });
    }
    scan(&builder.build(), settings, &NoProgress).unwrap()
}

fn people() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0..6_usize, 0..5_usize, 0..4_usize), 2..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn moved_settings_are_a_scan_with_those_settings(
        people in people(),
        weight in 0..=100_u32, review in 0..=100_u32, more in 0..=100_u32,
        instant in any::<bool>(),
    ) {
        let instant = if instant { vec!["phoneNumber".to_owned()] } else { Vec::new() };
        let before = FuzzyMergeSettings { instant_merge_fields: instant, ..FuzzyMergeSettings::default() };
        let (review, merge) = (f64::from(review), f64::from((review + more).min(100)));
        let mut after = before.clone();
        after.custom_fields.push(CustomFieldRule {
            field: "lastName".to_owned(),
            weight: f64::from(weight),
            match_mode: cleave_core::settings::MatchMode::FuzzyString,
        });
        after.review_threshold_percent = review;
        after.threshold_percent = merge;

        let (there, here) = (scanned(&people, &after), scanned(&people, &before));
        let mut what_if = WhatIf::new(&here, &before);
        prop_assert!(what_if.set_weight("lastName", f64::from(weight)));
        what_if.set_thresholds(review, merge);
        let counts = what_if.counts();
        for band in [Band::InstantMerge, Band::Merge, Band::Review, Band::PhoneConflict, Band::Separate] {
            prop_assert_eq!(counts.of(band), there.count(band) as u64, "{:?}", band);
        }
        prop_assert_eq!(counts.total(), here.pairs.len() as u64);
        prop_assert_eq!(what_if.histogram().iter().sum::<u64>(), counts.total());
        for (at, pair) in there.pairs.iter().enumerate() {
            let id = here.pairs.pattern_of(at).unwrap();
            prop_assert_eq!(what_if.scores()[id as usize].to_bits(), pair.score.to_bits());
            let again = score_of_bytes(what_if.weights(), here.similarities(at), DEFAULT_MISSING);
            prop_assert_eq!(again.to_bits(), pair.score.to_bits());
        }
        let mut same = WhatIf::new(&here, &before);
        same.set_weights_of(&after);
        prop_assert_eq!(same.scores(), what_if.scores());
    }

    #[test]
    fn changes_are_the_pairs_that_a_scan_puts_elsewhere(people in people(), review in 0..=90_u32, merge in 0..=100_u32) {
        let settings = FuzzyMergeSettings::default();
        let found = scanned(&people, &settings);
        let before = WhatIf::new(&found, &settings);
        let mut after = before.clone();
        after.set_thresholds(f64::from(review), f64::from(merge));
        let (total, changes) = after.changes_from(&before, usize::MAX);
        prop_assert_eq!(total, changes.len() as u64);
        for change in &changes {
            prop_assert_ne!(Side::of(change.before.band), Side::of(change.after.band));
            prop_assert_eq!(Some(change.before), found.pairs.get(change.place));
        }
        let changed: Vec<usize> = changes.iter().map(|change| change.place).collect();
        for place in (0..found.pairs.len()).filter(|place| !changed.contains(place)) {
            let id = found.pairs.pattern_of(place).unwrap();
            prop_assert_eq!(Side::of(before.band(id).unwrap()), Side::of(after.band(id).unwrap()));
        }
        let (all, few) = after.changes_from(&before, 1);
        prop_assert_eq!((all, few.len()), (total, changes.len().min(1)));
        prop_assert_eq!(before.changes_from(&before, 9), (0, Vec::new()));
    }

    #[test]
    fn an_interval_holds_its_share_and_narrows_with_more(hits in 0..200_u64, more in 0..200_u64) {
        let all = hits + more;
        prop_assume!(all > 0);
        let interval = wilson(hits, all).unwrap();
        prop_assert!(0.0 <= interval.low && interval.low <= interval.share);
        prop_assert!(interval.share <= interval.high && interval.high <= 1.0);
        let tenfold = wilson(10 * hits, 10 * all).unwrap();
        prop_assert!(tenfold.high - tenfold.low < interval.high - interval.low);
    }
}

#[test]
fn intervals_are_those_of_the_textbook() {
    for (hits, all, low, high) in
        [(81, 263, 0.255, 0.366), (15, 148, 0.062, 0.161), (0, 10, 0.0, 0.278), (29, 29, 0.883, 1.0)]
    {
        let interval = wilson(hits, all).unwrap();
        assert!((interval.low - low).abs() < 6e-4 && (interval.high - high).abs() < 6e-4, "{interval:?}");
    }
    assert_eq!(wilson(0, 0), None);
    assert_eq!(wilson(2, 1), None);
}

#[test]
fn decisions_are_measured_at_each_threshold() {
    let settings = FuzzyMergeSettings::default();
    // Equal in all three; names alone; nothing.
    let found = scanned(&[(0, 0, 0), (0, 0, 0), (0, 0, 2), (5, 4, 3)], &settings);
    let what_if = WhatIf::new(&found, &settings);
    let decided = |one, other, same| Decided { one, other, same };
    let known = [
        decided(0, 1, false),
        decided(1, 0, true),
        decided(0, 2, false),
        decided(0, 3, true),
        decided(2, 2, true),
    ];
    let measured = what_if.measured(&known, &[0.0, 70.0, 100.0, 101.0]);
    let counted: Vec<_> = measured.iter().map(|at| (at.hits, at.wrong, at.missed)).collect();
    assert_eq!(counted, [(1, 1, 1), (1, 1, 1), (1, 0, 1), (0, 0, 2)]);
    assert_eq!(measured[2].precision.unwrap().share, 1.0);
    assert_eq!(measured[2].recall.unwrap().share, 0.5);
    assert_eq!(measured[3].precision, None);
    assert!((measured[2].f1() - 2.0 / 3.0).abs() < 1e-12);
}

#[test]
fn nonsense_changes_nothing() {
    let settings = FuzzyMergeSettings::default();
    let found = scanned(&[(0, 0, 0), (0, 0, 0)], &settings);
    let mut what_if = WhatIf::new(&found, &settings);
    let before = what_if.scores().to_vec();
    for (field, weight) in
        [("misc.nobody", 5.0), ("email", -1.0), ("email", f64::NAN), ("email", f64::INFINITY)]
    {
        assert!(!what_if.set_weight(field, weight));
    }
    assert_eq!(what_if.scores(), before);
    what_if.set_thresholds(90.0, 10.0);
    assert_eq!(what_if.counts().review, 0, "nothing is between thresholds the wrong way round");
    assert_eq!(what_if.counts().total(), 1);
    for field in what_if.fields().to_vec() {
        what_if.set_weight(&field, 0.0);
    }
    assert_eq!(
        what_if.counts(),
        Counts { merge: 0, phone_conflict: 1, ..Counts::default() },
        "no weight, no score"
    );
}
