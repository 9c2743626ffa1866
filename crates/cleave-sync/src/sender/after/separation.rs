//! After a separation: both contacts, read again and compared with the plan.

use cleave_core::separation::receipt::{self, Receipt};
use cleave_core::separation::{DecidedSeparation, Subject};
use cleave_store::{Entry, Evidence};

use crate::disk::on_disk;
use crate::failure::SyncError;
use crate::sender::{Moved, Sender};

impl Sender {
    /// Reads both contacts and adds to the receipt what they turned out to be. Where they cannot be read, the receipt
    /// keeps what the answer said, it is tried again later, and no contact is answered.
    pub(super) async fn after_separation(
        &self,
        entry: &Entry,
        decided: &DecidedSeparation,
    ) -> Result<Moved, SyncError> {
        let mut moved = Moved { op_ids: vec![entry.op_id.clone()], ..Moved::default() };
        let Some(receipt) = entry.receipt.clone() else { return Ok(moved) };
        let Some(new_id) = receipt.new_contact_id.clone() else { return Ok(moved) };
        let read = tokio::join!(self.original_now(decided), self.new_now(decided, &new_id));
        let (Some(original), Some(new)) = (read_or_none(read.0)?, read_or_none(read.1)?) else {
            self.not_read(&entry.op_id);
            return Ok(moved);
        };
        moved.contact_ids = vec![original.contact.id.clone(), new.contact.id.clone()];
        let contacts = receipt::contacts(decided, &original, &new);
        let differences = contacts.iter().filter(|line| !line.same).count();
        let receipt = Receipt { contacts, ..receipt };
        let seen = Evidence {
            at: self.clock.now(),
            kind: "reading".to_owned(),
            detail: format!("Both contacts were read again; {differences} things differ from the plan."),
        };
        let head = entry.head.clone();
        on_disk(&self.store, move |store| store.record_receipt(&head, &receipt, &seen)).await?;
        moved.review_ids = self.reviews_of(&moved.contact_ids).await?;
        Ok(moved)
    }

    /// The open reviews of contacts that were read anew: their rows may read differently now.
    pub(in crate::sender) async fn reviews_of(
        &self,
        contact_ids: &[String],
    ) -> Result<Vec<String>, SyncError> {
        let ids = contact_ids.to_vec();
        let rows = on_disk(&self.store, move |store| {
            ids.iter().map(|id| store.open_reviews_of(id)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
        Ok(rows.into_iter().flatten().map(|row| row.review_id).collect())
    }
}

fn read_or_none(read: Result<Subject, SyncError>) -> Result<Option<Subject>, SyncError> {
    match read {
        Ok(subject) => Ok(Some(subject)),
        Err(SyncError::Read(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
