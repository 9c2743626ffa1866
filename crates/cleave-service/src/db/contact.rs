//! Contacts: the document, the columns the list filters by, the numbers it holds and the words it is found by.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::clock::millis_of;
use crate::db::document::{self, text};
use crate::db::search_keys;
use crate::http::Refusal;
use crate::http::params::Page;
use crate::rule::phones;

/// A number that a contact cannot have because another contact of the organisation holds it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// The number as it was given.
    pub(crate) number: String,
    /// Who holds it.
    pub(crate) holder: String,
}

/// Stores a new contact at the top of the list.
///
/// Answers with the first number that is taken, and has then stored nothing.
pub(crate) fn insert(db: &Connection, ordinal: i64, contact: &Value) -> Result<Result<(), Taken>, Refusal> {
    if let Err(taken) = claim_numbers(db, contact)? {
        return Ok(Err(taken));
    }
    let created = millis_of(text(contact, "createdAt"));
    db.prepare_cached(
        "INSERT INTO contact (id, organization_id, owner, status, source, created_at, doc)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        text(contact, "_id"),
        text(contact, "organizationId"),
        contact.get("userId").and_then(Value::as_str),
        contact.get("status").and_then(Value::as_str),
        contact.get("source").and_then(Value::as_str),
        created,
        contact.to_string(),
    ])?;
    index_words(db, ordinal, db.last_insert_rowid(), contact)?;
    Ok(Ok(()))
}

/// Replaces the document of a contact that is there, with its columns, numbers and words.
///
/// Answers with the first number that is taken; the transaction is then the caller's to abandon.
pub(crate) fn replace(db: &Connection, ordinal: i64, contact: &Value) -> Result<Result<(), Taken>, Refusal> {
    let id = text(contact, "_id");
    release_numbers(db, id)?;
    if let Err(taken) = claim_numbers(db, contact)? {
        return Ok(Err(taken));
    }
    let rowid: i64 = db
        .prepare_cached(
            "UPDATE contact SET owner = ?2, status = ?3, source = ?4, doc = ?5 WHERE id = ?1 RETURNING rowid",
        )?
        .query_row(
            params![
                id,
                contact.get("userId").and_then(Value::as_str),
                contact.get("status").and_then(Value::as_str),
                contact.get("source").and_then(Value::as_str),
                contact.to_string(),
            ],
            |row| row.get(0),
        )?;
    db.prepare_cached("DELETE FROM contact_words WHERE rowid = ?1")?.execute([rowid])?;
    index_words(db, ordinal, rowid, contact)?;
    Ok(Ok(()))
}

/// Takes a contact away with its numbers and words. Its children are the caller's to move first.
pub(crate) fn remove(db: &Connection, id: &str) -> Result<(), Refusal> {
    release_numbers(db, id)?;
    let rowid: i64 = db
        .prepare_cached("DELETE FROM contact WHERE id = ?1 RETURNING rowid")?
        .query_row([id], |row| row.get(0))?;
    db.prepare_cached("DELETE FROM contact_words WHERE rowid = ?1")?.execute([rowid])?;
    Ok(())
}

/// One contact of an organisation.
pub(crate) fn get(db: &Connection, organization: &str, id: &str) -> Result<Option<Value>, Refusal> {
    document::one(db, "SELECT doc FROM contact WHERE id = ?1 AND organization_id = ?2", [id, organization])
}

/// One contact of an organisation, or 404.
pub(crate) fn found(db: &Connection, organization: &str, id: &str) -> Result<Value, Refusal> {
    get(db, organization, id)?.ok_or_else(|| Refusal::not_found("Contact"))
}

/// Who holds a number in an organisation.
pub(crate) fn holder(db: &Connection, organization: &str, number: &str) -> Result<Option<String>, Refusal> {
    let sql = "SELECT contact_id FROM contact_phone WHERE organization_id = ?1 AND number = ?2";
    let key = phones::key(number);
    Ok(db.prepare_cached(sql)?.query_row([organization, &key], |row| row.get(0)).optional()?)
}

/// What a list of contacts is narrowed by. Empty parts do not narrow.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    /// What a person typed.
    pub(crate) search: Option<String>,
    /// Owner.
    pub(crate) owner: Option<String>,
    /// Exact status.
    pub(crate) status: Option<String>,
    /// Exact source.
    pub(crate) source: Option<String>,
    /// Created in this range of milliseconds since 1970, the end excluded.
    pub(crate) created: Option<(i64, i64)>,
}

