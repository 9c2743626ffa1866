//! A service with a small world, and requests whose answers are held against the description.

use std::collections::BTreeSet;

use cleave_service::{Config, Running, Seed, Service, World};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::description::Description;

pub struct Session {
    running: Running,
    http: Client,
    token: String,
    organization: String,
    description: Description,
    seen: BTreeSet<(String, u16)>,
}

impl Session {
    pub async fn start() -> Session {
        rustls::crypto::ring::default_provider().install_default().expect("the first provider");
        let world = World::Seed(Seed { number: 3, contacts: 300 });
        let running = Service::start(Config { world, ..Config::default() }).await.expect("a service");
        let http = Client::builder().build().expect("a client");
        let served = http.get(format!("{}/openapi.json", running.url)).send().await.expect("an answer");
        let document: Value = served.json().await.expect("the description");
        let description = Description::of(&document);
        let mut session = Session {
            running,
            http,
            token: String::new(),
            organization: String::new(),
            description,
            seen: BTreeSet::new(),
        };
        session.sign_in("admin@example.com").await;
        session
    }

    async fn sign_in(&mut self, email: &str) {
        let body = json!({"email": email, "password": self.running.credentials.password});
        let answer = self.post("/api/auth/login", body, 200).await;
        self.token = answer["token"].as_str().expect("a token").to_owned();
        self.organization = answer["user"]["organizationId"].as_str().expect("an organisation").to_owned();
    }

    pub fn credentials(&self) -> Value {
        json!({"email": self.running.credentials.email, "password": self.running.credentials.password})
    }

    pub fn organization(&self) -> String {
        self.organization.clone()
    }

    pub async fn stop(self) {
        self.running.shutdown().await;
    }

    pub async fn get(&mut self, path: &str, status: u16) -> Value {
        self.expect("GET", path, None, &[status]).await.1
    }

    pub async fn post(&mut self, path: &str, body: Value, status: u16) -> Value {
        self.expect("POST", path, Some(body), &[status]).await.1
    }

    pub async fn put(&mut self, path: &str, body: Value, status: u16) -> Value {
        self.expect("PUT", path, Some(body), &[status]).await.1
    }

    pub async fn patch(&mut self, path: &str, body: Value, status: u16) -> Value {
        self.expect("PATCH", path, Some(body), &[status]).await.1
    }

    pub async fn patch_any(&mut self, path: &str, body: Value, statuses: &[u16]) -> (u16, Value) {
        self.expect("PATCH", path, Some(body), statuses).await
    }

    async fn expect(
        &mut self,
        method: &str,
        path: &str,
        body: Option<Value>,
        statuses: &[u16],
    ) -> (u16, Value) {
        let body = body.map(|body| ("application/json", body.to_string()));
        let (status, answer) = self.send(method, path, body).await;
        assert!(statuses.contains(&status), "{method} {path}: {status} {answer}");
        (status, answer)
    }

    /// Sends a request and holds the answer against the description.
    async fn send(&mut self, method: &str, path: &str, body: Option<(&str, String)>) -> (u16, Value) {
        let url = format!("{}{path}", self.running.url);
        let mut request =
            self.http.request(method.parse::<Method>().expect("a method"), url).bearer_auth(&self.token);
        if let Some((kind, body)) = body {
            request = request.header("content-type", kind).body(body);
        }
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let kind = response.headers()["content-type"].to_str().expect("a type").to_owned();
        assert!(kind.starts_with("application/json"), "{method} {path}: {kind}");
        let answer: Value = response.json().await.expect("JSON");
        let operation = self.description.operation(method, path);
        let objections = operation.objections(status, &answer);
        assert!(objections.is_empty(), "{method} {path} {status}: {objections:#?}\n{answer}");
        self.seen.insert((operation.name(), status));
        (status, answer)
    }

    /// The description has no operation that was not answered with 200, and no service route is missing from it.
    pub fn all_operations_were_seen(&self) {
        let missing: Vec<String> = self
            .description
            .0
            .iter()
            .map(|operation| operation.name())
            .filter(|name| !self.seen.contains(&(name.clone(), 200)))
            .collect();
        assert!(missing.is_empty(), "never answered with 200: {missing:#?}");
    }

    fn operations(
        &self,
        wanted: impl Fn(&super::description::Operation) -> bool,
    ) -> Vec<(String, String, bool)> {
        let chosen = self.description.0.iter().filter(|one| wanted(one));
        chosen
            .map(|one| (one.method.clone(), filled(&one.template, &self.organization), one.has_body))
            .collect()
    }

    pub async fn everywhere_without_a_token(&mut self) {
        let token = std::mem::take(&mut self.token);
        for (method, path, has_body) in self.operations(|one| one.secured) {
            let (status, _) =
                self.send(&method, &path, has_body.then(|| ("application/json", "{}".into()))).await;
            assert_eq!(status, 401, "{method} {path}");
        }
        self.token = token;
    }

    pub async fn everywhere_as_a_sales_rep(&mut self) {
        let token = self.token.clone();
        self.sign_in("sales@example.com").await;
        let mut refused = 0;
        for (method, path, has_body) in self.operations(|one| one.secured) {
            let body = has_body.then(|| ("application/json", "{}".to_owned()));
            let (status, _) = self.send(&method, &path, body).await;
            refused += usize::from(status == 403);
        }
        // Two decisions by two ways, bulk, separate and its data, the settings twice, three reads of reviews.
        assert_eq!(refused, 12, "operations for admins");
        self.token = token;
    }

    pub async fn everywhere_with_ids_that_name_nothing(&mut self) {
        for (method, path, has_body) in self.operations(|one| one.secured && one.describes(404)) {
            let body = has_body.then(|| ("application/json", "{}".to_owned()));
            let (status, _) = self.send(&method, &path, body).await;
            let about_an_organisation_only = path.ends_with("/contact-fuzzy-merge-settings");
            assert!(matches!(status, 404 | 400) || about_an_organisation_only, "{method} {path}: {status}");
        }
    }

    pub async fn every_body_too_large_or_of_another_type(&mut self) {
        for (method, path, _) in self.operations(|one| one.has_body) {
            let body = Some(("text/plain", "{}".to_owned()));
            assert_eq!(self.send(&method, &path, body).await.0, 415, "{method} {path}");
            let huge = format!("{{\"x\": \"{}\"}}", "x".repeat(5 * 1024 * 1024));
            let answer = self.send(&method, &path, Some(("application/json", huge))).await;
            assert_eq!(answer.0, 413, "{method} {path}");
            let broken = Some(("application/json", "{".to_owned()));
            assert_eq!(self.send(&method, &path, broken).await.0, 400, "{method} {path}");
        }
    }
}

/// A path with ids that name nothing, within the caller's organisation.
fn filled(template: &str, organization: &str) -> String {
    let segments = template.split('/').map(|segment| match segment {
        "{organizationId}" => organization,
        _ if segment.starts_with('{') => "000000000000000000000000",
        _ => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}
