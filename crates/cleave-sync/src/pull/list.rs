//! The queue by its own list, or, where the server has none, by the pending reviews of every contact.

use std::collections::HashSet;

use cleave_wire::review::DedupReviewDto;
use futures_util::stream::{self, StreamExt};

use super::pages::{MOST_PAGES, PageSize};
use super::{AT_ONCE, Progress, Puller};
use crate::failure::SyncError;

/// Passes over the list while some of it was missed.
const MOST_PASSES: u32 = 3;

/// What a round has seen so far.
#[derive(Default)]
pub(super) struct Round {
    pub(super) seen: HashSet<String>,
    /// Contacts that reviews name by their id only.
    pub(super) named: HashSet<String>,
    pub(super) total: Option<u32>,
    pub(super) changed: Vec<String>,
    pub(super) removed: Vec<String>,
    pub(super) complete: bool,
}

impl Round {
    pub(super) fn progress(&self, changed: Vec<String>, removed: Vec<String>) -> Progress {
        Progress {
            loaded: u32::try_from(self.seen.len()).unwrap_or(u32::MAX),
            total: self.total,
            changed,
            removed,
        }
    }

    /// Notes the reviews of a batch, and the contacts they name.
    fn note(&mut self, reviews: &[DedupReviewDto]) {
        for review in reviews {
            if let Some(id) = review.id.text() {
                self.seen.insert(id.to_owned());
            }
            for reference in [&review.source_contact_id, &review.candidate_contact_id] {
                let bare = reference.value().filter(|contact| contact.record().is_none());
                if let Some(id) = bare.and_then(|contact| contact.id()) {
                    self.named.insert(id.to_owned());
                }
            }
        }
    }
}

/// What one pass over the list has seen.
#[derive(Default)]
struct Pass {
    ids: HashSet<String>,
    /// The largest page: what the server takes a page to be.
    largest: usize,
    totals: HashSet<u32>,
}

impl Pass {
    /// Whether as many were seen as the server says there are.
    fn has_all(&self) -> bool {
        self.totals.iter().all(|total| self.ids.len() >= usize::try_from(*total).unwrap_or(usize::MAX))
    }

    /// Whether nothing can have been missed: the number of reviews stood still meanwhile, and all were seen. Where a
    /// list shrinks while it is read, later records move to pages that were read already.
    fn is_clean(&self) -> bool {
        self.totals.len() <= 1 && self.has_all()
    }
}

impl Puller {
    /// By the list of reviews.
    pub(super) async fn read_list(
        &self,
        round: &mut Round,
        on: &(impl Fn(Progress) + Send + Sync),
    ) -> Result<(), SyncError> {
        let mut size = PageSize::largest();
        for _ in 0..MOST_PASSES {
            let pass = self.pass(round, &mut size, on).await?;
            if pass.is_clean() {
                // What an earlier pass saw and this one did not has been resolved meanwhile.
                round.seen = pass.ids;
                round.complete = true;
                break;
            }
        }
        Ok(())
    }

    /// Once over the list. It ends with an empty page, with a short one once all are seen, or where a page has nothing
    /// new. What the server says there is does not end it alone: some servers count the page.
    async fn pass(
        &self,
        round: &mut Round,
        size: &mut PageSize,
        on: &(impl Fn(Progress) + Send + Sync),
    ) -> Result<Pass, SyncError> {
        let mut pass = Pass::default();
        let mut page = 1;
        while page <= MOST_PAGES {
            let answer = match self.api.reviews(page, size.get()).await {
                Err(failure) if page == 1 && size.lower(&failure) => continue,
                answer => answer?,
            };
            let total = answer.total.value().and_then(|total| total.as_u64());
            round.total = total.and_then(|total| u32::try_from(total).ok());
            pass.totals.extend(round.total);
            let reviews = answer.data;
            let (before, shown) = (pass.ids.len(), reviews.len());
            pass.ids.extend(reviews.iter().filter_map(|review| review.id.text().map(str::to_owned)));
            pass.largest = pass.largest.max(shown);
            round.note(&reviews);
            self.take(round, reviews, on).await?;
            let is_short = !pass.totals.is_empty() && shown < pass.largest;
            if pass.ids.len() == before || (is_short && pass.has_all()) {
                break;
            }
            page += 1;
        }
        Ok(pass)
    }

    /// By the pending reviews of every contact. What one contact fails for is missing, so the round is not complete.
    pub(super) async fn read_pending(
        &self,
        round: &mut Round,
        on: &(impl Fn(Progress) + Send + Sync),
    ) -> Result<(), SyncError> {
        round.complete = true;
        let mut size = PageSize::largest();
        let mut contacts = HashSet::new();
        let mut page = 1;
        while page <= MOST_PAGES {
            let listed = match self.api.contacts(page, size.get()).await {
                Err(failure) if page == 1 && size.lower(&failure) => continue,
                listed => listed?.data,
            };
            let fresh: Vec<String> = listed
                .iter()
                .filter_map(|contact| contact.id.text().map(str::to_owned))
                .filter(|id| contacts.insert(id.clone()))
                .collect();
            if fresh.is_empty() {
                break;
            }
            self.keep_contacts(listed).await?;
            let mut answers = stream::iter(fresh)
                .map(|id| async move { self.api.pending(&id).await })
                .buffer_unordered(AT_ONCE);
            let mut found = Vec::new();
            while let Some(answer) = answers.next().await {
                match answer {
                    Ok(reviews) => found.extend(reviews),
                    Err(failure) if failure.concerns_all() => return Err(failure.into()),
                    // The contact may have been merged since it was listed.
                    Err(failure) if failure.may_lack_route() => {}
                    Err(_) => round.complete = false,
                }
            }
            drop(answers);
            round.note(&found);
            self.take(round, found, on).await?;
            page += 1;
        }
        Ok(())
    }

    /// Stores a batch and tells about it.
    async fn take(
        &self,
        round: &mut Round,
        reviews: Vec<DedupReviewDto>,
        on: &(impl Fn(Progress) + Send + Sync),
    ) -> Result<(), SyncError> {
        if reviews.is_empty() {
            return Ok(());
        }
        let changed = self.keep(reviews).await?;
        round.changed.extend(changed.iter().cloned());
        on(round.progress(changed, Vec::new()));
        Ok(())
    }
}
