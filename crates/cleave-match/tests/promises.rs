//! What holds for whatever contacts there are.

mod common;

use cleave_core::settings::FuzzyMergeSettings;
use cleave_match::{MISSING_BYTE, SIMILARITY_STEPS};
use common::{Person, base, by_id, scanned};
use proptest::prelude::*;

/// A contact with values from small sets, so that many are alike.
fn person() -> impl Strategy<Value = Person> {
    let first =
        prop::sample::select(vec!["", "Bill", "William", "Anna", "anne", "B.", "李", "Søren", "soren"]);
    let last =
        prop::sample::select(vec!["", "Smith", "Smyth", "Anderson", "Andersen", "Bill", "O'Neil", "🙂"]);
    let email =
        prop::sample::select(vec!["", "bill@a.com", "b.ill@a.com", "bill@b.com", "info@a.com", "anna@x.de"]);
    let phone =
        prop::sample::select(vec!["", "617-555-0101", "+16175550101", "617-555-0110", "0", "+442079460958"]);
    let born = prop::sample::select(vec!["", "1980-02-03", "3.2.1980", "1980-03-02", "1980-01-01", "soon"]);
    (first, last, email, phone, born).prop_map(|(first, last, email, phone, born)| {
        Person::new(
            "",
            &[
                ("firstName", first),
                ("lastName", last),
                ("email", email),
                ("phoneNumber", phone),
                ("dateOfBirth", born),
            ],
        )
    })
}

fn people(most: usize) -> impl Strategy<Value = Vec<Person>> {
    prop::collection::vec(person(), 0..most).prop_map(|mut people| {
        for (number, person) in people.iter_mut().enumerate() {
            person.id = format!("{number:03}");
        }
        people
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn scores_are_bounded_pairs_are_ordered_and_bytes_fit(people in people(60)) {
        let found = scanned(&people, &FuzzyMergeSettings::default());
        for (at, pair) in found.pairs.iter().enumerate() {
            prop_assert!((0.0..=100.0).contains(&pair.score));
            prop_assert!(pair.left < pair.right);
            let bytes = found.similarities(at);
            prop_assert_eq!(bytes.len(), found.fields.len());
            prop_assert!(bytes.iter().all(|&byte| byte <= SIMILARITY_STEPS || byte == MISSING_BYTE));
        }
        let order: Vec<(u32, u32)> = found.pairs.iter().map(|pair| (pair.left, pair.right)).collect();
        prop_assert!(order.is_sorted());
        let mut once = order.clone();
        once.dedup();
        prop_assert_eq!(once, order);
    }

    #[test]
    fn the_order_of_contacts_does_not_matter(people in people(60), limit in 1..4_u32, seed in any::<u64>()) {
        let settings = FuzzyMergeSettings { candidate_limit: limit, ..FuzzyMergeSettings::default() };
        let mut shuffled = people.clone();
        let mut state = seed | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        prop_assert_eq!(by_id(&people, &settings), by_id(&shuffled, &settings));
        prop_assert_eq!(scanned(&people, &settings).cut_off, scanned(&shuffled, &settings).cut_off);
    }

    #[test]
    fn a_limit_only_takes_away_and_counts_what_it_took(people in people(60), limit in 1..6_u32) {
        let all = scanned(&people, &FuzzyMergeSettings { candidate_limit: 200, ..FuzzyMergeSettings::default() });
        let few = scanned(&people, &FuzzyMergeSettings { candidate_limit: limit, ..FuzzyMergeSettings::default() });
        prop_assert_eq!(all.cut_off, 0);
        prop_assert!(few.pairs.iter().all(|pair| all.pairs.iter().any(|other| other == pair)));
        prop_assert_eq!(few.pairs.len() as u64 + few.cut_off, all.pairs.len() as u64);
        prop_assert!(few.pairs.len() <= people.len() * limit as usize);
    }
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let people: Vec<Person> = (0..3_000_u32)
        .map(|number| {
            let (first, last) = (["Bill", "Anna", "Mary", "Jon"][number as usize % 4], number / 7);
            let phone = format!("617555{:04}", number / 5);
            Person::new(
                format!("{number}"),
                &[("firstName", first), ("lastName", &format!("Name{last}")), ("phoneNumber", &phone)],
            )
        })
        .collect();
    let settings = FuzzyMergeSettings { candidate_limit: 3, ..FuzzyMergeSettings::default() };
    let base = base(&people, &settings);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| cleave_match::scan(&base, &settings, &cleave_match::NoProgress).unwrap())
    };
    let one = with(1);
    assert!(one.pairs.len() > 1_000 && one.cut_off > 0);
    for threads in [2, 3, 4, 8] {
        assert_eq!(with(threads), one, "{threads}");
    }
}
