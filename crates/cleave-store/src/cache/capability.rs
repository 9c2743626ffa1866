//! The table `capability`: what the server was found to support.

use jiff::Timestamp;
use rusqlite::params;

use crate::connection::begin;
use crate::error::Result;
use crate::store::Store;
use crate::time::millis;

/// Result of probing a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// The server answered as expected.
    Yes,
    /// The server answered 404 or 405.
    No,
    /// It cannot be found out without changing something, or was not found out.
    Untested,
}

impl Support {
    fn as_str(self) -> &'static str {
        match self {
            Support::Yes => "yes",
            Support::No => "no",
            Support::Untested => "untested",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "yes" => Support::Yes,
            "no" => Support::No,
            _ => Support::Untested,
        }
    }
}

impl Store {
    /// Replaces what is known, by the stable name of each route.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn put_capabilities(&self, found: &[(String, Support)], now: Timestamp) -> Result<()> {
        let mut db = self.cache_to_write()?;
        let tx = begin(&mut db)?;
        tx.execute("DELETE FROM capability", [])?;
        for (route, support) in found {
            tx.prepare_cached(
                "INSERT OR REPLACE INTO capability (route, support, checked_at) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![route, support.as_str(), millis(now)])?;
        }
        Ok(tx.commit()?)
    }

    /// What is known, by the stable name of each route; empty before the first probe.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn capabilities(&self) -> Result<Vec<(String, Support)>> {
        let db = self.cache_reader();
        let mut statement = db.prepare_cached("SELECT route, support FROM capability ORDER BY route")?;
        let found = statement
            .query_map([], |row| Ok((row.get(0)?, Support::from_word(&row.get::<_, String>(1)?))))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::trial::{Trial, start};

    #[test]
    fn the_last_probe_counts() {
        let trial = Trial::new();
        assert!(trial.store.capabilities().unwrap().is_empty());
        let first = [("a".to_owned(), Support::Yes), ("b".to_owned(), Support::No)];
        trial.store.put_capabilities(&first, start()).unwrap();
        let second = [("c".to_owned(), Support::Untested)];
        trial.store.put_capabilities(&second, start()).unwrap();
        assert_eq!(trial.store.capabilities().unwrap(), second);
    }
}
