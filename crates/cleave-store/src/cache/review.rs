//! The tables `review` and `review_doc`.
//!
//! A row is open while the server says so; it never leaves the table, so that what was decided about it stays
//! readable. Of a review that the server no longer lists only `is_open` changes.

use std::collections::BTreeSet;

use cleave_core::review::{Review, ReviewStatus};
use cleave_wire::review::DedupReviewDto;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

use super::contact::{self, Fullness};
use super::derive::derive;
use super::document;
use super::populated::keep_populated;
use crate::connection::begin;
use crate::error::{Result, StoreError};
use crate::local::Local;
use crate::outbox;
use crate::store::Store;
use crate::time::{instant, millis};

const SIDES: [&str; 2] = ["sourceContactId", "candidateContactId"];

/// A review of the cache, with its contacts.
#[derive(Debug, Clone)]
pub struct CachedReview {
    /// The document, with both contacts populated where they are known.
    pub dto: DedupReviewDto,
    /// The same as decisions see it.
    pub review: Review,
    /// Whether it waits for a decision on the server, as far as is known.
    pub open: bool,
    /// What was decided here.
    pub local: Local,
    /// When it and its contacts were read, the part read longest ago.
    pub seen_at: Timestamp,
    /// Whether every field of the source is known.
    pub source_whole: bool,
    /// Whether every field of the candidate is known.
    pub candidate_whole: bool,
}

impl Store {
    /// Stores reviews as the server sent them, and the contacts they came with. One without an id is passed over.
    /// Answers the ids of those whose row in the queue is new or different.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn put_reviews(&self, reviews: &[DedupReviewDto], now: Timestamp) -> Result<Vec<String>> {
        let mut db = self.cache_to_write()?;
        let ids: Vec<&str> = reviews.iter().filter_map(|dto| dto.id.text()).collect();
        let local = outbox::local_of(&self.outbox(), &ids)?;
        let tx = begin(&mut db)?;
        let mut changed = Vec::new();
        for dto in reviews {
            let Ok(Value::Object(doc)) = serde_json::to_value(dto) else { continue };
            let Some(id) = dto.id.text().filter(|id| !id.is_empty()) else { continue };
            let local = local.iter().find(|(of, _)| of == id).map_or(Local::Open, |(_, local)| *local);
            let mut touched = put(&tx, id, doc, local, now)?;
            touched.retain(|id| !changed.contains(id));
            changed.extend(touched);
        }
        tx.commit()?;
        Ok(changed)
    }

    /// Takes reviews out of the queue that the server no longer has, or no longer lists as open.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn close_reviews(&self, ids: &[String]) -> Result<()> {
        let mut db = self.cache_to_write()?;
        let tx = begin(&mut db)?;
        for id in ids {
            tx.prepare_cached("UPDATE review SET is_open = 0 WHERE id = ?1")?.execute([id])?;
        }
        Ok(tx.commit()?)
    }

    /// A review with its contacts, if it is known.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn review(&self, id: &str) -> Result<Option<CachedReview>> {
        let mut reader = self.cache_reader();
        // One transaction, so that the row and the documents are of one moment.
        let db = reader.transaction()?;
        let row = db
            .prepare_cached(
                "SELECT r.is_open, r.local, r.seen_at, d.doc FROM review r JOIN review_doc d USING (id) WHERE r.id = ?1",
            )?
            .query_row([id], |row| {
                Ok((row.get::<_, bool>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, String>(3)?))
            })
            .optional()?;
        let Some((open, local, seen_at, doc)) = row else { return Ok(None) };
        let (doc, contacts) = populated(&db, document(&doc, "review")?)?;
        let [source_whole, candidate_whole] = contacts.whole;
        let dto = dto_of(doc)?;
        let review = Review::from(&dto);
        Ok(Some(CachedReview {
            dto,
            review,
            open,
            local: Local::from_word(&local),
            seen_at: contacts.read_at.map_or(instant(seen_at), |at| at.min(instant(seen_at))),
            source_whole,
            candidate_whole,
        }))
    }

    /// Ids of the reviews that are open on the server, as far as is known.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn open_review_ids(&self) -> Result<Vec<String>> {
        let db = self.cache_reader();
        let mut statement = db.prepare_cached("SELECT id FROM review WHERE is_open = 1")?;
        let ids = statement.query_map([], |row| row.get(0))?;
        Ok(ids.collect::<rusqlite::Result<_>>()?)
    }
}

