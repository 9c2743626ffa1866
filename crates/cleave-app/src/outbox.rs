//! The outbox: looking at it, taking back, sending again.

use cleave_store::{Entry, Store, StoreError};

use crate::App;
use crate::active::Active;
use crate::feed::{Touched, shown};
use crate::ipc::{AppError, ErrorCode, OutboxEntry};
use crate::separation::caps::{ID, within};

impl App {
    /// Every entry of the account in use, newest first.
    ///
    /// # Errors
    /// `NoAccount`, `Storage`.
    pub async fn outbox(&self) -> Result<Vec<OutboxEntry>, AppError> {
        let active = self.inner.active()?;
        let stored = active
            .disk(|store| {
                let heads = store.entries()?;
                let courses = store.courses(&heads)?;
                Ok(heads.into_iter().zip(courses).collect::<Vec<_>>())
            })
            .await?;
        Ok(stored.iter().map(|(head, course)| shown(&active, head, course)).collect())
    }

    /// One entry.
    ///
    /// # Errors
    /// `NoAccount`, `NotFound`, `Storage`.
    pub async fn outbox_entry(&self, op_id: &str) -> Result<OutboxEntry, AppError> {
        within(op_id, ID, "The id of the operation")?;
        let active = self.inner.active()?;
        let id = op_id.to_owned();
        let (head, course) = active
            .disk(move |store| {
                let head = store.entry_head(&id)?;
                let course = store.course(&head)?;
                Ok((head, course))
            })
            .await?;
        Ok(shown(&active, &head, &course))
    }

    /// Takes a decision back that has not been sent.
    ///
    /// # Errors
    /// `NoAccount`, `NotFound`; `TooLate` where it may be on its way or is settled; `Storage`.
    pub async fn withdraw(&self, op_id: &str) -> Result<OutboxEntry, AppError> {
        let active = self.inner.active()?;
        let now = self.inner.config.clock.now();
        self.step(&active, op_id, move |store, id| store.withdraw(id, now)).await
    }

    /// Sends a decision now, or again.
    ///
    /// # Errors
    /// `NoAccount`, `NotFound`; `TooLate` where it may be on its way or is settled; `Storage`.
    pub async fn retry(&self, op_id: &str) -> Result<OutboxEntry, AppError> {
        let active = self.inner.active()?;
        let now = self.inner.config.clock.now();
        let entry = self.step(&active, op_id, move |store, id| store.retry(id, now)).await?;
        active.wake();
        Ok(entry)
    }

    /// Makes a step with an entry, and answers how it stands then.
    pub(crate) async fn step(
        &self,
        active: &Active,
        op_id: &str,
        step: impl FnOnce(&Store, &str) -> Result<Entry, StoreError> + Send + 'static,
    ) -> Result<OutboxEntry, AppError> {
        within(op_id, ID, "The id of the operation")?;
        let id = op_id.to_owned();
        let entry = active.disk(move |store| step(store, &id)).await?;
        let reviews = entry.review_id().map(str::to_owned).into_iter().collect();
        let touched = Touched { reviews, entries: vec![entry.head.op_id], ..Touched::default() };
        let changes = self.inner.tell(touched).await?;
        changes
            .outbox
            .into_iter()
            .next()
            .ok_or_else(|| AppError::new(ErrorCode::NotFound, "This decision is not in the outbox."))
    }
}
