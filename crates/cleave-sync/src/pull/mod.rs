//! Reading from the server into the cache.
//!
//! A round reads the whole queue, page by page, and stores each page before it asks for the next, so that a round cut
//! short loses nothing. Lists may repeat records, skip some and shrink while they are read: what counts is the set of
//! ids seen, and a round goes over the list again while some may have been missed.

mod children;
mod contacts;
mod leave;
mod list;
mod one;
mod pages;
mod refresh;
mod search;
mod separation;
mod taking;

use std::sync::Arc;

pub use refresh::Refreshed;
pub use separation::PulledContact;
pub use taking::{ReviewToTake, TakeOrder, Taken};

use cleave_core::outbox::State;
use cleave_store::{Store, sync_state};
use cleave_wire::contact::ContactDto;
use cleave_wire::review::DedupReviewDto;

use crate::api::Api;
use crate::clock::Clock;
use crate::disk::on_disk;
use crate::failure::SyncError;

/// Reads at a time, where records are read one by one.
const AT_ONCE: usize = 8;

/// Reads one account's data into its store.
#[derive(Clone)]
pub struct Puller {
    api: Api,
    store: Store,
    clock: Arc<dyn Clock>,
    organization_id: Option<String>,
}

/// A batch was stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Reviews read so far in this round.
    pub loaded: u32,
    /// Reviews the server says there are, if it says so.
    pub total: Option<u32>,
    /// Reviews whose row in the queue is new or different.
    pub changed: Vec<String>,
    /// Reviews that left the queue.
    pub removed: Vec<String>,
}

/// A round has ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pulled {
    /// Open reviews the server showed.
    pub seen: u32,
    /// Reviews whose row in the queue is new or different.
    pub changed: Vec<String>,
    /// Reviews that left the queue.
    pub removed: Vec<String>,
    /// Whether nothing can have been missed. If not, the next round finds the rest.
    pub complete: bool,
}

impl Puller {
    /// Reads by `api` into `store`. Where `organization_id` is given, records that name another one are passed over.
    pub fn new(api: Api, store: Store, clock: Arc<dyn Clock>, organization_id: Option<String>) -> Puller {
        Puller { api, store, clock, organization_id }
    }

    /// One round: every open review, the contacts they name, and what is no longer open. `on` is called after each
    /// stored batch.
    ///
    /// # Errors
    /// [`SyncError`]; what was stored before stays.
    pub async fn pull_all(&self, on: impl Fn(Progress) + Send + Sync) -> Result<Pulled, SyncError> {
        let mut round = list::Round::default();
        match self.read_list(&mut round, &on).await {
            Ok(()) => {}
            Err(SyncError::Read(failure)) if round.seen.is_empty() && failure.may_lack_route() => {
                self.read_pending(&mut round, &on).await?;
            }
            Err(error) => return Err(error),
        }
        self.read_missing_contacts(&mut round, &on).await?;
        round.removed = self.read_left(&mut round).await?;
        if !round.removed.is_empty() {
            on(round.progress(Vec::new(), round.removed.clone()));
        }
        if round.complete {
            let now = self.clock.now().to_string();
            on_disk(&self.store, move |store| store.put_sync_state(sync_state::SYNCED_AT, &now)).await?;
        }
        round.changed.sort();
        round.changed.dedup();
        Ok(Pulled {
            seen: u32::try_from(round.seen.len()).unwrap_or(u32::MAX),
            changed: round.changed,
            removed: round.removed,
            complete: round.complete,
        })
    }

    /// Stores reviews that were just read. Answers the ids of those whose row changed.
    pub(crate) async fn keep(&self, reviews: Vec<DedupReviewDto>) -> Result<Vec<String>, SyncError> {
        let now = self.clock.now();
        let ours: Vec<DedupReviewDto> = reviews.into_iter().filter(|review| self.is_ours(review)).collect();
        Ok(on_disk(&self.store, move |store| store.put_reviews(&ours, now)).await?)
    }

    /// A record that names another organisation has no business here.
    fn is_ours(&self, review: &DedupReviewDto) -> bool {
        let sides = [&review.source_contact_id, &review.candidate_contact_id];
        let mut contacts = sides.into_iter().filter_map(|side| side.value()?.record());
        self.is_named_ours(review.organization_id.text())
            && contacts.all(|contact| self.is_our_contact(contact))
    }

    /// The same of a contact.
    fn is_our_contact(&self, contact: &ContactDto) -> bool {
        self.is_named_ours(contact.organization_id.text())
    }

    fn is_named_ours(&self, named: Option<&str>) -> bool {
        named.is_none_or(|named| self.organization_id.as_deref().is_none_or(|ours| ours == named))
    }

    /// Whether a decision is on its way: what is read beside it waits.
    async fn is_sending(&self) -> Result<bool, SyncError> {
        let waiting = on_disk(&self.store, Store::unsettled).await?;
        Ok(waiting.iter().any(|entry| matches!(entry.state, State::Checking | State::Sending)))
    }
}

/// Personal data lies behind it: only the server is printed.
impl std::fmt::Debug for Puller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Puller({})", self.api.origin())
    }
}
