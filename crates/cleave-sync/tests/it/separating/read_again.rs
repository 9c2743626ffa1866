//! The contacts of a separation that took effect, where they could not be read right then.

use std::time::Duration;

use cleave_core::outbox::State;
use cleave_service::{Fault, FaultKind};
use cleave_store::Entry;
use cleave_sync::Step;

use super::shared::{FREE, Shared};
use crate::bench::Bench;

/// A separation that took effect when nothing could be read any more.
async fn separated() -> (Shared, Entry) {
    let it = Shared::new().await;
    let entry = it.decide(Some(FREE));
    // The check before it is sent reads the contact.
    it.trial.arm(Fault {
        method: Some("GET".into()),
        path: "/api/contacts/*/separation-data".into(),
        skip: 1,
        times: None,
        kind: FaultKind::Drop,
    });
    it.trial.bench.moved().await;
    assert_eq!(seen(&it.trial.bench, &entry), (State::Applied, 1, false));
    (it, entry)
}

/// State, attempts, and whether both contacts were read.
fn seen(bench: &Bench, entry: &Entry) -> (State, u32, bool) {
    let now = bench.store.entry_head(&entry.op_id).unwrap();
    (now.state, now.attempts, now.receipt.is_some_and(|receipt| receipt.was_read()))
}

async fn idle(bench: &Bench) -> Option<Duration> {
    match bench.sender.step().await.unwrap() {
        Step::Idle { wait } => wait,
        Step::Moved(moved) => panic!("{moved:?} moved"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn they_are_read_when_the_server_is_back_and_nothing_else_changes() {
    let (it, entry) = separated().await;
    let bench = &it.trial.bench;
    let before = bench.store.entry_head(&entry.op_id).unwrap();
    let steps = bench.store.transitions(&entry.op_id).unwrap().len();
    for seconds in [4, 8] {
        assert_eq!(idle(bench).await, Some(Duration::from_secs(seconds)));
        bench.clock.advance(Duration::from_secs(seconds));
    }
    it.trial.service.faults().unwrap().clear();
    let moved = bench.moved().await;
    let after = bench.store.entry_head(&entry.op_id).unwrap();
    let receipt = after.receipt.unwrap();
    assert!(receipt.was_read() && receipt.is_as_predicted());
    assert_eq!(moved.op_ids, std::slice::from_ref(&entry.op_id));
    assert_eq!(moved.contact_ids, [it.seen.contact.id.clone(), receipt.new_contact_id.unwrap()]);
    assert_eq!(
        (after.state, after.changed_at, after.reason, after.attempts),
        (before.state, before.changed_at, before.reason, before.attempts)
    );
    assert_eq!(bench.store.transitions(&entry.op_id).unwrap().len(), steps);
    assert_eq!(idle(bench).await, None);
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_network_that_is_back_does_not_wait_and_a_server_that_never_answers_is_left_alone() {
    let (it, entry) = separated().await;
    let bench = &it.trial.bench;
    assert_eq!(idle(bench).await, Some(Duration::from_secs(4)));
    bench.sender.wake();
    assert_eq!(idle(bench).await, Some(Duration::from_secs(8)), "it was not tried at once");
    bench.run_for(Duration::from_secs(3600)).await;
    let struck = it.trial.struck();
    assert_eq!(idle(bench).await, None);
    bench.sender.wake();
    assert_eq!((idle(bench).await, it.trial.struck()), (None, struck), "it goes on for ever");
    assert_eq!(seen(bench, &entry), (State::Applied, 1, false));
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_process_left_the_next_one_reads() {
    let (it, entry) = separated().await;
    let trial = it.trial;
    let bench = trial.bench.restarted();
    trial.service.faults().unwrap().clear();
    let Step::Moved(moved) = bench.sender.step().await.unwrap() else { panic!("nothing was read") };
    assert_eq!((moved.op_ids.as_slice(), moved.contact_ids.len()), (&[entry.op_id.clone()][..], 2));
    assert_eq!(seen(&bench, &entry), (State::Applied, 1, true));
    assert_eq!(idle(&bench).await, None);
    trial.service.shutdown().await;
}
