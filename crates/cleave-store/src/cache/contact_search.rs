//! The tables `contact_search` and `contact_phone`: contacts by words, and by the numbers they hold.

use cleave_core::contact::Contact;
use cleave_core::separation::phone_key;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde_json::{Map, Value};

use super::contact::{self, CachedContact};
use crate::connection::begin;
use crate::error::Result;
use crate::search;
use crate::store::Store;

/// A contact that is known to have been merged into another is no longer one: it is not found, and holds no number.
const IS_THERE: &str = "NOT EXISTS (SELECT 1 FROM review r JOIN review_doc d ON d.id = r.id
    WHERE r.source_id = c.contact_id AND r.is_open = 0 AND d.doc ->> '$.status' = 'merged')";

impl Store {
    /// Cached contacts in which every word occurs: in a name, company, e-mail address or phone number, whatever its case
    /// and accents. The one in which the first word comes earliest comes first; nothing is found without a word.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn search_contacts(&self, text: &str, limit: u32) -> Result<Vec<CachedContact>> {
        let wanted = search::wanted(text);
        let Some(first) = wanted.first().cloned() else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT contact_id FROM contact_search c WHERE {} AND {IS_THERE}
             ORDER BY min(length(search){}), search, contact_id LIMIT ?",
            search::condition(&wanted, "c.search"),
            ", coalesce(nullif(instr(search, ?), 0), length(search))".repeat(first.len()),
        );
        let mut values: Vec<Sql> = wanted.into_iter().flatten().map(Sql::from).collect();
        values.extend(first.into_iter().map(Sql::from));
        values.push(Sql::from(limit));
        let mut reader = self.cache_reader();
        // One transaction, so that what is found is still there when it is read.
        let db = reader.transaction()?;
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(contact::cached(&db, &row.get::<_, String>(0)?)?);
        }
        Ok(found)
    }

    /// Notes that the server does not have a contact any more: it is not found, and holds no number. Reviews go on showing
    /// what was read of it, and reading it again brings it back.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn contact_is_gone(&self, contact_id: &str) -> Result<()> {
        let mut db = self.cache_to_write()?;
        let tx = begin(&mut db)?;
        tx.prepare_cached("DELETE FROM contact_search WHERE contact_id = ?1")?.execute([contact_id])?;
        tx.prepare_cached("DELETE FROM contact_phone WHERE contact_id = ?1")?.execute([contact_id])?;
        Ok(tx.commit()?)
    }

    /// Those of the numbers that another cached contact holds under `phoneNumber`, as they were given.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn held_by_others(&self, contact_id: &str, numbers: &[String]) -> Result<Vec<String>> {
        let holders = self.holders(contact_id, numbers)?;
        Ok(holders.into_iter().map(|(number, _)| number).collect())
    }

    /// As [`Store::held_by_others`], each with the contact that holds it.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn holders(&self, contact_id: &str, numbers: &[String]) -> Result<Vec<(String, String)>> {
        let db = self.cache_reader();
        let mut statement = db.prepare_cached(&format!(
            "SELECT c.contact_id FROM contact_phone c
             WHERE c.number = ?1 AND c.contact_id <> ?2 AND {IS_THERE} ORDER BY c.contact_id LIMIT 1"
        ))?;
        let mut held = Vec::new();
        for number in numbers {
            let other = statement.query_row([&phone_key(number), contact_id], |row| row.get(0)).optional()?;
            held.extend(other.map(|holder| (number.clone(), holder)));
        }
        Ok(held)
    }
}

/// Whether a contact can be found.
pub(super) fn is_there(db: &Connection, contact_id: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM contact_search WHERE contact_id = ?1")?.exists([contact_id])
}

/// Writes by what a contact is found, from its document.
pub(super) fn put(db: &Connection, contact_id: &str, doc: &Map<String, Value>) -> rusqlite::Result<()> {
    let contact = cleave_wire::into_core::contact_of(doc);
    db.prepare_cached(
        "INSERT INTO contact_search (contact_id, search) VALUES (?1, ?2)
         ON CONFLICT (contact_id) DO UPDATE SET search = ?2 WHERE search <> ?2",
    )?
    .execute([contact_id, &words(&contact)])?;
    db.prepare_cached("DELETE FROM contact_phone WHERE contact_id = ?1")?.execute([contact_id])?;
    let mut insert =
        db.prepare_cached("INSERT OR IGNORE INTO contact_phone (number, contact_id) VALUES (?1, ?2)")?;
    for phone in &contact.phones {
        if !phone.value.trim().is_empty() {
            insert.execute([&phone_key(&phone.value), contact_id])?;
        }
    }
    Ok(())
}

fn words(contact: &Contact) -> String {
    let mut words = String::new();
    search::add_contact(&mut words, contact);
    words
}

