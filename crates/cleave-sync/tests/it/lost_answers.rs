//! Requests of which nobody knows what became, until the server shows it.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use cleave_core::decision::Decision;
use cleave_core::outbox::{Hold, State};
use cleave_store::Written;
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::bench::{Bench, session};
use crate::stub::{Stub, json_answer};

const DAY: Duration = Duration::from_secs(24 * 3600);

fn hang() -> ResponseTemplate {
    json_answer(200, &json!({"success": true})).set_delay(Duration::from_secs(30))
}

async fn uncertain() -> (Stub, Bench, cleave_store::Entry) {
    let stub = Stub::start().await;
    stub.answer_first_changes(1, hang()).await;
    stub.answer_changes(json_answer(200, &json!({"success": true}))).await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let entry = bench.merge(&stub.seen());
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Uncertain);
    assert_eq!(bench.store.attempts(&entry.op_id).unwrap()[0].written, Written::MaybeWritten);
    (stub, bench, entry)
}

#[tokio::test]
async fn a_late_commit_is_found_by_its_mark_and_never_doubled() {
    let (stub, bench, entry) = uncertain().await;
    bench.run_for(Duration::from_secs(200)).await;
    assert_eq!((bench.state(&entry), stub.changes().await), (State::Uncertain, 1));
    stub.resolve("merged", Some(&entry.op_id));
    bench.run_for(Duration::from_secs(100)).await;
    assert_eq!((bench.state(&entry), stub.changes().await), (State::Applied, 1));
}

#[tokio::test]
async fn what_did_not_happen_is_sent_again_after_the_quarantine_and_not_before() {
    let (stub, bench, entry) = uncertain().await;
    bench.run_for(Duration::from_secs(389)).await;
    assert_eq!((bench.state(&entry), stub.changes().await), (State::Uncertain, 1));
    bench.run_for(Duration::from_secs(60)).await;
    assert_eq!((bench.state(&entry), stub.changes().await), (State::Applied, 2));
}

#[tokio::test]
async fn somebody_elses_outcome_settles_it_too() {
    for (status, expected) in [("merged", State::AppliedElsewhere), ("kept_separate", State::Conflict)] {
        let (stub, bench, entry) = uncertain().await;
        stub.resolve(status, Some("theirs"));
        bench.run_for(Duration::from_secs(60)).await;
        assert_eq!((bench.state(&entry), stub.changes().await), (expected, 1), "{status}");
    }
}

#[tokio::test]
async fn an_outcome_without_a_mark_is_not_said_to_be_somebody_elses() {
    let stub = Stub::start().await;
    stub.answer_changes(hang()).await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let decision =
        Decision::Merge { choices: [("email".into(), cleave_core::field::Side::Source)].into(), note: None };
    let entry = bench.decide(&stub.seen(), decision, &[("email", Some("ann@example.org"))]);
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Uncertain);
    stub.resolve("merged", None);
    bench.run_for(Duration::from_secs(60)).await;
    let settled = bench.store.entry(&entry.op_id).unwrap();
    assert_eq!((settled.state, stub.changes().await), (State::AppliedElsewhere, 1));
    let told = "The server shows the outcome you decided; whether by this decision cannot be told.";
    assert_eq!(settled.reason, told);
    assert_eq!(settled.differences.len(), 1, "the survivor was not compared");
    assert_eq!(settled.differences[0].actual.as_deref(), Some("anne@example.org"));
}

#[tokio::test]
async fn another_mark_is_somebody_elses_even_after_a_lost_answer() {
    let (stub, bench, entry) = uncertain().await;
    stub.resolve("merged", Some("theirs"));
    bench.run_for(Duration::from_secs(60)).await;
    assert_eq!(bench.reason(&entry), "Una Other had decided the same before.");
}

#[tokio::test]
async fn a_409_is_looked_into_at_once() {
    for (op_id, status, expected) in [
        ("ours", "merged", State::Applied),
        ("theirs", "merged", State::AppliedElsewhere),
        ("theirs", "kept_separate", State::Conflict),
    ] {
        let stub = Stub::start().await;
        stub.answer_changes(json_answer(409, &json!({"error": "Review already resolved"}))).await;
        let bench = Bench::at(&stub.server.uri(), session("t", None));
        let entry = bench.merge(&stub.seen());
        let mark = if op_id == "ours" { entry.op_id.clone() } else { op_id.to_owned() };
        // Resolved after the check and before the change arrives.
        let resolve = (status, mark.as_str());
        let stub_after_check = &stub;
        let telling = |_| {
            if bench.state(&entry) == State::Sending {
                stub_after_check.resolve(resolve.0, Some(resolve.1));
            }
        };
        bench.sender.step_telling(&telling).await.unwrap();
        assert_eq!((bench.state(&entry), stub.changes().await), (expected, 1), "{op_id} {status}");
    }
}

