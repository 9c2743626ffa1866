//! A contact of the service that is to be separated, and a plan of it.

use cleave_core::separation::{
    Assignment, ChildKind, Direction, Divider, Edit, NamePart, OptionalField, Pair, SeparationPlan, Subject,
    Target,
};
use cleave_service::{Fault, FaultKind};
use cleave_store::Entry;
use cleave_sync::Tokens;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::service::Trial;

pub const SEPARATE: &str = "/api/contacts/*/separate";

/// A number that nobody in the generated world has.
pub const FREE: &str = "+16472000199";

/// A world with a contact that has records of several kinds, and how many contacts there are.
pub struct Shared {
    pub trial: Trial,
    pub seen: Subject,
    pub contacts: u64,
}

impl Shared {
    pub async fn new() -> Shared {
        let trial = Trial::start().await;
        let seen = trial.find(has_plenty).await;
        let contacts = trial.contacts().await;
        Shared { trial, seen, contacts }
    }

    pub fn decide(&self, guard: Option<&str>) -> Entry {
        self.trial.bench.separate(&self.seen, plan(&self.seen, guard))
    }

    /// What became of an entry: its state, how often it was sent, and how many contacts there are more than before.
    pub async fn outcome(&self, entry: &Entry) -> (cleave_core::outbox::State, u32, u64) {
        let now = self.trial.bench.store.entry(&entry.op_id).unwrap();
        (now.state, now.attempts, self.trial.contacts().await - self.contacts)
    }

    pub fn fault(&self, kind: FaultKind) {
        self.trial.arm(Fault::once("POST", SEPARATE, kind));
    }

    /// Somebody else sends exactly the same request, or a copy of it arrives that was thought lost.
    pub async fn sent_by_others(&self, entry: &Entry) -> (u16, Value) {
        let request = &entry.decision.separation().unwrap().request;
        self.trial.post(&format!("/api/contacts/{}/separate", self.seen.contact.id), request).await
    }
}

impl Trial {
    /// The first contact of the list that `fits`.
    pub async fn find(&self, fits: impl Fn(&Subject) -> bool) -> Subject {
        for page in 1.. {
            let list = self.get(&format!("/api/contacts?ownerFilter=all&size=100&page={page}")).await;
            let contacts = list["data"].as_array().unwrap();
            assert!(!contacts.is_empty(), "no contact of the world will do");
            for contact in contacts {
                let seen = self.subject(contact["_id"].as_str().unwrap()).await;
                if fits(&seen) {
                    return seen;
                }
            }
        }
        unreachable!("the list ends");
    }

    /// Another admin merges the pair of a review.
    pub async fn merged_by_others(&self, review_id: &str) {
        let path = format!("/api/contacts/dedup-reviews/{review_id}/merge");
        assert_eq!(self.send(reqwest::Method::PATCH, &path, Some(&json!({}))).await.0, 200);
    }

    pub async fn get(&self, path: &str) -> Value {
        self.send(reqwest::Method::GET, path, None).await.1
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.send(reqwest::Method::POST, path, Some(body)).await
    }

    async fn send(&self, method: reqwest::Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        let token = self.bench.tokens.session().unwrap().token;
        let mut request = reqwest::Client::new()
            .request(method, format!("{}{path}", self.service.url))
            .bearer_auth(token.expose_secret());
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap())
    }

    pub async fn contacts(&self) -> u64 {
        self.get("/api/contacts?ownerFilter=all&size=1").await["total"].as_u64().unwrap()
    }

    /// A contact as an admin sees it.
    pub async fn subject(&self, id: &str) -> Subject {
        self.bench.puller.pull_separation(id, |_| {}).await.unwrap();
        let cached = self.bench.store.subject(id).unwrap().unwrap();
        assert!(cached.unread.is_empty() && cached.subject.incomplete.is_empty());
        cached.subject
    }
}

/// Two conversations that can be cut, notes and a number.
pub fn has_plenty(seen: &Subject) -> bool {
    let long =
        |one: &&cleave_core::separation::Conversation| one.messages.as_ref().is_some_and(|m| m.len() > 3);
    seen.conversations.iter().filter(long).count() > 1
        && !seen.notes.is_empty()
        && seen.contact.primary_phone().is_some()
}

/// Every second record to the new contact, the first long conversation cut at its third message; `number` for the new
/// contact.
pub fn plan(seen: &Subject, number: Option<&str>) -> SeparationPlan {
    let mut plan = SeparationPlan::start(seen);
    let mut edits = vec![
        Edit::Name { part: NamePart::First, side: Target::New, value: "Janet".into() },
        Edit::Name { part: NamePart::Last, side: Target::New, value: "Roe-Zimmer".into() },
        Edit::Value {
            field: OptionalField::PhoneNumber,
            side: Target::New,
            value: number.map(str::to_owned),
        },
    ];
    for kind in ChildKind::ALL {
        for (at, id) in seen.ids(kind).enumerate() {
            let to = if at % 2 == 0 { Assignment::New } else { Assignment::Original };
            edits.push(Edit::Assign { kind, id: id.to_owned(), to });
        }
    }
    for id in seen.document_ids().take(1) {
        edits.push(Edit::Document { id: id.to_owned(), on: Pair { original: false, new: true } });
    }
    let long =
        seen.conversations.iter().find(|one| one.messages.as_ref().is_some_and(|m| m.len() > 3)).unwrap();
    let message_id = long.messages.as_ref().unwrap()[2].id.clone();
    let divider = Divider { message_id, direction: Direction::BeforeToOriginal };
    edits.push(Edit::Divide { conversation: long.id.clone(), divider: Some(divider) });
    plan.apply(Edit::Batch { edits }).unwrap();
    plan
}

/// An answer that a person would call an error.
pub fn status(status: u16, retry_after: Option<&str>) -> FaultKind {
    FaultKind::Status {
        status,
        body: Some(json!({"error": "Not now"})),
        retry_after: retry_after.map(str::to_owned),
        location: None,
    }
}