/// Writes it for every contact that a cache of the first version holds. One that cannot be read is not found.
pub(super) fn fill(db: &Connection) -> rusqlite::Result<()> {
    let mut statement = db.prepare("SELECT id, doc FROM contact")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Ok(doc) = serde_json::from_str(row.get_ref(1)?.as_str()?) {
            put(db, &row.get::<_, String>(0)?, &doc)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::contact::ContactUpdate;
    use super::*;
    use crate::outbox::trial::{Trial, start};
    use serde_json::json;

    fn put(trial: &Trial, documents: &[Value]) {
        let update = |doc: &Value| ContactUpdate::part(serde_json::from_value(doc.clone()).unwrap());
        let updates: Vec<_> = documents.iter().map(update).collect();
        trial.store.put_contacts(&updates, start()).unwrap();
    }

    fn found(trial: &Trial, text: &str) -> Vec<String> {
        let found = trial.store.search_contacts(text, 10).unwrap();
        found.iter().map(|cached| cached.contact.id.text().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn contacts_are_found_by_name_address_and_number_whatever_the_case_and_accents() {
        let trial = Trial::new();
        put(
            &trial,
            &[
                json!({"_id": "c1", "firstName": "José", "lastName": "Núñez", "email": "Pepe@Example.org",
                    "phoneNumber": "+14165550101"}),
                json!({"_id": "c2", "firstName": "Ann", "lastName": "O’Brien", "company": "Nunez & Sons",
                    "phoneNumber": [{"value": "+14165550102"}], "secondaryPhoneNumber": ["+14165550199"]}),
                json!({"_id": "c3", "firstName": "Anne", "lastName": "Marie"}),
            ],
        );
        for (text, ids) in [
            ("jose", vec!["c1"]),
            ("NÚÑEZ", vec!["c1", "c2"]),
            ("nunez josé", vec!["c1"]),
            ("pepe@ex", vec!["c1"]),
            ("obrien", vec!["c2"]),
            ("ann", vec!["c2", "c3"]),
            ("marie", vec!["c3"]),
            ("555-0102", vec!["c2"]),
            ("(416) 555", vec!["c2", "c1"]),
            ("0199", vec!["c2"]),
            ("%", vec![]),
            ("josenunez", vec![]),
            ("", vec![]),
            ("  ", vec![]),
        ] {
            assert_eq!(found(&trial, text), ids, "{text}");
        }
        assert_eq!(trial.store.search_contacts("ann", 1).unwrap().len(), 1);
        put(&trial, &[json!({"_id": "c1", "firstName": "Josefina"})]);
        assert_eq!(found(&trial, "josefina nunez"), ["c1"]);
    }

    #[test]
    fn a_number_is_held_by_others_however_it_is_written() {
        let trial = Trial::new();
        put(
            &trial,
            &[
                json!({"_id": "c1", "phoneNumber": "+14165550101"}),
                json!({"_id": "c2", "phoneNumber": [{"value": "(416) 555-0102"}, {"value": "+14165550103"}],
                    "secondaryPhoneNumber": ["+14165550104"]}),
            ],
        );
        let asked =
            ["+1 416 555 0101", "+14165550102", "416-555-0103", "+14165550104", ""].map(str::to_owned);
        let held = |contact: &str| trial.store.held_by_others(contact, &asked).unwrap();
        assert_eq!(held("c1"), ["+14165550102", "416-555-0103"], "a secondary number is nobody's alone");
        assert_eq!(held("c2"), ["+1 416 555 0101"]);
        put(&trial, &[json!({"_id": "c2", "phoneNumber": "+14165550103"})]);
        assert_eq!(held("c1"), ["416-555-0103"], "what a contact gave up is free");
    }

    #[test]
    fn a_contact_that_was_merged_away_is_not_found_and_holds_nothing() {
        let trial = Trial::new();
        let review = |status: &str| {
            let source = json!({"_id": "gone", "firstName": "Jane", "phoneNumber": "+14165550101"});
            let review =
                json!({"_id": "r1", "status": status, "sourceContactId": source, "candidateContactId": "c1"});
            trial.store.put_reviews(&[serde_json::from_value(review).unwrap()], start()).unwrap();
        };
        let held = || trial.store.held_by_others("c1", &["+14165550101".to_owned()]).unwrap().len();
        review("needs_review");
        assert_eq!((found(&trial, "jane").len(), held()), (1, 1));
        review("kept_separate");
        assert_eq!((found(&trial, "jane").len(), held()), (1, 1));
        review("merged");
        assert_eq!((found(&trial, "jane").len(), held()), (0, 0));
    }

    #[test]
    fn a_contact_that_is_gone_comes_back_when_it_is_read_again() {
        let trial = Trial::new();
        let contact = json!({"_id": "c2", "firstName": "Jane", "phoneNumber": "+14165550101"});
        put(&trial, std::slice::from_ref(&contact));
        let number = ["+1 416 555 0101".to_owned()];
        let seen = || (found(&trial, "jane").len(), trial.store.holders("c1", &number).unwrap());
        let there = (1, vec![(number[0].clone(), "c2".to_owned())]);
        assert_eq!(seen(), there);
        trial.store.contact_is_gone("c2").unwrap();
        assert_eq!(seen(), (0, Vec::new()));
        assert!(trial.store.contact("c2").unwrap().is_some(), "a review still shows it");
        put(&trial, &[contact]);
        assert_eq!(seen(), there);
    }

    #[test]
    fn a_cache_of_the_first_version_is_searched_as_well() {
        let dir = tempfile::tempdir().unwrap();
        let db = rusqlite::Connection::open(dir.path().join("cache.db")).unwrap();
        db.execute_batch(include_str!("../../migrations/cache/0001_reviews.sql")).unwrap();
        db.execute_batch(
            r#"INSERT INTO contact VALUES ('c1', 1, 0, '{"_id":"c1","firstName":"Jane","phoneNumber":"+14165550101"}');
               INSERT INTO contact VALUES ('bad', 1, 0, 'no document');
               PRAGMA user_version = 1;"#,
        )
        .unwrap();
        drop(db);
        let store = Store::open(dir.path(), start()).unwrap();
        assert_eq!(store.search_contacts("jane", 10).unwrap().len(), 1);
        assert_eq!(store.held_by_others("c2", &["4165550101".to_owned()]).unwrap().len(), 1);
    }
}
