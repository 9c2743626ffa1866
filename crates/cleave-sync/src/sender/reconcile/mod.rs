//! Finding out what became of a request whose answer was lost.
//!
//! What shows that it happened counts at once where the server would refuse a second copy, and otherwise once none can
//! be on its way any more. What shows that it did not proves nothing while the request may still be on its way: only
//! after the quarantine, and only if two readings some time apart agree, is the entry put back to be sent again, and
//! that only where the server itself refuses the second copy. Everything else ends before a person, a server that can
//! never be read too.

mod review;
mod separation;
mod settings;
mod watch;

use std::time::Duration;

use cleave_core::decision::{Decision, DecisionKind};
use cleave_core::outbox::{Event, Hold};
use cleave_store::{Effects, Entry, EntryHead, Evidence};

pub(super) use watch::Watch;

use super::check::{hold_of, reach_of};
use super::{Memory, Moved, Reach, Sender, Telling, words};
use crate::failure::{ReadClass, ReadFailure, SyncError};
use watch::Shown;

/// Sends after which a person is asked, if each was lost or answered with something that proves nothing. A separation
/// makes a contact, so it is tried less often.
fn most_attempts(kind: DecisionKind) -> u32 {
    match kind {
        DecisionKind::Merge | DecisionKind::KeepSeparate | DecisionKind::Settings => 5,
        DecisionKind::Separate => 3,
    }
}

impl Sender {
    /// Watches every uncertain entry; those that are new, from now on.
    pub(super) fn watch(&self, uncertain: &[EntryHead]) {
        let now = self.clock.monotonic();
        let mut memory = self.memory();
        let Memory { watches, checked_at, .. } = &mut *memory;
        watches.retain(|op_id, _| uncertain.iter().any(|entry| entry.op_id == *op_id));
        checked_at.retain(|op_id, _| watches.contains_key(op_id));
        for entry in uncertain {
            memory.watches.entry(entry.op_id.clone()).or_insert_with(|| Watch::new(now));
        }
    }

    /// The quarantine of an entry starts anew: another request of it was sent.
    pub(super) fn watch_from_now(&self, op_id: &str) {
        let watch = Watch::new(self.clock.monotonic());
        self.memory().watches.insert(op_id.to_owned(), watch);
    }

    /// Whether a request of an entry may still be on its way.
    fn is_in_quarantine(&self, op_id: &str) -> bool {
        let now = self.clock.monotonic();
        self.memory().watches.get(op_id).is_none_or(|watch| watch.is_in_quarantine(now, &self.settings))
    }

    pub(super) fn is_due(&self, op_id: &str) -> bool {
        let now = self.clock.monotonic();
        self.memory().watches.get(op_id).is_some_and(|watch| watch.next_read() <= now)
    }

    /// Reads what an uncertain entry is about, and settles the entry if that proves something.
    pub(super) async fn reconcile(&self, entry: Entry, telling: Telling<'_>) -> Result<Moved, SyncError> {
        let read = match &entry.decision {
            Decision::Merge { .. } | Decision::KeepSeparate { .. } => {
                self.reconcile_review(&entry, telling).await
            }
            Decision::Separate(decided) => self.reconcile_separation(&entry, decided, telling).await,
            Decision::Settings(decided) => self.reconcile_settings(&entry, decided, telling).await,
        };
        match read {
            Err(SyncError::Read(failure)) => self.unreadable(&entry, failure).await,
            settled => settled,
        }
    }

    /// Negative evidence: waits, or, where it is proof, puts the entry back to be sent or before a person. `seen` is what
    /// was seen, in words; two readings agree only if they saw the same.
    async fn nothing_shown(
        &self,
        entry: &Entry,
        event: Event,
        reason: String,
        seen: String,
    ) -> Result<Moved, SyncError> {
        let shown = {
            let now = self.clock.monotonic();
            let mut memory = self.memory();
            let watch = memory.watches.entry(entry.op_id.clone()).or_insert_with(|| Watch::new(now));
            watch.shows_nothing(event, &seen, now, &self.settings)
        };
        let (event, reason) = match (shown, event) {
            (Shown::NotYet, _) => return Ok(Moved { reach: Some(Reach::Online), ..Moved::default() }),
            (Shown::Contradictory, _) => (Event::Missing, words::CONTRADICTORY.to_owned()),
            (Shown::Agreed, Event::Unsent(_)) if entry.attempts >= most_attempts(entry.kind) => {
                let reason =
                    format!("Sent {} times, and never with an answer that proves anything.", entry.attempts);
                (Event::Missing, reason)
            }
            (Shown::Agreed, Event::Unsent(_)) => (Event::Unsent(Hold::None), reason),
            (Shown::Agreed, other) => (other, reason),
        };
        self.give_over(entry, event, reason, seen).await
    }

    /// The reading did not work. Waits for what is in the way, and asks a person where nothing but this entry's records
    /// are.
    async fn unreadable(&self, entry: &Entry, failure: ReadFailure) -> Result<Moved, SyncError> {
        let reason = words::of_failure(entry.kind, &failure);
        let Some(hold) = hold_of(&failure) else {
            return self.nothing_shown(entry, Event::Missing, reason.clone(), reason).await;
        };
        let (pause, _) = self.retry_at(entry, failure.retry_after);
        if self.read_failed(&entry.op_id, pause, &failure) {
            return self.give_over(entry, Event::Missing, words::unreadable(&reason), reason).await;
        }
        self.pause_for(hold, pause, failure.concerns_all());
        self.pause_as_asked(failure.retry_after);
        Ok(Moved { reach: Some(reach_of(&failure)), ..Moved::default() })
    }

    /// Ends the watch over an entry without positive evidence.
    async fn give_over(
        &self,
        entry: &Entry,
        event: Event,
        reason: String,
        seen: String,
    ) -> Result<Moved, SyncError> {
        let seen = Evidence { at: self.clock.now(), kind: "reading".into(), detail: seen };
        let effects = Effects { evidence: Some(seen), ..Effects::at(self.clock.now(), reason) };
        let mut moved = self.commit(entry, event, effects).await?;
        self.memory().watches.remove(&entry.op_id);
        moved.reach = Some(Reach::Online);
        Ok(moved)
    }

    /// Takes note of a reading that did not work. Answers whether too many did not.
    fn read_failed(&self, op_id: &str, pause: Duration, failure: &ReadFailure) -> bool {
        let now = self.clock.monotonic();
        // What concerns all reading is waited out, however long: it says nothing about this entry.
        let of_this = matches!(failure.class, ReadClass::Forbidden | ReadClass::Broken | ReadClass::Refused);
        let mut memory = self.memory();
        let watch = memory.watches.entry(op_id.to_owned()).or_insert_with(|| Watch::new(now));
        watch.failed(now, pause, of_this, &self.settings)
    }
}
