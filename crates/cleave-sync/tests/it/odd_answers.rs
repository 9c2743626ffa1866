//! One table of answers to a change, and what each makes of the entry.

use std::time::Duration;

use cleave_core::outbox::{Hold, State};
use cleave_store::Written;
use cleave_sync::Reach;
use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::bench::{Bench, session};
use crate::stub::{Stub, json_answer, page};

#[tokio::test]
async fn the_table_of_answers() {
    let done =
        json!({"success": true, "data": {"_id": "r", "status": "merged"}, "targetContact": {"_id": "c"}});
    let cases = [
        ("done", json_answer(200, &done), State::Applied),
        ("a page with 200", page(200), State::Uncertain),
        ("no success", json_answer(200, &json!({"success": false, "message": "no"})), State::Uncertain),
        (
            "another review",
            json_answer(200, &json!({"success": true, "data": {"_id": "x"}})),
            State::Uncertain,
        ),
        ("refused", json_answer(400, &json!({"error": "email is no address"})), State::Refused),
        ("a portal", page(400), State::Uncertain),
        ("signed out", json_answer(401, &json!({"error": "expired"})), State::Queued(Hold::Auth)),
        ("forbidden", json_answer(403, &json!({"error": "admins only"})), State::Queued(Hold::Auth)),
        ("missing", json_answer(404, &json!({"error": "Review not found"})), State::NeedsPerson),
        ("slow down", json_answer(429, &json!({"error": "later"})), State::Queued(Hold::Backoff)),
        ("broken", json_answer(500, &json!({"error": "oops"})), State::Uncertain),
        ("gateway", page(504), State::Uncertain),
        ("proxy", json_answer(407, &json!({})), State::Uncertain),
    ];
    for (name, answer, expected) in cases {
        let stub = Stub::start().await;
        stub.answer_changes(answer).await;
        let bench = Bench::at(&stub.server.uri(), session("t", None));
        let entry = bench.merge(&stub.seen());
        bench.moved().await;
        assert_eq!(bench.state(&entry), expected, "{name}");
        assert_eq!(stub.changes().await, 1, "{name}");
        let attempts = bench.store.attempts(&entry.op_id).unwrap();
        let proves = expected != State::Uncertain;
        assert_eq!(attempts[0].written == Written::Answered, proves, "{name}");
        assert!(attempts[0].status.is_some(), "{name}");
        assert!(!bench.store.evidence(&entry.op_id).unwrap().is_empty(), "{name}");
    }
}

#[tokio::test]
async fn the_servers_words_are_shown() {
    let stub = Stub::start().await;
    stub.answer_changes(json_answer(400, &json!({"error": "email is no address"}))).await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let entry = bench.merge(&stub.seen());
    bench.moved().await;
    assert!(bench.reason(&entry).ends_with("The server says: email is no address"));
}

#[tokio::test]
async fn a_redirect_to_another_host_gets_neither_the_token_nor_a_visit() {
    for (status, expected) in [(301, true), (302, false), (303, false), (307, true), (308, true)] {
        let elsewhere = MockServer::start().await;
        let stub = Stub::start().await;
        let away = format!("{}/api/contacts/dedup-reviews/r/merge", elsewhere.uri());
        stub.answer_changes(ResponseTemplate::new(status).insert_header("Location", away.as_str())).await;
        let bench = Bench::at(&stub.server.uri(), session("secret-token", None));
        let entry = bench.merge(&stub.seen());
        bench.moved().await;
        let held = bench.state(&entry) == State::Queued(Hold::ServerPaused);
        assert_eq!(held, expected, "{status}");
        assert!(held || bench.state(&entry) == State::Uncertain);
        assert!(elsewhere.received_requests().await.unwrap().is_empty(), "{status}");
    }
}

#[tokio::test]
async fn a_reading_is_not_redirected_either() {
    let elsewhere = MockServer::start().await;
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(307).insert_header("Location", elsewhere.uri().as_str()))
        .mount(&server)
        .await;
    let bench = Bench::at(&server.uri(), session("secret-token", None));
    bench.puller.pull_review("r").await.unwrap_err();
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_pause_that_is_asked_for_is_kept() {
    let stub = Stub::start().await;
    let later = json_answer(429, &json!({"error": "later"})).insert_header("Retry-After", "40");
    stub.answer_first_changes(1, later).await;
    stub.answer_changes(json_answer(200, &json!({"success": true}))).await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let entry = bench.merge(&stub.seen());
    bench.moved().await;
    bench.run_for(Duration::from_secs(39)).await;
    assert_eq!((bench.state(&entry), stub.changes().await), (State::Queued(Hold::Backoff), 1));
    // Neither a person nor a network that is back ends it.
    bench.store.retry(&entry.op_id, entry.decided_at).unwrap();
    bench.sender.wake();
    bench.run_for(Duration::from_secs(1)).await;
    assert_eq!(stub.changes().await, 1, "sent while the server asked for a pause");
    bench.clock.advance(Duration::from_secs(40));
    bench.moved().await;
    assert_eq!((bench.state(&entry), stub.changes().await), (State::Applied, 2));
}

