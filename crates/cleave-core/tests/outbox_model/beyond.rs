//! What is left of the promises when an assumption is dropped.

use super::promise::Promise;
use super::protocol::Setup;
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

/// A review is resolved for good. A separation can be undone, which also frees the number that guards it, and settings
/// can be set back: two readings then agree that nothing happened.
#[test]
fn what_is_undone_before_the_outcome_is_known_is_done_again() {
    for kind in [Kind::Guarded, Kind::Settings] {
        let undoing = Setup { undoing: true, ..Setup::one(kind) };
        breaks(&format!("{kind:?}, undone"), undoing, Some(Promise::NotDoubled));
    }
    let unguarded = Setup { undoing: true, promises: Promise::HARD.to_vec(), ..Setup::one(Kind::Unguarded) };
    holds("Unguarded, undone", unguarded.clone());
    breaks("Unguarded, undone", unguarded, Some(Promise::SaidNothingIsTrue));
}

/// No mark tells whose separation or whose settings they are, nor which request of ours made them. So "it is so, and
/// counts at once" may be said while a request is on its way that still acts.
#[test]
fn an_outcome_without_a_mark_may_hide_a_request_that_is_still_on_its_way() {
    // Another admin did exactly the same.
    breaks("Unguarded, with a twin", Setup::one(Kind::Unguarded), Some(Promise::SettledIsOver));
    let settings = Setup { others: 2, ..Setup::one(Kind::Settings) };
    breaks("Settings, with a twin", settings, Some(Promise::SettledIsOver));
    // It was done, could not be read for long, and a person had it sent again over a check that was stale.
    let retried = Setup { others: 0, ..Setup::one(Kind::Unguarded) };
    breaks("Unguarded, retried", retried.clone(), Some(Promise::SettledIsOver));
    // Without a person's word there is no second request.
    let promises = Promise::ALL.to_vec();
    holds("Unguarded, not retried", Setup { retries: 0, promises, ..retried });
}
