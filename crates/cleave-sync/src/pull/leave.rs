//! Reviews that were open here and that the server no longer lists.
//!
//! Each is read once more before it leaves: the list may have skipped it. Only where there are many a list that cannot
//! have missed any is believed as it is.

use cleave_core::review::{Review, ReviewStatus};
use cleave_wire::review::DedupReviewDto;
use futures_util::stream::{self, StreamExt};

use super::list::Round;
use super::{AT_ONCE, Puller};
use crate::disk::on_disk;
use crate::failure::SyncError;
use crate::read;

/// More than this many are not read one by one.
const MANY: usize = 400;

impl Puller {
    /// Takes them out of the queue. Answers their ids.
    pub(super) async fn read_left(&self, round: &mut Round) -> Result<Vec<String>, SyncError> {
        let open = on_disk(&self.store, |store| store.open_review_ids()).await?;
        let unseen: Vec<String> = open.into_iter().filter(|id| !round.seen.contains(id)).collect();
        let mut left = Vec::new();
        if unseen.len() > MANY {
            if round.complete {
                left = unseen;
            }
        } else {
            let mut answers = stream::iter(unseen)
                .map(|id| async move { (read::review(&self.api, &self.store, &id).await, id) })
                .buffer_unordered(AT_ONCE);
            let mut resolved: Vec<DedupReviewDto> = Vec::new();
            while let Some((answer, id)) = answers.next().await {
                match answer {
                    Ok(review) if Review::from(&review).status == ReviewStatus::NeedsReview => {
                        round.seen.insert(id);
                    }
                    Ok(review) => {
                        resolved.push(review);
                        left.push(id);
                    }
                    Err(SyncError::Read(failure)) if failure.may_lack_route() => left.push(id),
                    // Nobody knows: it stays until the next round.
                    Err(SyncError::Read(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            drop(answers);
            self.keep(resolved).await?;
        }
        let closed = left.clone();
        on_disk(&self.store, move |store| store.close_reviews(&closed)).await?;
        Ok(left)
    }
}
