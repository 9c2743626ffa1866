//! Settings and contacts that nobody should give, and somebody will: a sane result, bounded, without a panic.
#![expect(clippy::disallowed_methods, reason = "the test measures; the crate has no clock")]

mod common;

use std::time::{Duration, Instant};

use cleave_core::settings::{CustomFieldRule, FuzzyMergeSettings, MatchMode};
use cleave_match::lookup::NEIGHBOURS;
use cleave_match::{
    Decided, Finder, Missing, NoProgress, Reported, Scan, WhatIf, advise, calibrate, explain, scan,
};
use common::{Person, base, scanned};
use proptest::prelude::*;

/// Far above what any of these takes when it is bounded, and far below what it takes when it is not.
const BOUND: Duration = Duration::from_secs(30);

const PATHS: [&str; 8] = [
    "firstName",
    "lastName",
    "email",
    "phoneNumber",
    "secondaryPhoneNumber",
    "dateOfBirth",
    "address.streetAddress",
    "misc.note",
];

/// Values of many scripts and of none: letters that change their number when folded, marks without a letter, text that
/// runs backwards, emoji of several parts, digits of other scripts, what a broken export leaves.
fn value() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "",
        " ",
        "@",
        "@@",
        "+",
        "+++1",
        "-",
        "--",
        "0000-00-00",
        "1980-02-30",
        "9999-99-99",
        "ﬀ",
        "ß",
        "İ",
        "e\u{301}\u{301}\u{301}",
        "\u{301}",
        "\u{202e}abc",
        "שלום",
        "محمد",
        "王小明",
        "ひらがな",
        "👨‍👩‍👧‍👦",
        "🙂",
        "١٢٣٤٥٦٧٨٩٠",
        "\0",
        "\u{ffff}",
        "a\nb",
        "info@",
        "@example.com",
        "info@example.com",
        "a+b+c@d@e",
        ",;|,",
        "+1 617 793 0671, +1 617 793 0671",
    ]);
    prop_oneof![fixed.prop_map(str::to_owned), "\\PC{0,24}", "[a-c .@+0-9-]{0,14}", "[ab]{60,70}"]
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    let person = prop::collection::vec(value(), PATHS.len());
    prop::collection::vec(person, 0..24).prop_map(|rows| {
        let person = |(number, row): (usize, Vec<String>)| {
            let values: Vec<(&'static str, &str)> =
                PATHS.into_iter().zip(row.iter().map(String::as_str)).collect();
            // Ids need not differ.
            Person::new((number / 2).to_string(), &values)
        };
        rows.into_iter().enumerate().map(person).collect()
    })
}

fn settings() -> impl Strategy<Value = FuzzyMergeSettings> {
    let path = || {
        prop::sample::select(vec![
            "email",
            "phoneNumber",
            "misc.note",
            "misc.nobody",
            "",
            "a..b",
            "firstName",
        ])
    };
    let weight = prop::sample::select(vec![0.0, 1.0, 100.0, 1e9]);
    let exact = any::<bool>();
    let rule = (path(), weight, exact).prop_map(|(field, weight, exact)| CustomFieldRule {
        field: field.to_owned(),
        weight,
        match_mode: if exact { MatchMode::ExactNormalized } else { MatchMode::FuzzyString },
    });
    let paths = || prop::collection::vec(path().prop_map(str::to_owned), 0..4);
    let percent = || prop::sample::select(vec![0.0, 40.0, 70.0, 90.0, 100.0]);
    let limit = prop::sample::select(vec![0, 1, 50, 200, 201, u32::MAX]);
    (limit, percent(), percent(), prop::collection::vec(rule, 0..4), paths(), paths()).prop_map(
        |(candidate_limit, review, merge, custom_fields, lookup, instant)| FuzzyMergeSettings {
            candidate_limit,
            // The wrong way round as often as not.
            review_threshold_percent: review,
            threshold_percent: merge,
            custom_fields,
            lookup_trigger_fields: lookup.into_iter().chain(["lastName".to_owned()]).collect(),
            instant_merge_fields: instant,
            ..FuzzyMergeSettings::default()
        },
    )
}