/// Stores one review. Answers the ids of all rows that changed by it: its own, and those of other reviews of its
/// contacts.
fn put(
    db: &Connection,
    id: &str,
    mut new: Map<String, Value>,
    local: Local,
    now: Timestamp,
) -> Result<Vec<String>> {
    let mut contacts = Vec::new();
    for side in SIDES {
        if let Some(Value::Object(contact)) = new.get(side) {
            let Some(contact_id) = contact.get("_id").filter(|id| id.is_string()).cloned() else { continue };
            contacts.extend(contact::put(db, contact.clone(), Fullness::Part, now)?);
            new.insert(side.to_owned(), contact_id);
        }
    }
    let mut changed = refresh_of(db, &contacts, Some(id))?;
    let before = stored(db, id)?;
    let doc = match &before {
        Some(text) => document(text, "review")?,
        None => Map::new(),
    };
    let old = Value::Object(doc);
    let mut new = Value::Object(new);
    keep_populated(&mut new, &old);
    let (Value::Object(mut doc), Value::Object(new)) = (old, new) else { return Ok(changed) };
    doc.extend(new);
    let text = serde_json::to_string(&doc).map_err(|_| StoreError::Unreadable { what: "review" })?;
    let open = is_open(&status_of(&doc));
    let same_document = before.as_deref() == Some(text.as_str());
    if same_document && contacts.is_empty() && is_row(db, id, open, local)? {
        db.prepare_cached("UPDATE review SET seen_at = ?2 WHERE id = ?1")?
            .execute(params![id, millis(now)])?;
        return Ok(changed);
    }
    db.prepare_cached(
        "INSERT INTO review_doc (id, doc) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET doc = ?2",
    )?
    .execute([id, &text])?;
    if write_row(db, id, doc, (open, local), now)? || !same_document {
        changed.push(id.to_owned());
    }
    Ok(changed)
}

/// Whether a review has a row that says this.
fn is_row(db: &Connection, id: &str, open: bool, local: Local) -> Result<bool> {
    let mut statement =
        db.prepare_cached("SELECT 1 FROM review WHERE id = ?1 AND is_open = ?2 AND local = ?3")?;
    Ok(statement.exists(params![id, open, local.as_str()])?)
}

fn status_of(doc: &Map<String, Value>) -> ReviewStatus {
    ReviewStatus::from_word(doc.get("status").and_then(Value::as_str).unwrap_or_default())
}

/// Writes the row of a review from its document, and whether it is open there and here. Answers whether it is new or
/// different.
fn write_row(
    db: &Connection,
    id: &str,
    doc: Map<String, Value>,
    (open, local): (bool, Local),
    now: Timestamp,
) -> Result<bool> {
    let (doc, _) = populated(db, doc)?;
    let review = Review::from(&dto_of(doc)?);
    let derived = derive(&review);
    let differing =
        serde_json::to_string(&derived.differing).map_err(|_| StoreError::Unreadable { what: "path" })?;
    let changed = db
        .prepare_cached(
            "INSERT INTO review (id, is_open, local, kind, score, created_at, source_id, candidate_id, source_name,
                                 candidate_name, differing, search, seen_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
             ON CONFLICT (id) DO UPDATE SET is_open = ?2, local = ?3, kind = ?4, score = ?5, created_at = ?6,
               source_id = ?7, candidate_id = ?8, source_name = ?9, candidate_name = ?10, differing = ?11,
               search = ?12, seen_at = ?13
             WHERE (is_open, local, kind, score, created_at, source_id, candidate_id, source_name, candidate_name,
                    differing, search) IS NOT (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            id,
            open,
            local.as_str(),
            review.kind.as_word(),
            review.score.map_or(-1.0, |score| score.percent()),
            review.created_at.as_deref().unwrap_or_default(),
            review.source.id,
            review.candidate.id,
            derived.source_name,
            derived.candidate_name,
            differing,
            derived.search,
            millis(now),
        ])?;
    if changed == 0 {
        db.prepare_cached("UPDATE review SET seen_at = ?2 WHERE id = ?1")?
            .execute(params![id, millis(now)])?;
    }
    Ok(changed > 0)
}

