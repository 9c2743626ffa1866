//! Settling by hand what no reading can.

use crate::App;
use crate::ipc::{AppError, ErrorCode, OutboxEntry};
use crate::separation::caps::within;

/// Longest reason, in characters.
const REASON: usize = 2_000;

impl App {
    /// The person looked, and says that a decision was carried out. The reason is kept with it.
    ///
    /// # Errors
    /// `NoAccount`, `NotFound`; `Invalid` without a reason; `TooLate` where it is not the person's to say; `Storage`.
    pub async fn mark_applied(&self, op_id: &str, reason: &str) -> Result<OutboxEntry, AppError> {
        let reason = given(reason)?;
        let active = self.inner.active()?;
        let now = self.inner.config.clock.now();
        self.step(&active, op_id, move |store, id| store.mark_applied(id, &reason, now)).await
    }

    /// The person looked, and says that a decision was not carried out: it is given up. The reason is kept with it.
    ///
    /// # Errors
    /// As [`App::mark_applied`].
    pub async fn mark_not_applied(&self, op_id: &str, reason: &str) -> Result<OutboxEntry, AppError> {
        let reason = given(reason)?;
        let active = self.inner.active()?;
        let now = self.inner.config.clock.now();
        self.step(&active, op_id, move |store, id| store.mark_not_applied(id, &reason, now)).await
    }
}

fn given(reason: &str) -> Result<String, AppError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::new(ErrorCode::Invalid, "Say how you know it.").at("reason"));
    }
    within(reason, REASON, "The reason").map_err(|error| error.at("reason"))?;
    Ok(reason.to_owned())
}
