//! What became of a decision, beside what was predicted of it; and what a person says became of it.

use cleave_core::outbox::{Event, IllegalStep};
use cleave_core::separation::Receipt;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::advance::Effects;
use super::entry::{self, Difference, Entry, EntryHead, to_json};
use super::evidence::{self, Evidence};
use crate::connection::begin;
use crate::error::{Result, StoreError};
use crate::store::Store;

impl Store {
    /// Records the comparison with the server made after a merge was settled; no change of state.
    ///
    /// # Errors
    /// [`StoreError::LostRace`] if the entry has changed since it was read.
    pub fn record_differences(
        &self,
        entry: &EntryHead,
        differences: &[Difference],
        seen: &Evidence,
    ) -> Result<Entry> {
        self.record(entry, seen, |db| put_differences(db, entry, entry.revision, differences))
    }

    /// Records what became of a separation, in the place of what was known of it; no change of state.
    ///
    /// # Errors
    /// [`StoreError::LostRace`] if the entry has changed since it was read.
    pub fn record_receipt(&self, entry: &EntryHead, receipt: &Receipt, seen: &Evidence) -> Result<Entry> {
        self.record(entry, seen, |db| put_receipt(db, entry, entry.revision, receipt))
    }

    /// Settles a decision by the person's word that what was sent was done. Why they say so is kept as evidence.
    ///
    /// # Errors
    /// [`StoreError::Step`] where the state does not allow it, or nothing was ever sent.
    pub fn mark_applied(&self, op_id: &str, reason: &str, now: Timestamp) -> Result<Entry> {
        let entry = self.entry_head(op_id)?;
        if entry.attempts == 0 {
            return Err(IllegalStep { state: entry.state, event: Event::MarkApplied }.into());
        }
        let said = Evidence { at: now, kind: "person".into(), detail: reason.into() };
        let effects = Effects { evidence: Some(said), ..Effects::at(now, "You said that it was done.") };
        Ok(self.advance(&entry, Event::MarkApplied, &effects)?.entry)
    }

    fn record(
        &self,
        entry: &EntryHead,
        seen: &Evidence,
        put: impl FnOnce(&Connection) -> Result<()>,
    ) -> Result<Entry> {
        let mut db = self.outbox();
        let tx = begin(&mut db)?;
        put(&tx)?;
        evidence::insert(&tx, &entry.op_id, seen)?;
        let entry = entry::by_op_id(&tx, &entry.op_id)?;
        tx.commit()?;
        Ok(entry)
    }
}

/// Stores the fields in which the server did something else.
pub(super) fn put_differences(
    db: &Connection,
    entry: &EntryHead,
    revision: i64,
    differences: &[Difference],
) -> Result<()> {
    let stored = to_json(&differences, "difference")?;
    let changed = db
        .prepare_cached("UPDATE entry SET differences = ?3 WHERE op_id = ?1 AND revision = ?2")?
        .execute(params![entry.op_id, revision, stored])?;
    one(changed, entry)
}

/// Stores prediction beside what became of it.
pub(super) fn put_receipt(
    db: &Connection,
    entry: &EntryHead,
    revision: i64,
    receipt: &Receipt,
) -> Result<()> {
    let (stored, differs) = (to_json(receipt, "receipt")?, !receipt.is_as_predicted());
    let changed = db
        .prepare_cached(
            "UPDATE entry SET receipt = ?3, receipt_differs = ?4 WHERE op_id = ?1 AND revision = ?2",
        )?
        .execute(params![entry.op_id, revision, stored, differs])?;
    one(changed, entry)
}

fn one(changed: usize, entry: &EntryHead) -> Result<()> {
    if changed == 1 { Ok(()) } else { Err(StoreError::LostRace { op_id: entry.op_id.clone() }) }
}