/// What holds for any scan.
fn sane(found: &Scan, people: &[Person], settings: &FuzzyMergeSettings) {
    let limit = usize::try_from(settings.candidate_limit).unwrap_or(usize::MAX);
    assert!(found.pairs.len() <= people.len().saturating_mul(limit));
    for pair in found.pairs.iter() {
        assert!((0.0..=100.0).contains(&pair.score) && pair.left < pair.right, "{pair:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_contacts_under_any_settings_have_a_sane_result(people in people(), settings in settings()) {
        let base = base(&people, &settings);
        let found = scan(&base, &settings, &NoProgress).unwrap();
        sane(&found, &people, &settings);
        let finder = Finder::new(&base, &settings).unwrap();
        for person in people.iter().take(3) {
            let candidates = finder.candidates_of(|path| person.value(path));
            prop_assert!(candidates.found.len() <= settings.candidate_limit as usize);
            prop_assert!(candidates.found.iter().all(|found| (0.0..=100.0).contains(&found.score)));
        }
        for (at, pair) in found.pairs.iter().enumerate().take(5) {
            let (left, right) = (&people[pair.left as usize], &people[pair.right as usize]);
            let why = explain(&settings, Missing::Present, |path| left.value(path), |path| right.value(path));
            prop_assert_eq!(why.score.to_bits(), pair.score.to_bits(), "{:?}", found.similarities(at));
        }

        let mut what_if = WhatIf::new(&found, &settings);
        what_if.set_missing(Missing::Strict);
        prop_assert_eq!(what_if.counts().total(), found.pairs.len() as u64);
        let known: Vec<Decided> = found
            .pairs
            .iter()
            .zip([true, false].into_iter().cycle())
            .map(|(pair, same)| Decided { one: pair.right, other: pair.left, same })
            .take(6)
            .collect();
        let measured = what_if.measured(&known, &[0.0, 50.0, f64::NAN, f64::INFINITY]);
        prop_assert!(measured.iter().all(|at| (0.0..=1.0).contains(&at.f1())));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_advice_and_calibration_stay_within_the_limits(people in people(), settings in settings()) {
        let base = base(&people, &settings);
        let found = scan(&base, &settings, &NoProgress).unwrap();
        let known: Vec<Decided> = (0..12)
            .map(|at| Decided { one: at, other: at * 7 % 24, same: at % 3 == 0 })
            .chain(found.pairs.iter().take(8).map(|pair| Decided { one: pair.left, other: pair.right, same: pair.left % 2 == 0 }))
            .collect();
        let advice = advise(&base, &found, &settings, &known, 2).unwrap();
        for change in &advice.changes {
            let mut one = settings.clone();
            change.apply(&mut one);
            prop_assert!(one.review_threshold_percent <= one.threshold_percent || settings.review_threshold_percent > settings.threshold_percent);
        }
        let reported: Vec<Reported> = found
            .pairs
            .iter()
            .enumerate()
            .take(10)
            .map(|(at, pair)| Reported { similarities: found.similarities(at).to_vec(), score: 100.0 - pair.score })
            .collect();
        if let Some(calibration) = calibrate(&found.weights, &reported) {
            for review in &reported {
                prop_assert!((0.0..=100.0).contains(&calibration.score(&review.similarities)));
            }
        }
    }
}

#[test]
fn nothing_to_weigh_and_nothing_to_look_up_score_and_find_nothing() {
    let twice =
        || Person::new("0", &[("firstName", "Ann"), ("lastName", "Lee"), ("email", "ann@example.com")]);
    let no_weight = PATHS.map(|field| CustomFieldRule {
        field: field.to_owned(),
        weight: 0.0,
        match_mode: MatchMode::FuzzyString,
    });
    let weightless =
        FuzzyMergeSettings { custom_fields: no_weight.to_vec(), ..FuzzyMergeSettings::default() };
    let found = scanned(&[twice(), twice()], &weightless);
    assert_eq!(found.pairs.iter().map(|pair| pair.score).collect::<Vec<_>>(), [0.0]);
    let blind = FuzzyMergeSettings { lookup_trigger_fields: Vec::new(), ..FuzzyMergeSettings::default() };
    assert!(scanned(&[twice(), twice()], &blind).pairs.is_empty());
    let none = FuzzyMergeSettings { candidate_limit: 0, ..FuzzyMergeSettings::default() };
    let found = scanned(&[twice(), twice()], &none);
    assert_eq!((found.pairs.len(), found.cut_off), (0, 1));
}

/// Everyone has one number and one address, and a name that a few share.
fn switchboard(people: u32) -> Vec<Person> {
    let person = |number: u32| {
        let last = format!("Last{}", number / 3);
        Person::new(
            number.to_string(),
            &[("lastName", &last), ("phoneNumber", "+16175550101"), ("email", "info@example.com")],
        )
    };
    (0..people).map(person).collect()
}

#[test]
fn the_cost_of_one_number_for_all_grows_with_their_count_and_no_faster() {
    let settings = FuzzyMergeSettings::default();
    let start = Instant::now();
    let pairs = [10_000, 20_000, 40_000].map(|people| scanned(&switchboard(people), &settings).pairs.len());
    assert!(start.elapsed() < BOUND);
    // Three people of one name are three pairs. Beside the number names meet that sound alike, in blocks of their own.
    for (people, pairs) in [10_000, 20_000, 40_000].into_iter().zip(pairs) {
        assert!(pairs >= people - 2, "{pairs} of {people}");
        assert!(pairs <= people * (2 * NEIGHBOURS), "{pairs} of {people}");
    }
    assert!(pairs[2] <= pairs[1] * 21 / 10 && pairs[1] <= pairs[0] * 21 / 10, "{pairs:?}");
}

#[test]
fn many_names_of_a_megabyte_are_cut_and_compared_in_bounds() {
    let scripts = ["Ann🙂é", "שלום ", "王小明", "محمد ", "\u{202e}x", "a b "];
    let people: Vec<Person> = (0..60_usize)
        .map(|number| {
            let script = scripts[number % scripts.len()];
            let long = script.repeat(1_000_000 / script.len());
            Person::new(number.to_string(), &PATHS.map(|path| (path, long.as_str())))
        })
        .collect();
    let settings = FuzzyMergeSettings::default();
    let start = Instant::now();
    let base = base(&people, &settings);
    let found = scan(&base, &settings, &NoProgress).unwrap();
    assert!(start.elapsed() < BOUND);
    sane(&found, &people, &settings);
    assert!(base.normalised(0, "lastName").unwrap().len() < 64_000, "a value is cut");
    // The like ones meet: ten of each script.
    assert!(found.pairs.find(0, 6).is_some() && found.pairs.find(2, 8).is_some());
}