/// A page of contacts as they are stored, the last stored first, and how many there are in all.
pub(crate) fn list(
    db: &Connection,
    (organization, ordinal): (&str, i64),
    filter: &Filter,
    page: Page,
) -> Result<(Vec<Box<RawValue>>, i64), Refusal> {
    let mut conditions = vec!["organization_id = ?"];
    let mut values: Vec<rusqlite::types::Value> = vec![organization.to_owned().into()];
    let exact =
        [("owner = ?", &filter.owner), ("status = ?", &filter.status), ("source = ?", &filter.source)];
    for (column, value) in exact {
        if let Some(value) = value {
            conditions.push(column);
            values.push(value.clone().into());
        }
    }
    if let Some((from, until)) = filter.created {
        conditions.push("created_at >= ? AND created_at < ?");
        values.extend([from.into(), until.into()]);
    }
    let alone = conditions.len() == 1;
    if let Some(typed) = &filter.search {
        let Some(query) = search_keys::query(ordinal, typed) else { return Ok((Vec::new(), 0)) };
        if alone {
            return list_words(db, &query, page);
        }
        conditions.push("rowid IN (SELECT rowid FROM contact_words WHERE contact_words MATCH ?)");
        values.push(query.into());
    } else if alone {
        let sql = "SELECT doc FROM contact WHERE rowid IN
                     (SELECT rowid FROM contact WHERE organization_id = ?1 ORDER BY rowid DESC LIMIT ?2 OFFSET ?3)
                   ORDER BY rowid DESC";
        let contacts = document::stored(db, sql, params![organization, page.size, page.offset()])?;
        return Ok((contacts, document::tally(db, organization, "contacts")?));
    }
    let narrowed = conditions.join(" AND ");
    let total = document::count(
        db,
        &format!("SELECT count(*) FROM contact WHERE {narrowed}"),
        rusqlite::params_from_iter(&values),
    )?;
    values.extend([i64::from(page.size).into(), page.offset().into()]);
    let sql = format!(
        "SELECT doc FROM contact WHERE rowid IN
           (SELECT rowid FROM contact WHERE {narrowed} ORDER BY rowid DESC LIMIT ? OFFSET ?)
         ORDER BY rowid DESC"
    );
    Ok((document::stored(db, &sql, rusqlite::params_from_iter(&values))?, total))
}

/// The words alone narrow: one walk of the index counts what it finds and picks the page, in the order of the list.
fn list_words(db: &Connection, query: &str, page: Page) -> Result<(Vec<Box<RawValue>>, i64), Refusal> {
    // Upwards, which is how the index lies; the page is then counted from the end.
    let mut statement =
        db.prepare_cached("SELECT rowid FROM contact_words WHERE contact_words MATCH ?1 ORDER BY rowid")?;
    let found: Vec<i64> = statement.query_map([query], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let skipped = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let mut contacts = Vec::new();
    for rowid in found.iter().rev().skip(skipped).take(page.size as usize) {
        contacts.extend(document::stored(db, "SELECT doc FROM contact WHERE rowid = ?1", [rowid])?);
    }
    Ok((contacts, i64::try_from(found.len()).unwrap_or(i64::MAX)))
}

fn claim_numbers(db: &Connection, contact: &Value) -> Result<Result<(), Taken>, Refusal> {
    let (id, organization) = (text(contact, "_id"), text(contact, "organizationId"));
    for number in phones::held(contact) {
        let key = phones::key(&number);
        let claimed = db
            .prepare_cached(
                "INSERT INTO contact_phone (organization_id, number, contact_id) VALUES (?1, ?2, ?3)
                 ON CONFLICT (organization_id, number) DO NOTHING",
            )?
            .execute([organization, &key, id])?;
        if claimed == 0 {
            let holder = holder(db, organization, &number)?.unwrap_or_default();
            // The same number twice on one contact is one number.
            if holder != id {
                return Ok(Err(Taken { number, holder }));
            }
        }
    }
    Ok(Ok(()))
}

fn release_numbers(db: &Connection, id: &str) -> Result<(), Refusal> {
    db.prepare_cached("DELETE FROM contact_phone WHERE contact_id = ?1")?.execute([id])?;
    Ok(())
}

fn index_words(db: &Connection, ordinal: i64, rowid: i64, contact: &Value) -> Result<(), Refusal> {
    db.prepare_cached("INSERT INTO contact_words (rowid, words) VALUES (?1, ?2)")?
        .execute(params![rowid, search_keys::of_contact(ordinal, contact)])?;
    Ok(())
}
