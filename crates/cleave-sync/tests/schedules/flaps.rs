//! A server that goes away each time that something is about to be sent.

use std::sync::Arc;
use std::time::Duration;

use cleave_core::outbox::State;
use cleave_store::{Superseding, Written};
use cleave_sync::{Clock, ManualClock, SenderSettings, Step};

use crate::bench::{Lab, Process, start};
use crate::decisions::{Kind, decide, world};
use crate::dice::Dice;
use crate::double::faults::{Faults, Weather};
use crate::double::{Double, Ledger};

const FLAPS: usize = 1000;

#[tokio::test]
async fn after_a_thousand_flaps_every_decision_is_sent_once() {
    let mut dice = Dice::of(1, "flaps");
    let clock = Arc::new(ManualClock::at(start()));
    let fair = Faults::new(1, Weather::Fair, Duration::ZERO);
    let double = Double::new(Ledger::new(world(&mut dice), fair, clock.clone()));
    let lab = Lab::new(double, 60).await;
    let dir = lab.store_files();
    let settings = SenderSettings { jitter: || 1.0, ..SenderSettings::default() };
    let Process { store, sender } = Process::start(&lab, dir.path(), &clock, &settings).await;
    let subjects =
        [("flap1", Kind::Merge, "r2"), ("flap2", Kind::KeepSeparate, "r4"), ("flap3", Kind::Guarded, "g")];
    for (id, kind, subject) in subjects {
        let world = lab.double.ledger().world();
        let (_, new) = decide(&world, kind, subject, id, clock.now(), &mut dice).unwrap();
        store.insert_decision(&new, Superseding::No).unwrap();
    }
    let sending = || store.unsettled().unwrap().iter().any(|entry| entry.state == State::Sending);
    let attempts = |id: &str| store.attempts(id).unwrap();
    let all = || subjects.iter().flat_map(|(id, _, _)| attempts(id)).collect::<Vec<_>>();
    while all().len() < FLAPS {
        let telling = |_| {
            if sending() {
                lab.door.shut();
            }
        };
        if let Step::Idle { wait } = sender.step_telling(&telling).await.unwrap() {
            clock.advance(wait.unwrap());
        }
        lab.door.open_again().await;
    }
    assert!(all().iter().all(|attempt| attempt.written == Written::Unsent), "nothing left");
    while let step @ (Step::Moved(_) | Step::Idle { wait: Some(_) }) = sender.step().await.unwrap() {
        if let Step::Idle { wait: Some(wait) } = step {
            clock.advance(wait);
        }
    }
    for (id, _, _) in subjects {
        let entry = store.entry_head(id).unwrap();
        assert_eq!(entry.state, State::Applied, "{id}: {}", entry.reason);
        assert_eq!(attempts(id).iter().filter(|attempt| attempt.written != Written::Unsent).count(), 1);
        if entry.kind.is_about_review() {
            assert_eq!(lab.double.ledger().effects(id), 1);
        }
    }
    assert_eq!(lab.double.ledger().world().contacts.len(), 8 - 1 + 1, "one merged, one made");
}
