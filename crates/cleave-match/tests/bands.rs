//! A small world whose every outcome is known.

mod common;

use cleave_core::settings::FuzzyMergeSettings;
use cleave_match::{Band, Finder, MatchError, Missing, NoProgress, SIMILARITY_STEPS, explain, scan};
use common::{Person, base, scanned};

fn world() -> Vec<Person> {
    vec![
        Person::new(
            "0",
            &[
                ("firstName", "William"),
                ("lastName", "Anderson"),
                ("email", "will.anderson@example.com"),
                ("phoneNumber", "(617) 555-0101"),
                ("address.streetAddress", "12 Main Street"),
            ],
        ),
        // The same person, as another form wrote him.
        Person::new(
            "1",
            &[
                ("firstName", "Bill"),
                ("lastName", "ANDERSON"),
                ("email", "Will.Anderson@Example.com "),
                ("phoneNumber", "+1 617 555 0101"),
                ("address.streetAddress", "12 Main St"),
            ],
        ),
        // Perhaps the first one: an initial, another spelling, another provider.
        Person::new(
            "2",
            &[("firstName", "W."), ("lastName", "Andersen"), ("email", "will.anderson@example.org")],
        ),
        // Someone else who answers the same telephone.
        Person::new(
            "3",
            &[
                ("firstName", "Xenia"),
                ("lastName", "Prokopova"),
                ("email", "xenia@example.net"),
                ("phoneNumber", "617-555-0101"),
            ],
        ),
        // A stranger.
        Person::new("4", &[("firstName", "Olga"), ("lastName", "Tran"), ("phoneNumber", "+44 20 7946 0958")]),
    ]
}

fn bands(people: &[Person], settings: &FuzzyMergeSettings) -> Vec<(u32, u32, Band)> {
    let found = scanned(people, settings).pairs;
    found
        .iter()
        .filter(|pair| pair.band != Band::Separate)
        .map(|pair| (pair.left, pair.right, pair.band))
        .collect()
}

#[test]
fn every_pair_gets_its_band() {
    assert_eq!(
        bands(&world(), &FuzzyMergeSettings::default()),
        [(0, 1, Band::Merge), (0, 2, Band::Review), (0, 3, Band::PhoneConflict), (1, 3, Band::PhoneConflict),]
    );
}

#[test]
fn an_instant_field_merges_whatever_the_score() {
    let settings = FuzzyMergeSettings {
        instant_merge_fields: vec!["phoneNumber".to_owned()],
        ..FuzzyMergeSettings::default()
    };
    let instant: Vec<(u32, u32)> = bands(&world(), &settings)
        .into_iter()
        .filter(|(.., band)| *band == Band::InstantMerge)
        .map(|(left, right, _)| (left, right))
        .collect();
    assert_eq!(instant, [(0, 1), (0, 3), (1, 3)]);
}

#[test]
fn a_new_contact_meets_the_same_candidates_as_in_a_scan() {
    let (people, settings) = (world(), FuzzyMergeSettings::default());
    let base = base(&people[1..], &settings);
    let found = Finder::new(&base, &settings).unwrap().candidates_of(|path| people[0].value(path));
    let scanned = scanned(&people, &settings);
    assert_eq!(found.cut_off, 0);
    let mut here: Vec<(u32, f64, Band)> =
        found.found.iter().map(|c| (c.contact + 1, c.score, c.band)).collect();
    here.sort_by_key(|(contact, ..)| *contact);
    let there: Vec<(u32, f64, Band)> = scanned
        .pairs
        .iter()
        .filter(|pair| pair.left == 0)
        .map(|pair| (pair.right, pair.score, pair.band))
        .collect();
    assert_eq!(here, there);
    assert_eq!(found.found[0].contact, 0, "the best one comes first");
}

#[test]
fn an_explanation_adds_up_to_the_score_of_the_scan() {
    let (people, settings) = (world(), FuzzyMergeSettings::default());
    for pair in scanned(&people, &settings).pairs.iter() {
        let (left, right) = (&people[pair.left as usize], &people[pair.right as usize]);
        let why = explain(&settings, Missing::Present, |path| left.value(path), |path| right.value(path));
        assert_eq!(why.score, pair.score);
        let sum: f64 = why.fields.iter().map(|field| field.contribution).sum();
        assert!((sum - why.score).abs() < 1e-9);
        assert!(!format!("{why:?}").contains("nderson"), "values are personal data");
        let back = explain(&settings, Missing::Present, |path| right.value(path), |path| left.value(path));
        assert_eq!(back.score, why.score);
    }
}

