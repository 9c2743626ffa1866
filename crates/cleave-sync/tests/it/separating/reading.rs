//! Reading a contact for its separation: what is asked for, and what is made of odd answers.

use std::sync::Mutex;

use cleave_core::outbox::State;
use cleave_core::separation::{ChildKind, Edit, SeparationPlan, Target};
use serde_json::{Value, json};
use wiremock::matchers::{body_partial_json, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::bench::{Bench, session};
use crate::service::Trial;
use crate::stub::json_answer;

const MANY: usize = 200;

fn conversation(at: usize) -> Value {
    json!({"_id": format!("k{at}"), "organizationId": "o", "channelType": "sms", "messageCount": 1,
        "lastMessageTime": "2026-03-01T09:00:00.000Z"})
}

async fn serving(conversations: Vec<Value>) -> MockServer {
    let server = MockServer::start().await;
    let contact = json!({"_id": "c", "firstName": "Ann", "organizationId": "o"});
    let data = json!({"success": true, "data": {"contact": contact, "conversations": conversations,
        "applications": [], "contactNotes": [], "reminders": [], "trainingSnapshots": []}});
    let gets = [
        ("/api/contacts/c", json!({"data": contact})),
        ("/api/contacts/c/separation-data", data),
        ("/api/contacts/c/documents", json!({"success": true, "data": []})),
        ("/api/contacts/c/protection-status", json!({"success": true, "data": {"isProtected": false}})),
    ];
    for (at, body) in gets {
        let mock = Mock::given(method("GET")).and(path(at)).respond_with(json_answer(200, &body));
        mock.mount(&server).await;
    }
    Mock::given(method("POST"))
        .and(path("/api/conversation/messages"))
        .respond_with(|request: &wiremock::Request| {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            let id = body["conversationId"].as_str().unwrap();
            let message = json!({"_id": format!("{id}-0"), "conversationId": id, "content": "hi",
                "createdAt": "2026-03-01T09:00:00Z"});
            json_answer(200, &json!({"success": true, "messages": [message], "total": 1}))
        })
        .with_priority(9)
        .mount(&server)
        .await;
    server
}

/// Answers for the messages of one conversation.
async fn odd(server: &MockServer, id: &str, answer: ResponseTemplate) {
    Mock::given(method("POST"))
        .and(path("/api/conversation/messages"))
        .and(body_partial_json(json!({"conversationId": id})))
        .respond_with(answer)
        .with_priority(1)
        .mount(server)
        .await;
}

async fn requests(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

#[tokio::test]
async fn a_contact_with_two_hundred_conversations_takes_one_request_each_and_no_second() {
    let server = serving((0..MANY).map(conversation).collect()).await;
    let bench = Bench::of(&server.uri(), session("t", None), Some("o"));
    let stored = Mutex::new(Vec::new());
    bench
        .puller
        .pull_separation("c", |id| {
            // What is told is on the disk.
            assert!(bench.store.messages(id).unwrap().is_some());
            stored.lock().unwrap().push(id.to_owned());
        })
        .await
        .unwrap();
    let stored = stored.into_inner().unwrap().len();
    assert_eq!((stored, requests(&server).await), (MANY, MANY + 4));
    let cached = bench.store.subject("c").unwrap().unwrap();
    assert!(cached.unread.is_empty() && cached.subject.incomplete.is_empty());
    bench.puller.pull_separation("c", |id| panic!("{id} was read again")).await.unwrap();
    assert_eq!(requests(&server).await, MANY + 8);
}

#[tokio::test]
async fn a_conversation_that_cannot_be_read_stays_unread_and_one_of_others_is_refused() {
    let mut conversations: Vec<Value> = (0..6).map(conversation).collect();
    conversations[5]["organizationId"] = json!("another");
    let server = serving(conversations).await;
    odd(&server, "k0", json_answer(403, &json!({"error": "no"}))).await;
    odd(&server, "k1", json_answer(200, &json!({"success": true}))).await;
    odd(&server, "k2", json_answer(200, &json!({"messages": [], "total": 40}))).await;
    let astray = json!({"messages": [{"_id": "m", "conversationId": "k4"}]});
    odd(&server, "k3", json_answer(200, &astray)).await;
    let bench = Bench::of(&server.uri(), session("t", None), Some("o"));
    bench.puller.pull_separation("c", |_| {}).await.unwrap();
    let cached = bench.store.subject("c").unwrap().unwrap();
    for id in ["k0", "k1", "k2", "k3"] {
        assert!(cached.unread.iter().any(|unread| unread == id), "{id}");
    }
    assert_eq!(bench.store.messages("k4").unwrap().unwrap().len(), 1);
    assert!(cached.subject.conversation("k5").is_none(), "another organisation's");
    assert!(!cached.subject.incomplete.is_empty(), "a list that had a foreign record is not whole");
}

#[tokio::test]
async fn a_record_of_others_that_is_never_shown_is_no_conflict() {
    let mut conversations: Vec<Value> = (0..3).map(conversation).collect();
    conversations[2]["organizationId"] = json!("another");
    let server = serving(conversations).await;
    let bench = Bench::of(&server.uri(), session("t", None), Some("o"));
    bench.puller.pull_separation("c", |_| {}).await.unwrap();
    let seen = bench.store.subject("c").unwrap().unwrap().subject;
    let mut decided = SeparationPlan::start(&seen);
    for id in ["k0", "k1"] {
        let (kind, id, to) = (ChildKind::Conversation, id.to_owned(), Target::New.into());
        decided.apply(Edit::Assign { kind, id, to }).unwrap();
    }
    let entry = bench.separate(&seen, decided);
    bench.moved().await;
    assert_ne!(bench.state(&entry), State::Conflict, "{}", bench.reason(&entry));
}

#[tokio::test]
async fn a_server_without_messages_is_asked_once_or_a_few_times() {
    let server = serving((0..MANY).map(conversation).collect()).await;
    Mock::given(path("/api/conversation/messages"))
        .respond_with(json_answer(405, &json!({})))
        .with_priority(1)
        .mount(&server)
        .await;
    let bench = Bench::of(&server.uri(), session("t", None), Some("o"));
    bench.puller.pull_separation("c", |_| {}).await.unwrap();
    assert!(requests(&server).await < 30, "{}", requests(&server).await);
    assert_eq!(bench.store.subject("c").unwrap().unwrap().unread.len(), MANY);
}

#[tokio::test]
async fn a_contact_that_is_not_there_is_told_with_few_questions() {
    let server = MockServer::start().await;
    let bench = Bench::of(&server.uri(), session("t", None), Some("o"));
    let error = bench.puller.pull_separation("c", |_| {}).await.unwrap_err();
    assert!(
        matches!(error, cleave_sync::SyncError::Read(failure) if failure.class == cleave_sync::ReadClass::NotFound)
    );
    assert_eq!(requests(&server).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_are_found_at_the_server_and_stored() {
    let trial = Trial::start().await;
    let list = trial.get("/api/contacts?ownerFilter=all&size=1").await;
    let (id, name) =
        (list["data"][0]["_id"].as_str().unwrap(), list["data"][0]["lastName"].as_str().unwrap());
    let found = trial.bench.puller.search_contacts(name, 5).await.unwrap();
    assert!(found.contains(&id.to_owned()) && found.len() <= 5);
    assert!(trial.bench.store.contact(id).unwrap().is_some());
    assert!(trial.bench.puller.search_contacts("  ", 5).await.unwrap().is_empty());
    let foreign = trial.bench_of(Some("another"));
    assert!(foreign.puller.search_contacts(name, 5).await.unwrap().is_empty());
    trial.service.shutdown().await;
}
