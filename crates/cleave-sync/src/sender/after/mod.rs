//! After a decision has taken effect: what the server did is compared with what was predicted, and the cache learns
//! what else changed by it. Nothing here changes the state of an entry, and none of it is needed for the decision to
//! count, so a failure leaves only something unknown.

mod again;
mod review;
mod separation;

pub(super) use again::Unread;
use cleave_core::decision::Decision;
use cleave_core::outbox::State;

use super::{Moved, Sender};
use crate::classify::Sent;
use crate::disk::on_disk;
use crate::failure::SyncError;

impl Sender {
    /// Stores what the answer to a change carried. Answers the reviews whose row changed.
    pub(super) async fn keep_answer(&self, sent: Sent) -> Result<Vec<String>, SyncError> {
        let mut changed = match sent.review {
            Some(review) => self.keep_review(review).await?,
            None => Vec::new(),
        };
        if let Some(settings) = sent.settings {
            self.keep_settings(settings).await?;
        }
        if let Some(target) = sent.target {
            changed.extend(self.keep_contact(target).await?);
        }
        Ok(changed)
    }

    /// Reads what a decision that was just applied changed on the server. `compared` says that the surviving contact
    /// was compared with the prediction already.
    pub(super) async fn after_applied(&self, op_id: &str, compared: bool) -> Result<Moved, SyncError> {
        let wanted = op_id.to_owned();
        let entry = on_disk(&self.store, move |store| store.entry(&wanted)).await?;
        if entry.state != State::Applied {
            return Ok(Moved::default());
        }
        match &entry.decision {
            Decision::Merge { .. } | Decision::KeepSeparate { .. } => {
                self.after_review(&entry, compared).await
            }
            Decision::Separate(decided) => self.after_separation(&entry, decided).await,
            // What was read back when it was settled is all there is to know.
            Decision::Settings(_) => Ok(Moved::default()),
        }
    }
}
