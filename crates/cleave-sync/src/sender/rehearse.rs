//! The rehearsal: the check that comes before sending, made now, without sending and without a trace in the outbox.

use cleave_core::outbox::{Event, Hold, State};
use cleave_store::StoreError;

use super::{Reach, Sender};
use crate::disk::on_disk;
use crate::failure::{ReadFailure, SyncError};

/// What sending an entry now would find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// What it would find.
    pub found: Found,
    /// The sentence that the outbox would show then; empty where it would be sent, or nobody asked the server.
    pub reason: String,
    /// What was learnt about the server, if it was asked.
    pub reach: Option<Reach>,
    /// Whether the server would answer nothing else about any other entry, so that asking on is pointless for now.
    pub concerns_all: bool,
    /// Contacts that were read anew.
    pub contact_ids: Vec<String>,
}

/// What a rehearsal finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The check came to this event: what the sender would do with the entry.
    Event(Event),
    /// The check could not even read what the entry is about: it is not there.
    Gone,
    /// Another entry goes first.
    Waits,
    /// It is not waiting to be sent.
    NotWaiting,
}

impl Sender {
    /// Makes the check of the sender for one entry. What was read is kept in the cache; the entry, its attempts and its
    /// evidence stay as they are. No step is taken meanwhile. While a pause lasts that the server asked for, it is not
    /// asked; one that it asks for here holds for every request.
    ///
    /// # Errors
    /// [`SyncError::Store`], also where there is no such entry. A server that does not answer is no error.
    pub async fn rehearse(&self, op_id: &str) -> Result<Rehearsal, SyncError> {
        let _alone = self.working.lock().await;
        let id = op_id.to_owned();
        let (entry, course) = on_disk(&self.store, move |store| -> Result<_, StoreError> {
            let entry = store.entry(&id)?;
            let course = store.course(&entry)?;
            Ok((entry, course))
        })
        .await?;
        let waits = matches!(entry.state, State::Queued(hold) if hold != Hold::ReviewNeeded);
        if !waits {
            return Ok(Rehearsal::unasked(Found::NotWaiting));
        }
        if !course.ahead.is_empty() {
            return Ok(Rehearsal::unasked(Found::Waits));
        }
        if self.asked_to_pause() {
            let reason = "The server asked for a pause.".to_owned();
            let found = Found::Event(Event::CheckFailed(Hold::ServerPaused));
            return Ok(Rehearsal { reason, concerns_all: true, ..Rehearsal::unasked(found) });
        }
        let checked = self.check(&entry).await?;
        let failure = checked.failure.as_ref();
        self.pause_as_asked(failure.and_then(|failure| failure.retry_after));
        let found = match (checked.event, failure) {
            (Event::Missing, Some(_)) => Found::Gone,
            (event, _) => Found::Event(event),
        };
        Ok(Rehearsal {
            found,
            reach: Some(checked.reach),
            concerns_all: failure.is_some_and(ReadFailure::concerns_all),
            contact_ids: checked.contact_ids,
            reason: checked.reason,
        })
    }
}

impl Sender {
    /// Whether a pause that the server asked for is not over. It means every request of this client.
    fn asked_to_pause(&self) -> bool {
        self.memory().asked_until.is_some_and(|until| until > self.clock.monotonic())
    }
}

impl Rehearsal {
    fn unasked(found: Found) -> Self {
        Rehearsal { found, reason: String::new(), reach: None, concerns_all: false, contact_ids: Vec::new() }
    }
}
