//! Reading contacts again that are cached, a few at a time, so that what is shown without the server is not old.

use std::time::Duration;

use cleave_store::{CachedContact, CachedSubject, Children, DueContact};
use futures_util::stream::{self, StreamExt};

use super::Puller;
use crate::disk::on_disk;
use crate::failure::{ReadClass, SyncError};

/// Contacts read at a time.
const AT_ONCE: usize = 2;

/// Answers that are not the API's before the rest is left for another time.
const MOST_ODD: u32 = 2;

/// What became of it.
#[derive(Debug, Default)]
pub struct Refreshed {
    /// How many were read with nothing left out.
    pub read: u32,
    /// Contacts of which something is different now.
    pub contacts: Vec<String>,
    /// Open reviews of those.
    pub reviews: Vec<String>,
    /// Why it ended early.
    pub ended: Option<SyncError>,
}

/// What reading a contact again came to.
struct Again {
    /// Whether anything of it is different from what was stored.
    differs: bool,
    /// Whether nothing was left out that the server may have.
    whole: bool,
}

impl Puller {
    /// Reads contacts of open reviews again with all their records, at most `limit` of them: first those that a list has
    /// shown differently, then those read longer ago than `age`, the one read longest ago first. Nothing is read while a
    /// decision is on its way. One that cannot be read is tried again when it is its turn again.
    pub async fn refresh_contacts(&self, limit: u32, age: Duration) -> Refreshed {
        let mut refreshed = Refreshed::default();
        if let Err(error) = self.refresh(limit, age, &mut refreshed).await {
            refreshed.ended = Some(error);
        }
        refreshed
    }

    async fn refresh(&self, limit: u32, age: Duration, refreshed: &mut Refreshed) -> Result<(), SyncError> {
        let now = self.clock.now();
        let before = now.checked_sub(age).unwrap_or(now);
        let due = on_disk(&self.store, move |store| store.contacts_due(before, limit)).await?;
        let mut again = stream::iter(due)
            .map(|due| async move { (self.read_again(&due).await, due.id) })
            .buffer_unordered(AT_ONCE);
        let mut odd = 0;
        while let Some((read, id)) = again.next().await {
            match read {
                Ok(None) => return Ok(()),
                Ok(Some(Again { differs, whole })) => {
                    refreshed.read += u32::from(whole);
                    if !whole {
                        self.failed(&id, false).await?;
                    }
                    if differs {
                        let of = id.clone();
                        let rows = on_disk(&self.store, move |store| store.open_reviews_of(&of)).await?;
                        refreshed.reviews.extend(rows.into_iter().map(|row| row.review_id));
                        refreshed.contacts.push(id);
                    }
                }
                Err(SyncError::Read(failure)) => {
                    odd += u32::from(failure.class == ReadClass::NotTheApi);
                    let of_one = failure.class == ReadClass::NotTheApi && odd <= MOST_ODD;
                    let of_all = failure.concerns_all() && !of_one;
                    if failure.class == ReadClass::NotTheApi || !of_all {
                        // Also the one that ends it: otherwise the next round would begin with it, and end.
                        self.failed(&id, failure.class == ReadClass::NotFound).await?;
                    }
                    if of_all {
                        return Err(failure.into());
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Notes that a contact, or something of it, could not be read.
    async fn failed(&self, id: &str, gone: bool) -> Result<(), SyncError> {
        let (id, now) = (id.to_owned(), self.clock.now());
        let noted = on_disk(&self.store, move |store| {
            if gone {
                store.contact_is_gone(&id)?;
            }
            store.contact_failed(&id, now)
        });
        Ok(noted.await?)
    }

    /// Reads a contact anew; `None` where a decision is on its way.
    async fn read_again(&self, due: &DueContact) -> Result<Option<Again>, SyncError> {
        if self.is_sending().await? {
            return Ok(None);
        }
        let (contact, children, subject) = self.stored(&due.id).await?;
        let pulled = self.pull_contact(&due.id, due.messages).await?;
        let (contact_now, children_now, subject_now) = self.stored(&due.id).await?;
        let docs = |children: &Children| -> Vec<_> {
            children.lists.iter().map(|(kind, list)| (*kind, list.complete, list.docs.clone())).collect()
        };
        let same = contact.map(|cached| cached.contact) == contact_now.map(|cached| cached.contact)
            && docs(&children) == docs(&children_now)
            && subject.map(|cached| cached.subject) == subject_now.map(|cached| cached.subject);
        Ok(Some(Again { differs: !same, whole: pulled.left_out.is_none() }))
    }

    /// Everything that is stored of a contact.
    async fn stored(
        &self,
        id: &str,
    ) -> Result<(Option<CachedContact>, Children, Option<CachedSubject>), SyncError> {
        let id = id.to_owned();
        let stored = on_disk(&self.store, move |store| {
            Ok((store.contact(&id)?, store.children(&id)?, store.subject(&id)?))
        });
        Ok(stored.await?)
    }
}
