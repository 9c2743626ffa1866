//! Duplicates among the stored contacts, found by `cleave-match` under the organisation's settings, and the reviews
//! that a person decides.

use std::borrow::Cow;
use std::collections::BTreeSet;

use cleave_core::contact::text_of;
use cleave_core::settings::FuzzyMergeSettings;
use cleave_match::{Band, MISSING_BYTE, NoProgress, SIMILARITY_STEPS, Scan};
use rusqlite::Transaction;
use serde_json::{Map, Value, json};

use super::store::Stored;
use crate::clock::stamp;
use crate::db::{fresh_id, organization, review};
use crate::error::StartError;
use crate::rule::phones;
use crate::world::Base;

/// Files a review for every pair that the settings put before a person or would merge: nothing is merged here. Of a
/// pair the contact stored later is the source. Answers with the places of all contacts that are part of one.
pub(crate) fn file_reviews(
    tx: &Transaction<'_>,
    base: &Base,
    contacts: &[Stored],
) -> Result<BTreeSet<usize>, StartError> {
    let settings = organization::settings(tx, &base.organization)?;
    let scan = scan(contacts, &settings)?;
    let mut involved = BTreeSet::new();
    for (at, pair) in scan.pairs.iter().enumerate() {
        let source = match pair.band {
            Band::InstantMerge | Band::Merge | Band::Review => "fuzzy_match",
            Band::PhoneConflict => "phone_conflict",
            Band::Separate => continue,
        };
        let (candidate, later) = (pair.left as usize, pair.right as usize);
        let (old, new) = (&contacts[candidate], &contacts[later]);
        let filed = stamp(new.created.max(old.created) + 60_000);
        let mut document = json!({
            "_id": fresh_id::next(tx)?,
            "organizationId": base.organization,
            "sourceContactId": new.document["_id"],
            "candidateContactId": old.document["_id"],
            "reviewSource": source,
            "status": review::NEEDS_REVIEW,
            "score": rounded(pair.score),
            "thresholdSnapshot": {
                "thresholdPercent": settings.threshold_percent,
                "reviewThresholdPercent": settings.review_threshold_percent,
            },
            "fieldBreakdown": breakdown(&scan, at),
            "sourceSnapshot": new.document,
            "candidateSnapshot": old.document,
            "resolvedBy": null,
            "resolvedAt": null,
            "createdAt": filed,
            "updatedAt": filed,
        });
        if let Some(number) = shared_number(&new.document, &old.document) {
            document["phoneConflict"] = json!({"phoneNumber": number});
        }
        review::insert(tx, &document)?;
        involved.extend([candidate, later]);
    }
    Ok(involved)
}

fn scan(contacts: &[Stored], settings: &FuzzyMergeSettings) -> Result<Scan, StartError> {
    let mut builder = cleave_match::Base::builder(settings);
    for contact in contacts {
        let id = contact.document["_id"].as_str().unwrap_or_default();
        builder.push(id, |path| value_at(&contact.document, path));
    }
    let found = cleave_match::scan(&builder.build(), settings, &NoProgress);
    found.map_err(|error| StartError::World(error.to_string()))
}

/// The value at a dotted path as text; of the numbers the first, whether it is held or not.
fn value_at<'a>(contact: &'a Value, path: &str) -> Option<Cow<'a, str>> {
    if path == "phoneNumber" {
        return phones::all(contact).into_iter().next().map(Cow::Owned);
    }
    let mut value = contact;
    for key in path.split('.') {
        value = value.get(key)?;
    }
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        other => text_of(other).map(Cow::Owned),
    }
}

/// Percent by field, the fields that one side lacks left out.
fn breakdown(scan: &Scan, pair: usize) -> Value {
    let steps = f64::from(SIMILARITY_STEPS);
    let known = scan.fields.iter().zip(scan.similarities(pair)).filter(|(_, byte)| **byte != MISSING_BYTE);
    let percents = known.map(|(field, byte)| (field.clone(), rounded(f64::from(*byte) * 100.0 / steps)));
    Value::Object(percents.collect::<Map<_, _>>())
}

fn shared_number(one: &Value, other: &Value) -> Option<String> {
    let others: Vec<String> = phones::all(other).iter().map(|number| phones::key(number)).collect();
    phones::all(one).into_iter().find(|number| others.contains(&phones::key(number)))
}

/// One decimal, and a whole number where it is one: `86`, `86.4`.
fn rounded(value: f64) -> Value {
    let tenths = (value * 10.0).round() / 10.0;
    #[expect(clippy::cast_possible_truncation, reason = "a percentage")]
    if tenths.fract() == 0.0 { json!(tenths as i64) } else { json!(tenths) }
}
