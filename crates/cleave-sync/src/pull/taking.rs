//! Taking reviews along: everything they show and a separation of their contacts works on, stored here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cleave_core::review::{Review, ReviewStatus};
use futures_util::stream::{self, TryStreamExt};
use tokio::sync::Mutex as Turn;
use tokio::time::{Instant, sleep, sleep_until};

use super::Puller;
use crate::disk::on_disk;
use crate::failure::{ReadClass, ReadFailure, SyncError};
use crate::read;

/// Reviews at a time, so at most so many contacts.
const AT_ONCE: usize = 4;

/// What a server that asks for a pause is given if it does not say how long.
const PAUSE: Duration = Duration::from_secs(5);

/// Pauses in a row before it is left for another time.
const MOST_PAUSES: u32 = 20;

/// Broken answers in a row before the server counts as gone.
const MOST_BROKEN: u32 = 8;

/// How often it is looked whether a decision is on its way, which goes first.
const LOOK: Duration = Duration::from_millis(250);

/// What to take.
#[derive(Debug, Clone, Default)]
pub struct TakeOrder {
    /// The reviews, in the order in which they are taken.
    pub reviews: Vec<ReviewToTake>,
    /// Whether the messages of their contacts' conversations are taken too.
    pub messages: bool,
    /// How long ago something may have been read to be left as it is, unless it is known to have changed.
    pub fresh: Duration,
}

/// A review to take.
#[derive(Debug, Clone, Default)]
pub struct ReviewToTake {
    /// Its id.
    pub review_id: String,
    /// Ids of source and candidate; empty where the server named none.
    pub contact_ids: [String; 2],
}

/// How far it is, or how far it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Reviews that are here in full.
    pub done: u32,
    /// Reviews to take: those asked for without those that were resolved meanwhile.
    pub total: u32,
    /// Reviews of which something could not be read.
    pub failed: u32,
    /// Why, each with the number of reviews.
    pub reasons: Vec<(ReadClass, u32)>,
    /// Bytes by which what is stored has grown.
    pub bytes: u64,
}

/// What one review came to.
enum End {
    Here,
    /// It is no longer open.
    Resolved,
    LeftOut(ReadFailure),
}

/// What is known of a contact in this run: `None` before it was looked at; then why it was left out, if it was.
type Outcome = Arc<Turn<Option<Option<ReadFailure>>>>;

/// What went wrong in a row.
#[derive(Clone, Copy, Default)]
struct Trouble {
    pauses: u32,
    broken: u32,
}

struct Run<'a, F> {
    puller: &'a Puller,
    order: &'a TakeOrder,
    on: F,
    taken: Mutex<Taken>,
    contacts: Mutex<HashMap<String, Outcome>>,
    /// When the next request may be made.
    gate: Turn<Instant>,
    trouble: Mutex<Trouble>,
}

impl Puller {
    /// Takes reviews along, a few at a time. What was read within the order's freshness is not read again, so a run that
    /// was cut short goes on where it was. `on` is told how far it is after each review, with the review's id.
    ///
    /// A review of which something cannot be read is counted and does not end it. The future may be dropped at any time:
    /// what is stored stays. Answers how far it came, and what ended it early.
    pub async fn take_along(
        &self,
        order: &TakeOrder,
        on: impl Fn(&Taken, &str) + Send + Sync,
    ) -> (Taken, Option<SyncError>) {
        let total = u32::try_from(order.reviews.len()).unwrap_or(u32::MAX);
        let run = Run {
            puller: self,
            order,
            on,
            taken: Mutex::new(Taken { total, ..Taken::default() }),
            contacts: Mutex::default(),
            gate: Turn::new(Instant::now()),
            trouble: Mutex::default(),
        };
        let all = stream::iter(order.reviews.iter().map(Ok));
        let ended = all.try_for_each_concurrent(AT_ONCE, |review| run.take(review)).await.err();
        let taken = run.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        (taken, ended)
    }
}

