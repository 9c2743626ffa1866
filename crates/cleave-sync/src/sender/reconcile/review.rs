//! A decision about a review: the review itself says whether it was resolved, how, and by its mark by whom.

use cleave_core::outbox::Event;
use cleave_core::reconcile::{after_uncertainty, may_be_ours};
use cleave_core::review::Review;
use cleave_store::{Effects, Entry, Evidence};

use crate::failure::SyncError;
use crate::read;
use crate::sender::check::sentence;
use crate::sender::outcome::dissolved;
use crate::sender::{Moved, Reach, Sender, Telling};

/// What is seen of a review that is still open.
const STILL_OPEN: &str = "The review is still open.";

impl Sender {
    pub(super) async fn reconcile_review(
        &self,
        entry: &Entry,
        telling: Telling<'_>,
    ) -> Result<Moved, SyncError> {
        let dto = read::review(&self.api, &self.store, &entry.subject).await?;
        let mut changed = self.keep_review(dto.clone()).await?;
        let review = Review::from(&dto);
        let event = after_uncertainty(&entry.decision, &entry.op_id, &review);
        let may_be_ours = may_be_ours(event, self.maybe_sent(&entry.op_id).await?, &review);
        let reason = sentence(event, &review, may_be_ours);
        if let Event::Unsent(_) = event {
            return self.nothing_shown(entry, event, reason, STILL_OPEN.to_owned()).await;
        }
        let done = event == Event::Confirmed;
        let seen = Evidence { at: self.clock.now(), kind: "reading".into(), detail: reason.clone() };
        let effects = Effects {
            evidence: Some(seen),
            dissolved: if done { dissolved(entry) } else { None },
            ..Effects::at(self.clock.now(), reason)
        };
        let mut moved = self.commit(entry, event, effects).await?;
        telling(moved.clone());
        changed.retain(|id| !moved.review_ids.contains(id));
        moved.review_ids.extend(changed);
        moved.reach = Some(Reach::Online);
        if done {
            moved.add(self.after_applied(&entry.op_id, false).await?);
        } else if may_be_ours {
            moved.add(self.compare_settled(&entry.op_id).await?);
        }
        Ok(moved)
    }
}
