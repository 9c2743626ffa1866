//! A server with one review, `r` between `s` and `c`, that answers a change as it is told to.

use std::sync::{Arc, Mutex};

use cleave_core::review::Review;
use cleave_wire::review::DedupReviewDto;
use serde_json::{Value, json};
use wiremock::matchers::{method, path, path_regex};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub struct Stub {
    pub server: MockServer,
    review: Arc<Mutex<Value>>,
    contacts: Arc<Mutex<Value>>,
}

pub const PAGE: &str = "<!doctype html><html><title>Welcome to the hotel</title></html>";

pub fn json_answer(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

pub fn page(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(PAGE, "text/html; charset=utf-8")
}

impl Stub {
    pub async fn start() -> Stub {
        let server = MockServer::start().await;
        let contacts = json!({
            "s": {"_id": "s", "firstName": "Ann", "email": "ann@example.org", "phoneNumber": "+14165550100"},
            "c": {"_id": "c", "firstName": "Anne", "email": "anne@example.org"},
        });
        let review =
            json!({"_id": "r", "status": "needs_review", "sourceContactId": "s", "candidateContactId": "c"});
        let stub =
            Stub { server, review: Arc::new(Mutex::new(review)), contacts: Arc::new(Mutex::new(contacts)) };
        let review = stub.review.clone();
        Mock::given(method("GET"))
            .and(path("/api/contacts/dedup-reviews/r"))
            .respond_with(move |_: &Request| {
                json_answer(200, &json!({"success": true, "data": *review.lock().unwrap()}))
            })
            .mount(&stub.server)
            .await;
        let contacts = stub.contacts.clone();
        Mock::given(method("GET"))
            .and(path_regex("^/api/contacts/[sc]$"))
            .respond_with(move |request: &Request| {
                let id = request.url.path().rsplit('/').next().unwrap();
                json_answer(200, &json!({"data": contacts.lock().unwrap()[id]}))
            })
            .mount(&stub.server)
            .await;
        stub
    }

    /// Answers every change like this.
    pub async fn answer_changes(&self, answer: ResponseTemplate) {
        Mock::given(method("PATCH")).respond_with(answer).mount(&self.server).await;
    }

    /// Answers this many changes like this; those after them like what is told next.
    pub async fn answer_first_changes(&self, times: u64, answer: ResponseTemplate) {
        Mock::given(method("PATCH")).respond_with(answer).up_to_n_times(times).mount(&self.server).await;
    }

    /// The server has no list of reviews and no single ones, and says so like this; it shows contacts and what is
    /// pending of them.
    pub async fn take_review_route_away(&self, answer: ResponseTemplate) {
        Mock::given(method("GET"))
            .and(path_regex("^/api/contacts/dedup-reviews"))
            .respond_with(answer)
            .with_priority(1)
            .mount(&self.server)
            .await;
        let contacts = self.contacts.clone();
        Mock::given(path("/api/contacts"))
            .respond_with(move |_: &Request| {
                let contacts = contacts.lock().unwrap();
                json_answer(200, &json!({"data": [contacts["s"], contacts["c"]]}))
            })
            .mount(&self.server)
            .await;
        let review = self.review.clone();
        Mock::given(path_regex("^/api/contacts/[sc]/dedup-reviews/pending$"))
            .respond_with(move |_: &Request| {
                let review = review.lock().unwrap();
                let open = review["status"] == "needs_review";
                let pending: Vec<Value> = open.then(|| review.clone()).into_iter().collect();
                json_answer(200, &json!({"success": true, "data": pending}))
            })
            .mount(&self.server)
            .await;
    }

    /// The review as the admin sees it, with both contacts.
    pub fn seen(&self) -> Review {
        let mut document = self.review.lock().unwrap().clone();
        for (side, id) in [("sourceContactId", "s"), ("candidateContactId", "c")] {
            document[side] = self.contacts.lock().unwrap()[id].clone();
        }
        Review::from(&serde_json::from_value::<DedupReviewDto>(document).unwrap())
    }

    /// Somebody resolves the review.
    pub fn resolve(&self, status: &str, op_id: Option<&str>) {
        let mut review = self.review.lock().unwrap();
        review["status"] = json!(status);
        review["resolution"] = json!({"cleaveOpId": op_id});
        review["resolvedBy"] = json!({"_id": "u", "fullName": "Una Other"});
    }

    /// Sets a field of the review.
    pub fn set(&self, field: &str, value: Value) {
        self.review.lock().unwrap()[field] = value;
    }

    /// Somebody changes a contact.
    pub fn change_contact(&self, id: &str, field: &str, value: &str) {
        self.contacts.lock().unwrap()[id][field] = json!(value);
    }

    /// How many changes have arrived.
    pub async fn changes(&self) -> usize {
        let requests = self.server.received_requests().await.unwrap();
        requests.iter().filter(|request| request.method.as_str() == "PATCH").count()
    }
}
