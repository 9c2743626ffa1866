//! Taking reviews along.

use crate::App;
use crate::ipc::{AppError, TakeRequest, TakeSize};

impl App {
    /// What it would mean.
    pub async fn take_size(&self, _request: TakeRequest) -> Result<TakeSize, AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }

    /// Begins; the stream tells how far it is.
    pub async fn take_along(&self, _request: TakeRequest) -> Result<(), AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }

    /// Ends it; what is here stays.
    pub async fn stop_taking(&self) -> Result<(), AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }
}
