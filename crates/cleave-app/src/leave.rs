//! Leaving with work that is not settled.

use crate::App;
use crate::ipc::{AppError, ExportedFile, LeaveHow, PendingWork};

impl App {
    /// What is not settled in an account.
    pub async fn pending_work(&self, _id: &str) -> Result<PendingWork, AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }

    /// Signs out, with the work treated as said.
    pub async fn sign_out_with(&self, _id: &str, _how: LeaveHow) -> Result<(), AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }

    /// Writes every unsettled decision of an account into a file in a folder.
    pub async fn export_work(&self, _id: &str, _folder: &std::path::Path) -> Result<ExportedFile, AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }

    /// Writes one decision with its whole record into a file in a folder.
    pub async fn export_entry(
        &self,
        _op_id: &str,
        _folder: &std::path::Path,
    ) -> Result<ExportedFile, AppError> {
        Err(crate::ipc::AppError::new(crate::ipc::ErrorCode::Server, "Not there yet."))
    }
}
