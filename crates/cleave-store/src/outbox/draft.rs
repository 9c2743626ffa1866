//! The table `draft`: separations that somebody works on, one a contact.
//!
//! A draft goes when the person throws it away ([`Store::discard_draft`]), or in the transaction that saves the decision
//! it became ([`Store::insert_decision`]). Nothing else touches it.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::error::Result;
use crate::store::Store;
use crate::time::{instant, millis};

/// A draft of a separation.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredDraft {
    /// The contact that is separated.
    pub contact_id: String,
    /// Its name, for people.
    pub title: String,
    /// What was saved, as it was given: `cleave_core` reads it, or says that a newer build wrote it.
    pub doc: String,
    /// When it was first saved.
    pub started_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

/// That there is a draft.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftHead {
    /// The contact that is separated.
    pub contact_id: String,
    /// Its name, for people.
    pub title: String,
    /// When it was first saved.
    pub started_at: Timestamp,
    /// When it was last saved.
    pub saved_at: Timestamp,
}

/// Personal data: only the id is printed.
impl std::fmt::Debug for StoredDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoredDraft({})", self.contact_id)
    }
}

/// Personal data: only the id is printed.
impl std::fmt::Debug for DraftHead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DraftHead({})", self.contact_id)
    }
}

impl Store {
    /// Saves the draft of a contact in the place of the earlier one; on the disk when this answers.
    ///
    /// # Errors
    /// Only those of the file. The earlier one is still there then.
    pub fn put_draft(&self, contact_id: &str, title: &str, doc: &str, now: Timestamp) -> Result<()> {
        self.outbox()
            .prepare_cached(
                "INSERT INTO draft (contact_id, title, started_at, saved_at, doc) VALUES (?1, ?2, ?3, ?3, ?4)
                 ON CONFLICT (contact_id) DO UPDATE SET title = ?2, saved_at = ?3, doc = ?4",
            )?
            .execute(params![contact_id, title, millis(now), doc])?;
        Ok(())
    }

    /// The draft of a contact, if there is one.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn draft(&self, contact_id: &str) -> Result<Option<StoredDraft>> {
        let db = self.outbox();
        let mut statement = db.prepare_cached(
            "SELECT contact_id, title, started_at, saved_at, doc FROM draft WHERE contact_id = ?1",
        )?;
        let mut rows = statement.query([contact_id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let DraftHead { contact_id, title, started_at, saved_at } = head(row)?;
        Ok(Some(StoredDraft { contact_id, title, doc: row.get(4)?, started_at, saved_at }))
    }

    /// Every draft, the one that was saved last first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn drafts(&self) -> Result<Vec<DraftHead>> {
        let db = self.outbox();
        let mut statement = db.prepare_cached(
            "SELECT contact_id, title, started_at, saved_at FROM draft ORDER BY saved_at DESC, contact_id",
        )?;
        let drafts = statement.query_map([], head)?;
        Ok(drafts.collect::<rusqlite::Result<_>>()?)
    }

    /// Throws a draft away, by the person's word. Answers whether there was one.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn discard_draft(&self, contact_id: &str) -> Result<bool> {
        remove(&self.outbox(), contact_id)
    }
}

fn head(row: &Row<'_>) -> rusqlite::Result<DraftHead> {
    Ok(DraftHead {
        contact_id: row.get(0)?,
        title: row.get(1)?,
        started_at: instant(row.get(2)?),
        saved_at: instant(row.get(3)?),
    })
}

/// Removes the draft of a contact.
pub(super) fn remove(db: &Connection, contact_id: &str) -> Result<bool> {
    let removed = db.prepare_cached("DELETE FROM draft WHERE contact_id = ?1")?.execute([contact_id])?;
    Ok(removed > 0)
}
