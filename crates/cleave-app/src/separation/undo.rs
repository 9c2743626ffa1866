//! Taking steps back, and making them again.

use super::edit::change;
use crate::App;
use crate::ipc::{AppError, SeparationState};

impl App {
    /// Takes the last change of the plan back. Where there is none, nothing happens.
    ///
    /// # Errors
    /// As [`App::separation_edit`].
    pub async fn separation_undo(&self, contact_id: &str) -> Result<SeparationState, AppError> {
        let active = self.inner.active()?;
        let undo = |draft: &mut super::draft::Draft| {
            Ok(draft.undo()?.unwrap_or_else(|| draft.preview.children.clone()))
        };
        change(&active, contact_id, undo).await
    }

    /// Makes the change again that was last taken back. Where there is none, nothing happens.
    ///
    /// # Errors
    /// As [`App::separation_edit`].
    pub async fn separation_redo(&self, contact_id: &str) -> Result<SeparationState, AppError> {
        let active = self.inner.active()?;
        let redo = |draft: &mut super::draft::Draft| {
            Ok(draft.redo()?.unwrap_or_else(|| draft.preview.children.clone()))
        };
        change(&active, contact_id, redo).await
    }
}
