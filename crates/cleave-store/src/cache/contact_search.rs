//! The tables `contact_search` and `contact_phone`: contacts by words, and by the numbers they hold.

use cleave_core::contact::Contact;
use cleave_core::separation::phone_key;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde_json::{Map, Value};

use super::contact::{self, CachedContact};
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
        // The longest form of the first word that is a name's: what is typed mostly is one.
        let Some(first) = wanted.first().and_then(|words| words.first()).cloned() else {
            return Ok(Vec::new());
        };
        let sql = format!(
            "SELECT contact_id FROM contact_search c WHERE {} AND {IS_THERE}
             ORDER BY coalesce(nullif(instr(search, ?), 0), length(search)), search, contact_id LIMIT ?",
            search::condition(&wanted, "c.search"),
        );
        let mut values: Vec<Sql> = wanted.into_iter().flatten().map(Sql::from).collect();
        values.extend([Sql::from(first), Sql::from(limit)]);
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

    /// Those of the numbers that another cached contact holds under `phoneNumber`, as they were given.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn held_by_others(&self, contact_id: &str, numbers: &[String]) -> Result<Vec<String>> {
        let db = self.cache_reader();
        let mut statement = db.prepare_cached(&format!(
            "SELECT 1 FROM contact_phone c WHERE c.number = ?1 AND c.contact_id <> ?2 AND {IS_THERE} LIMIT 1"
        ))?;
        let mut held = Vec::new();
        for number in numbers {
            let other = statement.query_row([&phone_key(number), contact_id], |_| Ok(())).optional()?;
            if other.is_some() {
                held.push(number.clone());
            }
        }
        Ok(held)
    }
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
