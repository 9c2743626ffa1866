//! Bases that are made to hurt.
#![expect(clippy::disallowed_methods, reason = "the test measures; the crate has no clock")]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cleave_core::settings::FuzzyMergeSettings;
use cleave_match::lookup::NEIGHBOURS;
use cleave_match::{Band, Finder, MatchError, NoProgress, Progress, scan};
use common::{Person, base, scanned};

/// Far above what any of these takes when it is bounded, and far below what it takes when it is not.
const BOUND: Duration = Duration::from_secs(30);

#[test]
fn nothing_and_one_contact_have_no_pairs() {
    let settings = FuzzyMergeSettings::default();
    assert!(scanned(&[], &settings).pairs.is_empty());
    assert!(scanned(&[Person::new("0", &[("firstName", "Ann")])], &settings).pairs.is_empty());
    assert!(
        scanned(&vec![Person::new("0", &[]); 50], &settings).pairs.is_empty(),
        "contacts without any value"
    );
}

#[test]
fn a_number_that_everyone_shares_costs_no_square_and_is_named() {
    let people: Vec<Person> = (0..20_000_u32)
        .map(|number| {
            let last = format!("Last{number}");
            Person::new(number.to_string(), &[("lastName", &last), ("phoneNumber", "+16175550101")])
        })
        .collect();
    let start = Instant::now();
    let found = scanned(&people, &FuzzyMergeSettings::default());
    assert!(start.elapsed() < BOUND);
    assert!(found.pairs.len() <= people.len() * 50);
    assert_eq!(found.count(Band::PhoneConflict), 0, "a switchboard is no conflict");
    let phone = found.common_values.iter().find(|common| common.field == "phoneNumber").unwrap();
    assert_eq!(phone.contacts, 20_000);
}

#[test]
fn twenty_thousand_copies_of_one_contact_meet_their_neighbours_only() {
    let values = [
        ("firstName", "Ann"),
        ("lastName", "Lee"),
        ("email", "ann@example.com"),
        ("phoneNumber", "+16175550101"),
    ];
    let people: Vec<Person> =
        (0..20_000).map(|number| Person::new(format!("{number:05}"), &values)).collect();
    let start = Instant::now();
    let found = scanned(&people, &FuzzyMergeSettings::default());
    assert!(start.elapsed() < BOUND);
    assert!(found.pairs.len() <= people.len() * NEIGHBOURS);
    assert_eq!(found.common_values.len(), 4);
}

#[test]
fn a_new_contact_finds_its_like_in_a_block_that_is_too_large() {
    let settings = FuzzyMergeSettings::default();
    let person = |number: u32| {
        let last = format!("Last{number:05}");
        Person::new(number.to_string(), &[("lastName", &last), ("phoneNumber", "+16175550101")])
    };
    let people: Vec<Person> = (0..20_000).map(person).collect();
    let base = base(&people, &settings);
    let finder = Finder::new(&base, &settings).unwrap();
    let start = Instant::now();
    for number in [0, 777, 19_999] {
        let new = person(number);
        let found = finder.candidates_of(|path| new.value(path));
        assert!(found.found.len() <= 50);
        assert_eq!(found.found[0].contact, number);
    }
    assert!(start.elapsed() < BOUND);
}

#[test]
fn values_of_a_megabyte_and_of_every_script_are_compared_in_bounds() {
    let long = "Ann🙂é".repeat(200_000);
    let longer = format!("{long}x");
    let people: Vec<Person> = [
        long.as_str(),
        longer.as_str(),
        "🙂🙂🙂",
        "👨‍👩‍👧‍👦",
        "שלום עליכם",
        "\u{202e}שלום עליכם",
        "محمد",
        "e\u{301}\u{301}\u{301}",
        "\0\u{ffff}\u{10ffff}",
        "",
    ]
    .into_iter()
    .enumerate()
    .map(|(number, value)| {
        let values =
            ["firstName", "lastName", "email", "phoneNumber", "dateOfBirth", "address.streetAddress"]
                .map(|path| (path, value));
        Person::new(number.to_string(), &values)
    })
    .collect();
    let start = Instant::now();
    let found = scanned(&people, &FuzzyMergeSettings::default());
    assert!(start.elapsed() < BOUND);
    let met: Vec<(u32, u32)> = found.pairs.iter().map(|pair| (pair.left, pair.right)).collect();
    assert!(met.contains(&(0, 1)) && met.contains(&(4, 5)), "{met:?}");
}

#[test]
fn progress_reaches_the_end_and_a_stop_is_obeyed() {
    #[derive(Default)]
    struct Watch {
        most: AtomicUsize,
        stop: bool,
    }
    impl Progress for Watch {
        fn advanced(&self, done: usize, total: usize) {
            assert!(done <= total);
            self.most.fetch_max(done, Ordering::Relaxed);
        }
        fn stop(&self) -> bool {
            self.stop
        }
    }
    let people: Vec<Person> =
        (0..5_000).map(|number| Person::new(number.to_string(), &[("firstName", "Ann")])).collect();
    let settings = FuzzyMergeSettings::default();
    let base = base(&people, &settings);
    let (watch, stopped) = (Watch::default(), Watch { stop: true, ..Watch::default() });
    assert!(scan(&base, &settings, &watch).is_ok());
    assert_eq!(watch.most.into_inner(), 5_000);
    assert_eq!(scan(&base, &settings, &stopped), Err(MatchError::Stopped));
    assert!(scan(&base, &settings, &NoProgress).is_ok());
}
