//! The table `contact_read`: how far a contact was read one by one, and whether it is to be read again.
//!
//! Whether everything of a contact is here follows from the other tables. It is worked out when the contact or one of
//! its lists is written, and after its messages were, so that a page of the queue only looks it up.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::child::ChildKind;
use crate::error::Result;
use crate::store::Store;
use crate::time::{instant, millis};

/// How far a contact was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactRead {
    /// Every field and all records of every kind are here.
    pub records: bool,
    /// So are all messages of its conversations.
    pub messages: bool,
    /// A list has shown it differently since it was read.
    pub changed: bool,
    /// When the contact and its lists were read, the one read longest ago.
    pub read_at: Timestamp,
}

/// A contact that is to be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueContact {
    /// Its id.
    pub id: String,
    /// Whether its messages were here in full: then those that are new are wanted, too.
    pub messages: bool,
}

impl Store {
    /// How far a contact was read; `None` where its own route has never answered.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn contact_read(&self, contact_id: &str) -> Result<Option<ContactRead>> {
        let of = |row: &Row<'_>| {
            Ok(ContactRead {
                records: row.get(0)?,
                messages: row.get(1)?,
                changed: row.get(2)?,
                read_at: instant(row.get(3)?),
            })
        };
        let sql = "SELECT records, messages, changed, read_at FROM contact_read WHERE contact_id = ?1";
        Ok(self.cache_reader().prepare_cached(sql)?.query_row([contact_id], of).optional()?)
    }

    /// Notes what is here of a contact after its messages were stored.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn settle_contact(&self, contact_id: &str) -> Result<()> {
        settle(&*self.cache_to_write()?, contact_id)
    }

    /// Notes that a contact, or something of it, could not be read: others come first the next time. Where it is known
    /// to have changed, that stays known.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn contact_failed(&self, contact_id: &str, now: Timestamp) -> Result<()> {
        self.cache_to_write()?
            .prepare_cached("UPDATE contact_read SET tried_at = max(?2, whole_at + 1) WHERE contact_id = ?1")?
            .execute(params![contact_id, millis(now)])?;
        Ok(())
    }

    /// Contacts of open reviews that were read whole and are to be read again: those that a list shows differently, then
    /// those last read before a time, the one read longest ago first. One that could not be read since it was read last
    /// waits for that time, even where it has changed.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn contacts_due(&self, before: Timestamp, limit: u32) -> Result<Vec<DueContact>> {
        let db = self.cache_reader();
        let mut statement = db.prepare_cached(
            "SELECT c.contact_id, c.records AND c.messages FROM contact_read c
             WHERE ((c.changed = 1 AND c.tried_at <= c.whole_at) OR c.tried_at < ?1)
               AND (EXISTS (SELECT 1 FROM review r WHERE r.source_id = c.contact_id AND r.is_open = 1)
                    OR EXISTS (SELECT 1 FROM review r WHERE r.candidate_id = c.contact_id AND r.is_open = 1))
             ORDER BY c.changed = 1 AND c.tried_at <= c.whole_at DESC, c.tried_at LIMIT ?2",
        )?;
        let due = statement.query_map(params![millis(before), limit], |row| {
            Ok(DueContact { id: row.get(0)?, messages: row.get(1)? })
        })?;
        Ok(due.collect::<rusqlite::Result<_>>()?)
    }

    /// Bytes of what is stored of a contact: its document, those of its records, and its messages.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn contact_bytes(&self, contact_id: &str) -> Result<u64> {
        let sql = format!("SELECT {BYTES}");
        let bytes: i64 =
            self.cache_reader().prepare_cached(&sql)?.query_row([contact_id], |row| row.get(0))?;
        Ok(u64::try_from(bytes).unwrap_or(0))
    }

    /// Bytes that a contact takes which is here in full, on the average, with its messages or whether or not they are
    /// here; `None` where there is none.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn mean_contact_bytes(&self, messages: bool) -> Result<Option<f64>> {
        let sql = "SELECT avg(bytes) FROM contact_read WHERE records = 1 AND messages >= ?1";
        Ok(self.cache_reader().prepare_cached(sql)?.query_row([messages], |row| row.get(0))?)
    }
}

