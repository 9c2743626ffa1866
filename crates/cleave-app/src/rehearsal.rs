//! Comparing what waits with the server, without sending.

use crate::App;
use crate::ipc::{AppError, RehearsedView};

impl App {
    /// What sending these entries now would find.
    pub async fn rehearse(&self, _op_ids: &[String]) -> Result<Vec<RehearsedView>, AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }
}
