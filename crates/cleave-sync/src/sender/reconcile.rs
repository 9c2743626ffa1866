//! Finding out what became of a request whose answer was lost.
//!
//! A review that is resolved is positive evidence and counts at once. A review that is still open proves nothing while
//! the request may still be on its way: only after the quarantine, and only if two readings some time apart agree, is
//! the entry put back to be sent again. That is safe because the server itself refuses the second copy with 409.

use std::time::Duration;

use cleave_core::outbox::{Event, Hold};
use cleave_core::reconcile::{after_uncertainty, may_be_ours};
use cleave_core::review::Review;
use cleave_store::{Effects, Entry, Evidence};

use super::check::{hold_of, reach_of, sentence};
use super::{Moved, Reach, Sender, SenderSettings, Telling, words};
use crate::backoff;
use crate::failure::SyncError;
use crate::read;

/// The longest time between two readings while the outcome is unknown.
const LONGEST_GAP: Duration = Duration::from_secs(60);

/// Sends after which a person is asked, if each was lost or answered with something that proves nothing.
const MOST_ATTEMPTS: u32 = 5;

/// An entry whose outcome is unknown. All times are on the monotonic clock of this process: after a restart the
/// quarantine starts anew.
pub(super) struct Watch {
    since: Duration,
    next: Duration,
    reads: u32,
    /// The first reading after the quarantine that showed nothing, and what it showed.
    nothing: Option<(Duration, Event)>,
}

impl Watch {
    fn new(now: Duration) -> Watch {
        Watch { since: now, next: now, reads: 0, nothing: None }
    }

    pub(super) fn next_read(&self) -> Duration {
        self.next
    }

    pub(super) fn read_soon(&mut self) {
        self.next = Duration::ZERO;
    }

    /// Takes note of a reading that showed nothing. Answers whether that is proof.
    fn shows_nothing(&mut self, event: Event, now: Duration, settings: &SenderSettings) -> bool {
        self.reads += 1;
        let quarantine_ends = self.since + settings.quarantine;
        if now < quarantine_ends {
            let gap = backoff::pause(self.reads, 1.0, None).min(LONGEST_GAP);
            self.next = (now + gap).min(quarantine_ends);
            return false;
        }
        match self.nothing {
            Some((first, seen)) if seen == event => {
                self.next = first + settings.agreement;
                now >= self.next
            }
            _ => {
                self.nothing = Some((now, event));
                self.next = now + settings.agreement;
                false
            }
        }
    }

    /// A reading that did not work agrees with nothing.
    fn failed(&mut self, now: Duration, pause: Duration) {
        self.reads += 1;
        self.next = now + pause.max(Duration::from_secs(1));
    }
}

impl Sender {
    /// Watches every uncertain entry; those that are new, from now on.
    pub(super) fn watch(&self, uncertain: &[Entry]) {
        let now = self.clock.monotonic();
        let mut memory = self.memory();
        memory.watches.retain(|op_id, _| uncertain.iter().any(|entry| entry.op_id == *op_id));
        for entry in uncertain {
            memory.watches.entry(entry.op_id.clone()).or_insert_with(|| Watch::new(now));
        }
    }

    /// The quarantine of an entry starts anew: another request of it was sent.
    pub(super) fn watch_from_now(&self, op_id: &str) {
        let watch = Watch::new(self.clock.monotonic());
        self.memory().watches.insert(op_id.to_owned(), watch);
    }

    pub(super) fn is_due(&self, op_id: &str) -> bool {
        let now = self.clock.monotonic();
        self.memory().watches.get(op_id).is_some_and(|watch| watch.next <= now)
    }