/// Bytes of the stored documents of contact `?1`.
const BYTES: &str = "coalesce((SELECT octet_length(doc) FROM contact WHERE id = ?1), 0)
    + coalesce((SELECT sum(octet_length(doc)) FROM child WHERE contact_id = ?1), 0)
    + coalesce((SELECT octet_length(doc) FROM protection WHERE contact_id = ?1), 0)
    + coalesce((SELECT sum(octet_length(m.doc)) FROM child k JOIN message_list m ON m.conversation_id = k.child_id
                WHERE k.contact_id = ?1 AND k.kind = 'conversation'), 0)";

/// The contact's own route has answered a request that began at a time. `still_changed` says that what it was shown to
/// have changed may not be in that answer.
pub(super) fn read_whole(
    db: &Connection,
    contact_id: &str,
    begun: Timestamp,
    still_changed: bool,
) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO contact_read (contact_id, whole_at, tried_at, changed, part, records, messages, read_at, bytes)
         VALUES (?1, ?2, ?2, 0, 0, 0, 0, ?2, 0)
         ON CONFLICT (contact_id) DO UPDATE SET whole_at = ?2, tried_at = ?2, changed = changed AND ?3",
    )?
    .execute(params![contact_id, millis(begun), still_changed])?;
    settle(db, contact_id)
}

/// Whether a list has shown the contact differently since it was read.
pub(super) fn is_changed(db: &Connection, contact_id: &str) -> Result<bool> {
    let changed = db
        .prepare_cached("SELECT changed FROM contact_read WHERE contact_id = ?1")?
        .query_row([contact_id], |row| row.get(0))
        .optional()?;
    Ok(changed.unwrap_or(false))
}

/// Notes a reading that began at a time, and whether what a list has shown differently may still not be here.
pub(super) fn tried(db: &Connection, contact_id: &str, begun: Timestamp, changed: bool) -> Result<()> {
    db.prepare_cached(
        "UPDATE contact_read SET changed = ?2, tried_at = max(tried_at, ?3) WHERE contact_id = ?1",
    )?
    .execute(params![contact_id, changed, millis(begun)])?;
    Ok(())
}

/// A list shows the contact differently from what is stored. Where it says when the contact was changed, and that this
/// is another time than the stored one (`other_time`), it is to be read again; otherwise only where it was not shown
/// that way before: a list may have its own way of writing what the contact's route writes differently.
pub(super) fn shown_differently(
    db: &Connection,
    contact_id: &str,
    shown: &str,
    other_time: bool,
) -> Result<()> {
    let mut hasher = DefaultHasher::new();
    shown.hash(&mut hasher);
    db.prepare_cached(
        "UPDATE contact_read SET changed = changed OR ?3 OR part <> ?2, part = ?2 WHERE contact_id = ?1",
    )?
    .execute(params![contact_id, hasher.finish().cast_signed(), other_time])?;
    Ok(())
}

/// Works out what is here of a contact.
pub(super) fn settle(db: &Connection, contact_id: &str) -> Result<()> {
    db.prepare_cached(&format!(
        "UPDATE contact_read SET
           records = (SELECT count(*) FROM child_list WHERE contact_id = ?1 AND complete = 1) = {},
           messages = NOT EXISTS (
             SELECT 1 FROM child k WHERE k.contact_id = ?1 AND k.kind = 'conversation' AND NOT EXISTS (
               SELECT 1 FROM message_list m WHERE m.conversation_id = k.child_id AND m.stale = 0)),
           read_at = min(whole_at, coalesce((SELECT min(seen_at) FROM child_list WHERE contact_id = ?1), whole_at)),
           bytes = {BYTES}
         WHERE contact_id = ?1",
        ChildKind::ALL.len()
    ))?
    .execute([contact_id])?;
    Ok(())
}

#[cfg(test)]
#[path = "contact_read_tests.rs"]
mod tests;
