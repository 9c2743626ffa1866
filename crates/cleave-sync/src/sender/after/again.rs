//! Reading both contacts of a separation again where they could not be read when it had taken effect: the network was
//! gone right then, or the process ended.

use std::collections::HashMap;
use std::time::Duration;

use cleave_core::decision::DecisionKind;
use cleave_core::outbox::State;
use cleave_store::{EntryHead, HistoryQuery, StoreError};

use crate::backoff;
use crate::disk::on_disk;
use crate::failure::SyncError;
use crate::sender::{Moved, Sender};

/// How often a separation's contacts are tried in one process.
const TRIES: u32 = 6;

/// The latest separations that are looked through for some whose contacts nobody has read.
const LATEST: u32 = 50;

/// Separations whose contacts are still to be read.
#[derive(Default)]
pub(in crate::sender) struct Unread {
    /// Whether what earlier processes left was looked for.
    looked: bool,
    due: HashMap<String, Due>,
}

struct Due {
    tries: u32,
    /// On the monotonic clock.
    at: Duration,
}

impl Unread {
    fn tries(&self, op_id: &str) -> u32 {
        self.due.get(op_id).map_or(0, |due| due.tries)
    }

    /// Notes another try that came to nothing. After too many of them the entry is left as it is.
    fn failed(&mut self, op_id: &str, now: Duration, fraction: f64) {
        let tries = self.tries(op_id) + 1;
        if tries >= TRIES {
            self.due.remove(op_id);
        } else {
            let at = now + backoff::pause(tries, fraction, None);
            self.due.insert(op_id.to_owned(), Due { tries, at });
        }
    }

    /// The entry whose turn it is.
    fn turn(&self, now: Duration) -> Option<String> {
        let due = self.due.iter().filter(|(_, due)| due.at <= now);
        due.min_by_key(|(_, due)| due.at).map(|(op_id, _)| op_id.clone())
    }

    /// When the next one is to be tried, on the monotonic clock.
    pub(in crate::sender) fn next(&self) -> Option<Duration> {
        self.due.values().map(|due| due.at).min()
    }

    /// The network is back: all are tried now, as often as they may be.
    pub(in crate::sender) fn soon(&mut self) {
        self.due.values_mut().for_each(|due| due.at = Duration::ZERO);
    }
}

impl Sender {
    /// Notes that the contacts of a separation could not be read.
    pub(super) fn not_read(&self, op_id: &str) {
        let (now, fraction) = (self.clock.monotonic(), (self.settings.jitter)());
        self.memory().unread.failed(op_id, now, fraction);
    }

    /// Reads the contacts of separations whose turn it is, until one could be read; `None` where none could. The state
    /// of an entry is never touched.
    pub(in crate::sender) async fn read_unread(&self) -> Result<Option<Moved>, SyncError> {
        self.look_for_unread().await?;
        loop {
            let turn = self.memory().unread.turn(self.clock.monotonic());
            let Some(op_id) = turn else { return Ok(None) };
            let tries = self.memory().unread.tries(&op_id);
            let moved = match self.after_applied(&op_id, true).await {
                // What cannot be read back from here will not be read by trying: it keeps its counters.
                Err(SyncError::Store(StoreError::Unreadable { .. })) => Moved::default(),
                moved => moved?,
            };
            let mut memory = self.memory();
            // Where that was no failed try, there is nothing to be read any more.
            if memory.unread.tries(&op_id) == tries {
                memory.unread.due.remove(&op_id);
            }
            if !moved.contact_ids.is_empty() {
                return Ok(Some(moved));
            }
        }
    }

    /// Finds, once a process, what earlier ones left.
    async fn look_for_unread(&self) -> Result<(), SyncError> {
        if self.memory().unread.looked {
            return Ok(());
        }
        let query =
            HistoryQuery { kind: Some(DecisionKind::Separate), limit: LATEST, ..HistoryQuery::default() };
        let latest = on_disk(&self.store, move |store| store.history(&query)).await?;
        let mut memory = self.memory();
        memory.unread.looked = true;
        for entry in latest.iter().filter(|entry| is_unread(entry)) {
            // One that was tried in this process keeps its turn.
            memory.unread.due.entry(entry.op_id.clone()).or_insert(Due { tries: 0, at: Duration::ZERO });
        }
        Ok(())
    }
}

/// Whether the contacts of a separation that took effect are known, and were not read.
fn is_unread(entry: &EntryHead) -> bool {
    let unread =
        |receipt: &cleave_core::separation::Receipt| receipt.new_contact_id.is_some() && !receipt.was_read();
    entry.state == State::Applied && entry.receipt.as_ref().is_some_and(unread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_are_further_and_further_apart_and_come_to_an_end() {
        let mut unread = Unread::default();
        let mut now = Duration::from_secs(100);
        let mut pauses = Vec::new();
        unread.failed("a", now, 1.0);
        while let Some(next) = unread.next() {
            assert_eq!(unread.turn(now), None);
            pauses.push((next - now).as_secs());
            now = next;
            assert_eq!(unread.turn(now).as_deref(), Some("a"));
            unread.failed("a", now, 1.0);
        }
        assert_eq!(pauses, [4, 8, 16, 32, 64]);
        unread.failed("b", now, 1.0);
        unread.soon();
        assert_eq!(unread.turn(now).as_deref(), Some("b"));
    }
}
