//! A populated reference is never replaced by a bare id.

use serde_json::Value;

/// Puts what is known of referenced records in the place of bare ids, wherever a document refers to the same records as
/// before. `new` and `old` are two documents of one record.
pub(super) fn keep_populated(new: &mut Value, old: &Value) {
    match (new, old) {
        (Value::Object(new), Value::Object(old)) => {
            for (key, new) in new {
                if let Some(old) = old.get(key) {
                    keep_reference(new, old);
                }
            }
        }
        (Value::Array(new), Value::Array(old)) => {
            for new in new {
                let same = old.iter().find(|old| id_of(old).is_some() && id_of(old) == id_of(new));
                if let Some(old) = same {
                    keep_reference(new, old);
                }
            }
        }
        _ => {}
    }
}

fn keep_reference(new: &mut Value, old: &Value) {
    if new.is_string() {
        if old.is_object() && id_of(old).is_some() && id_of(old) == id_of(new) {
            *new = old.clone();
        }
    } else if id_of(new).is_none() || id_of(new) == id_of(old) {
        keep_populated(new, old);
    }
}

/// The id of a record, populated or bare.
fn id_of(reference: &Value) -> Option<&str> {
    match reference {
        Value::String(id) => Some(id),
        Value::Object(record) => record.get("_id").and_then(Value::as_str),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::{ChildKind, ChildList, Children, ContactUpdate};
    use crate::outbox::trial::{Trial, start};
    use rand::{Rng, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use serde_json::json;

    #[test]
    fn what_is_known_of_a_reference_stays_while_it_is_the_same() {
        let ann = json!({"_id": "u1", "name": "Ann"});
        let cases = [
            ("bare", json!({"by": "u1"}), json!({"by": ann}), json!({"by": ann})),
            ("another", json!({"by": "u2"}), json!({"by": ann}), json!({"by": "u2"})),
            ("gone", json!({"by": null}), json!({"by": ann}), json!({"by": null})),
            ("text", json!({"by": "u1"}), json!({"by": {"name": "u1"}}), json!({"by": "u1"})),
            ("in a list", json!({"by": ["u2", "u1"]}), json!({"by": [ann]}), json!({"by": ["u2", ann]})),
            ("deep", json!({"a": {"by": "u1"}}), json!({"a": {"by": ann}}), json!({"a": {"by": ann}})),
            (
                "within another",
                json!({"a": {"_id": "x", "by": "u1"}}),
                json!({"a": {"_id": "y", "by": ann}}),
                json!({"a": {"_id": "x", "by": "u1"}}),
            ),
        ];
        for (name, mut new, old, expected) in cases {
            keep_populated(&mut new, &old);
            assert_eq!(new, expected, "{name}");
        }
    }

    /// Random orders of documents whose reference is populated or bare, into each table.
    #[test]
    fn no_order_of_documents_loses_what_a_reference_was_populated_with() {
        for seed in 0..60 {
            let mut dice = ChaCha8Rng::seed_from_u64(seed);
            let trial = Trial::new();
            let (mut user, mut contact) = ([false; 3], false);
            for _ in 0..dice.random_range(2..8) {
                let full: bool = dice.random();
                let by = if full { json!({"_id": "u1", "fullName": "Una"}) } else { json!("u1") };
                let table = dice.random_range(0..4);
                match table {
                    0 => {
                        let doc = json!({"_id": "c", "assignedTo": by});
                        let dto = serde_json::from_value(doc).unwrap();
                        let update = if dice.random() { ContactUpdate::whole } else { ContactUpdate::part };
                        trial.store.put_contacts(&[update(dto)], start()).unwrap();
                        contact = true;
                    }
                    1 => {
                        let doc = json!({"_id": "r", "status": "needs_review", "resolvedBy": by, "candidateContactId": "c"});
                        trial.store.put_reviews(&[serde_json::from_value(doc).unwrap()], start()).unwrap();
                    }
                    2 => {
                        let docs = vec![json!({"_id": "n0"}), json!({"_id": "n1", "createdBy": by})];
                        let list = ChildList { docs, complete: true, seen_at: start() };
                        let children = Children { lists: [(ChildKind::Note, list)].into(), protection: None };
                        trial.store.put_children("c", &children, start()).unwrap();
                    }
                    _ => {
                        let side = if full { json!({"_id": "c", "firstName": "Cara"}) } else { json!("c") };
                        let doc = json!({"_id": "r", "status": "needs_review", "candidateContactId": side});
                        trial.store.put_reviews(&[serde_json::from_value(doc).unwrap()], start()).unwrap();
                        contact |= full;
                    }
                }
                if let Some(seen) = user.get_mut(table) {
                    *seen |= full;
                }
            }
            let una = Some(&json!("Una"));
            let cached = trial.store.contact("c").unwrap();
            assert_eq!(cached.is_some(), contact, "seed {seed}");
            if user[0] {
                let doc = serde_json::to_value(cached.unwrap().contact).unwrap();
                assert_eq!(doc["assignedTo"].get("fullName"), una, "seed {seed}");
            }
            let review = trial.store.review("r").unwrap();
            if user[1] {
                let doc = serde_json::to_value(&review.as_ref().unwrap().dto).unwrap();
                assert_eq!(doc["resolvedBy"].get("fullName"), una, "seed {seed}");
            }
            if let Some(review) = review {
                assert_eq!(review.review.candidate.contact.is_some(), contact, "seed {seed}");
            }
            if user[2] {
                let notes = trial.store.children("c").unwrap().lists[&ChildKind::Note].docs.clone();
                assert_eq!(notes[1]["createdBy"].get("fullName"), una, "seed {seed}");
            }
        }
    }
}
