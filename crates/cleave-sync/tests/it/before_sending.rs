//! What is found before anything is sent.

use cleave_core::decision::Decision;
use cleave_core::outbox::{Hold, State};
use serde_json::json;

use crate::bench::{Bench, session};
use crate::stub::{Stub, json_answer, page};

type Meanwhile = fn(&Stub);

async fn ready() -> (Stub, Bench) {
    let stub = Stub::start().await;
    stub.answer_changes(json_answer(200, &json!({"success": true}))).await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    (stub, bench)
}

#[tokio::test]
async fn the_table_of_what_may_have_happened_meanwhile() {
    let cases: [(&str, Meanwhile, State); 5] = [
        ("nothing", |_| {}, State::Applied),
        ("a field", |stub| stub.change_contact("s", "email", "new@example.org"), State::Conflict),
        ("a new field", |stub| stub.change_contact("c", "company", "Acme"), State::Conflict),
        ("the same decision", |stub| stub.resolve("merged", None), State::AppliedElsewhere),
        ("the opposite one", |stub| stub.resolve("kept_separate", Some("theirs")), State::Conflict),
    ];
    for (name, meanwhile, expected) in cases {
        let (stub, bench) = ready().await;
        let entry = bench.merge(&stub.seen());
        meanwhile(&stub);
        bench.moved().await;
        assert_eq!(bench.state(&entry), expected, "{name}");
        assert_eq!(stub.changes().await, usize::from(expected == State::Applied), "{name}");
    }
}

#[tokio::test]
async fn a_conflict_says_who_and_how() {
    let (stub, bench) = ready().await;
    let entry = bench.merge(&stub.seen());
    stub.resolve("kept_separate", None);
    bench.moved().await;
    assert_eq!(bench.reason(&entry), "Una Other kept this pair separate before this was sent.");
}

#[tokio::test]
async fn our_own_mark_is_recognised_by_a_database_that_forgot() {
    let (stub, bench) = ready().await;
    let entry = bench.merge(&stub.seen());
    stub.resolve("merged", Some(&entry.op_id));
    bench.moved().await;
    assert_eq!((bench.state(&entry), stub.changes().await), (State::Applied, 0));
}

#[tokio::test]
async fn a_review_of_another_organisation_is_never_sent() {
    let stub = Stub::start().await;
    stub.answer_changes(json_answer(200, &json!({"success": true}))).await;
    let bench = Bench::of(&stub.server.uri(), session("t", None), Some("ours"));
    let mut seen = stub.seen();
    seen.organization_id = Some("theirs".into());
    let entry = bench.merge(&seen);
    stub.set("organizationId", json!("theirs"));
    bench.moved().await;
    bench.sender.rehearse(&entry.op_id).await.unwrap();
    assert_eq!((bench.state(&entry), stub.changes().await), (State::Queued(Hold::WrongAccount), 0));
    assert!(bench.store.review("r").unwrap().is_none(), "it was kept");
}

#[tokio::test]
async fn a_server_without_one_review_is_asked_for_the_pending_ones_whatever_it_answers_instead() {
    let pages = [json_answer(404, &json!({"error": "Not found"})), json_answer(405, &json!({})), page(404)];
    for (number, lacking) in pages.into_iter().enumerate() {
        let (stub, bench) = ready().await;
        stub.take_review_route_away(lacking).await;
        bench.puller.pull_all(|_| {}).await.unwrap();
        bench.puller.pull_review("r").await.unwrap();
        assert!(bench.store.review("r").unwrap().unwrap().open, "{number}: opened");
        let entry = bench.merge(&stub.seen());
        bench.moved().await;
        let state = bench.state(&entry);
        assert_eq!((state, stub.changes().await), (State::Applied, 1), "{number}: {}", bench.reason(&entry));
    }
}

#[tokio::test]
async fn a_review_that_neither_route_shows_is_gone() {
    let (stub, bench) = ready().await;
    bench.puller.pull_review("r").await.unwrap();
    let entry = bench.merge(&stub.seen());
    stub.take_review_route_away(json_answer(404, &json!({"error": "Not found"}))).await;
    stub.resolve("merged", None);
    bench.moved().await;
    assert_eq!((bench.state(&entry), stub.changes().await), (State::NeedsPerson, 0));
}

#[tokio::test]
async fn keep_separate_goes_its_own_way_with_its_note_and_mark() {
    let (stub, bench) = ready().await;
    let entry = bench.decide(&stub.seen(), Decision::KeepSeparate { note: Some("twins".into()) }, &[]);
    bench.moved().await;
    assert_eq!(bench.state(&entry), State::Applied);
    let requests = stub.server.received_requests().await.unwrap();
    let sent = requests.iter().find(|request| request.method.as_str() == "PATCH").unwrap();
    assert_eq!(sent.url.path(), "/api/contacts/dedup-reviews/r/keep-separate");
    let body: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(body, json!({"resolution": {"cleaveOpId": entry.op_id, "note": "twins"}}));
    assert_eq!(sent.headers.get("authorization").unwrap(), "Bearer t");
    assert!(sent.headers.get("cookie").is_none() && sent.headers.get("referer").is_none());
}

#[tokio::test]
async fn what_the_server_made_of_it_is_compared_with_the_prediction() {
    let stub = Stub::start().await;
    let target = json!({"_id": "c", "firstName": "Anne", "email": "anne@example.org"});
    stub.answer_changes(json_answer(200, &json!({"success": true, "targetContact": target}))).await;
    let bench = Bench::at(&stub.server.uri(), session("t", None));
    let decision =
        Decision::Merge { choices: [("email".into(), cleave_core::field::Side::Source)].into(), note: None };
    let predicted = [("email", Some("ann@example.org")), ("firstName", Some("Anne"))];
    let entry = bench.decide(&stub.seen(), decision, &predicted);
    bench.moved().await;
    let differences = bench.store.entry_head(&entry.op_id).unwrap().differences;
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0].path, "email");
    assert_eq!(differences[0].actual.as_deref(), Some("anne@example.org"));
}
