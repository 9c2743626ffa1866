//! A server that goes away, comes back, or loses an answer.

use std::sync::{Arc, Mutex};

use cleave_app::SyncOrder;
use cleave_app::ipc::{Connection, ErrorCode, LeaveHow, OutboxHold, OutboxState};
use cleave_service::{Fault, FaultKind};

use crate::world::{OP, World, decide, first_id, keep, merge, sent};

#[tokio::test]
async fn a_decision_waits_for_the_server_and_is_sent_when_it_is_back() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    let view = app.review(&id).await.unwrap();
    world.stop().await;
    app.decide(crate::world::request(OP, &view, merge(&[]))).await.unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.hold), (OutboxState::Queued, OutboxHold::Offline), "{}", entry.reason);
    assert_eq!(app.open(|_| {}).await.unwrap().status.connection, Connection::Offline);
    let pull = SyncOrder { pull: true, ..SyncOrder::default() };
    assert_eq!(app.sync(pull).await.unwrap_err().code, ErrorCode::Unreachable);
    let status = app.open(|_| {}).await.unwrap().status;
    assert!(status.trouble.is_some() && !status.syncing);

    world.come_back().await;
    app.retry(OP).await.unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!(entry.state, OutboxState::Applied, "{}", entry.reason);
    assert_eq!(world.client().await.review(&id).await["resolution"]["cleaveOpId"], OP);
    assert_eq!(app.open(|_| {}).await.unwrap().status.connection, Connection::Online);
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_what_the_server_shows() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    let lost = Fault::once("PATCH", "/api/contacts/dedup-reviews/*/keep-separate", FaultKind::LoseAnswer);
    world.faults().add(lost).unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.attempts), (OutboxState::Applied, 1), "{}", entry.reason);
}

#[tokio::test]
async fn a_decision_outlives_the_process() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    app.shutdown().await.unwrap();

    let app = world.app().await;
    assert_eq!(app.open(|_| {}).await.unwrap().outbox[0].op_id, OP);
    assert_eq!(sent(&app, OP).await.state, OutboxState::Applied);
    assert_eq!(world.client().await.review(&id).await["status"], "kept_separate");
}

#[tokio::test]
async fn a_decision_waits_for_signing_in() {
    let world = World::start().await;
    let app = world.loaded().await;
    let account = app.in_use().unwrap().id;
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    app.sign_out_with(&account, LeaveHow::Keep).await.unwrap();
    app.use_account(&account).await.unwrap();
    let waiting = app.outbox_entry(OP).await.unwrap();
    assert_eq!((waiting.state, waiting.can_withdraw), (OutboxState::Queued, true));
    assert!(waiting.reason.contains("sign in"), "{}", waiting.reason);
    app.connect(world.as_admin(), false).await.unwrap();
    assert_eq!(sent(&app, OP).await.state, OutboxState::Applied);
}

#[tokio::test]
async fn a_session_that_ends_is_said_and_holds_decisions_until_signing_in() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&told);
    app.open(move |changes| sink.lock().unwrap().push(changes)).await.unwrap();
    let over = FaultKind::Status { status: 401, body: None, retry_after: None, location: None };
    let every = Fault { method: None, path: "/api/**".into(), skip: 0, times: None, kind: over };
    world.faults().add(every).unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.hold), (OutboxState::Queued, OutboxHold::Auth), "{}", entry.reason);
    assert!(!app.in_use().unwrap().signed_in);
    assert!(told.lock().unwrap().iter().any(|changes| changes.reopen), "nobody was told to open again");

    world.faults().clear();
    assert!(app.connect(world.as_admin(), false).await.unwrap().signed_in);
    assert_eq!(sent(&app, OP).await.state, OutboxState::Applied);
}
