//! The table `contact`: each contact once, as the server sent it.

use std::collections::BTreeSet;

use cleave_wire::contact::ContactDto;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

use super::child::{self, ChildKind, Children};
use super::populated::keep_populated;
use super::{contact_read, contact_search, document, is_outdated, review};
use crate::connection::begin;
use crate::error::Result;
use crate::store::Store;
use crate::time::{instant, millis};

/// How much of a contact a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fullness {
    /// A populated reference or an item of a list: maybe not every field. Laid over what is known.
    Part,
    /// The answer of the contact's own route: takes the place of what is known.
    Whole,
}

/// A contact to be stored.
#[derive(Debug, Clone)]
pub struct ContactUpdate {
    /// The document.
    pub contact: ContactDto,
    /// How much of the contact it holds.
    pub fullness: Fullness,
    /// When it was asked for; `None` for what is as of now. What was read whole later stays.
    pub begun: Option<Timestamp>,
}

/// What one reading of a contact gave.
#[derive(Debug, Clone)]
pub struct ContactReading {
    /// The contact as each route showed it.
    pub contacts: Vec<ContactUpdate>,
    /// What hangs on it. Each list says in `seen_at` when it was asked for.
    pub children: Children,
    /// Kinds whose list lacks records only because something failed that may work the next time.
    pub cut_short: BTreeSet<ChildKind>,
    /// Whether anything could not be read that the server may have.
    pub left_out: bool,
    /// When the reading began.
    pub begun: Timestamp,
}

/// A contact of the cache.
#[derive(Debug, Clone)]
pub struct CachedContact {
    /// The document.
    pub contact: ContactDto,
    /// Whether the contact's own route has answered, so that no field is missing.
    pub whole: bool,
    /// When it was last read.
    pub seen_at: Timestamp,
}

impl Store {
    /// Stores contacts, and brings the rows of the reviews they are part of up to date. One without an id is passed
    /// over. Answers the ids of the reviews that changed.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn put_contacts(&self, updates: &[ContactUpdate], now: Timestamp) -> Result<Vec<String>> {
        let mut db = self.cache_to_write()?;
        let tx = begin(&mut db)?;
        let mut different = Vec::new();
        for update in updates {
            different.extend(put_update(&tx, update, now)?);
        }
        let changed = review::refresh_of(&tx, &different, None)?;
        tx.commit()?;
        Ok(changed)
    }

    /// Stores what one reading of a contact gave, as [`Store::put_contacts`] and [`Store::put_children`] do. A complete
    /// list stays where a failure cut the new one short. Where the contact is known to have changed, that stays known
    /// until a reading that began later has left out nothing.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn put_reading(&self, contact_id: &str, reading: &ContactReading, now: Timestamp) -> Result<()> {
        let mut db = self.cache_to_write()?;
        let tx = begin(&mut db)?;
        let shown_since = stored(&tx, contact_id)?.is_some_and(|row| instant(row.seen_at) > reading.begun);
        let stays = (reading.left_out || shown_since) && contact_read::is_changed(&tx, contact_id)?;
        let mut different = Vec::new();
        for update in &reading.contacts {
            different.extend(put_update(&tx, update, now)?);
        }
        review::refresh_of(&tx, &different, None)?;
        child::put(&tx, contact_id, &reading.children, &reading.cut_short, now)?;
        contact_read::tried(&tx, contact_id, reading.begun, stays)?;
        Ok(tx.commit()?)
    }

    /// A contact, if it is known.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn contact(&self, id: &str) -> Result<Option<CachedContact>> {
        cached(&self.cache_reader(), id)
    }

    /// Which of these contacts are not known at all.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn unknown_contacts(&self, ids: &[String]) -> Result<Vec<String>> {
        let db = self.cache_reader();
        let mut statement = db.prepare_cached("SELECT 1 FROM contact WHERE id = ?1")?;
        let mut unknown = Vec::new();
        for id in ids {
            if !statement.exists([id])? {
                unknown.push(id.clone());
            }
        }
        Ok(unknown)
    }
}

/// A row of the table.
pub(super) struct Stored {
    pub(super) whole: bool,
    pub(super) seen_at: i64,
    /// When the contact's own route last answered.
    whole_at: Option<i64>,
    pub(super) doc: String,
}

impl Stored {
    /// When it was read: of a contact that is known whole, when it last was read whole, whatever has been laid over since.
    pub(super) fn read_at(&self) -> Timestamp {
        instant(self.whole_at.unwrap_or(self.seen_at))
    }
}

/// The row of a contact.
pub(super) fn stored(db: &Connection, id: &str) -> Result<Option<Stored>> {
    let row = db
        .prepare_cached(
            "SELECT c.whole, c.seen_at, r.whole_at, c.doc FROM contact c
             LEFT JOIN contact_read r ON r.contact_id = c.id WHERE c.id = ?1",
        )?
        .query_row([id], |row| {
            Ok(Stored { whole: row.get(0)?, seen_at: row.get(1)?, whole_at: row.get(2)?, doc: row.get(3)? })
        })
        .optional()?;
    Ok(row)
}

/// The contact in its row.
pub(super) fn cached(db: &Connection, id: &str) -> Result<Option<CachedContact>> {
    stored(db, id)?
        .map(|row| {
            Ok(CachedContact {
                contact: document(&row.doc, "contact")?,
                whole: row.whole,
                seen_at: instant(row.seen_at),
            })
        })
        .transpose()
}

fn put_update(db: &Connection, update: &ContactUpdate, now: Timestamp) -> Result<Option<String>> {
    let Some(document) = object(&update.contact) else { return Ok(None) };
    put_begun(db, document, update.fullness, update.begun.unwrap_or(now), now)
}

