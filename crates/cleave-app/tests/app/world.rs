//! A service, a home, and a second client.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use cleave_app::home::Home;
use cleave_app::ipc::{
    AppError, ConnectRequest, Credential, DecideAnswer, DecideRequest, DecisionInput, FieldPick,
    FieldSameness, OutboxEntry, QueueRequest, QueueRow, ReviewKindView, ReviewView, SideName,
};
use cleave_app::secrets::{Memory, Secrets};
use cleave_app::{App, AppConfig, ManualClock, SyncOrder, install_tls};
use cleave_service::{Config, DataDir, Faults, Running, Seed, Service, World as Contents};
use serde_json::{Value, json};

pub const PASSWORD: &str = "correct horse battery";
pub const ADMIN: &str = "admin@example.com";
pub const SALES: &str = "sales@example.com";

/// A service with a world of its own, and a folder for homes. Everything is gone when it is dropped.
pub struct World {
    service: Option<Running>,
    port: u16,
    dir: tempfile::TempDir,
    pub url: String,
    pub clock: Arc<ManualClock>,
    pub secrets: Arc<dyn Secrets>,
}

impl World {
    pub async fn start() -> World {
        install_tls();
        let dir = tempfile::tempdir().unwrap();
        let service = Service::start(config(dir.path().join("service"), 0)).await.unwrap();
        let url = service.url.clone();
        World {
            port: url.rsplit(':').next().unwrap().parse().unwrap(),
            service: Some(service),
            dir,
            url,
            clock: Arc::new(ManualClock::at("2026-11-20T12:00:00Z".parse().unwrap())),
            secrets: Arc::new(Memory::new("A test.")),
        }
    }

    /// The server goes away.
    pub async fn stop(&mut self) {
        self.service.take().unwrap().shutdown().await;
    }

    /// The server comes back, at the same address and with the same state.
    pub async fn come_back(&mut self) {
        self.service =
            Some(Service::start(config(self.dir.path().join("service"), self.port)).await.unwrap());
    }

    pub fn faults(&self) -> &Faults {
        self.service.as_ref().unwrap().faults().unwrap()
    }

    pub fn home(&self) -> Home {
        Home::open(self.dir.path().join("home")).unwrap()
    }

    /// A file of the one account, past the application, which must not be running.
    pub fn database(&self, file: &str) -> rusqlite::Connection {
        let mut accounts = std::fs::read_dir(self.dir.path().join("home").join("accounts")).unwrap();
        rusqlite::Connection::open(accounts.next().unwrap().unwrap().path().join(file)).unwrap()
    }

    /// What an application of this world is started with: nothing in the background, nothing to wait for.
    pub fn config(&self) -> AppConfig {
        let mut config = AppConfig::new(self.home(), Arc::clone(&self.secrets));
        config.clock = Arc::clone(&self.clock) as _;
        config.background = false;
        config.cancel_window = Duration::ZERO;
        config.review_budget = Duration::from_secs(20);
        config
    }

    /// An application that is not signed in.
    pub async fn app(&self) -> App {
        App::start(self.config()).await.unwrap()
    }

    /// An application that is signed in and has loaded the queue.
    pub async fn loaded(&self) -> App {
        let app = self.app().await;
        app.connect(self.as_admin(), false).await.unwrap();
        app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await.unwrap();
        app
    }

    pub fn as_admin(&self) -> ConnectRequest {
        with_password(&self.url, ADMIN, PASSWORD)
    }

    /// A client that is not Cleave.
    pub async fn client(&self) -> Client {
        Client::sign_in(&self.url, ADMIN).await
    }
}

fn config(data: PathBuf, port: u16) -> Config {
    Config {
        data: DataDir::Dir(data),
        world: Contents::Seed(Seed { number: 7, contacts: 250 }),
        port,
        password: Some(PASSWORD.to_owned()),
        faults: true,
        ..Config::default()
    }
}

pub fn with_password(url: &str, email: &str, password: &str) -> ConnectRequest {
    let credential = Credential::Password { email: email.into(), password: password.into() };
    ConnectRequest { url: url.into(), credential }
}

