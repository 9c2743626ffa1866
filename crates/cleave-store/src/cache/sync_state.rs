//! The table `sync_state`: marks of the last rounds of reading, by name.

use rusqlite::OptionalExtension;

use crate::error::Result;
use crate::store::Store;

/// RFC 3339 time of the last complete round.
pub const SYNCED_AT: &str = "synced_at";
/// The conflict-resolution rules of the organisation, as a JSON object.
pub const CONFLICT_RULES: &str = "conflict_rules";
/// Names by id of what contacts point at (pipelines, stages, people), as a JSON object.
pub const NAMES: &str = "names";
/// Names by id of the people of the organisation, as a JSON object.
pub const PEOPLE: &str = "people";

impl Store {
    /// Sets a mark.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn put_sync_state(&self, name: &str, value: &str) -> Result<()> {
        self.cache_to_write()?.execute(
            "INSERT INTO sync_state (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
            [name, value],
        )?;
        Ok(())
    }

    /// Reads a mark.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn sync_state(&self, name: &str) -> Result<Option<String>> {
        let value = self
            .cache_reader()
            .query_row("SELECT value FROM sync_state WHERE name = ?1", [name], |row| row.get(0))
            .optional()?;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::trial::Trial;

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