/// Stores one document as of now. Answers its id if the stored document is another one now.
pub(super) fn put(
    db: &Connection,
    new: Map<String, Value>,
    fullness: Fullness,
    now: Timestamp,
) -> Result<Option<String>> {
    put_begun(db, new, fullness, now, now)
}

/// The same for one that was asked for at a time.
fn put_begun(
    db: &Connection,
    new: Map<String, Value>,
    fullness: Fullness,
    begun: Timestamp,
    now: Timestamp,
) -> Result<Option<String>> {
    let Some(id) = new.get("_id").and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned)
    else {
        return Ok(None);
    };
    let before = stored(db, &id)?;
    let whole_at = before.as_ref().and_then(|row| row.whole_at).map(instant);
    if whole_at.is_some_and(|whole_at| is_outdated(whole_at, begun, now)) {
        return Ok(None);
    }
    let shown_since = before.as_ref().is_some_and(|row| instant(row.seen_at) > begun);
    let was_whole = before.as_ref().is_some_and(|row| row.whole);
    let whole = fullness == Fullness::Whole || was_whole;
    let shown = Value::Object(new).to_string();
    let (doc, other_time) = over(before.as_ref(), document(&shown, "contact")?, fullness)?;
    let text = doc.to_string();
    db.prepare_cached(
        "INSERT INTO contact (id, whole, seen_at, doc) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET whole = ?2, seen_at = ?3, doc = ?4",
    )?
    .execute(params![id, whole, millis(now), text])?;
    let same = before.is_some_and(|row| row.doc == text);
    match fullness {
        Fullness::Whole => contact_read::read_whole(db, &id, begun, shown_since)?,
        Fullness::Part if was_whole && !same => {
            contact_read::shown_differently(db, &id, &shown, other_time)?;
        }
        Fullness::Part => {}
    }
    if let Value::Object(doc) = &doc
        && !(same && contact_search::is_there(db, &id)?)
    {
        contact_search::put(db, &id, doc)?;
    }
    Ok((!same).then_some(id))
}

/// What is to be stored of a contact, and whether it says that it was changed at another time than the stored one.
fn over(before: Option<&Stored>, new: Value, fullness: Fullness) -> Result<(Value, bool)> {
    let Some(before) = before else { return Ok((new, false)) };
    let (mut old, mut new): (Value, Value) = (document(&before.doc, "contact")?, new);
    keep_populated(&mut new, &old);
    let times = (old.get(CHANGED_AT), new.get(CHANGED_AT));
    let other_time = matches!(times, (Some(before), Some(now)) if before != now);
    match (fullness, &mut old, new) {
        (Fullness::Part, Value::Object(stored), Value::Object(new)) => {
            stored.extend(new);
            Ok((old, other_time))
        }
        (_, _, new) => Ok((new, other_time)),
    }
}

/// When a contact was last changed, where the server says so.
const CHANGED_AT: &str = "updatedAt";

fn object(contact: &ContactDto) -> Option<Map<String, Value>> {
    match serde_json::to_value(contact) {
        Ok(Value::Object(document)) => Some(document),
        _ => None,
    }
}

impl ContactUpdate {
    /// A contact from its own route.
    pub fn whole(contact: ContactDto) -> Self {
        ContactUpdate { contact, fullness: Fullness::Whole, begun: None }
    }

    /// A contact from a list or a reference.
    pub fn part(contact: ContactDto) -> Self {
        ContactUpdate { contact, fullness: Fullness::Part, begun: None }
    }

    /// The same, asked for at a time.
    #[must_use]
    pub fn begun(self, at: Timestamp) -> Self {
        ContactUpdate { begun: Some(at), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::trial::{Trial, start};
    use serde_json::json;

    fn update(document: Value, fullness: Fullness) -> ContactUpdate {
        ContactUpdate { contact: serde_json::from_value(document).unwrap(), fullness, begun: None }
    }

    #[test]
    fn a_part_is_laid_over_and_a_whole_replaces() {
        let trial = Trial::new();
        let put = |document: Value, fullness| {
            trial.store.put_contacts(&[update(document, fullness)], start()).unwrap();
            let cached = trial.store.contact("c1").unwrap().unwrap();
            (serde_json::to_value(&cached.contact).unwrap(), cached.whole)
        };
        let whole =
            json!({"_id": "c1", "firstName": "Ann", "email": "a@example.org", "nobodyKnows": {"x": [1]}});
        assert_eq!(put(whole.clone(), Fullness::Whole), (whole, true));
        let (laid, whole) = put(json!({"_id": "c1", "firstName": "Anne"}), Fullness::Part);
        assert_eq!(
            (laid["firstName"].as_str(), laid["email"].as_str(), whole),
            (Some("Anne"), Some("a@example.org"), true)
        );
        assert_eq!(laid["nobodyKnows"], json!({"x": [1]}));
        let (replaced, _) = put(json!({"_id": "c1"}), Fullness::Whole);
        assert_eq!(replaced, json!({"_id": "c1"}));
    }

    #[test]
    fn unknown_contacts_are_told() {
        let trial = Trial::new();
        trial.store.put_contacts(&[update(json!({"_id": "c1"}), Fullness::Part)], start()).unwrap();
        trial.store.put_contacts(&[update(json!({"firstName": "no id"}), Fullness::Part)], start()).unwrap();
        let unknown = trial.store.unknown_contacts(&["c1".into(), "c2".into()]).unwrap();
        assert_eq!(unknown, ["c2"]);
        assert!(trial.store.contact("c2").unwrap().is_none());
    }
}
