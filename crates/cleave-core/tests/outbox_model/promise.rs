//! What must hold in every state that can be reached.

use cleave_core::outbox::{Event, State, step};

use super::protocol::Protocol;
use super::server::{carry_out, is_so};
use super::world::{Instance, Mark, World};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// The protocol takes only steps that the table has.
    OnlyStepsOfTheTable,
    /// What the admin was told is saved is there.
    NotLost,
    /// It takes effect once; twice only after a person's word about what may have happened.
    NotDoubled,
    /// At most one request of an unguarded separation may have acted, but for a person's word.
    UnguardedSentOnce,
    /// Applied: it took effect, or a person said so. Of contacts and settings, which no server marks: it is so.
    AppliedIsTrue,
    /// Applied elsewhere: it is so, or a person said so.
    AppliedElsewhereIsTrue,
    /// Refused: it did not take effect.
    RefusedIsTrue,
    /// Taken back while it waited: it did not take effect and will not.
    TakenBackIsTrue,
    /// "It did not happen" before a person: it did not and will not.
    SaidNothingIsTrue,
    /// Nothing that can be taken back is on its way with an effect still to come.
    NothingWithdrawableOnItsWay,
    /// What is settled has no request on its way that would still act.
    SettledIsOver,
    /// Of two entries about the same contact, not both are on their way with an effect still to come.
    InOrder,
}

impl Promise {
    pub const ALL: [Promise; 12] = [
        Promise::OnlyStepsOfTheTable,
        Promise::NotLost,
        Promise::NotDoubled,
        Promise::UnguardedSentOnce,
        Promise::AppliedIsTrue,
        Promise::AppliedElsewhereIsTrue,
        Promise::RefusedIsTrue,
        Promise::TakenBackIsTrue,
        Promise::SaidNothingIsTrue,
        Promise::NothingWithdrawableOnItsWay,
        Promise::SettledIsOver,
        Promise::InOrder,
    ];

    /// What holds however late a request arrives and however stale a reading is, for all but the settings.
    pub const HARD: [Promise; 7] = [
        Promise::OnlyStepsOfTheTable,
        Promise::NotLost,
        Promise::NotDoubled,
        Promise::UnguardedSentOnce,
        Promise::AppliedIsTrue,
        Promise::AppliedElsewhereIsTrue,
        Promise::RefusedIsTrue,
    ];
}

pub fn broken(protocol: &Protocol, world: &World) -> Option<Promise> {
    let mut asked = protocol.setup.promises.iter().copied();
    asked.find(|promise| (0..protocol.setup.kinds.len()).any(|at| !holds(*promise, protocol, world, at)))
}

fn holds(promise: Promise, protocol: &Protocol, world: &World, at: usize) -> bool {
    let (entry, kind) = (&world.disk[at], protocol.setup.kinds[at]);
    let by_itself = 1 + entry.excused;
    match promise {
        Promise::OnlyStepsOfTheTable => !world.illegal,
        Promise::NotLost => {
            let running = world.instances.iter().any(|instance| *instance != Instance::Down);
            running || !entry.told || entry.state != State::Draft
        }
        // A second copy of these is refused by the server, so not even a person's word doubles them.
        Promise::NotDoubled if kind.is_about_review() => entry.effects <= 1,
        Promise::NotDoubled => entry.effects <= by_itself,
        Promise::UnguardedSentOnce => !kind.is_unguarded() || entry.sends <= 1 + entry.retries,
        Promise::AppliedIsTrue if kind.is_about_review() => {
            entry.state != State::Applied || entry.effects > 0 || entry.by_word
        }
        Promise::AppliedIsTrue => entry.state != State::Applied || entry.was_so || entry.by_word,
        Promise::AppliedElsewhereIsTrue => {
            entry.state != State::AppliedElsewhere || entry.was_so || entry.by_word
        }
        Promise::RefusedIsTrue => entry.state != State::Refused || entry.effects == 0,
        Promise::TakenBackIsTrue => {
            !entry.taken_back || (entry.effects == 0 && !may_act(protocol, world, at))
        }
        Promise::SaidNothingIsTrue => {
            !entry.said_nothing
                || entry.state != State::NeedsPerson
                || (entry.effects == 0 && !may_act(protocol, world, at))
        }
        Promise::NothingWithdrawableOnItsWay => {
            step(entry.state, Event::Withdraw).is_err() || !may_act(protocol, world, at)
        }
        Promise::SettledIsOver => !entry.state.is_final() || !may_act(protocol, world, at),
        Promise::InOrder => at == 0 || !may_act(protocol, world, at) || !may_act(protocol, world, 0),
    }
}

/// Whether a request that is on its way would still take effect.
fn may_act(protocol: &Protocol, world: &World, at: usize) -> bool {
    let kind = protocol.setup.kinds[at];
    world.on_its_way(at) > 0
        && carry_out(kind, Mark::None, world.server[at])
            .iter()
            .any(|(next, _, acts)| *acts && is_so(kind, next.shows))
}
