//! Drafts go to the disk by themselves.

use std::sync::{Arc, Weak};
use std::time::Duration;

use super::desk::lock;
use super::stored::Snapshot;
use crate::active::Active;
use crate::feed::Touched;
use crate::ipc::AppError;
use crate::{Inner, blocking};

/// How long an edit waits for further ones.
const REST: Duration = Duration::from_millis(300);
/// How long it waits after a failure.
const AGAIN: Duration = Duration::from_secs(3);

/// Saves what was edited. Ends with the account's [`Active::end`].
pub(crate) async fn run(app: Weak<Inner>, active: Arc<Active>) {
    loop {
        active.desk.save_wanted.notified().await;
        tokio::time::sleep(REST).await;
        while let Err(error) = save_all(&active).await {
            let Some(running) = app.upgrade() else { return };
            tracing::warn!(code = ?error.code, "a draft could not be saved");
            let trouble = format!("The draft could not be saved: {}", error.message);
            if active.change(|status| status.trouble = Some(trouble)) {
                running.announce(Touched::default()).await;
            }
            drop(running);
            tokio::time::sleep(AGAIN).await;
        }
    }
}

/// Saves every draft that is not all on the disk, at once.
///
/// # Errors
/// `Storage`; what could not be saved is tried again.
pub(crate) async fn save_all(active: &Arc<Active>) -> Result<(), AppError> {
    // Nobody could edit there.
    if active.writable().is_err() {
        return Ok(());
    }
    let writer = Arc::clone(active);
    blocking(move || {
        let unsaved = writer.desk.unsaved();
        // One that cannot be written keeps no other from it.
        let saved: Vec<Result<(), AppError>> = unsaved.iter().map(|id| save(&writer, id)).collect();
        saved.into_iter().collect()
    })
    .await
}

/// Saves one draft, if there is something to save. Blocks.
pub(super) fn save(active: &Active, contact_id: &str) -> Result<(), AppError> {
    let desk = &active.desk;
    let _saving = desk.hold_saving();
    let Some(held) = desk.draft(contact_id) else { return Ok(()) };
    let (snapshot, title) = {
        let mut draft = lock(&held);
        if !std::mem::replace(&mut draft.unsaved, false) {
            return Ok(());
        }
        (Snapshot::of(&draft), draft.subject.contact.display_name())
    };
    let written = snapshot
        .keep()
        .write()
        .and_then(|doc| Ok(active.store.put_draft(contact_id, &title, &doc, active.clock.now())?));
    if written.is_err() {
        lock(&held).unsaved = true;
    }
    written
}
