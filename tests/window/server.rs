//! The server side of a scenario: the local API service in this process, and another admin who speaks
//! HTTP to it, to look at what really happened and to get in the way.

use std::net::TcpListener;
use std::path::PathBuf;

use cleave_service::{Config, DataDir, Fault, Running, Seed, Service, World};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::driver;

/// A service with a world of its own, and a signed-in admin.
pub struct Server {
    running: Option<Running>,
    data: TempDir,
    port: u16,
    admin: Admin,
}

/// An admin at the server, without a window.
#[derive(Clone)]
pub struct Admin {
    http: Client,
    url: String,
    token: String,
}

impl Server {
    /// A server with this many made-up contacts, the same every time.
    pub async fn with(contacts: u32) -> Self {
        Self::holding(World::Seed(Seed { number: 7, contacts })).await
    }

    /// A server with the contacts of a CSV file.
    pub async fn importing(path: PathBuf) -> Self {
        Self::holding(World::Csv { path, number: 7 }).await
    }

    async fn holding(world: World) -> Self {
        let data =
            tempfile::Builder::new().prefix("cleave-server-").tempdir().expect("a folder for the server");
        // A port of its own from the start, so that the server can go away and come back.
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        drop(listener);
        let running = serve(data.path(), port, world).await;
        let admin =
            Admin::sign_in(&running.url, &running.credentials.email, &running.credentials.password).await;
        Self { running: Some(running), data, port, admin }
    }

    /// Where it is, as a person would type it.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The admin of its organisation.
    pub fn email(&self) -> &str {
        &self.up().credentials.email
    }

    /// That admin's password.
    pub fn password(&self) -> &str {
        &self.up().credentials.password
    }

    /// Another admin at the same server.
    pub fn admin(&self) -> &Admin {
        &self.admin
    }

    /// Arms a fault: what goes wrong with which of the next requests.
    pub fn goes_wrong(&self, fault: Fault) {
        self.up().faults().expect("started with faults").add(fault).expect("the fault is armed");
    }

    /// How many requests the armed faults have struck.
    pub fn struck(&self) -> u32 {
        self.up().faults().expect("started with faults").list().iter().map(|(_, struck)| struck).sum()
    }

    fn up(&self) -> &Running {
        self.running.as_ref().expect("the server is up")
    }

    /// Goes away: connections are refused until it comes back.
    pub async fn go_away(&mut self) {
        self.running.take().expect("the server is up").shutdown().await;
    }

    /// Comes back at the same address with the same data.
    pub async fn come_back(&mut self) {
        self.running = Some(serve(self.data.path(), self.port, World::Empty).await);
    }
}

async fn serve(data: &std::path::Path, port: u16, world: World) -> Running {
    let config =
        Config { data: DataDir::Dir(data.to_path_buf()), world, port, faults: true, ..Config::default() };
    Service::start(config).await.unwrap_or_else(|error| panic!("the service does not start: {error}"))
}

impl Admin {
    /// Signs in by e-mail and password.
    pub async fn sign_in(url: &str, email: &str, password: &str) -> Self {
        let http = driver::http();
        let body = json!({"email": email, "password": password});
        let answer =
            http.post(format!("{url}/api/auth/login")).json(&body).send().await.expect("the server answers");
        assert_eq!(answer.status(), StatusCode::OK, "signing in by HTTP");
        let answer: Value = answer.json().await.expect("JSON");
        let token = answer["token"].as_str().expect("a token").to_owned();
        Self { http, url: url.to_owned(), token }
    }

    /// The token, for pasting.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// A review as the server has it.
    pub async fn review(&self, id: &str) -> Value {
        let (status, body) = self.call(Method::GET, &format!("/api/contacts/dedup-reviews/{id}"), None).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body["data"].clone()
    }

    /// A contact as the server has it; `None` when it is gone.
    pub async fn contact(&self, id: &str) -> Option<Value> {
        let (status, body) = self.call(Method::GET, &format!("/api/contacts/{id}"), None).await;
        match status {
            StatusCode::OK => Some(body["data"].clone()),
            StatusCode::NOT_FOUND => None,
            other => panic!("the contact answers {other}: {body}"),
        }
    }

    /// How many reviews wait for a decision.
    pub async fn waiting(&self) -> u64 {
        self.page(1).await["total"].as_u64().expect("a total")
    }

    /// The last review that waits, in the server's order.
    pub async fn last_waiting(&self) -> Value {
        let last = self.waiting().await;
        self.page(last).await["data"][0].clone()
    }

    /// A page of one review.
    async fn page(&self, page: u64) -> Value {
        let path = format!("/api/contacts/dedup-reviews?status=needs_review&page={page}&size=1");
        let (status, body) = self.call(Method::GET, &path, None).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body
    }

    /// Resolves a review: `merge` or `keep-separate`.
    pub async fn resolve(&self, id: &str, how: &str) {
        let body = json!({"resolution": {"note": "decided by another admin"}});
        let (status, body) =
            self.call(Method::PATCH, &format!("/api/contacts/dedup-reviews/{id}/{how}"), Some(body)).await;
        assert_eq!(status, StatusCode::OK, "{body}");
    }

    /// Waits until a review has a status at the server, and returns it.
    pub async fn until(&self, id: &str, status: &str) -> Value {
        for _ in 0..400 {
            let review = self.review(id).await;
            if review["status"] == status {
                return review;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the server's review is not {status} but {}", self.review(id).await["status"]);
    }

    /// Any call, with the token.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let mut request = self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.expect("the server answers");
        let status = response.status();
        (status, response.json().await.unwrap_or_default())
    }
}

/// The id in a reference, which is a string or an object.
pub fn id_of(reference: &Value) -> &str {
    reference.as_str().or_else(|| reference["_id"].as_str()).expect("a reference holds an id")
}
