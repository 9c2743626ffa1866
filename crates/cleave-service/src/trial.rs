//! A service within a test, and a client that speaks plain HTTP to it.

use std::sync::{Arc, Once};
use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::clock::{Clock, stamp};
use crate::config::{Config, Seed, World};
use crate::db::child::{self, Kind};
use crate::db::document::text;
use crate::db::{Db, contact, conversation, fresh_id, organization, review};
use crate::http::Refusal;
use crate::{Faults, Running, Service};

/// 2026-06-01T12:00:00Z.
const NOW: i64 = 1_780_315_200_000;

/// One client of one service. Clones share the service.
#[derive(Clone)]
pub(crate) struct Trial {
    http: Client,
    url: String,
    token: Option<String>,
    password: String,
    running: Arc<Mutex<Option<Running>>>,
    db: Db,
    faults: Option<Faults>,
    /// The service's clock.
    pub(crate) clock: Clock,
    /// The main organisation.
    pub(crate) organization: String,
    /// The signed-in ADMIN.
    pub(crate) admin: String,
}

/// An answer; the body is null where it is no JSON.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Reply {
    /// The `_id`s of a list in the answer.
    pub(crate) fn ids(&self, list: &str) -> Vec<String> {
        let items = self.body[list].as_array().unwrap_or_else(|| panic!("no list {list} in {}", self.body));
        items.iter().map(|item| text(item, "_id").to_owned()).collect()
    }

    /// The words of an error on a contact route.
    pub(crate) fn error(&self) -> &str {
        text(&self.body, "error")
    }
}

impl Trial {
    /// A service without contacts, and its ADMIN signed in.
    pub(crate) async fn start() -> Trial {
        Self::of(World::Empty, true).await
    }

    /// The same with a generated world.
    pub(crate) async fn seeded(contacts: u32) -> Trial {
        Self::of(World::Seed(Seed { number: 7, contacts }), true).await
    }

    /// A service as it is run outside of tests.
    pub(crate) async fn without_faults() -> Trial {
        Self::of(World::Empty, false).await
    }

