//! Files that cannot be written, or not be opened.

use crate::App;
use crate::ipc::{AppError, SalvagedView};

impl App {
    /// Tries to open the files for writing again.
    pub async fn open_again(&self) -> Result<(), AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }

    /// Carries over what can be read of a damaged outbox.
    pub async fn salvage(&self, _account_id: &str) -> Result<SalvagedView, AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }
}
