//! Which entry is sent next.

use cleave_core::outbox::{Event, Hold, State};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::advance::{self, Effects};
use super::entry::{self, Entry, EntryHead};
use super::touch;
use crate::connection::{begin, commit};
use crate::error::Result;
use crate::store::Store;
use crate::time::{instant, millis};

/// No hold with an end lasts longer than this. An end that is further away was set by a clock that has gone back
/// since, and is taken as over: nothing waits for a wrong clock.
const LONGEST_HOLD: SignedDuration = SignedDuration::from_hours(1);

impl Store {
    /// Takes up the entry that has been free to go for longest, and puts it to checking. One that failed a moment ago
    /// so comes after those that have been waiting meanwhile, and cannot hold them up.
    ///
    /// Holds whose time is over end here. An entry behind an earlier one that shares a contact or the review waits
    /// for it, visibly ([`Hold::Dependency`]), and later entries overtake it.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn take_next(&self, now: Timestamp) -> Result<Option<Entry>> {
        let mut db = self.outbox_to_write()?;
        let tx = begin(&mut db)?;
        let due = due(&tx, now)?;
        let mut taken = None;
        for op_id in due {
            let entry = entry::head_by_op_id(&tx, &op_id)?;
            if touch::is_held_up(&tx, &entry)? {
                if entry.state != State::Queued(Hold::Dependency) {
                    let wait = Effects::at(now, "Waiting for another decision about the same contact.");
                    advance::apply(&tx, &entry, Event::Hold(Hold::Dependency), &wait)?;
                }
                continue;
            }
            let entry = if entry.state == State::Queued(Hold::None) {
                entry
            } else {
                advance::apply(
                    &tx,
                    &entry,
                    Event::Hold(Hold::None),
                    &Effects::at(now, "Waiting to be sent."),
                )?;
                entry::head_by_op_id(&tx, &entry.op_id)?
            };
            advance::apply(&tx, &entry, Event::Check, &Effects::at(now, "Being compared with the server."))?;
            taken = Some(entry::by_op_id(&tx, &entry.op_id)?);
            break;
        }
        commit(tx)?;
        Ok(taken)
    }

    /// When the next hold ends by itself; `None` if no entry waits for a time.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn next_due(&self) -> Result<Option<Timestamp>> {
        let db = self.outbox();
        let mut statement = db.prepare_cached(
            "SELECT min(not_before) FROM entry
             WHERE state = 'queued' AND hold IN ('cancel_window', 'backoff', 'offline', 'server_paused')",
        )?;
        Ok(statement.query_row([], |row| row.get::<_, Option<i64>>(0))?.map(instant))
    }

    /// When the next running cancel window ends; `None` if none runs.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn next_send_at(&self) -> Result<Option<Timestamp>> {
        let db = self.outbox();
        let mut statement = db.prepare_cached(
            "SELECT min(cancel_until) FROM entry WHERE state = 'queued' AND hold = 'cancel_window'",
        )?;
        Ok(statement.query_row([], |row| row.get::<_, Option<i64>>(0))?.map(instant))
    }

    /// The entries whose outcome is unknown, oldest first.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn uncertain(&self) -> Result<Vec<EntryHead>> {
        entry::heads(&self.outbox(), "WHERE e.state = 'uncertain' ORDER BY e.seq", [])
    }
}

/// Entries that wait for nothing but their turn, by the time they could have gone.
fn due(db: &Connection, now: Timestamp) -> Result<Vec<String>> {
    let far = now.checked_add(LONGEST_HOLD).unwrap_or(Timestamp::MAX);
    let mut statement = db.prepare_cached(
        "SELECT op_id FROM entry
         WHERE state = 'queued'
           AND hold IN ('none', 'cancel_window', 'backoff', 'offline', 'server_paused', 'dependency')
           AND (not_before IS NULL OR not_before <= ?1 OR not_before > ?2)
         ORDER BY coalesce(not_before, 0), seq",
    )?;
    let due = statement.query_map(params![millis(now), millis(far)], |row| row.get(0))?;
    Ok(due.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::super::trial::{Trial, decision_on};
    use super::*;

    #[test]
    fn the_cancel_window_is_waited_out() {
        let trial = Trial::new();
        let entry = trial.decide(decision_on("r1"));
        assert_eq!(trial.store.next_send_at().unwrap(), entry.cancel_until);
        assert!(trial.store.take_next(trial.at(7)).unwrap().is_none());
        let taken = trial.store.take_next(trial.at(8)).unwrap().unwrap();
        assert_eq!((&taken.op_id, taken.state), (&entry.op_id, State::Checking));
        assert_eq!(trial.store.next_due().unwrap(), None);
    }

    #[test]
    fn a_clock_that_went_back_holds_nothing_up() {
        let trial = Trial::new();
        let entry = trial.decide(decision_on("r1"));
        let years_ago = trial.at(-100_000_000);
        assert_eq!(trial.store.take_next(years_ago).unwrap().unwrap().op_id, entry.op_id);
    }

    #[test]
    fn what_failed_a_moment_ago_comes_after_what_has_been_waiting() {
        let trial = Trial::new();
        let failing = trial.taken(decision_on("r1"));
        let backoff = Effects { not_before: Some(trial.at(20)), ..Effects::at(trial.at(10), "Once more.") };
        trial.store.advance(&failing, Event::CheckFailed(Hold::Backoff), &backoff).unwrap();
        let waiting = trial.decide(decision_on("r2"));
        assert_eq!(trial.store.take_next(trial.at(30)).unwrap().unwrap().op_id, waiting.op_id);
        assert_eq!(trial.store.take_next(trial.at(30)).unwrap().unwrap().op_id, failing.op_id);
    }

    #[test]
    fn entries_that_share_a_contact_wait_and_others_overtake() {
        let trial = Trial::new();
        let first = trial.sending(decision_on("r1"));
        let mut sharing = decision_on("r2");
        sharing.contact_ids = vec![first.contact_ids[1].clone(), "x".into()];
        let sharing = trial.decide(sharing);
        let free = trial.decide(decision_on("r3"));
        assert_eq!(trial.store.take_next(trial.at(60)).unwrap().unwrap().op_id, free.op_id);
        let held = trial.store.entry(&sharing.op_id).unwrap();
        assert_eq!(held.state, State::Queued(Hold::Dependency));
        let done = Effects {
            attempt: Some(super::super::attempt::AttemptEnd {
                written: super::super::attempt::Written::Answered,
                status: Some(400),
                outcome: String::new(),
            }),
            ..Effects::at(trial.at(61), "No.")
        };
        trial.store.advance(&first, Event::Rejected, &done).unwrap();
        assert_eq!(trial.store.take_next(trial.at(62)).unwrap().unwrap().op_id, sharing.op_id);
    }
}