    /// Reads the review of an uncertain entry, and settles the entry if that proves something.
    pub(super) async fn reconcile(&self, entry: Entry, telling: Telling<'_>) -> Result<Moved, SyncError> {
        let dto = match read::review(&self.api, &self.store, &entry.subject).await {
            Ok(dto) => dto,
            Err(SyncError::Read(failure)) => {
                return match hold_of(&failure) {
                    Some(hold) => {
                        let (pause, _) = self.retry_at(&entry, failure.retry_after);
                        self.read_failed(&entry.op_id, pause);
                        self.pause_for(hold, pause, failure.concerns_all());
                        self.pause_as_asked(failure.retry_after);
                        Ok(Moved { reach: Some(reach_of(&failure)), ..Moved::default() })
                    }
                    None => self.nothing_shown(entry, Event::Missing, words::of_failure(&failure)).await,
                };
            }
            Err(error) => return Err(error),
        };
        let mut changed = self.keep_review(dto.clone()).await?;
        let review = Review::from(&dto);
        let event = after_uncertainty(&entry.decision, &entry.op_id, &review);
        let may_be_ours = may_be_ours(event, self.maybe_sent(&entry.op_id).await?, &review);
        let reason = sentence(event, &review, may_be_ours);
        if let Event::Unsent(_) = event {
            return self.nothing_shown(entry, event, reason).await;
        }
        let done = event == Event::Confirmed;
        let seen = Evidence { at: self.clock.now(), kind: "reading".into(), detail: reason.clone() };
        let effects = Effects {
            evidence: Some(seen),
            dissolved: if done { super::outcome::dissolved(&entry) } else { None },
            ..Effects::at(self.clock.now(), reason)
        };
        let mut moved = self.commit(&entry, event, effects).await?;
        telling(moved.clone());
        changed.retain(|id| !moved.review_ids.contains(id));
        moved.review_ids.extend(changed);
        moved.reach = Some(Reach::Online);
        if done {
            moved.add(self.after_applied(&entry.op_id, false).await?);
        } else if may_be_ours {
            moved.add(self.compare_settled(&entry.op_id).await?);
        }
        Ok(moved)
    }

    /// Negative evidence: waits, or, where it is proof, puts the entry back to be sent or before a person.
    async fn nothing_shown(&self, entry: Entry, event: Event, reason: String) -> Result<Moved, SyncError> {
        let proof = {
            let now = self.clock.monotonic();
            let mut memory = self.memory();
            let watch = memory.watches.entry(entry.op_id.clone()).or_insert_with(|| Watch::new(now));
            watch.shows_nothing(event, now, &self.settings)
        };
        if !proof {
            return Ok(Moved { reach: Some(Reach::Online), ..Moved::default() });
        }
        let (event, reason) = match event {
            Event::Unsent(_) if entry.attempts >= MOST_ATTEMPTS => {
                let reason =
                    format!("Sent {} times, and never with an answer that proves anything.", entry.attempts);
                (Event::Missing, reason)
            }
            Event::Unsent(_) => (Event::Unsent(Hold::None), reason),
            other => (other, reason),
        };
        let seen = Evidence {
            at: self.clock.now(),
            kind: "reading".into(),
            detail: "Two readings after the quarantine agree that it did not happen.".into(),
        };
        let effects = Effects { evidence: Some(seen), ..Effects::at(self.clock.now(), reason) };
        let mut moved = self.commit(&entry, event, effects).await?;
        self.memory().watches.remove(&entry.op_id);
        moved.reach = Some(Reach::Online);
        Ok(moved)
    }

    fn read_failed(&self, op_id: &str, pause: Duration) {
        let now = self.clock.monotonic();
        if let Some(watch) = self.memory().watches.get_mut(op_id) {
            watch.failed(now, pause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Event = Event::Unsent(Hold::None);

    fn settings() -> SenderSettings {
        SenderSettings { jitter: || 1.0, ..SenderSettings::default() }
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn nothing_counts_before_the_quarantine_and_two_readings_must_agree() {
        let mut watch = Watch::new(at(1000));
        for second in [1000, 1010, 1359] {
            assert!(!watch.shows_nothing(NOTHING, at(second), &settings()), "{second}");
        }
        assert!(!watch.shows_nothing(NOTHING, at(1360), &settings()), "the first after the quarantine");
        assert!(!watch.shows_nothing(NOTHING, at(1389), &settings()), "too soon");
        assert!(watch.shows_nothing(NOTHING, at(1390), &settings()));
    }

    #[test]
    fn readings_that_disagree_start_over() {
        let mut watch = Watch::new(at(0));
        assert!(!watch.shows_nothing(NOTHING, at(400), &settings()));
        assert!(!watch.shows_nothing(Event::Missing, at(440), &settings()));
        assert!(!watch.shows_nothing(NOTHING, at(480), &settings()));
        assert!(watch.shows_nothing(NOTHING, at(510), &settings()));
    }

    #[test]
    fn readings_become_rarer_and_one_falls_on_the_end_of_the_quarantine() {
        let mut watch = Watch::new(at(0));
        let (mut now, mut reads) = (at(0), 0);
        while now < at(360) {
            assert!(!watch.shows_nothing(NOTHING, now, &settings()));
            assert!(watch.next_read() > now);
            (now, reads) = (watch.next_read(), reads + 1);
        }
        assert_eq!(now, at(360));
        assert!(reads < 15, "{reads}");
    }
}
