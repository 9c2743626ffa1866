//! A separation that takes nothing from the original contact: what it made looks like anybody's.

use std::time::Duration;

use cleave_core::outbox::State;
use cleave_core::separation::{Assignment, ChildKind, Edit, NamePart, SeparationPlan, Target};
use cleave_service::FaultKind;
use cleave_store::Entry;
use cleave_sync::Clock;

use super::shared::Shared;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Only a name for the new contact.
fn decide(it: &Shared) -> Entry {
    let mut plan = SeparationPlan::start(&it.seen);
    let mut edits = vec![
        Edit::Name { part: NamePart::First, side: Target::New, value: "Kim".into() },
        Edit::Name { part: NamePart::Last, side: Target::New, value: "Roe-Zimmer".into() },
    ];
    for kind in ChildKind::ALL {
        for id in it.seen.ids(kind) {
            edits.push(Edit::Assign { kind, id: id.to_owned(), to: Assignment::Original });
        }
    }
    plan.apply(Edit::Batch { edits }).unwrap();
    it.trial.bench.separate(&it.seen, plan)
}

/// Its own work, done by the first copy, is no contradiction of the second one that a person had sent.
#[tokio::test(flavor = "multi_thread")]
async fn one_that_a_person_had_sent_again_is_for_a_person_and_not_contradicted_by_its_own_work() {
    let it = Shared::new().await;
    let entry = decide(&it);
    it.fault(FaultKind::LoseAnswer);
    it.trial.bench.run_for(DAY).await;
    assert_eq!(it.outcome(&entry).await, (State::NeedsPerson, 1, 1), "{}", it.trial.bench.reason(&entry));
    it.trial.bench.store.retry(&entry.op_id, it.trial.bench.clock.now()).unwrap();
    it.fault(FaultKind::Drop);
    it.trial.bench.run_for(DAY).await;
    assert_eq!(it.outcome(&entry).await, (State::NeedsPerson, 2, 1), "{}", it.trial.bench.reason(&entry));
    it.trial.service.shutdown().await;
}