#[test]
fn evidence_shows_what_was_compared_and_what_it_changes() {
    let (people, settings) = (world(), FuzzyMergeSettings::default());
    let why =
        explain(&settings, Missing::Present, |path| people[0].value(path), |path| people[3].value(path));
    let phone = why.fields.iter().find(|field| field.field == "phoneNumber").unwrap();
    assert_eq!(phone.raw_left.as_deref(), Some("(617) 555-0101"));
    assert_eq!(phone.raw_right.as_deref(), Some("617-555-0101"));
    assert_eq!(phone.normalised_left, phone.normalised_right);
    assert_eq!(phone.similarity, Some(1.0));
    assert!(phone.score_without < why.score);
    let street = why.fields.iter().find(|field| field.field == "address.streetAddress").unwrap();
    assert_eq!((street.similarity, street.contribution, street.score_without), (None, 0.0, why.score));
}

#[test]
fn strict_scores_are_never_above_those_over_present_fields() {
    let (people, settings) = (world(), FuzzyMergeSettings::default());
    for (a, b) in [(0, 1), (0, 2), (0, 4), (3, 4)] {
        let with =
            |missing| explain(&settings, missing, |path| people[a].value(path), |path| people[b].value(path));
        assert!(with(Missing::Strict).score <= with(Missing::Present).score);
    }
}

#[test]
fn two_contacts_with_only_a_name_in_common_are_reviewed_and_not_merged() {
    let twice = |id| Person::new(id, &[("firstName", "Zebulon"), ("lastName", "Quackenbush")]);
    assert_eq!(bands(&[twice("0"), twice("1")], &FuzzyMergeSettings::default()), [(0, 1, Band::Review)]);
    let first = |id| Person::new(id, &[("firstName", "Zebulon")]);
    assert_eq!(bands(&[first("0"), first("1")], &FuzzyMergeSettings::default()), []);
}

#[test]
fn a_base_without_a_needed_field_is_refused() {
    let settings = FuzzyMergeSettings::default();
    let base = base(&world(), &settings);
    let more = FuzzyMergeSettings { instant_merge_fields: vec!["misc.ssn".to_owned()], ..settings };
    let refused = MatchError::NotInBase { path: "misc.ssn".to_owned() };
    assert_eq!(scan(&base, &more, &NoProgress), Err(refused.clone()));
    assert_eq!(Finder::new(&base, &more).err(), Some(refused));
}

#[test]
fn a_secondary_number_finds_and_agrees_like_the_first() {
    let settings = FuzzyMergeSettings::default();
    let mut people = world();
    people.push(Person::new(
        "5",
        &[
            ("firstName", "William"),
            ("phoneNumber", "+49 30 901820"),
            ("secondaryPhoneNumber", "+44 20 7946 0999, (617) 555-0101"),
        ],
    ));
    // Further numbers alone, one of them far from any other.
    people.push(Person::new(
        "6",
        &[("lastName", "Okonkwo"), ("secondaryPhoneNumber", "not a number; +44 20 7946 0999")],
    ));
    let found = scanned(&people, &settings);
    let phone = found.fields.iter().position(|field| field == "phoneNumber").unwrap();
    let likeness = |one, other| Some(found.similarities(found.pairs.find(one, other)?)[phone]);
    assert_eq!(likeness(0, 5), Some(SIMILARITY_STEPS));
    assert_eq!(likeness(5, 3), Some(SIMILARITY_STEPS));
    assert_eq!(likeness(6, 5), Some(SIMILARITY_STEPS));
    assert_eq!(likeness(4, 6), None);
    assert_eq!(found.pairs.get(found.pairs.find(5, 6).unwrap()).unwrap().band, Band::PhoneConflict);

    let pair = found.pairs.get(found.pairs.find(0, 5).unwrap()).unwrap();
    let why =
        explain(&settings, Missing::Present, |path| people[0].value(path), |path| people[5].value(path));
    assert_eq!(why.score, pair.score, "an explanation sees the further numbers too");

    let base = base(&people[..5], &settings);
    let new = Finder::new(&base, &settings).unwrap().candidates_of(|path| people[5].value(path));
    let mut met: Vec<(u32, f64)> = new.found.iter().map(|found| (found.contact, found.score)).collect();
    met.sort_by_key(|(contact, _)| *contact);
    assert_eq!(met.iter().map(|(contact, _)| *contact).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(met[0].1, pair.score);

    let instant = FuzzyMergeSettings { instant_merge_fields: vec!["phoneNumber".to_owned()], ..settings };
    let found = scanned(&people, &instant);
    assert_eq!(found.pairs.get(found.pairs.find(0, 5).unwrap()).unwrap().band, Band::InstantMerge);
}
