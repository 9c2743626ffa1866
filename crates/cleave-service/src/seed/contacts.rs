//! Contacts out of people: who has a duplicate, who shares a number, and the document of each.

use rand::Rng;
use rand::seq::SliceRandom;
use serde_json::{Value, json};

use super::Chance;
use super::errors::retold;
use super::names::SOURCES;
use super::people::{Numbers, Person, pick};
use crate::clock::stamp;
use crate::world::Base;

/// A contact to be stored, still without an id.
pub(crate) struct Draft {
    /// The document, without `_id` and `organizationId`.
    pub(crate) document: Value,
    /// When it was made, in milliseconds since 1970.
    pub(crate) created: i64,
}

const DAY: i64 = 24 * 3600 * 1000;
/// Share of contacts that are a second or third record of somebody.
const DUPLICATES: f64 = 0.11;
/// Share of contacts that live with another one and give the same number.
const HOUSEMATES: f64 = 0.025;

/// From so many contacts on the lists of last names are too short.
const CROWD: usize = 2_000;

/// So many contacts, the oldest first.
pub(super) fn generate(base: &Base, count: usize, chance: &mut Chance) -> Vec<Draft> {
    let mut numbers = Numbers::default();
    let mut people: Vec<Person> = Vec::new();
    let mut drafts: Vec<(i64, Person)> = Vec::new();
    while drafts.len() < count {
        let age = chance.random_range(1..720);
        let roll: f64 = chance.random();
        let person = if people.is_empty() || roll >= DUPLICATES + HOUSEMATES {
            let somebody = Person::somebody(chance, &mut numbers, count > CROWD);
            people.push(somebody.clone());
            somebody
        } else {
            let known = &people[chance.random_range(0..people.len())];
            if roll < DUPLICATES { retold(known, chance, &mut numbers) } else { known.housemate(chance) }
        };
        drafts.push((base.now - age * DAY - chance.random_range(0..DAY), person));
    }
    // Who came first decides which of two records is the duplicate.
    drafts.shuffle(chance);
    drafts.sort_by_key(|(created, _)| *created);
    drafts.into_iter().map(|(created, person)| draft(base, created, &person, chance)).collect()
}

fn draft(base: &Base, created: i64, person: &Person, chance: &mut Chance) -> Draft {
    let pipeline = &base.pipelines[if chance.random_bool(0.85) { 0 } else { base.pipelines.len() - 1 }];
    let stages = pipeline["stages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let stage = &stages[chance.random_range(0..stages.len())];
    let owner = base.users[chance.random_range(0..base.users.len())].clone();
    let updated = created + chance.random_range(0..=(base.now - created).max(1));
    let document = json!({
        "firstName": person.first,
        "lastName": person.last,
        "phoneNumber": phone_number(person, chance),
        "secondaryPhoneNumber": [],
        "email": person.email,
        "dateOfBirth": person.born,
        "company": person.company,
        "address": {
            "streetAddress": person.street,
            "city": person.city,
            "state": person.state,
            "postalCode": person.postcode,
            "country": person.country,
        },
        "status": stage["name"],
        "source": pick(&SOURCES, chance),
        "pipelineId": pipeline["_id"],
        "pipelineStage": stage["_id"],
        "userId": owner,
        "createdBy": base.users[0],
        "assignees": assignees(base, &owner, chance),
        "outreachConfigId": null,
        "misc": misc(chance),
        "createdAt": stamp(created),
        "updatedAt": stamp(updated),
    });
    Draft { document, created }
}

/// Every form the contract allows turns up: null, text, and lists with one primary or none marked.
fn phone_number(person: &Person, chance: &mut Chance) -> Value {
    match (person.phones.as_slice(), chance.random_range(0..10)) {
        ([], _) => Value::Null,
        ([only], 0) => json!(only),
        ([only], 1) => json!([{"value": only}]),
        (numbers, _) => crate::rule::phones::as_list(numbers),
    }
}

/// Ids, and now and then a populated object, as real instances mix them.
fn assignees(base: &Base, owner: &str, chance: &mut Chance) -> Value {
    match chance.random_range(0..8) {
        0 => json!([]),
        1 => json!([{"_id": base.users[0], "fullName": base.names[0]}]),
        2 => json!([owner, base.users[chance.random_range(0..base.users.len())]]),
        _ => json!([owner]),
    }
}

fn misc(chance: &mut Chance) -> Value {
    match chance.random_range(0..5) {
        0 => json!({"creditScore": chance.random_range(560..820)}),
        1 => json!({"budget": chance.random_range(1..40) * 500, "preferredContact": "evenings"}),
        2 => json!({"newsletter": chance.random_bool(0.5)}),
        _ => json!({}),
    }
}
