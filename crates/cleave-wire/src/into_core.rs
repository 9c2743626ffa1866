//! From the documents of the wire to what `cleave-core` decides about.
//!
//! A contact's document is turned into values by dotted path. Nothing is judged: blanks, unknown fields and lists pass
//! as they are. Only the server's own bookkeeping stays behind ([`BOOKKEEPING`]), because nobody chooses between two
//! values of it. The whole document stays with whoever stored it.

use std::collections::BTreeMap;

use cleave_core::{
    contact::{Contact, Phone, spread},
    field::{PHONE, SECONDARY_PHONE},
    review::{Party, Review, ReviewKind, ReviewStatus},
    score::Score,
};
use serde_json::{Map, Value};

use crate::{Ref, contact::ContactDto, resolution::ResolutionReading, review::DedupReviewDto, user::UserDto};

/// Fields of a contact that are no value of it, or that [`Contact`] holds apart from its values.
pub const BOOKKEEPING: [&str; 7] =
    ["_id", "__v", "organizationId", "createdAt", "updatedAt", "createdBy", "existingConversationId"];

impl From<&ContactDto> for Contact {
    fn from(dto: &ContactDto) -> Self {
        match serde_json::to_value(dto) {
            Ok(Value::Object(document)) => contact_of(&document),
            // A record always is an object.
            _ => Self::default(),
        }
    }
}

/// The contact in a free-form document, such as a review's `sourceSnapshot`.
///
/// What has another form than the contract says is carried as a plain value; a phone number in none of its forms is
/// left out.
pub fn contact_of(document: &Map<String, Value>) -> Contact {
    let text = |key: &str| document.get(key).and_then(Value::as_str).map(str::to_owned);
    let mut values = BTreeMap::new();
    for (key, value) in document {
        if !BOOKKEEPING.contains(&key.as_str()) && key != PHONE && key != SECONDARY_PHONE {
            spread(key.clone(), value, &mut values);
        }
    }
    Contact {
        id: text("_id").unwrap_or_default(),
        organization_id: text("organizationId"),
        phones: phones_of(document.get(PHONE)),
        secondary_phones: strings_of(document.get(SECONDARY_PHONE)),
        values,
        created_at: text("createdAt"),
        updated_at: text("updatedAt"),
    }
}

fn phones_of(value: Option<&Value>) -> Vec<Phone> {
    let one = |value: &str, is_primary| Phone { value: value.to_owned(), is_primary };
    match value {
        Some(Value::String(number)) => vec![one(number, true)],
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(|entry| match entry {
                Value::String(number) => Some(one(number, false)),
                _ => {
                    let is_primary = entry.get("isPrimary").and_then(Value::as_bool).unwrap_or(false);
                    Some(one(entry.get("value")?.as_str()?, is_primary))
                }
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn strings_of(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

impl From<&DedupReviewDto> for Review {
    fn from(dto: &DedupReviewDto) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let word = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let reading = dto.resolution.value().map(ResolutionReading::of);
        Self {
            id: word(dto.id.text()),
            organization_id: owned(dto.organization_id.text()),
            source: party(dto.source_contact_id.value(), dto.source_snapshot.value()),
            candidate: party(dto.candidate_contact_id.value(), dto.candidate_snapshot.value()),
            kind: ReviewKind::from_word(&word(dto.review_source.value().map(|kind| kind.as_str()))),
            status: ReviewStatus::from_word(&word(dto.status.value().map(|status| status.as_str()))),
            score: dto.score.value().and_then(serde_json::Number::as_f64).map(|raw| Score { raw }),
            breakdown: entries(dto.field_breakdown.value()),
            thresholds: entries(dto.threshold_snapshot.value()),
            conflict_phone: dto.phone_conflict.value().map(|conflict| conflict.phone_number.clone()),
            resolved_op_id: reading.and_then(|reading| reading.operation_id),
            resolved_by: dto.resolved_by.value().and_then(name_of),
            resolved_at: owned(dto.resolved_at.text()),
            created_at: owned(dto.created_at.text()),
            updated_at: owned(dto.updated_at.text()),
        }
    }
}

fn party(reference: Option<&Ref<ContactDto>>, snapshot: Option<&Map<String, Value>>) -> Party {
    let id = reference.and_then(Ref::id).unwrap_or_default();
    // A snapshot may have been stored without its id.
    let named = |mut contact: Contact| {
        if contact.id.is_empty() {
            id.clone_into(&mut contact.id);
        }
        contact
    };
    Party {
        id: id.to_owned(),
        contact: reference.and_then(Ref::record).map(Contact::from),
        snapshot: snapshot.filter(|document| !document.is_empty()).map(contact_of).map(named),
    }
}

fn entries(map: Option<&Map<String, Value>>) -> Vec<(String, Value)> {
    map.into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The name to show for whoever resolved a review, or the id where there is no name.
fn name_of(user: &Ref<UserDto>) -> Option<String> {
    let name = user.record().and_then(|user| user.full_name.text().or(user.email.text()));
    name.or_else(|| user.id()).map(str::to_owned)
}
