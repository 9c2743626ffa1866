//! Before anything is sent: does the server still show what the admin saw?

use cleave_core::outbox::{Event, Hold};
use cleave_core::reconcile::{before_sending, may_be_ours};
use cleave_core::review::{Party, Review};
use cleave_store::{ContactUpdate, Entry, Evidence};
use cleave_wire::contact::ContactDto;
use cleave_wire::review::DedupReviewDto;

use super::outcome::dissolved;
use super::{Moved, Reach, Sender, Telling, words};
use crate::disk::on_disk;
use crate::failure::{ReadClass, ReadFailure, SyncError};
use crate::read;

/// What a check came to.
pub(super) struct Checked {
    pub(super) event: Event,
    pub(super) reason: String,
    /// The review as it is now, where it was read.
    pub(super) review: Option<Review>,
    pub(super) reach: Reach,
    /// Whether the outcome the server shows may be that of an earlier send of this entry.
    may_be_ours: bool,
    failure: Option<ReadFailure>,
}

impl Sender {
    /// Compares an entry that was taken up with the server, and sends it if nothing has changed.
    pub(super) async fn carry_out(&self, entry: Entry, telling: Telling<'_>) -> Result<Moved, SyncError> {
        telling(Moved::of(&entry));
        let checked = self.check(&entry).await?;
        if checked.event == Event::Unchanged {
            let candidate = checked.review.map(|review| review.candidate.id).unwrap_or_default();
            return self.send(entry, &candidate, telling).await;
        }
        let (pause, at) = self.retry_at(&entry, checked.failure.as_ref().and_then(|f| f.retry_after));
        let hold = match checked.event {
            Event::CheckFailed(hold) => Some(hold),
            _ => None,
        };
        let seen = Evidence { at: self.clock.now(), kind: "check".into(), detail: checked.reason.clone() };
        let effects = cleave_store::Effects {
            not_before: hold.filter(|hold| !matches!(hold, Hold::Auth | Hold::WrongAccount)).map(|_| at),
            // A check that failed proves nothing, and a queue that waits for the network would fill the table.
            evidence: hold.is_none().then_some(seen),
            dissolved: if checked.event == Event::Confirmed { dissolved(&entry) } else { None },
            ..cleave_store::Effects::at(self.clock.now(), checked.reason)
        };
        let event = checked.event;
        let mut moved = self.commit(&entry, event, effects).await?;
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

    /// Reads the review and both contacts, and puts what was read into the cache.
    async fn check(&self, entry: &Entry) -> Result<Checked, SyncError> {
        let dto = match read::review(&self.api, &self.store, &entry.subject).await {
            Ok(dto) => dto,
            Err(SyncError::Read(failure)) => return Ok(Checked::failed(failure)),
            Err(error) => return Err(error),
        };
        self.memory().broken_checks.clear();
        self.keep_review(dto.clone()).await?;
        let bare = Review::from(&dto);
        if let (Some(ours), Some(named)) = (&self.settings.organization_id, &bare.organization_id)
            && ours != named
        {
            let reason = "This review belongs to another organisation than the account.";
            return Ok(Checked::seen(Event::CheckFailed(Hold::WrongAccount), reason.to_owned(), bare));
        }
        if bare.status.is_resolved() {
            let maybe_sent = self.maybe_sent(&entry.op_id).await?;
            return Ok(Checked::compared(entry, bare, maybe_sent));
        }
        match self.with_contacts(&bare).await? {
            Ok(whole) => {
                // What the admin saw came either from the contacts' own routes or with the review; a server may show
                // fewer fields with the review. Either way it has to be what is there now.
                let seen_with_review = before_sending(&entry.decision, &entry.basis, &entry.op_id, &bare);
                let review = if seen_with_review == Event::Unchanged { bare } else { whole };
                Ok(Checked::compared(entry, review, false))
            }
            Err(failure) => Ok(Checked::failed(failure)),
        }
    }

    /// The review with both contacts as their own routes show them.
    async fn with_contacts(&self, review: &Review) -> Result<Result<Review, ReadFailure>, SyncError> {
        let mut whole = review.clone();
        for party in [&mut whole.source, &mut whole.candidate] {
            match self.contact_of(party).await {
                Ok(Some(dto)) => {
                    party.contact = Some((&dto).into());
                    self.keep_contact(dto).await?;
                }
                Ok(None) => {}
                Err(failure) => return Ok(Err(failure)),
            }
        }
        Ok(Ok(whole))
    }

    /// `None` where only the review itself can say what the contact is.
    async fn contact_of(&self, party: &Party) -> Result<Option<ContactDto>, ReadFailure> {
        if party.id.is_empty() {
            return Ok(None);
        }
        match self.api.contact(&party.id).await {
            Ok(contact) => Ok(Some(contact)),
            // The review itself was just read, so this is the route and not the server.
            Err(failure) if failure.may_lack_route() && failure.class != ReadClass::NotFound => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Stores a review that was just read.
    pub(super) async fn keep_review(&self, review: DedupReviewDto) -> Result<Vec<String>, SyncError> {
        let now = self.clock.now();
        Ok(on_disk(&self.store, move |store| store.put_reviews(&[review], now)).await?)
    }

    /// Stores a contact that its own route has just shown.
    pub(super) async fn keep_contact(&self, contact: ContactDto) -> Result<Vec<String>, SyncError> {
        let now = self.clock.now();
        let updates = [ContactUpdate::whole(contact)];
        Ok(on_disk(&self.store, move |store| store.put_contacts(&updates, now)).await?)
    }
}

impl Checked {
    fn compared(entry: &Entry, review: Review, maybe_sent: bool) -> Checked {
        let event = before_sending(&entry.decision, &entry.basis, &entry.op_id, &review);
        let may_be_ours = may_be_ours(event, maybe_sent, &review);
        Checked { may_be_ours, ..Checked::seen(event, sentence(event, &review, may_be_ours), review) }
    }

    fn seen(event: Event, reason: String, review: Review) -> Checked {
        let (reach, may_be_ours) = (Reach::Online, false);
        Checked { event, reason, review: Some(review), reach, may_be_ours, failure: None }
    }

    fn failed(failure: ReadFailure) -> Checked {
        let event = match hold_of(&failure) {
            Some(hold) => Event::CheckFailed(hold),
            None => Event::Missing,
        };
        let reason = words::of_failure(&failure);
        let (reach, may_be_ours) = (reach_of(&failure), false);
        Checked { event, reason, review: None, reach, may_be_ours, failure: Some(failure) }
    }
}

/// What a reading of a review says, in words.
pub(super) fn sentence(event: Event, review: &Review, may_be_ours: bool) -> String {
    if may_be_ours {
        words::WHOSE_CANNOT_BE_TOLD.to_owned()
    } else if event == Event::Changed && review.status.is_resolved() {
        words::of_opposite(review.status.as_word(), review.resolved_by.as_ref())
    } else {
        words::of_reading(event, review.resolved_by.as_ref())
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
