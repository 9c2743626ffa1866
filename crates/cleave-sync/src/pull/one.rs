//! One review and its two contacts, with every field.

use cleave_store::ContactUpdate;
use cleave_wire::contact::ContactDto;
use cleave_wire::{Maybe, Ref};
use jiff::Timestamp;

use super::Puller;
use crate::disk::on_disk;
use crate::failure::{ReadClass, ReadFailure, SyncError};
use crate::read;

impl Puller {
    /// Reads a review and both contacts, whole. A review that the server no longer has leaves the queue. Answers which
    /// of the contacts the server says it does not have.
    ///
    /// # Errors
    /// [`SyncError`]; a contact that is not to be had is no error.
    pub async fn pull_review(&self, review_id: &str) -> Result<Vec<String>, SyncError> {
        let review = match read::review(&self.api, &self.store, review_id).await {
            Err(SyncError::Read(failure)) if failure.may_lack_route() => {
                let gone = vec![review_id.to_owned()];
                on_disk(&self.store, move |store| store.close_reviews(&gone)).await?;
                return Err(failure.into());
            }
            review => review?,
        };
        let begun = self.clock.now();
        let (source, candidate) = tokio::join!(
            self.contact_of(&review.source_contact_id),
            self.contact_of(&review.candidate_contact_id)
        );
        let ids = [&review.source_contact_id, &review.candidate_contact_id]
            .map(|reference| reference.value().and_then(Ref::id).map(str::to_owned));
        self.keep(vec![review]).await?;
        let mut gone = Vec::new();
        for (id, contact) in ids.into_iter().zip([source, candidate]) {
            match contact {
                Some(Ok(contact)) => drop(self.keep_whole(contact, begun).await?),
                Some(Err(failure)) if failure.concerns_all() => return Err(failure.into()),
                Some(Err(failure)) if failure.class == ReadClass::NotFound => gone.extend(id),
                _ => {}
            }
        }
        Ok(gone)
    }

    /// One side's contact by its own route; `None` where the review does not say which it is.
    async fn contact_of(
        &self,
        reference: &Maybe<Ref<ContactDto>>,
    ) -> Option<Result<ContactDto, ReadFailure>> {
        let id = reference.value()?.id()?;
        Some(self.api.contact(id).await)
    }

    /// Stores a contact that its own route has shown, asked at a time. Answers the ids of the reviews that changed.
    pub(crate) async fn keep_whole(
        &self,
        contact: ContactDto,
        begun: Timestamp,
    ) -> Result<Vec<String>, SyncError> {
        if !self.is_our_contact(&contact) {
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let updates = [ContactUpdate::whole(contact).begun(begun)];
        Ok(on_disk(&self.store, move |store| store.put_contacts(&updates, now)).await?)
    }
}
