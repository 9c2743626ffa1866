//! What a decision that needs a person is compared with.

use crate::App;
use crate::ipc::{AppError, ConflictView};

impl App {
    /// When it was decided, now, and what was decided.
    pub async fn conflict(&self, _op_id: &str) -> Result<ConflictView, AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }
}
