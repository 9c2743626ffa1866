//! What core sees of a contact and a review.

use cleave_core::{
    contact::Contact,
    field::{self, FieldPath},
    review::{Review, ReviewKind, ReviewStatus},
};
use cleave_wire::{contact::ContactDto, decode::decode_value, into_core::contact_of, review::DedupReviewDto};
use proptest::prelude::*;
use serde_json::{Value, json};

fn contact(document: Value) -> Contact {
    Contact::from(&decode_value::<ContactDto>(document).expect("a contact"))
}

fn review(document: Value) -> Review {
    Review::from(&decode_value::<DedupReviewDto>(document).expect("a review"))
}

fn value<'a>(contact: &'a Contact, path: &str) -> Option<&'a Value> {
    contact.values.get(&FieldPath::from(path))
}

#[test]
fn phone_numbers_in_every_form() {
    let cases = [
        (json!({}), vec![], vec![]),
        (json!({"phoneNumber": null, "secondaryPhoneNumber": null}), vec![], vec![]),
        (json!({"phoneNumber": "+1"}), vec![("+1", true)], vec![]),
        (json!({"phoneNumber": []}), vec![], vec![]),
        (
            json!({"phoneNumber": [{"value": "+1"}, {"value": "+2", "isPrimary": true}], "secondaryPhoneNumber": ["+1"]}),
            vec![("+1", false), ("+2", true)],
            vec!["+1"],
        ),
    ];
    for (document, phones, secondary) in cases {
        let contact = contact(document.clone());
        let seen: Vec<_> =
            contact.phones.iter().map(|phone| (phone.value.as_str(), phone.is_primary)).collect();
        assert_eq!(seen, phones, "{document}");
        assert_eq!(contact.secondary_phones, secondary, "{document}");
        assert!(contact.values.is_empty(), "{document}");
    }
}

#[test]
fn values_lie_at_dotted_paths_and_bookkeeping_stays_behind() {
    let contact = contact(json!({
        "_id": "c1", "__v": 3, "organizationId": "o", "createdBy": "u", "createdAt": "T1", "updatedAt": "T2",
        "firstName": "Jane", "email": null, "assignees": ["u"], "misc": {},
        "address": {"city": "Toronto", "geo": {"lat": 43.6}}
    }));
    assert_eq!((contact.id.as_str(), contact.organization_id.as_deref()), ("c1", Some("o")));
    assert_eq!((contact.created_at.as_deref(), contact.updated_at.as_deref()), (Some("T1"), Some("T2")));
    let paths: Vec<&str> = contact.values.keys().map(FieldPath::as_str).collect();
    assert_eq!(paths, ["address.city", "address.geo.lat", "assignees", "email", "firstName", "misc"]);
    assert_eq!(value(&contact, "address.geo.lat"), Some(&json!(43.6)));
    assert_eq!(contact.text(field::FIRST_NAME).as_deref(), Some("Jane"));
}

#[test]
fn a_whole_review() {
    let review = review(json!({
        "_id": "r1", "organizationId": "o", "reviewSource": "phone_conflict", "status": "merged", "score": 86,
        "sourceContactId": {"_id": "s", "firstName": "Jane"}, "candidateContactId": "c",
        "sourceSnapshot": {"firstName": "Jan", "phoneNumber": "+1"}, "candidateSnapshot": {},
        "phoneConflict": {"phoneNumber": "+1"}, "fieldBreakdown": {"lastName": 80, "email": 75},
        "thresholdSnapshot": {"thresholdPercent": 90},
        "resolution": {"email": "source", "cleaveOpId": "op-1"}, "resolvedBy": {"_id": "u", "fullName": "Ada"},
        "resolvedAt": "T3", "createdAt": "T1", "updatedAt": "T2"
    }));
    assert_eq!(
        (review.id.as_str(), &review.kind, &review.status),
        ("r1", &ReviewKind::PhoneConflict, &ReviewStatus::Merged)
    );
    assert_eq!(review.score.map(|score| score.raw), Some(86.0));
    assert_eq!((review.source.id.as_str(), review.candidate.id.as_str()), ("s", "c"));
    let snapshot = review.source.snapshot.as_ref().expect("the source's snapshot");
    assert_eq!((snapshot.id.as_str(), snapshot.primary_phone()), ("s", Some("+1")));
    assert!(review.source.contact.is_some() && review.candidate.contact.is_none());
    assert!(review.candidate.snapshot.is_none(), "an empty snapshot tells nothing");
    let names: Vec<&str> = review.breakdown.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["lastName", "email"], "in the server's order");
    assert_eq!(review.conflict_phone.as_deref(), Some("+1"));
    assert_eq!(
        (review.resolved_op_id.as_deref(), review.resolved_by.as_deref()),
        (Some("op-1"), Some("Ada"))
    );
}

#[test]
fn a_review_of_which_nothing_is_known() {
    let empty = review(json!({}));
    assert_eq!((empty.id.as_str(), empty.status), ("", ReviewStatus::Other(String::new())));
    let unknown = review(json!({"status": "snoozed", "sourceContactId": null, "resolvedBy": "u"}));
    assert_eq!(unknown.status, ReviewStatus::Other("snoozed".into()));
    assert_eq!((unknown.source.id.as_str(), unknown.resolved_by.as_deref()), ("", Some("u")));
}

#[test]
fn a_snapshot_of_another_form_is_read_as_far_as_it_goes() {
    let document =
        json!({"firstName": {"first": "Jane"}, "phoneNumber": ["+1", {"number": "+2"}, 3], "email": 5});
    let contact = contact_of(document.as_object().expect("an object"));
    let phones: Vec<&str> = contact.phones.iter().map(|phone| phone.value.as_str()).collect();
    assert_eq!(phones, ["+1"]);
    assert_eq!(value(&contact, "firstName.first"), Some(&json!("Jane")));
    assert_eq!(value(&contact, "email"), Some(&json!(5)));
}

proptest! {
    #[test]
    fn every_leaf_of_a_contact_is_carried(fields in proptest::collection::btree_map("[a-z]{1,6}", ("[a-z]{1,6}", any::<i32>()), 0..8)) {
        let document: Value = fields.iter().map(|(key, (inner, number))| (key.clone(), json!({inner: number}))).collect();
        let contact = contact(json!({"extra": document, "_id": "c"}));
        for (key, (inner, number)) in &fields {
            prop_assert_eq!(value(&contact, &format!("extra.{key}.{inner}")), Some(&json!(number)));
        }
        prop_assert_eq!(contact.values.len(), fields.len().max(1));
    }
}
