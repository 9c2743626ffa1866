//! Sent, and answered.

use std::time::Duration;

use cleave_core::outbox::{Hold, State};
use cleave_store::Written;
use serde_json::json;

use super::shared::{FREE, Shared, plan, status};

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_effect_as_predicted_and_says_so() {
    for number in [Some(FREE), None] {
        let it = Shared::new().await;
        let entry = it.decide(number);
        let moved = it.trial.bench.moved().await;
        assert_eq!(it.outcome(&entry).await, (State::Applied, 1, 1), "{}", it.trial.bench.reason(&entry));
        let receipt = it.trial.bench.store.entry_head(&entry.op_id).unwrap().receipt.unwrap();
        assert_eq!((receipt.counters.len(), receipt.was_read()), (6, true));
        let wrong = receipt.counters.iter().chain(&receipt.contacts).filter(|line| !line.same);
        let wrong: Vec<_> = wrong.map(|line| serde_json::to_value(line).unwrap()).collect();
        assert!(receipt.is_as_predicted(), "{wrong:?}");
        let new_id = receipt.new_contact_id.unwrap();
        assert_eq!(moved.contact_ids, [it.seen.contact.id.clone(), new_id.clone()]);
        let store = &it.trial.bench.store;
        let cached = store.subject(&new_id).unwrap().unwrap();
        assert_eq!(cached.subject.contact.text("firstName").as_deref(), Some("Janet"));
        let kept = store.subject(&it.seen.contact.id).unwrap().unwrap();
        assert!(kept.subject.notes.len() < it.seen.notes.len());
        it.trial.service.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exactly_the_bytes_that_were_decided_are_sent() {
    let it = Shared::new().await;
    let entry = it.decide(Some(FREE));
    it.trial.bench.moved().await;
    let request = &entry.decision.separation().unwrap().request;
    let hash = {
        use sha2::{Digest, Sha256};
        let bytes = serde_json::to_vec(request).unwrap();
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let attempts = it.trial.bench.store.attempts(&entry.op_id).unwrap();
    assert_eq!((attempts[0].body_hash.as_str(), attempts[0].written), (hash.as_str(), Written::Answered));
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_names_its_field_and_changes_nothing() {
    let it = Shared::new().await;
    let entry = it.decide(Some("+1"));
    it.trial.bench.moved().await;
    assert_eq!(it.outcome(&entry).await, (State::Refused, 1, 0));
    let refused = it.trial.bench.store.entry(&entry.op_id).unwrap();
    assert_eq!(refused.refused_at.as_deref(), Some("phoneNumber.new"));
    assert!(refused.reason.contains("The server says: fieldSplit.phoneNumber.new"), "{}", refused.reason);
    assert!(refused.receipt.is_none());
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_of_answers() {
    let done = |original: &str, new: &str| json!({"success": true, "data": {"originalContactId": original, "newContactId": new}});
    let it = Shared::new().await;
    let ours = it.seen.contact.id.clone();
    let answer =
        |status, body| cleave_service::FaultKind::Status { status, body, retry_after: None, location: None };
    let cases = [
        ("another contact", answer(200, Some(done("x", "n"))), State::Uncertain),
        ("nothing new", answer(200, Some(done(&ours, &ours))), State::Uncertain),
        ("no success", answer(200, Some(json!({"success": false}))), State::Uncertain),
        ("a page", cleave_service::FaultKind::Html { status: 200 }, State::Uncertain),
        ("a conflict", answer(409, None), State::Uncertain),
        ("a portal", cleave_service::FaultKind::Html { status: 400 }, State::Uncertain),
        ("broken", answer(500, None), State::Uncertain),
        ("refused", answer(422, None), State::Refused),
        ("missing", answer(404, None), State::NeedsPerson),
        ("forbidden", answer(403, None), State::Queued(Hold::Auth)),
        ("slow down", answer(429, None), State::Queued(Hold::Backoff)),
        ("redirected", answer(307, None), State::Queued(Hold::ServerPaused)),
    ];
    for (name, kind, expected) in cases {
        // One service for all: each case has a contact, a plan and a store of its own, and nothing takes effect.
        let bench = it.trial.another_bench();
        let entry = bench.separate(&it.seen, plan(&it.seen, Some(FREE)));
        it.fault(kind);
        bench.moved().await;
        assert_eq!(bench.state(&entry), expected, "{name}: {}", bench.reason(&entry));
        assert_eq!(bench.store.entry(&entry.op_id).unwrap().attempts, 1, "{name}");
        it.trial.service.faults().unwrap().clear();
    }
    assert_eq!(it.trial.contacts().await, it.contacts);
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_is_asked_for_is_kept_though_the_outcome_is_unknown() {
    let it = Shared::new().await;
    let entry = it.decide(Some(FREE));
    it.fault(status(503, Some("100")));
    it.trial.bench.moved().await;
    assert_eq!(it.trial.bench.state(&entry), State::Uncertain);
    let step = it.trial.bench.sender.step().await.unwrap();
    assert_eq!(step, cleave_sync::Step::Idle { wait: Some(Duration::from_secs(100)) });
    it.trial.bench.run_for(Duration::from_secs(900)).await;
    assert_eq!(it.outcome(&entry).await, (State::Applied, 2, 1), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}
