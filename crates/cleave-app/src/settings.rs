//! Settings of duplicate detection.

use crate::App;
use crate::ipc::{AppError, SettingsAnswer, SettingsRequest, SettingsView};

impl App {
    /// What the server has, and a change on its way.
    pub async fn settings(&self) -> Result<SettingsView, AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }

    /// Saves a change, or looks at it.
    pub async fn change_settings(&self, _request: SettingsRequest) -> Result<SettingsAnswer, AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }
}
