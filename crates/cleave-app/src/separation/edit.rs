//! Changing the plan.

use std::sync::Arc;

use cleave_core::separation::ChildPreview;

use super::caps;
use super::desk::{Held, lock};
use super::draft::Draft;
use crate::active::Active;
use crate::ipc::{AppError, ErrorCode, SeparationEdit, SeparationState};
use crate::view::separation::state::state;
use crate::{App, blocking};

impl App {
    /// Changes the plan of an open draft: all edits as one step of undo, or none. Saved within the next moment.
    ///
    /// # Errors
    /// `NoAccount`; `Stale` where no draft of the contact is open; `Invalid` for an edit that the plan does not take;
    /// `Storage`. Nothing was changed then.
    pub async fn separation_edit(
        &self,
        contact_id: &str,
        edits: Vec<SeparationEdit>,
    ) -> Result<SeparationState, AppError> {
        caps::edits(&edits)?;
        let active = self.inner.active()?;
        change(&active, contact_id, move |draft| draft.change(edits)).await
    }
}

/// The open draft of a contact.
///
/// # Errors
/// `Stale` where none is open.
pub(super) fn opened(active: &Active, contact_id: &str) -> Result<Held, AppError> {
    active.desk.draft(contact_id).ok_or_else(|| {
        AppError::new(ErrorCode::Stale, "This separation is not open any more.").hint("Open it again.")
    })
}

/// Changes an open draft where it holds nobody up, and answers what is different then.
pub(super) async fn change(
    active: &Arc<Active>,
    contact_id: &str,
    change: impl FnOnce(&mut Draft) -> Result<Vec<ChildPreview>, AppError> + Send + 'static,
) -> Result<SeparationState, AppError> {
    let (held, active, id) = (opened(active, contact_id)?, Arc::clone(active), contact_id.to_owned());
    blocking(move || {
        let mut draft = lock(&held);
        let numbers = draft.numbers();
        let before = change(&mut draft)?;
        if draft.numbers() != numbers {
            let held = active.store.held_by_others(&id, &draft.numbers())?;
            draft.hold(held);
        }
        draft.revision = active.desk.next_revision();
        draft.unsaved = true;
        active.desk.save_wanted.notify_one();
        Ok(state(&draft, Some(&before)))
    })
    .await
}
