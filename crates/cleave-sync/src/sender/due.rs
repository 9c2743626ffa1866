//! When an entry goes on by itself.

use std::time::Duration;

use cleave_core::outbox::{Hold, State};
use cleave_store::EntryHead;
use jiff::Timestamp;

use super::Sender;

impl Sender {
    /// When an entry goes on by itself, as far as is known: the end of its pause or of the whole sender's, or the next
    /// reading of one whose outcome is unknown. `None` where it waits for no such moment, or the moment is now.
    pub fn goes_on_at(&self, entry: &EntryHead) -> Option<Timestamp> {
        let now = self.clock.now();
        let after = |left: Duration| now.checked_add(left).unwrap_or(Timestamp::MAX);
        let paused = self.pause_left().map(after);
        let own = match entry.state {
            State::Uncertain => {
                let next = self.memory().watches.get(&entry.op_id).map(super::Watch::next_read);
                next.map(|next| after(next.saturating_sub(self.clock.monotonic())))
            }
            State::Queued(Hold::None | Hold::Offline | Hold::Backoff | Hold::ServerPaused) => {
                entry.not_before
            }
            _ => return None,
        };
        own.max(paused).filter(|at| *at > now)
    }
}