pub fn with_token(url: &str, token: &str) -> ConnectRequest {
    ConnectRequest { url: url.into(), credential: Credential::Token { token: token.into() } }
}

/// A page of the queue as a person would ask for it first.
pub fn page(limit: u32) -> QueueRequest {
    QueueRequest { limit, ..QueueRequest::default() }
}

/// Another client of the same server.
pub struct Client {
    http: reqwest::Client,
    url: String,
    pub token: String,
}

impl Client {
    pub async fn sign_in(url: &str, email: &str) -> Client {
        let mut client = Client { http: reqwest::Client::new(), url: url.to_owned(), token: String::new() };
        let body = json!({"email": email, "password": PASSWORD});
        let login: Value = client
            .http
            .post(format!("{url}/api/auth/login"))
            .json(&body)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        client.token = login["token"].as_str().unwrap().to_owned();
        client
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        let request = self.http.get(format!("{}{path}", self.url)).bearer_auth(&self.token);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Resolves a review: `merge` or `keep-separate`.
    pub async fn resolve(&self, review: &str, how: &str) -> u16 {
        let url = format!("{}/api/contacts/dedup-reviews/{review}/{how}", self.url);
        let request = self.http.patch(url).bearer_auth(&self.token).json(&json!({}));
        request.send().await.unwrap().status().as_u16()
    }

    pub async fn review(&self, id: &str) -> Value {
        self.get(&format!("/api/contacts/dedup-reviews/{id}")).await.1["data"].take()
    }

    /// The contact, or `None` where the server has none by this id.
    pub async fn contact(&self, id: &str) -> Option<Value> {
        let (status, mut body) = self.get(&format!("/api/contacts/{id}")).await;
        (status == 200).then(|| body["data"].take())
    }
}

/// The first open fuzzy match whose contacts differ in a field.
pub async fn differing_in(app: &App, path: &str) -> QueueRow {
    let rows = app.queue(page(500)).await.unwrap().rows;
    for row in rows.into_iter().filter(|row| row.kind == ReviewKindView::FuzzyMatch) {
        if row.differing.iter().any(|field| field == path) {
            let view = app.review(&row.review_id).await.unwrap();
            let field = view.preview.fields.iter().find(|field| field.path == path);
            if field.is_some_and(|field| field.sameness == FieldSameness::Different && field.choosable) {
                return row;
            }
        }
    }
    panic!("no review differs in {path}");
}

pub async fn first_id(app: &App) -> String {
    app.queue(page(1)).await.unwrap().rows[0].review_id.clone()
}

pub fn merge(picks: &[(&str, SideName)]) -> DecisionInput {
    let picks = picks.iter().map(|(path, side)| FieldPick { path: (*path).into(), side: *side }).collect();
    DecisionInput::Merge { picks, note: None }
}

pub fn keep(note: &str) -> DecisionInput {
    DecisionInput::KeepSeparate { note: Some(note.into()) }
}

/// What a window sends: one id a decision, based on what was shown.
pub fn request(op: &str, view: &ReviewView, decision: DecisionInput) -> DecideRequest {
    DecideRequest {
        op_id: op.into(),
        review_id: view.review_id.clone(),
        based_on: view.based_on.clone(),
        decision,
        dry_run: false,
    }
}

/// Ids of operations.
pub const OP: &str = "01939c2e-0000-7000-8000-000000000001";
pub const OTHER_OP: &str = "01939c2e-0000-7000-8000-000000000002";

/// Looks at a review and decides.
pub async fn decide(
    app: &App,
    id: &str,
    op: &str,
    decision: DecisionInput,
) -> Result<DecideAnswer, AppError> {
    let view = app.review(id).await?;
    app.decide(request(op, &view, decision)).await
}

/// Sends what waits, and answers where an entry stands after that.
pub async fn sent(app: &App, op: &str) -> OutboxEntry {
    app.sync(SyncOrder::default()).await.unwrap();
    app.outbox_entry(op).await.unwrap()
}
