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

/// How long a command that only reads waits for another process to let go of the home: it can do without.
const READING_PATIENCE: Duration = Duration::from_millis(250);

/// Opens the home. Nothing goes on in the background; decisions wait as long as `cancel_window`. Beside another process
/// that writes, whatever saves or sends answers why it does not.
///
/// # Errors
/// The home cannot be used, or the passphrase is not the right one.
pub(crate) async fn open(place: Place, cancel_window: Duration) -> Result<Setup, Failure> {
    started(place, |config| config.cancel_window = cancel_window).await
}

/// As [`open`], with a quarantine of its own. The two readings that must agree are then no further apart.
///
/// # Errors
/// As [`open`].
pub(crate) async fn open_with_quarantine(
    place: Place,
    quarantine: Option<Duration>,
) -> Result<Setup, Failure> {
    started(place, |config| {
        config.cancel_window = Duration::ZERO;
        if let Some(quarantine) = quarantine {
            config.quarantine = quarantine;
            config.agreement = config.agreement.min(quarantine);
        }
    })
    .await
}

/// As [`open`] for a command that saves and sends nothing. That it reads beside another process is said on stderr.
///
/// # Errors
/// As [`open`].
pub(crate) async fn read(place: Place) -> Result<Setup, Failure> {
    let json = place.json;
    let setup = started(place, |config| config.patience = READING_PATIENCE).await?;
    if let Some(why) = setup.app.files().read_only {
        Failure::from(AppError::new(ErrorCode::Storage, why)).tell(json);
    }
    Ok(setup)
}

async fn started(place: Place, adjust: impl FnOnce(&mut AppConfig)) -> Result<Setup, Failure> {
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
    adjust(&mut config);
    let app = App::start(config).await?;
    Ok(Setup { app, secrets })
}
