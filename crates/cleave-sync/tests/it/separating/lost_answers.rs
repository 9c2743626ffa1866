//! Answers that were lost, before or after the server did it.

use std::time::Duration;

use cleave_core::outbox::State;
use cleave_service::{Fault, FaultKind};
use cleave_sync::Step;

use super::shared::{FREE, Shared, status};

const QUARTER: Duration = Duration::from_secs(900);

async fn uncertain(it: &Shared, guard: Option<&str>, kind: FaultKind) -> cleave_store::Entry {
    let entry = it.decide(guard);
    it.fault(kind);
    it.trial.bench.moved().await;
    assert_eq!(it.trial.bench.state(&entry), State::Uncertain, "{}", it.trial.bench.reason(&entry));
    entry
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_found_and_not_sent_again() {
    for guard in [Some(FREE), None] {
        for kind in
            [FaultKind::LoseAnswer, FaultKind::CutAnswer { bytes: 40 }, FaultKind::Hang { commit: true }]
        {
            let it = Shared::new().await;
            let entry = uncertain(&it, guard, kind.clone()).await;
            let mut moved = it.trial.bench.moved().await;
            if guard.is_none() {
                // It is there, but may be another's, with this request still on its way.
                assert_eq!(it.outcome(&entry).await, (State::Uncertain, 1, 1), "{kind:?}");
                it.trial.bench.run_for(Duration::from_secs(359)).await;
                assert_eq!(it.outcome(&entry).await, (State::Uncertain, 1, 1), "{kind:?}");
                it.trial.bench.clock.advance(Duration::from_secs(60));
                moved = it.trial.bench.moved().await;
            }
            let outcome = it.outcome(&entry).await;
            assert_eq!(
                outcome,
                (State::Applied, 1, 1),
                "{kind:?} {guard:?}: {}",
                it.trial.bench.reason(&entry)
            );
            let receipt = it.trial.bench.store.entry_head(&entry.op_id).unwrap().receipt.unwrap();
            assert!(
                receipt.counters.is_empty() && receipt.was_read() && receipt.is_as_predicted(),
                "{kind:?}"
            );
            assert_eq!(moved.contact_ids, [it.seen.contact.id.clone(), receipt.new_contact_id.unwrap()]);
            it.trial.service.shutdown().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_would_refuse_twice_is_sent_again_once() {
    for kind in [FaultKind::Drop, FaultKind::Html { status: 502 }, FaultKind::Hang { commit: false }] {
        let it = Shared::new().await;
        let entry = uncertain(&it, Some(FREE), kind.clone()).await;
        it.trial.bench.run_for(Duration::from_secs(389)).await;
        assert_eq!(it.outcome(&entry).await, (State::Uncertain, 1, 0), "{kind:?}: not before the quarantine");
        it.trial.bench.run_for(QUARTER).await;
        assert_eq!(
            it.outcome(&entry).await,
            (State::Applied, 2, 1),
            "{kind:?}: {}",
            it.trial.bench.reason(&entry)
        );
        it.trial.service.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nothing_would_stop_is_sent_again_by_a_person_only() {
    let it = Shared::new().await;
    let entry = uncertain(&it, None, FaultKind::Drop).await;
    it.trial.bench.run_for(Duration::from_secs(24 * 3600)).await;
    assert_eq!(it.outcome(&entry).await, (State::NeedsPerson, 1, 0));
    let reason = it.trial.bench.reason(&entry);
    assert!(reason.starts_with("It seems not to have happened") && reason.contains("you decide"), "{reason}");
    let evidence = it.trial.bench.store.evidence(&entry.op_id).unwrap();
    assert!(evidence.last().unwrap().detail.contains("No contact was found that looks like the new one."));
    let now = cleave_sync::Clock::now(&*it.trial.bench.clock);
    it.trial.bench.store.retry(&entry.op_id, now).unwrap();
    it.trial.bench.moved().await;
    assert_eq!(it.outcome(&entry).await, (State::Applied, 2, 1), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_a_person_had_sent_again_is_waited_for_though_the_first_did_it() {
    let it = Shared::new().await;
    let entry = uncertain(&it, None, FaultKind::Drop).await;
    it.trial.bench.run_for(Duration::from_secs(24 * 3600)).await;
    assert_eq!(it.outcome(&entry).await, (State::NeedsPerson, 1, 0));
    it.trial.bench.store.retry(&entry.op_id, cleave_sync::Clock::now(&*it.trial.bench.clock)).unwrap();
    it.fault(FaultKind::Drop);
    it.trial.bench.moved().await;
    assert_eq!(it.sent_by_others(&entry).await.0, 200, "the first copy, or another admin's");
    it.trial.bench.run_for(Duration::from_secs(359)).await;
    assert_eq!(it.outcome(&entry).await, (State::Uncertain, 2, 1), "the second may still come");
    it.trial.bench.run_for(QUARTER).await;
    assert_eq!(it.outcome(&entry).await, (State::Applied, 2, 1), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_comes_late_is_found_by_the_next_reading() {
    for guard in [Some(FREE), None] {
        let it = Shared::new().await;
        let entry = uncertain(&it, guard, FaultKind::Drop).await;
        it.trial.bench.run_for(Duration::from_secs(370)).await;
        assert_eq!(it.outcome(&entry).await, (State::Uncertain, 1, 0), "one reading after the quarantine");
        assert_eq!(it.sent_by_others(&entry).await.0, 200, "the request was still on its way");
        it.trial.bench.run_for(QUARTER).await;
        assert_eq!(it.outcome(&entry).await, (State::Applied, 1, 1), "{}", it.trial.bench.reason(&entry));
        it.trial.service.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_comes_after_the_second_send_was_decided_is_no_second_contact() {
    let it = Shared::new().await;
    let entry = uncertain(&it, Some(FREE), FaultKind::Drop).await;
    while it.trial.bench.state(&entry) == State::Uncertain {
        if let Step::Idle { wait } = it.trial.bench.sender.step().await.unwrap() {
            it.trial.bench.clock.advance(wait.unwrap());
        }
    }
    assert_eq!(it.sent_by_others(&entry).await.0, 200, "very late");
    it.trial.bench.run_for(QUARTER).await;
    assert_eq!(it.outcome(&entry).await, (State::Applied, 1, 1), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_copy_that_the_server_refuses_is_no_refusal() {
    let it = Shared::new().await;
    let entry = uncertain(&it, Some(FREE), FaultKind::Drop).await;
    // The first copy takes effect while the second one is on its way, after the check.
    let telling = |_| {
        let now = it.trial.bench.store.entry(&entry.op_id).unwrap();
        if now.state == State::Sending {
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(it.sent_by_others(&entry));
            });
        }
    };
    while it.trial.bench.store.entry(&entry.op_id).unwrap().attempts < 2 {
        if let Step::Idle { wait } = it.trial.bench.sender.step_telling(&telling).await.unwrap() {
            it.trial.bench.clock.advance(wait.unwrap());
        }
    }
    let attempts = it.trial.bench.store.attempts(&entry.op_id).unwrap();
    assert_eq!(attempts[1].status, Some(400));
    it.trial.bench.run_for(QUARTER).await;
    assert_eq!(it.outcome(&entry).await, (State::Applied, 2, 1), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_lost_sends_are_enough() {
    let it = Shared::new().await;
    let entry = it.decide(Some(FREE));
    it.trial.arm(Fault {
        method: Some("POST".into()),
        path: super::shared::SEPARATE.into(),
        skip: 0,
        times: None,
        kind: FaultKind::Drop,
    });
    it.trial.bench.run_for(Duration::from_secs(24 * 3600)).await;
    assert_eq!(it.outcome(&entry).await, (State::NeedsPerson, 3, 0), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_of_it_is_for_a_person_with_what_was_seen() {
    let it = Shared::new().await;
    let entry = uncertain(&it, Some(FREE), FaultKind::LoseAnswer).await;
    // Somebody takes a note away from the new contact before anything was read.
    let list = it.trial.get("/api/contacts?ownerFilter=all&search=Roe-Zimmer").await;
    let new_id = list["data"][0]["_id"].as_str().unwrap().to_owned();
    let other = it.trial.another_bench();
    let new = it.trial.subject(&new_id).await;
    let mut taken = cleave_core::separation::SeparationPlan::start(&new);
    for kind in cleave_core::separation::ChildKind::ALL {
        for id in new.ids(kind).map(str::to_owned).collect::<Vec<_>>() {
            let to = if kind == cleave_core::separation::ChildKind::Note {
                cleave_core::separation::Assignment::New
            } else {
                cleave_core::separation::Assignment::Original
            };
            taken.apply(cleave_core::separation::Edit::Assign { kind, id, to }).unwrap();
        }
    }
    taken.fields.first_name.new = "Third".into();
    let theirs = other.separate(&new, taken);
    other.moved().await;
    assert_eq!(other.state(&theirs), State::Applied);

    it.trial.bench.run_for(Duration::from_secs(300)).await;
    assert_eq!(it.trial.bench.state(&entry), State::Uncertain, "not before the quarantine");
    it.trial.bench.run_for(QUARTER).await;
    let (state, attempts, more) = it.outcome(&entry).await;
    assert_eq!((state, attempts, more), (State::NeedsPerson, 1, 2));
    let told = it.trial.bench.store.evidence(&entry.op_id).unwrap().pop().unwrap().detail;
    assert!(told.contains("A contact that may be the new one has"), "{told}");
    it.trial.service.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_never_be_read_ends_before_a_person() {
    for code in [403, 500] {
        let it = Shared::new().await;
        let entry = uncertain(&it, Some(FREE), FaultKind::Drop).await;
        it.trial.arm(Fault {
            method: None,
            path: "/api/contacts/*/separation-data".into(),
            skip: 0,
            times: None,
            kind: status(code, None),
        });
        it.trial.bench.run_for(Duration::from_secs(24 * 3600)).await;
        assert_eq!(it.outcome(&entry).await, (State::NeedsPerson, 1, 0), "{code}");
        let reason = it.trial.bench.reason(&entry);
        assert!(reason.starts_with("It was sent, and what became of it cannot be read."), "{reason}");
        it.trial.service.shutdown().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_ends_while_sending_leaves_something_to_find_out() {
    for commit in [true, false] {
        for guard in [Some(FREE), None] {
            let mut it = Shared::new().await;
            let entry = it.decide(guard);
            it.fault(FaultKind::Hang { commit });
            let cut = tokio::time::timeout(Duration::from_millis(900), it.trial.bench.sender.step()).await;
            assert!(cut.is_err());
            assert_eq!(it.trial.bench.state(&entry), State::Sending);
            it.trial.bench = it.trial.bench.restarted();
            assert_eq!(it.trial.bench.state(&entry), State::Uncertain);
            it.trial.bench.run_for(QUARTER).await;
            let expected = match (commit, guard) {
                (true, _) => (State::Applied, 1, 1),
                (false, Some(_)) => (State::Applied, 2, 1),
                (false, None) => (State::NeedsPerson, 1, 0),
            };
            let outcome = it.outcome(&entry).await;
            assert_eq!(outcome, expected, "{commit} {guard:?}: {}", it.trial.bench.reason(&entry));
            it.trial.service.shutdown().await;
        }
    }
}
