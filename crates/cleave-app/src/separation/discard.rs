//! Throwing a draft away.

use std::sync::Arc;

use crate::ipc::AppError;
use crate::{App, blocking};

impl App {
    /// Throws the draft of a contact away, from the disk too, whatever form it is in.
    ///
    /// # Errors
    /// `NoAccount`; `Storage`: the draft is still there then.
    pub async fn separation_discard(&self, contact_id: &str) -> Result<(), AppError> {
        let (active, id) = (self.inner.active()?, contact_id.to_owned());
        let writer = Arc::clone(&active);
        blocking(move || {
            let _saving = writer.desk.hold_saving();
            writer.store.discard_draft(&id)?;
            writer.desk.close(&id);
            Ok(())
        })
        .await
    }
}
