//! What hangs on a contact, for showing it.

use cleave_store::ChildKind;
use cleave_wire::protection::{ProtectionStatus, ProtectionStatusResponse};
use jiff::Timestamp;

use super::Puller;
use crate::disk::on_disk;
use crate::failure::{ReadFailure, SyncError};
use crate::read::Reading;
use crate::route::Route;

impl Puller {
    /// Reads the child records, documents and protection of a contact. Answers the kinds that are unknown, or of which
    /// some records may be missing.
    ///
    /// # Errors
    /// [`SyncError`]; a kind that is not to be had is no error.
    pub async fn pull_children(&self, contact_id: &str) -> Result<Vec<ChildKind>, SyncError> {
        let begun = self.clock.now();
        let reading = self.api.children(contact_id).await?;
        let protection = self.protection(contact_id).await?;
        self.keep_reading(contact_id, reading, protection, begun).await
    }

    /// Whether a colleague is at work with the contact; `None` where that is not to be had.
    pub(super) async fn protection(&self, contact_id: &str) -> Result<Option<ProtectionStatus>, ReadFailure> {
        match self.api.get::<ProtectionStatusResponse>(Route::Protection, contact_id, &[]).await {
            Ok(answer) => Ok(Some(answer.data)),
            Err(failure) if failure.concerns_all() => Err(failure),
            Err(_) => Ok(None),
        }
    }

    /// Stores what was read by requests that began at a time; nothing of a contact of another organisation. Answers the kinds that are unknown, or of which
    /// some records may be missing.
    pub(super) async fn keep_reading(
        &self,
        contact_id: &str,
        mut reading: Reading,
        protection: Option<ProtectionStatus>,
        begun: Timestamp,
    ) -> Result<Vec<ChildKind>, SyncError> {
        if reading.is_foreign(self.organization_id.as_deref()) {
            return Ok(ChildKind::ALL.to_vec());
        }
        reading.leave_out_foreign(self.organization_id.as_deref());
        let is_doubtful = |kind: &ChildKind| reading.lists.get(kind).is_none_or(|list| !list.complete);
        let doubtful = ChildKind::ALL.into_iter().filter(is_doubtful).collect();
        let (id, now, reading) =
            (contact_id.to_owned(), self.clock.now(), reading.to_store(protection, begun));
        on_disk(&self.store, move |store| store.put_reading(&id, &reading, now)).await?;
        Ok(doubtful)
    }
}
