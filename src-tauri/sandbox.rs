//! The sandbox: the local API service inside this process, for a look around without a server.
//!
//! Everything goes over real HTTP, exactly as against a real instance. Its data lies in `sandbox` under Cleave's
//! folder and stays there until it is reset.

use std::path::PathBuf;

use cleave_app::App;
use cleave_app::ipc::{AccountView, AppError, ConnectRequest, Credential, ErrorCode};
use cleave_service::{Config, DataDir, Running, Seed, Service, World};
use tokio::sync::Mutex;

/// Environment variable that says how many contacts a new sandbox holds.
const CONTACTS_VARIABLE: &str = "CLEAVE_SANDBOX_CONTACTS";

/// The sandbox of this process, started when it is first asked for.
pub struct Sandbox {
    folder: PathBuf,
    running: Mutex<Option<Running>>,
}

impl Sandbox {
    /// A sandbox that keeps its data in the folder. Nothing is started or made yet.
    pub fn new(folder: PathBuf) -> Self {
        Sandbox { folder, running: Mutex::new(None) }
    }

    /// Starts the service if it is not running, and signs in to it.
    ///
    /// # Errors
    /// [`ErrorCode::Storage`] if its data cannot be opened or made; otherwise those of [`App::connect`].
    pub async fn connect(&self, app: &App) -> Result<AccountView, AppError> {
        // Where another process writes, it runs the service, over the same data.
        app.writable()?;
        let mut running = self.running.lock().await;
        let service = match running.take() {
            Some(service) => service,
            None => self.start(false).await?,
        };
        let request = sign_in(running.insert(service));
        drop(running);
        app.connect(request, true).await
    }

    /// Throws the sandbox's data away, makes it anew and signs in to it.
    ///
    /// # Errors
    /// As [`Sandbox::connect`].
    pub async fn reset(&self, app: &App) -> Result<AccountView, AppError> {
        app.writable()?;
        let mut running = self.running.lock().await;
        if let Some(service) = running.take() {
            service.shutdown().await;
        }
        app.discard_sandbox().await?;
        let request = sign_in(running.insert(self.start(true).await?));
        drop(running);
        app.connect(request, true).await
    }

    /// Stops the service, if it runs; requests under way are waited for.
    pub async fn shutdown(&self) {
        if let Some(service) = self.running.lock().await.take() {
            service.shutdown().await;
        }
    }

    async fn start(&self, reset: bool) -> Result<Running, AppError> {
        let config = Config {
            data: DataDir::Dir(self.folder.clone()),
            reset,
            world: World::Seed(Seed { contacts: contacts(), ..Seed::default() }),
            ..Config::default()
        };
        Service::start(config).await.map_err(|error| {
            AppError::new(ErrorCode::Storage, format!("The sandbox did not start: {error}"))
                .hint("Reset the sandbox to make it anew.")
        })
    }
}

fn sign_in(service: &Running) -> ConnectRequest {
    ConnectRequest {
        url: service.url.clone(),
        credential: Credential::Password {
            email: service.credentials.email.clone(),
            password: service.credentials.password.clone(),
        },
    }
}

/// How many contacts a new sandbox holds: [`CONTACTS_VARIABLE`] where it is a number, else the service's default.
fn contacts() -> u32 {
    let told = std::env::var(CONTACTS_VARIABLE).ok().and_then(|number| number.parse().ok());
    told.unwrap_or(Seed::default().contacts)
}
