//! Duplicates with the usual errors, planted among namesakes, are found and rightly banded.

mod common;

use std::collections::BTreeSet;

use cleave_core::settings::FuzzyMergeSettings;
use cleave_match::Band;
use common::{Person, scanned};

const FIRST: [&str; 24] = [
    "William",
    "Elizabeth",
    "Robert",
    "Margaret",
    "Thomas",
    "Katherine",
    "Michael",
    "Jennifer",
    "Samuel",
    "Patricia",
    "Daniel",
    "Rebecca",
    "Søren",
    "Agnieszka",
    "José",
    "Ingrid",
    "Pierre",
    "Chloé",
    "Omar",
    "Fatima",
    "Wei",
    "Mei",
    "Aarav",
    "Priya",
];
const NICK: [&str; 12] =
    ["Bill", "Liz", "Bob", "Peggy", "Tom", "Kate", "Mike", "Jen", "Sam", "Trish", "Danny", "Becky"];
const LAST: [&str; 30] = [
    "Anderson",
    "Bergström",
    "Castellano",
    "Dubois",
    "Eriksen",
    "Fitzgerald",
    "Goldberg",
    "Hernández",
    "Ivanova",
    "Johansson",
    "Kowalski",
    "Lindqvist",
    "MacDonald",
    "Nakamura",
    "O'Sullivan",
    "Petrov",
    "Quintana",
    "Rasmussen",
    "Schneider",
    "Thompson",
    "Underwood",
    "Villanueva",
    "Whitfield",
    "Ximenes",
    "Yamamoto",
    "Zimmermann",
    "Okafor",
    "Haddad",
    "Nguyen",
    "Papadopoulos",
];

/// One person in each place of a grid of names, every third with a second entry in another hand.
fn planted() -> (Vec<Person>, BTreeSet<(u32, u32)>) {
    let (mut people, mut truth) = (Vec::new(), BTreeSet::new());
    for number in 0..FIRST.len() * LAST.len() {
        let (first, last) = (FIRST[number % FIRST.len()], LAST[number / FIRST.len()]);
        // Scattered, so that neighbours in the grid are no slip of the pen apart.
        let scattered = number * 7_919 % 10_007;
        let email = format!("{}{scattered}@example.com", ["blue", "fox", "north", "zed"][scattered % 4]);
        let phone = format!("617555{scattered:04}").replacen("555", ["555", "482", "307"][scattered % 3], 1);
        let born =
            format!("19{:02}-{:02}-{:02}", 40 + scattered % 60, 1 + scattered % 12, 1 + scattered % 28);
        let entry = |id: String, first: &str, last: &str, email: &str, phone: &str, born: &str| {
            let values = [
                ("firstName", first),
                ("lastName", last),
                ("email", email),
                ("phoneNumber", phone),
                ("dateOfBirth", born),
            ];
            Person::new(id, &values)
        };
        let original = people.len() as u32;
        people.push(entry(format!("{number}"), first, last, &email, &phone, &born));
        if number % 3 != 0 {
            continue;
        }
        let nick = NICK.get(number % FIRST.len()).copied().unwrap_or(first);
        let slip = slipped(last);
        let id = format!("{number}-again");
        let other = format!("other{number}@example.org");
        people.push(match number / 3 % 6 {
            0 => entry(id, nick, last, &email, "", &born),
            1 => entry(id, first, &slip, "", &phone, ""),
            2 => entry(id, last, first, &other, &phone, &born),
            3 => entry(id, &first[..1], last, &email, &phone, ""),
            4 => entry(id, &first.to_uppercase(), &last.to_uppercase(), &email.to_uppercase(), "", ""),
            _ => entry(id, nick, &slip, &other, &phone, &born),
        });
        truth.insert((original, original + 1));
    }
    (people, truth)
}

/// The second and third letter swapped.
fn slipped(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    letters.swap(1, 2);
    letters.into_iter().collect()
}

#[test]
fn planted_duplicates_are_found_and_strangers_stay_apart() {
    let (people, truth) = planted();
    assert_eq!(truth.len(), 240);
    let found = scanned(&people, &FuzzyMergeSettings::default());
    let among = |bands: &[Band]| -> BTreeSet<(u32, u32)> {
        let chosen = found.pairs.iter().filter(|pair| bands.contains(&pair.band));
        chosen.map(|pair| (pair.left, pair.right)).collect()
    };
    let compared: BTreeSet<(u32, u32)> = found.pairs.iter().map(|pair| (pair.left, pair.right)).collect();
    assert_eq!(truth.difference(&compared).count(), 0, "every true pair is a candidate");

    let merged = among(&[Band::Merge]);
    assert_eq!(merged.difference(&truth).count(), 0, "nobody is merged with a stranger");
    assert!(merged.len() >= truth.len() / 3, "{} merged", merged.len());

    let shown = among(&[Band::Merge, Band::Review, Band::PhoneConflict]);
    assert_eq!(truth.difference(&shown).count(), 0, "every true pair is merged or shown");
    assert!(shown.len() <= truth.len() * 11 / 10, "{} shown", shown.len());
}
