//! What is left of the promises when an assumption is dropped.

use super::promise::Promise;
use super::protocol::{Setup, Undoing};
use super::world::Kind;
use super::{breaks, deeper, holds};

/// Requests that arrive after any time, and readings that are stale for any time.
fn late_and_stale(kind: Kind) -> Setup {
    let (late_beyond, stale_beyond) = (true, true);
    Setup {
        late_beyond,
        stale_beyond,
        promises: Promise::HARD.to_vec(),
        others: 1 + deeper(),
        ..Setup::one(kind)
    }
}

#[test]
fn without_any_bound_nothing_is_lost_or_doubled_or_said_to_be_what_it_is_not() {
    // Keep-separate differs from merge in nothing that matters here, and is left to the longer run.
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::KeepSeparate || deeper() > 0);
    for kind in kinds.filter(|kind| *kind != Kind::Settings) {
        holds(&format!("{kind:?}, late and stale without bound"), late_and_stale(kind));
    }
    // A second copy of the settings is not refused: it may overwrite what another admin has saved since.
    let settings = late_and_stale(Kind::Settings);
    breaks("Settings, late and stale without bound", settings.clone(), Some(Promise::NotDoubled));
    let promises = settings.promises.iter().copied().filter(|promise| *promise != Promise::NotDoubled);
    holds("The rest of it", Setup { promises: promises.collect(), ..settings.clone() });
    breaks(
        "Settings, late without bound",
        Setup { stale_beyond: false, others: 2, ..settings },
        Some(Promise::NotDoubled),
    );
}

/// The quarantine and the two readings are for what is said to a person.
#[test]
fn a_request_later_than_the_quarantine_may_act_after_it_was_taken_back() {
    for kind in [Kind::Merge, Kind::KeepSeparate, Kind::Guarded, Kind::Settings] {
        breaks(&format!("{kind:?}, late"), late_and_stale(kind), Some(Promise::TakenBackIsTrue));
    }
    for kind in [Kind::Unguarded, Kind::Traceless] {
        breaks(&format!("{kind:?}, late"), late_and_stale(kind), Some(Promise::SaidNothingIsTrue));
    }
}

/// A review is resolved for good. A separation can be undone, which also frees the number that guards it: the time of the
/// last change shows that something happened.
#[test]
fn a_separation_that_is_undone_before_the_outcome_is_known_is_not_done_again() {
    for kind in [Kind::Guarded, Kind::Unguarded] {
        let mut undoing = Setup { undoing: Undoing::Seen, others: 2 + deeper(), ..Setup::one(kind) };
        if kind == Kind::Guarded {
            // What settled it at once and is undone then no longer refuses a request that is still on its way.
            breaks("Guarded, undone once it is settled", undoing.clone(), Some(Promise::SettledIsOver));
            undoing.promises.retain(|promise| *promise != Promise::SettledIsOver);
        }
        holds(&format!("{kind:?}, undone"), undoing);
    }
}

/// Where the server does not show that time, and with settings, two readings agree that nothing happened.
#[test]
fn what_is_undone_without_a_trace_is_done_again() {
    for kind in [Kind::Guarded, Kind::Settings] {
        let undoing = Setup { undoing: Undoing::Unseen, ..Setup::one(kind) };
        breaks(&format!("{kind:?}, undone without a trace"), undoing, Some(Promise::NotDoubled));
    }
    let promises = Promise::HARD.to_vec();
    let unguarded = Setup { undoing: Undoing::Unseen, promises, ..Setup::one(Kind::Unguarded) };
    holds("Unguarded, undone without a trace", unguarded.clone());
    breaks("Unguarded, undone without a trace", unguarded, Some(Promise::SaidNothingIsTrue));
}

/// No mark tells whose separation or change of settings it is: another admin did exactly the same, or an earlier request did it, could not be
/// read for long, and a person had it sent again over a check that was stale. So what is seen settles it only when no
/// request is on its way that would still act.
#[test]
fn an_outcome_without_a_mark_is_said_when_no_request_is_on_its_way() {
    for kind in [Kind::Unguarded, Kind::Traceless, Kind::Settings] {
        let twin = Setup { others: 2 + deeper(), retries: 0, ..Setup::one(kind) };
        holds(&format!("{kind:?}, with a twin"), twin);
        let retried = Setup { others: 0, retries: 2 + deeper(), ..Setup::one(kind) };
        holds(&format!("{kind:?}, retried"), retried);
    }
}
