//! A separation: both contacts, compared with what they should be before it and after it.

use cleave_core::outbox::Event;
use cleave_core::reconcile::after_uncertain_separation;
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
        let event = after_uncertain_separation(decided, looked.seen);
        let told = looked.sighting(decided).to_string();
        let contact_ids = looked.contact_ids();
        if event != Event::Confirmed {
            let reason = words::of_looking(event, looked.seen);
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
}
