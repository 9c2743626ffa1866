//! Within the bounds every promise holds, and every state of the table is reached.

use cleave_core::outbox::State;

use super::protocol::{Pair, Setup};
use super::world::Kind;
use super::{deeper, holds};

#[test]
fn every_promise_holds() {
    let more = deeper();
    let mut landmarks = 0;
    for kind in Kind::ALL {
        let one = Setup::one(kind);
        let one = Setup { others: 1 + more, retries: 1 + more, most_attempts: 3 + more, ..one };
        // The reviews have marks to tell apart, and so many more states.
        let instances = if kind.is_about_review() && more == 0 { 1 } else { 2 };
        landmarks |= holds(&format!("{kind:?}"), Setup { instances, ..one }).landmarks;
    }
    let two_instances = Setup { instances: 2, others: more, retries: more, ..Setup::one(Kind::Merge) };
    holds("Merge with two instances", two_instances);
    let pairs = [
        (Kind::Merge, Kind::KeepSeparate, Pair::SameSubject, 0),
        (Kind::Unguarded, Kind::Unguarded, Pair::SameSubject, 0),
        // Only a retry lets the earlier of the two come after the later.
        (Kind::Merge, Kind::KeepSeparate, Pair::SharedContact, 1),
        (Kind::Merge, Kind::Guarded, Pair::SharedContact, 0),
    ];
    for (first, second, pair, retries) in pairs {
        let two = Setup { retries, most_attempts: 1 + more.min(1), ..Setup::two(first, second, pair) };
        landmarks |= holds(&format!("{first:?} and {second:?}, {pair:?}"), two).landmarks;
    }
    let missed = State::all().into_iter().enumerate().filter(|(at, _)| landmarks & (1 << at) == 0);
    assert_eq!(missed.collect::<Vec<_>>(), [], "no state of the table is out of reach");
}
