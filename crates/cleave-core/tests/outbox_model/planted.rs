//! Bugs that one might have written instead. Each has to be found, with the promise that it breaks.

use super::breaks;
use super::promise::Promise;
use super::protocol::{Naive, Pair, Setup};
use super::world::Kind;

fn finds(naive: Naive, setup: Setup, promise: Promise) {
    let name = format!("{naive:?} with {:?}", setup.kinds);
    breaks(&name, Setup { naive: Some(naive), ..setup }, Some(promise));
}

#[test]
fn what_sends_twice_is_found() {
    let unguarded = Setup { instances: 2, ..Setup::one(Kind::Unguarded) };
    for naive in [
        Naive::ResendOnTimeout,
        Naive::ReadOnceAtOnce,
        Naive::SendBeforeCommit,
        Naive::CrashRequeues,
        Naive::TwoWriters,
        // These two by what they tell the person, who then retries.
        Naive::NoQuarantine,
        Naive::OneReading,
    ] {
        finds(naive, unguarded.clone(), Promise::NotDoubled);
    }
    finds(Naive::ResendUnguarded, unguarded.clone(), Promise::UnguardedSentOnce);
    finds(Naive::ResendUnguarded, Setup { late_beyond: true, ..unguarded }, Promise::NotDoubled);
}

#[test]
fn what_says_what_is_not_so_is_found() {
    let merge = Setup::one(Kind::Merge);
    finds(Naive::SavedBeforeCommit, merge.clone(), Promise::NotLost);
    finds(Naive::TrustAny200, merge.clone(), Promise::AppliedIsTrue);
    for naive in [
        Naive::ResendOnTimeout,
        Naive::ReadOnceAtOnce,
        Naive::SendBeforeCommit,
        Naive::NoQuarantine,
        Naive::OneReading,
        Naive::CrashRequeues,
    ] {
        for kind in [Kind::Merge, Kind::Guarded] {
            finds(naive, Setup::one(kind), Promise::TakenBackIsTrue);
        }
    }
    for kind in [Kind::Guarded, Kind::Unguarded, Kind::Settings] {
        finds(Naive::HalfAtOnce, Setup::one(kind), Promise::NothingWithdrawableOnItsWay);
    }
    // The refusal of the second copy is taken for one of the decision.
    finds(
        Naive::LostAttempts,
        Setup { late_beyond: true, ..Setup::one(Kind::Guarded) },
        Promise::RefusedIsTrue,
    );
}

#[test]
fn what_breaks_the_order_is_found() {
    for naive in [Naive::NoOrder, Naive::OnlyEarlierWait] {
        let shared = Setup::two(Kind::Merge, Kind::KeepSeparate, Pair::SharedContact);
        finds(naive, shared, Promise::InOrder);
    }
}

#[test]
fn what_waits_for_ever_is_found() {
    let forgotten = Setup { naive: Some(Naive::ForgottenHold), ..Setup::one(Kind::Merge) };
    breaks("ForgottenHold", forgotten, None);
}
