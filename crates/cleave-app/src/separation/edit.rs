//! Changing the plan.

use std::sync::{Arc, MutexGuard};

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
    active.desk.draft(contact_id).ok_or_else(not_open)
}

/// The draft, to be changed. It may have become a decision, or been thrown away, while this waited for it.
///
/// # Errors
/// `Stale` where it is not on the desk any more.
pub(super) fn still_open<'a>(
    active: &Active,
    contact_id: &str,
    held: &'a Held,
) -> Result<MutexGuard<'a, Draft>, AppError> {
    let draft = lock(held);
    let open = active.desk.draft(contact_id);
    open.filter(|open| Arc::ptr_eq(open, held)).map(|_| draft).ok_or_else(not_open)
}

fn not_open() -> AppError {
    AppError::new(ErrorCode::Stale, "This separation is not open any more.").hint("Open it again.")
}

/// Changes an open draft where it holds nobody up, and answers what is different then.
pub(super) async fn change(
    active: &Arc<Active>,
    contact_id: &str,
    change: impl FnOnce(&mut Draft) -> Result<Vec<ChildPreview>, AppError> + Send + 'static,
) -> Result<SeparationState, AppError> {
    active.writable()?;
    let (held, active, id) = (opened(active, contact_id)?, Arc::clone(active), contact_id.to_owned());
    blocking(move || {
        let mut draft = still_open(&active, &id, &held)?;
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

#[cfg(test)]
mod tests {
    use super::super::trial;
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn an_edit_that_waits_while_the_draft_goes_is_refused() {
        let (active, _dir) = trial::active();
        let held = active.desk.open("c1", trial::ready());
        let edit = |active: &Arc<Active>| {
            let active = Arc::clone(active);
            tokio::spawn(
                async move { change(&active, "c1", |draft| Ok(draft.preview.children.clone())).await },
            )
        };
        assert!(edit(&active).await.unwrap().is_ok());
        let waiting = {
            let _deciding = lock(&held);
            let waiting = edit(&active);
            std::thread::scope(|scope| {
                // It has taken the draft, and waits for it.
                scope.spawn(|| {
                    while Arc::strong_count(&held) < 3 {
                        std::thread::yield_now()
                    }
                });
            });
            active.desk.close("c1");
            waiting
        };
        assert_eq!(waiting.await.unwrap().unwrap_err().code, ErrorCode::Stale);
    }
}
