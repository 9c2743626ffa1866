//! A secret from stdin: never an argument, because arguments are seen by everybody on the machine.

use std::io::{self, Read};

use cleave_app::ipc::{AppError, ErrorCode};

use crate::exit::Failure;

/// Longest secret, in bytes.
const MOST: u64 = 64 * 1024;

/// The first line, without its line break.
///
/// # Errors
/// Nothing came, or stdin cannot be read.
pub(crate) fn secret(what: &str) -> Result<String, Failure> {
    let mut text = String::new();
    io::stdin().lock().take(MOST).read_to_string(&mut text)?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        let message = format!("No {what} came from stdin.");
        return Err(AppError::new(ErrorCode::Invalid, message).at(what).into());
    }
    Ok(line.to_owned())
}
