//! The table `sync_state`: marks of the last rounds of reading, by name.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::is_outdated;
use crate::connection::begin;
use crate::error::{Result, StoreError};
use crate::store::Store;

/// RFC 3339 time of the last complete round.
pub const SYNCED_AT: &str = "synced_at";
/// The conflict-resolution rules of the organisation, as a JSON object.
pub const CONFLICT_RULES: &str = "conflict_rules";
/// The fuzzy-merge settings of the organisation and when they were read, as [`ReadSettings`].
pub const SETTINGS: &str = "settings";
/// Names by id of what contacts point at (pipelines, stages, people), as a JSON object.
pub const NAMES: &str = "names";
/// Names by id of the people of the organisation, as a JSON object.
pub const PEOPLE: &str = "people";

/// The settings as they were last read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReadSettings {
    /// As the server wrote them, with every key.
    pub settings: Map<String, Value>,
    /// When.
    pub read_at: Timestamp,
}

impl Store {
    /// Keeps the settings of the organisation, and its rules for conflicts with them, by a reading that began at a time.
    /// Does nothing where a reading is kept that began later.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn put_settings(
        &self,
        settings: &Map<String, Value>,
        begun: Timestamp,
        now: Timestamp,
    ) -> Result<()> {
        let rules = settings.get("conflictResolutionRules").and_then(Value::as_object);
        let rules = Value::Object(rules.cloned().unwrap_or_default()).to_string();
        let read = serde_json::json!({ "settings": settings, "readAt": begun }).to_string();
        let mut db = self.cache_to_write()?;
        let tx = begin(&mut db)?;
        // Kept settings that cannot be read are replaced.
        let kept = mark(&tx, SETTINGS)?.and_then(|text| serde_json::from_str::<ReadSettings>(&text).ok());
        if kept.is_some_and(|kept| is_outdated(kept.read_at, begun, now)) {
            return Ok(());
        }
        put_mark(&tx, CONFLICT_RULES, &rules)?;
        put_mark(&tx, SETTINGS, &read)?;
        Ok(tx.commit()?)
    }

    /// The settings as they were last read; `None` where they never were.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] where the mark is none of ours.
    pub fn read_settings(&self) -> Result<Option<ReadSettings>> {
        let kept = self.sync_state(SETTINGS)?;
        let read = |text: String| {
            serde_json::from_str(&text).map_err(|_| StoreError::Unreadable { what: "settings" })
        };
        kept.map(read).transpose()
    }

    /// Sets a mark.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn put_sync_state(&self, name: &str, value: &str) -> Result<()> {
        put_mark(&*self.cache_to_write()?, name, value)
    }

    /// Reads a mark.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn sync_state(&self, name: &str) -> Result<Option<String>> {
        mark(&self.cache_reader(), name)
    }
}

fn put_mark(db: &Connection, name: &str, value: &str) -> Result<()> {
    db.execute(
        "INSERT INTO sync_state (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
        [name, value],
    )?;
    Ok(())
}

fn mark(db: &Connection, name: &str) -> Result<Option<String>> {
    let value =
        db.query_row("SELECT value FROM sync_state WHERE name = ?1", [name], |row| row.get(0)).optional()?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::trial::Trial;

    #[test]
    fn settings_are_kept_as_they_were_written_with_their_time() {
        let trial = Trial::new();
        assert_eq!(trial.store.read_settings().unwrap(), None);
        let settings = serde_json::json!({"own": null, "conflictResolutionRules": {"email": "x"}, "candidateLimit": 5.0});
        let settings = settings.as_object().unwrap();
        trial.store.put_settings(settings, trial.at(7), trial.at(7)).unwrap();
        let read = trial.store.read_settings().unwrap().unwrap();
        assert_eq!((&read.settings, read.read_at), (settings, trial.at(7)));
        assert_eq!(trial.store.sync_state(CONFLICT_RULES).unwrap().as_deref(), Some(r#"{"email":"x"}"#));
    }

    #[test]
    fn settings_whose_reading_began_earlier_do_not_replace_those_that_were_read_after_it() {
        let trial = Trial::new();
        let settings = |limit: u32| {
            let settings = serde_json::json!({ "candidateLimit": limit });
            settings.as_object().unwrap().clone()
        };
        let kept = || trial.store.read_settings().unwrap().unwrap().settings;
        trial.store.put_settings(&settings(2), trial.at(7), trial.at(7)).unwrap();
        trial.store.put_settings(&settings(1), trial.at(6), trial.at(8)).unwrap();
        assert_eq!(kept(), settings(2));
        // The clock was ahead when they were kept.
        trial.store.put_settings(&settings(3), trial.at(5), trial.at(6)).unwrap();
        assert_eq!(kept(), settings(3));
    }

    #[test]
    fn a_mark_is_set_and_set_again_and_goes_with_the_cache() {
        let trial = Trial::new();
        assert_eq!(trial.store.sync_state(SYNCED_AT).unwrap(), None);
        trial.store.put_sync_state(SYNCED_AT, "2026-01-01T00:00:00Z").unwrap();
        trial.store.put_sync_state(SYNCED_AT, "2026-01-02T00:00:00Z").unwrap();
        assert_eq!(trial.store.sync_state(SYNCED_AT).unwrap().as_deref(), Some("2026-01-02T00:00:00Z"));
        trial.store.empty_cache().unwrap();
        assert_eq!(trial.store.sync_state(SYNCED_AT).unwrap(), None);
    }
}
