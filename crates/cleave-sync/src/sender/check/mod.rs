//! Before anything is sent: does the server still show what the admin saw?

mod review;
mod separation;
mod settings;

use cleave_core::decision::{Decision, DecisionKind};
use cleave_core::outbox::{Event, Hold};
use cleave_core::separation::Receipt;
use cleave_store::{Effects, Entry, Evidence};
use cleave_wire::contact::ContactDto;
use cleave_wire::review::DedupReviewDto;

pub(super) use review::sentence;

use super::outcome::dissolved;
use super::{Moved, Reach, Sender, Telling, words};
use crate::failure::{ReadClass, ReadFailure, SyncError};
use crate::mutation::Ground;

/// What a check came to.
pub(super) struct Checked {
    pub(super) event: Event,
    pub(super) reason: String,
    pub(super) reach: Reach,
    /// What the request is made with.
    ground: Ground,
    /// Whether the outcome the server shows may be that of an earlier send of this entry.
    may_be_ours: bool,
    /// What became of a separation that is done already.
    receipt: Option<Receipt>,
    /// Contacts that were read anew.
    pub(super) contact_ids: Vec<String>,
    pub(super) failure: Option<ReadFailure>,
}

impl Sender {
    /// Compares an entry that was taken up with the server, and sends it if nothing has changed.
    pub(super) async fn carry_out(&self, entry: Entry, telling: Telling<'_>) -> Result<Moved, SyncError> {
        telling(Moved::of(&entry));
        let checked = self.check(&entry).await?;
        if checked.event == Event::Unchanged {
            return self.send(entry, &checked.ground, telling).await;
        }
        let (pause, at) = self.retry_at(&entry, checked.failure.as_ref().and_then(|f| f.retry_after));
        let hold = match checked.event {
            Event::CheckFailed(hold) => Some(hold),
            _ => None,
        };
        let seen = Evidence { at: self.clock.now(), kind: "check".into(), detail: checked.reason.clone() };
        let effects = Effects {
            not_before: hold.filter(|hold| !matches!(hold, Hold::Auth | Hold::WrongAccount)).map(|_| at),
            // A check that failed proves nothing, and a queue that waits for the network would fill the table.
            evidence: hold.is_none().then_some(seen),
            dissolved: if checked.event == Event::Confirmed { dissolved(&entry) } else { None },
            receipt: checked.receipt,
            ..Effects::at(self.clock.now(), checked.reason)
        };
        let event = checked.event;
        let mut moved = self.commit(&entry, event, effects).await?;
        moved.review_ids.extend(self.reviews_of(&checked.contact_ids).await?);
        moved.contact_ids = checked.contact_ids;
        if checked.may_be_ours {
            moved.add(self.compare_settled(&entry.op_id).await?);
        }
        if let Some(hold) = hold {
            let all = checked.failure.as_ref().is_some_and(ReadFailure::concerns_all);
            let many = all || (hold == Hold::Backoff && self.breaks_on_checks(&entry.op_id));
            self.pause_for(hold, pause, many);
            self.pause_as_asked(checked.failure.as_ref().and_then(|failure| failure.retry_after));
            // A record that may not be read holds its own entry only; the end of the session holds all.
            if hold == Hold::Auth && all {
                moved.add(self.hold_everything(words::SIGNED_OUT).await?);
            }
        }
        moved.reach = Some(checked.reach);
        Ok(moved)
    }

    /// Compares an entry with the server, and changes nothing about the entry.
    pub(super) async fn check(&self, entry: &Entry) -> Result<Checked, SyncError> {
        match &entry.decision {
            Decision::Merge { .. } | Decision::KeepSeparate { .. } => self.check_review(entry).await,
            Decision::Separate(decided) => self.check_separation(entry, decided).await,
            Decision::Settings(decided) => self.check_settings(entry, decided).await,
        }
    }

    /// Stores a review that was just read, unless it is another organisation's.
    pub(super) async fn keep_review(&self, review: DedupReviewDto) -> Result<Vec<String>, SyncError> {
        self.puller.keep(vec![review]).await
    }

    /// Stores a contact that its own route, or the answer to a change, has just shown, unless it is another
    /// organisation's.
    pub(super) async fn keep_contact(&self, contact: ContactDto) -> Result<Vec<String>, SyncError> {
        self.puller.keep_whole(contact, self.clock.now()).await
    }
}

impl Checked {
    /// The server answered, and this is what it means.
    fn seen(event: Event, reason: String) -> Checked {
        Checked {
            event,
            reason,
            reach: Reach::Online,
            ground: Ground::default(),
            may_be_ours: false,
            receipt: None,
            contact_ids: Vec::new(),
            failure: None,
        }
    }

    /// The server did not say what was asked.
    fn failed(kind: DecisionKind, failure: ReadFailure) -> Checked {
        let event = match hold_of(&failure) {
            Some(hold) => Event::CheckFailed(hold),
            None => Event::Missing,
        };
        let reach = reach_of(&failure);
        let checked = Checked::seen(event, words::of_failure(kind, &failure));
        Checked { reach, failure: Some(failure), ..checked }
    }
}

/// What a failed reading makes an entry wait for; `None` where what it is about is not there.
pub(super) fn hold_of(failure: &ReadFailure) -> Option<Hold> {
    match failure.class {
        // Routers of several frameworks say in HTML that a path is not there, and so do portals.
        ReadClass::Offline | ReadClass::NotTheApi => Some(Hold::Offline),
        ReadClass::Broken | ReadClass::SlowDown | ReadClass::Refused => Some(Hold::Backoff),
        ReadClass::SignedOut | ReadClass::Forbidden => Some(Hold::Auth),
        ReadClass::NotFound | ReadClass::Unsupported => None,
    }
}

/// What a failed reading tells about the server.
pub(super) fn reach_of(failure: &ReadFailure) -> Reach {
    match failure.class {
        ReadClass::Offline | ReadClass::NotTheApi => Reach::Offline,
        ReadClass::Broken if failure.status.is_none() => Reach::Offline,
        ReadClass::SignedOut => Reach::SignedOut,
        _ => Reach::Online,
    }
}
