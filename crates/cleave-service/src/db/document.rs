//! Reading stored documents and the members that every operation needs of them.

use rusqlite::{Connection, OptionalExtension, Params};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::http::Refusal;

/// The document of the one row a query finds.
pub(crate) fn one(db: &Connection, sql: &str, params: impl Params) -> Result<Option<Value>, Refusal> {
    let text: Option<String> = db.prepare_cached(sql)?.query_row(params, |row| row.get(0)).optional()?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

/// The documents of all rows a query finds, in its order.
pub(crate) fn many(db: &Connection, sql: &str, params: impl Params) -> Result<Vec<Value>, Refusal> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get::<_, String>(0))?;
    let mut documents = Vec::new();
    for text in rows {
        documents.push(serde_json::from_str(&text?)?);
    }
    Ok(documents)
}

/// The documents of all rows a query finds as they are stored, for answers that change nothing in them.
pub(crate) fn stored(db: &Connection, sql: &str, params: impl Params) -> Result<Vec<Box<RawValue>>, Refusal> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params, |row| row.get::<_, String>(0))?;
    let mut documents = Vec::new();
    for text in rows {
        documents.push(RawValue::from_string(text?)?);
    }
    Ok(documents)
}

/// How many contacts (`contacts`) or reviews of a status an organisation has.
pub(crate) fn tally(db: &Connection, organization: &str, what: &str) -> Result<i64, Refusal> {
    let sql = "SELECT n FROM tally WHERE organization_id = ?1 AND what = ?2";
    let known = db.prepare_cached(sql)?.query_row([organization, what], |row| row.get(0)).optional()?;
    Ok(known.unwrap_or(0))
}

/// A number from a query that always gives one.
pub(crate) fn count(db: &Connection, sql: &str, params: impl Params) -> Result<i64, Refusal> {
    Ok(db.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
}

/// A text member, empty where it is missing or something else.
pub(crate) fn text<'a>(document: &'a Value, key: &str) -> &'a str {
    document.get(key).and_then(Value::as_str).unwrap_or_default()
}