#[tokio::test]
async fn a_session_that_ends_while_sending_is_renewed_once() {
    let stub = Stub::start().await;
    stub.answer_first_changes(1, json_answer(401, &json!({"error": "expired"}))).await;
    stub.answer_changes(json_answer(200, &json!({"success": true}))).await;
    renewing(&stub.server, 1).await;
    let bench = Bench::at(&stub.server.uri(), session("old", Some("refresh-1")));
    let entry = bench.merge(&stub.seen());
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Queued(Hold::None));
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Applied);
    assert_eq!(bench.store.attempts(&entry.op_id).unwrap().len(), 2);
}

#[tokio::test]
async fn a_fresh_session_that_is_refused_too_is_not_renewed_again_and_holds_every_entry() {
    let stub = Stub::start().await;
    stub.answer_changes(json_answer(401, &json!({"error": "expired"}))).await;
    renewing(&stub.server, 1).await;
    let bench = Bench::at(&stub.server.uri(), session("old", Some("refresh-1")));
    let entry = bench.merge(&stub.seen());
    let mut other = stub.seen();
    other.id = "other".into();
    other.source.id = "x".into();
    other.candidate.id = "y".into();
    let other = bench.merge(&other);
    for waiting in [&entry, &other] {
        bench.store.retry(&waiting.op_id, waiting.decided_at).unwrap();
    }
    bench.moved().await;
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Queued(Hold::Auth));
    assert_eq!(bench.state(&other), State::Queued(Hold::Auth));
    bench.run_for(Duration::from_secs(600)).await;
    assert_eq!(stub.changes().await, 2);
}

#[tokio::test]
async fn a_record_that_may_not_be_read_holds_its_own_decision_only() {
    let stub = Stub::start().await;
    stub.answer_changes(json_answer(200, &json!({"success": true}))).await;
    Mock::given(path("/api/contacts/dedup-reviews/secret"))
        .respond_with(json_answer(403, &json!({"error": "not yours"})))
        .mount(&stub.server)
        .await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let mut secret = stub.seen();
    secret.id = "secret".into();
    secret.source.id = "x".into();
    secret.candidate.id = "y".into();
    let (secret, sound) = (bench.merge(&secret), bench.merge(&stub.seen()));
    let moved = bench.moved().await;
    assert_eq!(moved.reach, Some(Reach::Online));
    let told = "The server does not allow this to your account. The server says: not yours";
    assert_eq!((bench.state(&secret), bench.reason(&secret).as_str()), (State::Queued(Hold::Auth), told));
    bench.moved().await;
    assert_eq!(bench.state(&sound), State::Applied);
}

#[tokio::test]
async fn a_right_that_is_missing_is_not_called_the_end_of_the_session() {
    let stub = Stub::start().await;
    stub.answer_changes(json_answer(403, &json!({}))).await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let mut other = stub.seen();
    other.id = "other".into();
    other.source.id = "x".into();
    other.candidate.id = "y".into();
    let (first, second) = (bench.merge(&stub.seen()), bench.merge(&other));
    for waiting in [&first, &second] {
        bench.store.retry(&waiting.op_id, waiting.decided_at).unwrap();
    }
    let moved = bench.moved().await;
    assert_eq!(moved.reach, Some(Reach::Online));
    for held in [&first, &second] {
        assert_eq!(bench.state(held), State::Queued(Hold::Auth));
        assert_eq!(bench.reason(held), "The server does not allow this to your account.");
    }
}

#[tokio::test]
async fn an_entry_that_the_server_breaks_on_holds_up_no_other_and_a_broken_server_is_given_a_rest() {
    let stub = Stub::start().await;
    stub.answer_changes(json_answer(200, &json!({"success": true}))).await;
    let others: Vec<_> = (0..6)
        .map(|number| {
            let mut seen = stub.seen();
            seen.id = format!("broken{number}");
            seen.source.id = format!("x{number}");
            seen.candidate.id = format!("y{number}");
            seen
        })
        .collect();
    Mock::given(wiremock::matchers::path_regex("dedup-reviews/broken"))
        .respond_with(json_answer(500, &json!({"error": "oops"})))
        .mount(&stub.server)
        .await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let broken = bench.merge(&others[0]);
    let sound = bench.merge(&stub.seen());
    bench.moved().await;
    bench.moved().await;
    assert_eq!((bench.state(&broken), bench.state(&sound)), (State::Queued(Hold::Backoff), State::Applied));
    for other in &others[1..] {
        bench.merge(other);
    }
    let mut steps = 0;
    while matches!(bench.sender.step().await.unwrap(), cleave_sync::Step::Moved(_)) {
        steps += 1;
    }
    assert_eq!(steps, 3, "the third in a row pauses the sender");
}

#[tokio::test]
async fn nothing_listens() {
    let stub = Stub::start().await;
    let seen = stub.seen();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let bench = Bench::at(&format!("http://{free}"), session("t", None));
    let entry = bench.merge(&seen);
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Queued(Hold::Offline));
    assert!(
        bench.store.attempts(&entry.op_id).unwrap().is_empty(),
        "the check failed before anything was sent"
    );
}

/// Gives a new session for `refresh-1`, as often as expected.
async fn renewing(server: &MockServer, times: u64) {
    Mock::given(method("POST"))
        .and(path("/api/auth/refresh"))
        .and(wiremock::matchers::body_json(json!({"refreshToken": "refresh-1"})))
        .respond_with(json_answer(200, &json!({"token": "new", "refreshToken": "refresh-2"})))
        .expect(times)
        .mount(server)
        .await;
}
