//! The contacts that reviews name by their id only.

use std::collections::HashSet;

use cleave_store::ContactUpdate;
use cleave_wire::contact::ContactDto;
use futures_util::stream::{self, StreamExt};

use super::list::Round;
use super::pages::{MOST_PAGES, PageSize};
use super::{AT_ONCE, Progress, Puller};
use crate::disk::on_disk;
use crate::failure::SyncError;

/// Up to this many are read one by one; more of them by going over the list of contacts.
const FEW: usize = 40;

/// So many contacts of the list are stored at once: both sides of a review are often on different pages, and its row
/// is written once for all contacts of a batch.
const BATCH: usize = 2_000;

impl Puller {
    /// Reads the contacts of the round that the cache does not have.
    pub(super) async fn read_missing_contacts(
        &self,
        round: &mut Round,
        on: &(impl Fn(Progress) + Send + Sync),
    ) -> Result<(), SyncError> {
        let named: Vec<String> = round.named.drain().collect();
        let missing = on_disk(&self.store, move |store| store.unknown_contacts(&named)).await?;
        let mut missing: HashSet<String> = missing.into_iter().collect();
        if missing.len() > FEW {
            self.read_from_list(&mut missing, round, on).await?;
        }
        let mut answers = stream::iter(missing)
            .map(|id| async move { self.api.contact(&id).await })
            .buffer_unordered(AT_ONCE);
        let mut batch = Vec::new();
        while let Some(answer) = answers.next().await {
            match answer {
                Ok(contact) => batch.push(contact),
                Err(failure) if failure.concerns_all() => return Err(failure.into()),
                // Merged away or not to be read: the review's snapshot stands in for it.
                Err(_) => {}
            }
            if batch.len() >= FEW {
                self.take_contacts(std::mem::take(&mut batch), round, on).await?;
            }
        }
        drop(answers);
        self.take_contacts(batch, round, on).await
    }

    /// Goes over the list of contacts until it has shown all that are missing. What it does not show stays missing.
    async fn read_from_list(
        &self,
        missing: &mut HashSet<String>,
        round: &mut Round,
        on: &(impl Fn(Progress) + Send + Sync),
    ) -> Result<(), SyncError> {
        let mut size = PageSize::largest();
        let mut seen = HashSet::new();
        let mut wanted: Vec<ContactDto> = Vec::new();
        let mut page = 1;
        while page <= MOST_PAGES && !missing.is_empty() {
            let listed = match self.api.contacts(page, size.get()).await {
                Ok(answer) => answer.data,
                Err(failure) if page == 1 && size.lower(&failure) => continue,
                Err(failure) if failure.concerns_all() => return Err(failure.into()),
                Err(_) => break,
            };
            let before = seen.len();
            seen.extend(listed.iter().filter_map(|contact| contact.id.text().map(str::to_owned)));
            if seen.len() == before {
                break;
            }
            wanted.extend(
                listed.into_iter().filter(|contact| contact.id.text().is_some_and(|id| missing.remove(id))),
            );
            if wanted.len() >= BATCH {
                self.take_contacts(std::mem::take(&mut wanted), round, on).await?;
            }
            page += 1;
        }
        self.take_contacts(wanted, round, on).await
    }

    async fn take_contacts(
        &self,
        contacts: Vec<ContactDto>,
        round: &mut Round,
        on: &(impl Fn(Progress) + Send + Sync),
    ) -> Result<(), SyncError> {
        let changed = self.keep_contacts(contacts).await?;
        if !changed.is_empty() {
            round.changed.extend(changed.iter().cloned());
            on(round.progress(changed, Vec::new()));
        }
        Ok(())
    }

    /// Stores contacts of a list. Answers the reviews whose row changed by it.
    pub(super) async fn keep_contacts(&self, contacts: Vec<ContactDto>) -> Result<Vec<String>, SyncError> {
        if contacts.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let ours = contacts.into_iter().filter(|contact| self.is_our_contact(contact));
        let updates: Vec<ContactUpdate> = ours.map(ContactUpdate::part).collect();
        Ok(on_disk(&self.store, move |store| store.put_contacts(&updates, now)).await?)
    }
}