    async fn of(world: World, faults: bool) -> Trial {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            rustls::crypto::ring::default_provider().install_default().unwrap();
        });
        let clock = Clock::fixed(NOW);
        let config = Config { world, faults, clock: clock.clone(), ..Config::default() };
        let running = Service::start(config).await.unwrap();
        let mut trial = Trial {
            http: Client::builder().build().unwrap(),
            url: running.url.clone(),
            token: None,
            password: running.credentials.password.clone(),
            db: running.state().db.clone(),
            faults: running.faults().cloned(),
            running: Arc::new(Mutex::new(Some(running))),
            clock,
            organization: String::new(),
            admin: String::new(),
        };
        let login = trial.post("/api/auth/login", &trial.credentials()).await;
        trial.token = Some(text(&login.body, "token").to_owned());
        trial.organization = text(&login.body["user"], "organizationId").to_owned();
        trial.admin = text(&login.body["user"], "id").to_owned();
        trial
    }

    pub(crate) fn credentials(&self) -> Value {
        json!({"email": "admin@example.com", "password": self.password})
    }

    pub(crate) fn faults(&self) -> &Faults {
        self.faults.as_ref().unwrap()
    }

    pub(crate) async fn shutdown(&self) {
        if let Some(running) = self.running.lock().await.take() {
            running.shutdown().await;
        }
    }

    pub(crate) fn with_token(&self, token: &str) -> Trial {
        Trial { token: Some(token.to_owned()), ..self.clone() }
    }

    pub(crate) fn anonymous(&self) -> Trial {
        Trial { token: None, ..self.clone() }
    }

    async fn signed_in_as(&self, email: &str) -> Trial {
        let login = self.post("/api/auth/login", &json!({"email": email, "password": self.password})).await;
        self.with_token(text(&login.body, "token"))
    }

    pub(crate) async fn superadmin(&self) -> Trial {
        self.signed_in_as("superadmin@example.com").await
    }

    pub(crate) async fn sales_rep(&self) -> Trial {
        self.signed_in_as("sales@example.com").await
    }

    pub(crate) async fn foreign_admin(&self) -> Trial {
        self.signed_in_as("admin@example.org").await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, None).await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::POST, path, Some(body.to_string())).await.unwrap()
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send(Method::PUT, path, Some(body.to_string())).await.unwrap()
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.try_patch(path, body).await.unwrap()
    }

    pub(crate) async fn try_patch(&self, path: &str, body: &Value) -> Result<Reply, reqwest::Error> {
        self.send(Method::PATCH, path, Some(body.to_string())).await
    }

    pub(crate) async fn send_raw(&self, method: &str, path: &str, kind: &str, body: String) -> Reply {
        let request = self.request(method.parse().unwrap(), path).header("content-type", kind).body(body);
        Self::reply(request.send().await.unwrap()).await.unwrap()
    }

    async fn send(&self, method: Method, path: &str, body: Option<String>) -> Result<Reply, reqwest::Error> {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        Self::reply(request.send().await?).await
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    async fn reply(response: reqwest::Response) -> Result<Reply, reqwest::Error> {
        let status = response.status().as_u16();
        let bytes = response.bytes().await?;
        Ok(Reply { status, body: serde_json::from_slice(&bytes).unwrap_or_default() })
    }

    fn put_in<T>(&self, work: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<T, Refusal>) -> T {
        self.db.write_now(work).unwrap()
    }

    fn next(&self) -> (String, String) {
        self.clock.advance(Duration::from_secs(1));
        (self.put_in(|tx| Ok(fresh_id::next(tx)?)), stamp(self.clock.millis()))
    }

    /// Stores a contact with these members and answers with its id.
    pub(crate) fn contact(&self, members: Value) -> String {
        self.contact_of(&self.organization, members)
    }

    /// A contact of the other organisation.
    pub(crate) fn foreign_contact(&self) -> String {
        let theirs = self.put_in(|tx| {
            Ok(tx.query_row("SELECT id FROM organization ORDER BY ordinal DESC LIMIT 1", [], |row| {
                row.get::<_, String>(0)
            })?)
        });
        self.contact_of(&theirs, json!({"firstName": "Foreign"}))
    }

    fn contact_of(&self, organization: &str, members: Value) -> String {
        let (id, now) = self.next();
        let mut document =
            json!({"_id": id, "organizationId": organization, "createdAt": now, "updatedAt": now});
        for (key, value) in members.as_object().unwrap() {
            document[key] = value.clone();
        }
        self.put_in(|tx| {
            let ordinal = organization::ordinal(tx, organization)?;
            contact::insert(tx, ordinal, &document)?.map_err(|taken| Refusal::internal(format!("{taken:?}")))
        });
        id
    }

    /// Stores an open review of a pair and answers with its id.
    pub(crate) fn review_of(&self, source: &str, candidate: &str) -> String {
        let (id, now) = self.next();
        self.put_in(|tx| {
            let snapshot = |id: &str| contact::found(tx, &self.organization, id);
            review::insert(
                tx,
                &json!({"_id": id, "organizationId": self.organization, "sourceContactId": source,
                    "candidateContactId": candidate, "reviewSource": "fuzzy_match", "status": "needs_review",
                    "score": 86, "thresholdSnapshot": {"thresholdPercent": 90, "reviewThresholdPercent": 70},
                    "fieldBreakdown": {"firstName": 86}, "sourceSnapshot": snapshot(source)?,
                    "candidateSnapshot": snapshot(candidate)?, "createdAt": now, "updatedAt": now}),
            )
        });
        id
    }

    /// An open review of two new contacts: its id, the source's and the candidate's.
    pub(crate) async fn review(&self) -> (String, String, String) {
        let source = self.contact(json!({"firstName": "Jon", "lastName": "Doe"}));
        let candidate = self.contact(json!({"firstName": "John", "lastName": "Doe"}));
        (self.review_of(&source, &candidate), source, candidate)
    }

    /// Stores a conversation with these messages, a minute apart, and answers with its id.
    pub(crate) fn conversation(&self, contact: &str, channel: &str, texts: &[&str]) -> String {
        let (id, now) = self.next();
        let document = json!({"_id": id, "organizationId": self.organization, "contactId": contact,
            "channelType": channel, "channelIdentifier": "+14165550100", "assignees": [self.admin],
            "isResolved": false, "messageCount": texts.len(), "createdAt": now, "updatedAt": now});
        self.put_in(|tx| conversation::insert(tx, &document));
        for (at, content) in texts.iter().enumerate() {
            let (message, now) = self.next();
            let direction = if at % 2 == 0 { "inbound" } else { "outbound" };
            self.put_in(|tx| {
                conversation::insert_message(
                    tx,
                    &json!({"_id": message, "conversationId": id, "contactId": contact, "content": content,
                        "direction": direction, "channelType": channel, "createdAt": now}),
                )
            });
        }
        id
    }

    /// The messages of a conversation, the oldest first.
    pub(crate) fn message_ids(&self, conversation: &str) -> Vec<String> {
        let messages = self.put_in(|tx| conversation::messages(tx, conversation));
        messages.iter().map(|message| text(message, "_id").to_owned()).collect()
    }

    /// Stores another record of a contact, by the key of its kind, and answers with its id.
    pub(crate) fn record(&self, kind: &str, contact: &str, members: Value) -> String {
        let (id, now) = self.next();
        let kinds = [Kind::Application, Kind::Note, Kind::Reminder, Kind::TrainingSnapshot, Kind::Document];
        let kind = kinds.into_iter().find(|known| known.key() == kind).unwrap();
        let mut document = json!({"_id": id, "contactId": contact, "organizationId": self.organization,
            "createdAt": now});
        for (key, value) in members.as_object().unwrap() {
            document[key] = value.clone();
        }
        self.put_in(|tx| child::insert(tx, kind, &self.organization, contact, &document, "createdAt"));
        id
    }

    /// Protects a contact from now on.
    pub(crate) fn protect(&self, contact: &str, lasting: Duration) {
        let until = stamp(self.clock.millis() + i64::try_from(lasting.as_millis()).unwrap());
        let document =
            json!({"protectedUntil": until, "ownerName": "Priya Raman", "ownerLastMessageAt": until});
        self.put_in(|tx| {
            tx.execute(
                "INSERT INTO protection (contact_id, doc) VALUES (?1, ?2)",
                [contact, &document.to_string()],
            )?;
            Ok(())
        });
    }

    /// `data` of a contact's separation data.
    pub(crate) async fn separation_data(&self, contact: &str) -> Value {
        self.get(&format!("/api/contacts/{contact}/separation-data")).await.body["data"].clone()
    }

    /// How many audit entries a review has.
    pub(crate) fn audit_entries(&self, review: &str) -> i64 {
        self.put_in(|tx| {
            Ok(tx.query_row("SELECT count(*) FROM audit WHERE review_id = ?1", [review], |row| row.get(0))?)
        })
    }
}
