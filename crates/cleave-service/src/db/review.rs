//! Dedup reviews (schema `DedupReviewDto`) and the pairs that are not suggested again.

use rusqlite::{Connection, params};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::db::document::{self, text};
use crate::db::{contact, user};
use crate::http::Refusal;
use crate::http::params::Page;

/// `status` of a review that waits for an admin.
pub(crate) const NEEDS_REVIEW: &str = "needs_review";
/// `status` after a merge.
pub(crate) const MERGED: &str = "merged";
/// `status` after keeping the pair separate.
pub(crate) const KEPT_SEPARATE: &str = "kept_separate";

/// Stores a new review.
pub(crate) fn insert(db: &Connection, review: &Value) -> Result<(), Refusal> {
    db.prepare_cached(
        "INSERT INTO review (id, organization_id, source_id, candidate_id, status, review_source, score, doc)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        text(review, "_id"),
        text(review, "organizationId"),
        text(review, "sourceContactId"),
        text(review, "candidateContactId"),
        text(review, "status"),
        text(review, "reviewSource"),
        review.get("score").and_then(Value::as_f64).unwrap_or_default(),
        review.to_string(),
    ])?;
    Ok(())
}

/// One review of an organisation as it is stored, or 404. No organisation means any.
pub(crate) fn found(db: &Connection, organization: Option<&str>, id: &str) -> Result<Value, Refusal> {
    let sql = "SELECT doc FROM review WHERE id = ?1 AND (?2 IS NULL OR organization_id = ?2)";
    document::one(db, sql, params![id, organization])?.ok_or_else(|| Refusal::not_found("Review"))
}

/// Replaces a review that was resolved.
pub(crate) fn replace(db: &Connection, review: &Value) -> Result<(), Refusal> {
    db.prepare_cached("UPDATE review SET status = ?2, doc = ?3 WHERE id = ?1")?.execute([
        text(review, "_id"),
        text(review, "status"),
        &review.to_string(),
    ])?;
    Ok(())
}

/// A page of the reviews with a status as they are stored, the best score first, and how many there are in all.
pub(crate) fn queue(
    db: &Connection,
    organization: &str,
    status: &str,
    source: Option<&str>,
    page: Page,
) -> Result<(Vec<Box<RawValue>>, i64), Refusal> {
    let Some(source) = source else {
        // The inner query stays within the index; only the page itself is read.
        let sql = "SELECT doc FROM review WHERE rowid IN
                     (SELECT rowid FROM review WHERE organization_id = ?1 AND status = ?2
                      ORDER BY score DESC, id LIMIT ?3 OFFSET ?4)
                   ORDER BY score DESC, id";
        let reviews = document::stored(db, sql, params![organization, status, page.size, page.offset()])?;
        return Ok((reviews, document::tally(db, organization, status)?));
    };
    let narrowed = "organization_id = ?1 AND status = ?2 AND review_source = ?3";
    let count = format!("SELECT count(*) FROM review WHERE {narrowed}");
    let total = document::count(db, &count, params![organization, status, source])?;
    let sql = format!("SELECT doc FROM review WHERE {narrowed} ORDER BY score DESC, id LIMIT ?4 OFFSET ?5");
    let page = params![organization, status, source, page.size, page.offset()];
    Ok((document::stored(db, &sql, page)?, total))
}

/// The reviews that wait and that a contact is part of, on either side, the best score first.
pub(crate) fn pending_of(db: &Connection, contact: &str) -> Result<Vec<Value>, Refusal> {
    let sql = "SELECT doc FROM review WHERE rowid IN
                 (SELECT rowid FROM review WHERE source_id = ?1 AND status = ?2
                  UNION SELECT rowid FROM review WHERE candidate_id = ?1 AND status = ?2)
               ORDER BY score DESC, id";
    document::many(db, sql, [contact, NEEDS_REVIEW])
}

/// A review with both contacts and the resolver populated, where they exist.
pub(crate) fn populated(db: &Connection, mut review: Value) -> Result<Value, Refusal> {
    let organization = text(&review, "organizationId").to_owned();
    for side in ["sourceContactId", "candidateContactId"] {
        if let Some(found) = contact::get(db, &organization, text(&review, side))? {
            review[side] = found;
        }
    }
    if let Some(id) = review["resolvedBy"].as_str() {
        review["resolvedBy"] = user::reference(db, id)?;
    }
    Ok(review)
}

/// Sets a review to its outcome. The caller has seen that it waits.
pub(crate) fn resolve(review: &mut Value, status: &str, resolution: Value, by: &str, now: &str) {
    review["status"] = json!(status);
    review["resolution"] = resolution;
    review["resolvedBy"] = json!(by);
    review["resolvedAt"] = json!(now);
    review["updatedAt"] = json!(now);
}

/// Never suggests a pair again.
pub(crate) fn suppress(db: &Connection, one: &str, other: &str) -> Result<(), Refusal> {
    let (low, high) = if one < other { (one, other) } else { (other, one) };
    db.prepare_cached("INSERT OR IGNORE INTO suppressed_pair (low, high) VALUES (?1, ?2)")?
        .execute([low, high])?;
    Ok(())
}

/// Records what an organisation route did.
pub(crate) fn audit(
    db: &Connection,
    organization: &str,
    user: &str,
    action: &str,
    review: &str,
    now: &str,
) -> Result<(), Refusal> {
    db.prepare_cached(
        "INSERT INTO audit (organization_id, user_id, action, review_id, at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute([organization, user, action, review, now])?;
    Ok(())
}