/// A review whose status is missing was listed as open; one with a status this build does not know cannot be decided.
fn is_open(status: &ReviewStatus) -> bool {
    match status {
        ReviewStatus::NeedsReview => true,
        ReviewStatus::Other(word) => word.is_empty(),
        ReviewStatus::Merged | ReviewStatus::KeptSeparate => false,
    }
}

/// Brings the rows of all reviews of these contacts up to date, but for one. Answers the ids of those that changed.
///
/// Whether they are open stays as it is: the document may be older than the news that the server no longer lists it.
pub(super) fn refresh_of(
    db: &Connection,
    contact_ids: &[String],
    except: Option<&str>,
) -> Result<Vec<String>> {
    let mut of_contact = db.prepare_cached(
        "SELECT id FROM review WHERE source_id = ?1 UNION SELECT id FROM review WHERE candidate_id = ?1",
    )?;
    let mut ids = BTreeSet::new();
    for contact_id in contact_ids {
        for id in of_contact.query_map([contact_id], |row| row.get::<_, String>(0))? {
            ids.insert(id?);
        }
    }
    let mut changed = Vec::new();
    for id in ids.into_iter().filter(|id| except != Some(id.as_str())) {
        let Some(text) = stored(db, &id)? else { continue };
        let (open, local, seen_at) = db
            .prepare_cached("SELECT is_open, local, seen_at FROM review WHERE id = ?1")?
            .query_row([&id], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)))?;
        let here = (open, Local::from_word(&local));
        if write_row(db, &id, document(&text, "review")?, here, instant(seen_at))? {
            changed.push(id);
        }
    }
    Ok(changed)
}

/// What is known of the contacts of a review.
#[derive(Default)]
struct Contacts {
    /// Whether each is known whole.
    whole: [bool; 2],
    /// When they were read, the one read longest ago.
    read_at: Option<Timestamp>,
}

/// The document with both contacts in the place of their ids.
fn populated(db: &Connection, mut doc: Map<String, Value>) -> Result<(Map<String, Value>, Contacts)> {
    let mut contacts = Contacts::default();
    for (side, whole) in SIDES.into_iter().zip(&mut contacts.whole) {
        let Some(id) = doc.get(side).and_then(Value::as_str) else { continue };
        if let Some(row) = contact::stored(db, id)? {
            *whole = row.whole;
            contacts.read_at =
                Some(contacts.read_at.map_or(row.read_at(), |at: Timestamp| at.min(row.read_at())));
            doc.insert(side.to_owned(), document(&row.doc, "contact")?);
        }
    }
    Ok((doc, contacts))
}

fn stored(db: &Connection, id: &str) -> Result<Option<String>> {
    let doc = db
        .prepare_cached("SELECT doc FROM review_doc WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(doc)
}

fn dto_of(doc: Map<String, Value>) -> Result<DedupReviewDto> {
    serde_json::from_value(Value::Object(doc)).map_err(|_| StoreError::Unreadable { what: "review" })
}

#[cfg(test)]
#[path = "review_tests.rs"]
mod tests;
