//! Closing the window over work that is not sent.

use cleave_app::App;
use cleave_app::ipc::{AppError, ErrorCode, QuitHow};
use tauri::AppHandle;

/// What the person wants done.
pub async fn answer(_handle: &AppHandle, _app: &App, _how: QuitHow) -> Result<(), AppError> {
    Err(AppError::new(ErrorCode::Server, "Not there yet."))
}
