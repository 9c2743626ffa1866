//! Checking a decision about a review: the review itself, and both contacts.

use cleave_core::outbox::{Event, Hold};
use cleave_core::reconcile::{before_sending, may_be_ours};
use cleave_core::review::{Party, Review};
use cleave_store::Entry;
use cleave_wire::contact::ContactDto;

use super::Checked;
use crate::failure::{ReadClass, ReadFailure, SyncError};
use crate::mutation::Ground;
use crate::read;
use crate::sender::{Sender, words};

impl Sender {
    /// Reads the review and both contacts, and puts what was read into the cache.
    pub(super) async fn check_review(&self, entry: &Entry) -> Result<Checked, SyncError> {
        let dto = match read::review(&self.api, &self.store, &entry.subject).await {
            Ok(dto) => dto,
            Err(SyncError::Read(failure)) => return Ok(Checked::failed(entry.kind, failure)),
            Err(error) => return Err(error),
        };
        self.memory().broken_checks.clear();
        let bare = Review::from(&dto);
        if let (Some(ours), Some(named)) = (&self.settings.organization_id, &bare.organization_id)
            && ours != named
        {
            let reason = "This review belongs to another organisation than the account.";
            return Ok(Checked::seen(Event::CheckFailed(Hold::WrongAccount), reason.to_owned()));
        }
        self.keep_review(dto).await?;
        if bare.status.is_resolved() {
            let maybe_sent = self.maybe_sent(&entry.op_id).await?;
            return Ok(compared(entry, &bare, maybe_sent));
        }
        match self.with_contacts(&bare).await? {
            Ok(whole) => {
                // What the admin saw came either from the contacts' own routes or with the review; a server may show
                // fewer fields with the review. Either way it has to be what is there now.
                let seen_with_review = before_sending(&entry.decision, &entry.basis, &entry.op_id, &bare);
                let review = if seen_with_review == Event::Unchanged { bare } else { whole };
                Ok(compared(entry, &review, false))
            }
            Err(failure) => Ok(Checked::failed(entry.kind, failure)),
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
}

fn compared(entry: &Entry, review: &Review, maybe_sent: bool) -> Checked {
    let event = before_sending(&entry.decision, &entry.basis, &entry.op_id, review);
    let may_be_ours = may_be_ours(event, maybe_sent, review);
    let ground = Ground { candidate_id: review.candidate.id.clone(), ..Ground::default() };
    Checked { may_be_ours, ground, ..Checked::seen(event, sentence(event, review, may_be_ours)) }
}

/// What a reading of a review says, in words.
pub(in crate::sender) fn sentence(event: Event, review: &Review, may_be_ours: bool) -> String {
    if may_be_ours {
        words::WHOSE_CANNOT_BE_TOLD.to_owned()
    } else if event == Event::Changed && review.status.is_resolved() {
        words::of_opposite(review.status.as_word(), review.resolved_by.as_ref())
    } else {
        words::of_reading(event, review.resolved_by.as_ref())
    }
}
