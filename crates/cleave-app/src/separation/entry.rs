//! Taking the plan of a decision into the editor again.

use std::sync::Arc;

use cleave_core::decision::DecisionKind;

use super::autosave::save;
use crate::ipc::{AppError, ErrorCode, SeparationView};
use crate::view::entry::can_edit;
use crate::{App, blocking};

impl App {
    /// Opens the separation that a decision of the outbox carries, to change it. A draft of the contact that is there
    /// already gets the plan as one step, which can be taken back, and is on the disk when this answers; a new draft is
    /// nothing but the plan, which the decision keeps, and is saved with its first change.
    ///
    /// # Errors
    /// `NotFound`: no such decision; `Invalid`: it is no separation; `TooLate`: it may be on its way, or took effect;
    /// and those of [`App::separation`].
    pub async fn separation_of_entry(&self, op_id: &str) -> Result<SeparationView, AppError> {
        let active = self.inner.active()?;
        let id = op_id.to_owned();
        let entry = active.disk(move |store| store.entry(&id)).await?;
        if entry.kind != DecisionKind::Separate {
            return Err(AppError::new(ErrorCode::Invalid, "This decision is no separation."));
        }
        if !can_edit(entry.kind, entry.state) {
            return Err(AppError::new(
                ErrorCode::TooLate,
                "This separation may be on its way, or took effect.",
            ));
        }
        let contact_id = entry.subject.clone();
        let view = self.open_separation(&contact_id, Some(entry)).await?;
        let saver = Arc::clone(&active);
        blocking(move || save(&saver, &contact_id)).await?;
        Ok(view)
    }
}
