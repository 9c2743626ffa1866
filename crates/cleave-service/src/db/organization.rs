//! Organisations with their settings and pipelines.

use cleave_core::settings::FuzzyMergeSettings;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use crate::db::document::{self, text};
use crate::http::Refusal;

/// The status a contact has when nobody gave it one.
pub(crate) const DEFAULT_STATUS: &str = "New Lead";

/// Stores an organisation under the next ordinal and answers with it.
pub(crate) fn insert(db: &Connection, id: &str, name: &str) -> Result<i64, Refusal> {
    let settings = serde_json::to_string(&FuzzyMergeSettings::default())?;
    db.prepare_cached("INSERT INTO organization (id, doc, settings) VALUES (?1, ?2, ?3)")?
        .execute(params![id, json!({"_id": id, "name": name}).to_string(), settings])?;
    Ok(db.last_insert_rowid())
}

/// The small number that stands for an organisation in the word index; 404 for an unknown one.
pub(crate) fn ordinal(db: &Connection, id: &str) -> Result<i64, Refusal> {
    let sql = "SELECT ordinal FROM organization WHERE id = ?1";
    let found = db.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    found.ok_or_else(|| Refusal::not_found("Organization"))
}

/// The fuzzy-merge settings in force; 404 for an unknown organisation.
pub(crate) fn settings(db: &Connection, id: &str) -> Result<FuzzyMergeSettings, Refusal> {
    let sql = "SELECT settings FROM organization WHERE id = ?1";
    let stored: Option<String> = db.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    let stored = stored.ok_or_else(|| Refusal::not_found("Organization"))?;
    Ok(serde_json::from_str(&stored)?)
}

/// Replaces the settings.
pub(crate) fn put_settings(db: &Connection, id: &str, settings: &FuzzyMergeSettings) -> Result<(), Refusal> {
    let stored = serde_json::to_string(settings)?;
    db.prepare_cached("UPDATE organization SET settings = ?2 WHERE id = ?1")?.execute([id, &stored])?;
    Ok(())
}

/// Stores a pipeline.
pub(crate) fn insert_pipeline(db: &Connection, pipeline: &Value) -> Result<(), Refusal> {
    db.prepare_cached("INSERT INTO pipeline (id, organization_id, doc) VALUES (?1, ?2, ?3)")?.execute([
        text(pipeline, "_id"),
        text(pipeline, "organizationId"),
        &pipeline.to_string(),
    ])?;
    Ok(())
}

/// The pipelines of an organisation; the first is the default one.
pub(crate) fn pipelines(db: &Connection, id: &str) -> Result<Vec<Value>, Refusal> {
    document::many(db, "SELECT doc FROM pipeline WHERE organization_id = ?1 ORDER BY id", [id])
}
