//! The readings that rounds and the sender are made of.

mod contacts;
mod everything;
mod list;
mod messages;
mod names;
mod settings;

use cleave_store::{Store, Support};
use cleave_wire::contact::{ContactDto, ContactListResponse, ContactResponse};
use cleave_wire::review::{DedupReviewDto, ReviewListResponse, ReviewResponse};

use crate::api::Api;
use crate::disk::on_disk;
use crate::failure::{ReadClass, ReadFailure, SyncError};
use crate::route::Route;

pub(crate) use contacts::Holder;
pub(crate) use everything::Reading;
pub use names::Named;

impl Api {
    /// A contact by its own route, so with every field.
    pub(crate) async fn contact(&self, id: &str) -> Result<ContactDto, ReadFailure> {
        let answer: ContactResponse = self.get(Route::GetContact, id, &[]).await?;
        right(answer.data.id.text(), id)?;
        Ok(answer.data)
    }

    /// A page of the queue, from 1.
    pub(crate) async fn reviews(&self, page: u32, size: u32) -> Result<ReviewListResponse, ReadFailure> {
        let (page, size) = (page.to_string(), size.to_string());
        self.get(Route::ListReviews, "", &[("status", "needs_review"), ("page", &page), ("size", &size)])
            .await
    }

    /// A page of the contacts of everybody, from 1.
    pub(crate) async fn contacts(&self, page: u32, size: u32) -> Result<ContactListResponse, ReadFailure> {
        let (page, size) = (page.to_string(), size.to_string());
        self.get(Route::ListContacts, "", &[("ownerFilter", "all"), ("page", &page), ("size", &size)]).await
    }

    /// The open reviews of a contact, on either side.
    pub(crate) async fn pending(&self, contact_id: &str) -> Result<Vec<DedupReviewDto>, ReadFailure> {
        let answer: ReviewListResponse = self.get(Route::PendingReviews, contact_id, &[]).await?;
        Ok(answer.data)
    }

    async fn review(&self, id: &str) -> Result<DedupReviewDto, ReadFailure> {
        let answer: ReviewResponse = self.get(Route::GetReview, id, &[]).await?;
        right(answer.data.id.text(), id)?;
        Ok(answer.data)
    }
}

/// A review as it is now: by its own route, or, where the server may have none, among the pending reviews of its
/// contacts.
///
/// A 404 says that the review is gone only where the route is known to be there: a server without the route answers
/// the same. Until that is known the pending reviews are asked too.
///
/// # Errors
/// [`ReadClass::NotFound`] also where only the pending reviews can be read and it is not among them: it may have been
/// resolved, but how is not to be had.
pub(crate) async fn review(api: &Api, store: &Store, id: &str) -> Result<DedupReviewDto, SyncError> {
    let failure = match api.review(id).await {
        Ok(review) => return Ok(review),
        Err(failure) if !failure.may_lack_route() => return Err(failure.into()),
        Err(failure) => failure,
    };
    let wanted = id.to_owned();
    let (known, route) =
        on_disk(store, move |store| Ok((store.review(&wanted)?, store.capabilities()?))).await?;
    let has_route =
        route.iter().any(|(name, support)| name == Route::GetReview.name() && *support == Support::Yes);
    let is_gone = has_route && failure.class == ReadClass::NotFound;
    let (Some(known), false) = (known, is_gone) else { return Err(failure.into()) };
    for party in [&known.review.candidate, &known.review.source] {
        match api.pending(&party.id).await {
            Ok(pending) => {
                if let Some(review) = pending.into_iter().find(|review| review.id.text() == Some(id)) {
                    return Ok(review);
                }
            }
            Err(failure) if failure.may_lack_route() => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(ReadFailure { class: ReadClass::NotFound, ..failure }.into())
}

/// The answer, or nothing where the server lacks the route or keeps it to others.
fn or_lacking<T>(read: Result<T, ReadFailure>) -> Result<Option<T>, ReadFailure> {
    match read {
        Ok(answer) => Ok(Some(answer)),
        Err(failure) if failure.may_lack_route() || failure.class == ReadClass::Forbidden => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// An answer about another record is no answer.
fn right(named: Option<&str>, asked: &str) -> Result<(), ReadFailure> {
    if named.is_none_or(|named| named == asked) {
        Ok(())
    } else {
        Err(ReadFailure::new(ReadClass::NotTheApi))
    }
}