impl<F: Fn(&Taken, &str) + Send + Sync> Run<'_, F> {
    async fn take(&self, review: &ReviewToTake) -> Result<(), SyncError> {
        let end = self.one(review).await?;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match end {
            End::Here => taken.done += 1,
            End::Resolved => taken.total -= 1,
            End::LeftOut(failure) => {
                taken.failed += 1;
                match taken.reasons.iter_mut().find(|(class, _)| *class == failure.class) {
                    Some((_, count)) => *count += 1,
                    None => taken.reasons.push((failure.class, 1)),
                }
            }
        }
        (self.on)(&taken, &review.review_id);
        Ok(())
    }

    async fn one(&self, review: &ReviewToTake) -> Result<End, SyncError> {
        let contacts = || review.contact_ids.iter().filter(|id| !id.is_empty());
        let mut fresh = true;
        for id in contacts() {
            fresh = fresh && self.is_fresh(id).await?;
        }
        if fresh {
            return Ok(End::Here);
        }
        let mut end = self.review(&review.review_id).await?;
        if matches!(end, End::Resolved) {
            return Ok(end);
        }
        for id in contacts() {
            if let Some(failure) = self.contact_once(id).await? {
                end = End::LeftOut(failure);
            }
        }
        Ok(end)
    }

    /// Reads the review itself.
    async fn review(&self, id: &str) -> Result<End, SyncError> {
        let puller = self.puller;
        loop {
            self.wait_for_turn().await?;
            let read = read::review(&puller.api, &puller.store, id).await;
            match self.judge(read).await? {
                Some(Ok(review)) => {
                    let open = matches!(Review::from(&review).status, ReviewStatus::NeedsReview);
                    puller.keep(vec![review]).await?;
                    return Ok(if open { End::Here } else { End::Resolved });
                }
                Some(Err(failure)) if failure.class == ReadClass::NotFound => {
                    let gone = vec![id.to_owned()];
                    on_disk(&puller.store, move |store| store.close_reviews(&gone)).await?;
                    return Ok(End::Resolved);
                }
                Some(Err(failure)) => return Ok(End::LeftOut(failure)),
                None => {}
            }
        }
    }

    /// Reads a contact unless it was read, in this run or shortly before. Answers why something of it was left out.
    async fn contact_once(&self, id: &str) -> Result<Option<ReadFailure>, SyncError> {
        let outcome = {
            let mut contacts = self.contacts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(contacts.entry(id.to_owned()).or_default())
        };
        // Another review of the same contact waits here until it has been read.
        let mut outcome = outcome.lock().await;
        if let Some(known) = &*outcome {
            return Ok(known.clone());
        }
        let left_out = if self.is_fresh(id).await? { None } else { self.contact(id).await? };
        *outcome = Some(left_out.clone());
        Ok(left_out)
    }

    async fn contact(&self, id: &str) -> Result<Option<ReadFailure>, SyncError> {
        let before = self.bytes(id).await?;
        let left_out = loop {
            self.wait_for_turn().await?;
            let pulled = self.puller.pull_contact(id, self.order.messages).await;
            match self.judge(pulled).await? {
                Some(Ok(pulled)) => break pulled.left_out,
                Some(Err(failure)) => break Some(failure),
                None => {}
            }
        };
        let grown = self.bytes(id).await?.saturating_sub(before);
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).bytes += grown;
        Ok(left_out)
    }

    async fn bytes(&self, id: &str) -> Result<u64, SyncError> {
        let id = id.to_owned();
        Ok(on_disk(&self.puller.store, move |store| store.contact_bytes(&id)).await?)
    }

    async fn is_fresh(&self, id: &str) -> Result<bool, SyncError> {
        let (id, now) = (id.to_owned(), self.puller.clock.now());
        let read = on_disk(&self.puller.store, move |store| store.contact_read(&id)).await?;
        let since = now.checked_sub(self.order.fresh).unwrap_or(now);
        Ok(read.is_some_and(|read| {
            read.records && (read.messages || !self.order.messages) && !read.changed && read.read_at >= since
        }))
    }

    /// What a reading means: `None` where it is to be tried again after a pause that the server asked for, a failure
    /// where that is about this record alone. Any other ends the run.
    async fn judge<T>(
        &self,
        read: Result<T, SyncError>,
    ) -> Result<Option<Result<T, ReadFailure>>, SyncError> {
        let failure = match read {
            Ok(read) => {
                *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Trouble::default();
                return Ok(Some(Ok(read)));
            }
            Err(SyncError::Read(failure)) => failure,
            Err(error) => return Err(error),
        };
        let trouble = {
            let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
            match failure.class {
                ReadClass::SlowDown => trouble.pauses += 1,
                ReadClass::Broken | ReadClass::NotTheApi => trouble.broken += 1,
                _ => {}
            }
            *trouble
        };
        match failure.class {
            ReadClass::SlowDown if trouble.pauses <= MOST_PAUSES => {
                let until = Instant::now() + failure.retry_after.unwrap_or(PAUSE);
                let mut gate = self.gate.lock().await;
                *gate = until.max(*gate);
                Ok(None)
            }
            // One broken record is that; many are a server or a network that is gone.
            ReadClass::Broken | ReadClass::NotTheApi if trouble.broken <= MOST_BROKEN => {
                Ok(Some(Err(failure)))
            }
            ReadClass::Broken => Err(failure.into()),
            _ if failure.concerns_all() => Err(failure.into()),
            _ => Ok(Some(Err(failure))),
        }
    }

    /// Waits until the pause is over and no decision is on its way.
    async fn wait_for_turn(&self) -> Result<(), SyncError> {
        let gate = self.gate.lock().await;
        sleep_until(*gate).await;
        while self.puller.is_sending().await? {
            sleep(LOOK).await;
        }
        Ok(())
    }
}
