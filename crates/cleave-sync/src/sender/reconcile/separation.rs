//! A separation: both contacts, compared with what they should be before it and after it.
//!
//! Both as they should be afterwards settles it: at once where the server refuses every further copy, and otherwise when
//! none can be on its way any more.

use cleave_core::outbox::Event;
use cleave_core::reconcile::{after_uncertain_separation, proof_waits, touched};
use cleave_core::separation::DecidedSeparation;
use cleave_store::{Effects, Entry, Evidence};

use crate::failure::SyncError;
use crate::sender::{Moved, Reach, Sender, Telling, words};

impl Sender {
    pub(super) async fn reconcile_separation(
        &self,
        entry: &Entry,
        decided: &DecidedSeparation,
        telling: Telling<'_>,
    ) -> Result<Moved, SyncError> {
        let looked = self.look(decided).await?;
        let was_touched = touched(
            self.last_change_before(&entry.op_id, decided).as_deref(),
            looked.original.contact.updated_at.as_deref(),
        );
        let event = after_uncertain_separation(decided, looked.seen, was_touched);
        let told = looked.sighting(decided).to_string();
        let contact_ids = looked.contact_ids();
        let is_early = proof_waits(decided) && self.is_in_quarantine(&entry.op_id);
        if event != Event::Confirmed || is_early {
            let reason = words::of_looking(event, looked.seen, was_touched);
            let mut moved = self.nothing_shown(entry, event, reason.to_owned(), told).await?;
            moved.contact_ids = contact_ids;
            return Ok(moved);
        }
        let seen = Evidence { at: self.clock.now(), kind: "reading".into(), detail: told };
        let effects = Effects {
            evidence: Some(seen),
            receipt: looked.receipt(decided, Vec::new()),
            ..Effects::at(self.clock.now(), words::SEPARATED)
        };
        let mut moved = self.commit(entry, event, effects).await?;
        moved.review_ids = self.reviews_of(&contact_ids).await?;
        moved.contact_ids = contact_ids;
        moved.reach = Some(Reach::Online);
        telling(moved.clone());
        Ok(moved)
    }

    /// When the original contact was last changed before the last request left: as its check saw it, and after a restart
    /// as the admin did. What happened in between then asks a person once more than it had to.
    fn last_change_before(&self, op_id: &str, decided: &DecidedSeparation) -> Option<String> {
        let seen = self.memory().checked_at.get(op_id).cloned();
        seen.unwrap_or_else(|| decided.subject.contact.updated_at.clone())
    }
}
