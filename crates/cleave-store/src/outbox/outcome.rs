//! What became of a decision, beside what was predicted of it; and what a person says became of it.

use cleave_core::outbox::{Event, IllegalStep, step};
use cleave_core::separation::Receipt;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::advance::Effects;
use super::entry::{self, Difference, Entry, EntryHead, to_json};
use super::evidence::{self, Evidence};
use crate::connection::{begin, commit};
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
        let shown = match reason.trim() {
            "" => "You said that it was done.".to_owned(),
            why => format!("You said that it was done: {why}"),
        };
        self.mark(op_id, Event::MarkApplied, (reason, shown), now)
    }

    /// Gives a decision up by the person's word that what was sent was not done. Why they say so is kept as evidence.
    ///
    /// # Errors
    /// As [`Store::mark_applied`]: only what a person may call done may a person call undone.
    pub fn mark_not_applied(&self, op_id: &str, reason: &str, now: Timestamp) -> Result<Entry> {
        let shown = match reason.trim() {
            "" => "Given up, because it was not done.".to_owned(),
            why => format!("Given up, because it was not done: {why}"),
        };
        self.mark(op_id, Event::Withdraw, (reason, shown), now)
    }

    fn mark(
        &self,
        op_id: &str,
        event: Event,
        (reason, shown): (&str, String),
        now: Timestamp,
    ) -> Result<Entry> {
        let entry = self.entry_head(op_id)?;
        step(entry.state, Event::MarkApplied)?;
        if entry.attempts == 0 {
            return Err(IllegalStep { state: entry.state, event: Event::MarkApplied }.into());
        }
        let said = Evidence { at: now, kind: "person".into(), detail: reason.into() };
        let effects = Effects { evidence: Some(said), ..Effects::at(now, shown) };
        Ok(self.advance(&entry, event, &effects)?.entry)
    }

    fn record(
        &self,
        entry: &EntryHead,
        seen: &Evidence,
        put: impl FnOnce(&Connection) -> Result<()>,
    ) -> Result<Entry> {
        let mut db = self.outbox_to_write()?;
        let tx = begin(&mut db)?;
        put(&tx)?;
        evidence::insert(&tx, &entry.op_id, seen)?;
        let entry = entry::by_op_id(&tx, &entry.op_id)?;
        commit(tx)?;
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

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, decision_on, separation_of};
    use super::*;
    use cleave_core::outbox::State;
    use cleave_core::separation::{ReceiptItem, ReceiptLine};

    fn receipt(actual: &str) -> Receipt {
        let line = ReceiptLine {
            item: ReceiptItem::Counter { name: "notesMoved".into() },
            predicted: Some("1".into()),
            actual: Some(actual.into()),
            same: actual == "1",
        };
        Receipt { new_contact_id: Some("c9".into()), counters: vec![line], contacts: Vec::new() }
    }

    fn seen(trial: &Trial) -> Evidence {
        Evidence { at: trial.at(9), kind: "reading".into(), detail: "both contacts".into() }
    }

    #[test]
    fn a_receipt_comes_with_the_step_or_after_it_and_is_given_back_as_it_was() {
        let mut trial = Trial::new();
        let sending = trial.sending(separation_of("c1"));
        let effects = Effects { receipt: Some(receipt("1")), ..Effects::at(trial.at(5), "Done.") };
        let applied = trial.store.advance(&sending, Event::Confirmed, &effects).unwrap().entry;
        assert!(applied.receipt == Some(receipt("1")));
        let after = trial.store.record_receipt(&applied, &receipt("2"), &seen(&trial)).unwrap();
        assert_eq!((after.state, after.revision), (State::Applied, applied.revision));
        trial.reopen();
        assert!(trial.store.entry(&sending.op_id).unwrap().receipt == Some(receipt("2")));
        assert_eq!(trial.store.evidence(&sending.op_id).unwrap(), [seen(&trial)]);
        let stale = trial.store.record_receipt(&sending, &receipt("3"), &seen(&trial)).unwrap_err();
        assert!(matches!(stale, StoreError::LostRace { .. }));
        assert!(trial.store.entry(&sending.op_id).unwrap().receipt == Some(receipt("2")));
    }

    #[test]
    fn where_a_refusal_points_is_kept_until_it_is_tried_again() {
        let trial = Trial::new();
        let sending = trial.sending(separation_of("c1"));
        let effects =
            Effects { refused_at: Some("phoneNumber.new".into()), ..Effects::at(trial.at(5), "Taken.") };
        let refused = trial.store.advance(&sending, Event::Rejected, &effects).unwrap().entry;
        assert_eq!(refused.refused_at.as_deref(), Some("phoneNumber.new"));
        assert_eq!(trial.store.retry(&refused.op_id, trial.at(6)).unwrap().refused_at, None);
    }

    #[test]
    fn a_persons_word_settles_what_was_sent_and_is_kept_as_evidence() {
        let trial = Trial::new();
        let entry = trial.needs_person(separation_of("c1"));
        let marked = trial.store.mark_applied(&entry.op_id, "I called Janet.", trial.at(9)).unwrap();
        assert_eq!(marked.state, State::Applied);
        assert_eq!(marked.reason, "You said that it was done: I called Janet.");
        let said = Evidence { at: trial.at(9), kind: "person".into(), detail: "I called Janet.".into() };
        assert_eq!(trial.store.evidence(&entry.op_id).unwrap(), [said]);
    }

    #[test]
    fn a_persons_word_gives_up_what_was_not_done() {
        let trial = Trial::new();
        let entry = trial.needs_person(separation_of("c1"));
        let marked = trial.store.mark_not_applied(&entry.op_id, "I looked.", trial.at(9)).unwrap();
        assert_eq!(marked.state, State::Withdrawn);
        assert_eq!(marked.reason, "Given up, because it was not done: I looked.");
        assert_eq!(trial.store.evidence(&entry.op_id).unwrap()[0].detail, "I looked.");
    }

    #[test]
    fn a_persons_word_settles_nothing_else() {
        let trial = Trial::new();
        let never_sent = trial.taken(decision_on("r1"));
        let gone = Effects::at(trial.at(3), "Gone.");
        let never_sent = trial.store.advance(&never_sent, Event::Missing, &gone).unwrap().entry;
        let sending = trial.sending(separation_of("c2"));
        for entry in [never_sent, sending] {
            let done = trial.store.mark_applied(&entry.op_id, "I say so.", trial.at(9)).unwrap_err();
            let undone = trial.store.mark_not_applied(&entry.op_id, "I say so.", trial.at(9)).unwrap_err();
            for error in [done, undone] {
                assert!(matches!(error, StoreError::Step(_)), "{:?}", entry.state);
            }
            assert_eq!(trial.store.entry(&entry.op_id).unwrap(), entry);
            assert!(trial.store.evidence(&entry.op_id).unwrap().is_empty());
        }
    }
}
