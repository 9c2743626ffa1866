//! What people do: the admin of this outbox, and the others.

use cleave_core::outbox::{Event, Hold, State, step};

use super::super::protocol::{Move, Naive, Pair};
use super::super::server::by_others;
use super::super::world::{Instance, Subject};
use super::{Next, number};

impl Next<'_> {
    pub(super) fn person(&mut self) {
        self.other_admins();
        // Without a process that may write there is no button.
        if !self.from.instances.iter().any(|instance| matches!(instance, Instance::Writer(_))) {
            return;
        }
        for at in self.entries() {
            self.decide(at);
            for event in [Event::Withdraw, Event::Retry, Event::MarkApplied] {
                self.press(at, event);
            }
        }
        self.release(Hold::Auth, Move::SignIn);
        self.release(Hold::WrongAccount, Move::SwitchAccount);
    }

    fn decide(&mut self, at: usize) {
        let mut world = *self.from;
        if world.disk[at].state != State::Draft {
            return;
        }
        if self.protocol.is(Naive::SavedBeforeCommit) && !world.disk[at].told {
            world.disk[at].told = true;
            self.put(Move::ToldSaved(number(at)), world);
            return;
        }
        let mut taken = Move::Decide(number(at));
        if at == 1 {
            let earlier = self.from.disk[0].state;
            if earlier == State::Draft {
                return;
            }
            if self.protocol.setup.pair == Pair::SameSubject && !earlier.is_final() {
                let Ok(next) = step(earlier, Event::Supersede) else { return };
                world.disk[0].take_back();
                world.write(0, next, None);
                taken = Move::Supersede(number(at));
            }
        }
        world.disk[at].told = true;
        world.take(at, Event::Decide, None);
        self.put(taken, world);
    }

    fn press(&mut self, at: usize, event: Event) {
        let (mut world, state) = (*self.from, self.from.disk[at].state);
        if state == State::Draft {
            return;
        }
        let Ok(next) = step(state, event) else { return };
        let entry = &mut world.disk[at];
        match event {
            // There is nothing to say about what was never sent.
            Event::MarkApplied if entry.attempts == 0 => return,
            Event::Withdraw => entry.take_back(),
            Event::MarkApplied => entry.by_word = true,
            _ if matches!(state, State::Queued(_)) => {}
            _ if entry.retries == self.protocol.setup.retries => return,
            _ => {
                entry.retries += 1;
                // Within the bounds "it did not happen" is a promise: a retry after it excuses nothing.
                let promised = entry.said_nothing && self.protocol.setup.is_within_bounds();
                entry.excused += u8::from(state == State::NeedsPerson && !promised);
            }
        }
        if next != state {
            world.write(at, next, None);
            self.put(Move::Person(number(at), event), world);
        }
    }

    fn release(&mut self, hold: Hold, taken: Move) {
        let mut world = *self.from;
        for at in self.entries().filter(|at| self.from.disk[*at].state == State::Queued(hold)) {
            world.take(at, Event::Hold(Hold::None), None);
        }
        if world != *self.from {
            self.put(taken, world);
        }
    }

    fn other_admins(&mut self) {
        if self.from.others_left == 0 {
            return;
        }
        for at in self.entries() {
            let kind = self.protocol.setup.kinds[at];
            let all: Vec<Subject> = by_others(kind, self.from.server[at], self.protocol.setup.undoing);
            for next in all {
                let mut world = *self.from;
                world.others_left -= 1;
                world.serve(self.protocol, at, next);
                self.put(Move::OtherAdmin(number(at)), world);
            }
        }
    }
}