#[tokio::test]
async fn a_refusal_after_a_lost_answer_is_no_refusal() {
    let stub = Stub::start().await;
    stub.answer_first_changes(1, hang()).await;
    stub.answer_changes(json_answer(400, &json!({"error": "no"}))).await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let entry = bench.merge(&stub.seen());
    bench.moved().await;
    bench.run_for(Duration::from_secs(400)).await;
    assert_eq!((bench.state(&entry), stub.changes().await), (State::Uncertain, 2));
    bench.run_for(DAY).await;
    assert_eq!(bench.state(&entry), State::NeedsPerson, "not for ever");
    assert_eq!(stub.changes().await, 5);
}

#[tokio::test]
async fn a_review_that_vanishes_needs_a_person_but_not_at_once() {
    let (stub, bench, entry) = uncertain().await;
    stub.server.reset().await;
    bench.run_for(Duration::from_secs(300)).await;
    assert_eq!(bench.state(&entry), State::Uncertain);
    bench.run_for(Duration::from_secs(400)).await;
    assert_eq!(bench.state(&entry), State::NeedsPerson);
}

#[tokio::test]
async fn a_review_that_can_never_be_read_ends_before_a_person() {
    for status in [403, 500] {
        let (stub, bench, entry) = uncertain().await;
        stub.server.reset().await;
        wiremock::Mock::given(wiremock::matchers::any())
            .respond_with(json_answer(status, &json!({"error": "no"})))
            .mount(&stub.server)
            .await;
        bench.run_for(Duration::from_secs(359)).await;
        assert_eq!(bench.state(&entry), State::Uncertain, "{status}: not within the quarantine");
        bench.run_for(DAY).await;
        assert_eq!(bench.state(&entry), State::NeedsPerson, "{status}");
        assert!(bench.reason(&entry).starts_with("It was sent, and what became of it cannot be read."));
        assert!(stub.server.received_requests().await.unwrap().len() < 60, "{status}");
    }
}

#[tokio::test]
async fn an_answer_cut_short_proves_nothing() {
    let stub = Stub::start().await;
    let seen = stub.seen();
    let (listener, upstream) = (TcpListener::bind("127.0.0.1:0").unwrap(), stub.server.address().to_owned());
    let url = format!("http://{}", listener.local_addr().unwrap());
    // Passes readings on, and cuts the answer to a change in the middle of its body.
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            let mut client = connection.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") {
                if client.read(&mut byte).unwrap_or(0) == 0 {
                    break;
                }
                head.push(byte[0]);
            }
            if head.starts_with(b"PATCH") {
                client.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"succ").unwrap();
            } else if head.starts_with(b"GET") {
                let head =
                    String::from_utf8(head).unwrap().replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
                let mut server = std::net::TcpStream::connect(upstream).unwrap();
                server.write_all(head.as_bytes()).unwrap();
                std::io::copy(&mut server, &mut client).unwrap();
            }
        }
    });
    let bench = Bench::at(&url, session("t", None));
    let entry = bench.merge(&seen);
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Uncertain);
}

#[tokio::test]
async fn a_sender_that_is_stopped_in_the_middle_leaves_something_uncertain() {
    let stub = Stub::start().await;
    stub.answer_changes(hang()).await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let entry = bench.merge(&stub.seen());
    let cut = tokio::time::timeout(Duration::from_millis(700), bench.sender.step()).await;
    assert!(cut.is_err());
    assert_eq!(bench.state(&entry), State::Sending);
    bench.sender.step().await.unwrap();
    assert_eq!(bench.state(&entry), State::Uncertain);
    let last = bench.store.transitions(&entry.op_id).unwrap();
    assert!(
        last.iter().all(|change| change.to != State::Queued(Hold::None) || change.from != State::Sending)
    );
}
