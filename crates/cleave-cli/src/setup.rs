//! Opening the application for one command.

use std::sync::Arc;
use std::time::Duration;

use cleave_app::home::Home;
use cleave_app::ipc::{AppError, ErrorCode};
use cleave_app::secrets::{Secrets, choose};
use cleave_app::{App, AppConfig};

use crate::args::Place;
use crate::exit::Failure;

/// Longest time that looking at a review waits for the server.
const REVIEW_BUDGET: Duration = Duration::from_secs(15);

/// The application, and what keeps its sessions.
pub(crate) struct Setup {
    pub app: App,
    pub secrets: Arc<dyn Secrets>,
}

/// Opens the home. Nothing goes on in the background; decisions wait as long as `cancel_window`.
///
/// # Errors
/// The home cannot be used, or the passphrase is not the right one.
pub(crate) async fn open(place: Place, cancel_window: Duration) -> Result<Setup, Failure> {
    let root = place.home.or_else(Home::default_root).ok_or_else(|| {
        AppError::new(ErrorCode::Storage, "There is no home folder to store anything in.")
            .hint("Name one with --home.")
    })?;
    let home = Home::open(root).map_err(|error| {
        AppError::new(ErrorCode::Storage, format!("The home folder cannot be used: {}.", error.kind()))
    })?;
    let (over, passphrase) = (home.clone(), place.passphrase_file);
    // A keyring asks its daemon, a passphrase is stretched: both block.
    let chosen = tokio::task::spawn_blocking(move || choose(&over, passphrase.as_deref())).await;
    let secrets = chosen
        .map_err(|_| AppError::new(ErrorCode::Secrets, "Opening the sessions was broken off."))?
        .map_err(AppError::from)?;
    let mut config = AppConfig::new(home, Arc::clone(&secrets));
    config.background = false;
    config.review_budget = REVIEW_BUDGET;
    config.cancel_window = cancel_window;
    Ok(Setup { app: App::start(config).await?, secrets })
}
