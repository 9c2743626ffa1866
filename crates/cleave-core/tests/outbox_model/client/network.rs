//! Requests that arrive, and those that arrive when nobody waits for them any more.

use cleave_core::outbox::answer::Answer;

use super::super::protocol::Move;
use super::super::server::carry_out;
use super::super::world::{Held, Mark, Step, Task, World};
use super::{Next, number};

/// Answers of a server that did nothing.
const AT_THE_DOOR: [Answer; 6] = [
    Answer::Invalid,
    Answer::SignedOut,
    Answer::Forbidden,
    Answer::NotFound,
    Answer::SlowDown,
    Answer::Redirected,
];

impl Next<'_> {
    pub(super) fn network(&mut self) {
        for at in self.entries().filter(|at| self.from.disk[*at].late > 0) {
            let mut world = *self.from;
            world.disk[at].late -= 1;
            for (next, _) in self.arrive(world, at) {
                self.put(Move::LateCommit(number(at)), next);
            }
            self.put(Move::LateLoss(number(at)), world);
        }
        if self.from.replica != self.from.server {
            self.put(Move::ReplicaCatchesUp, World { replica: self.from.server, ..*self.from });
        }
    }

    /// The request that an instance waits for arrives at the server, or at its door only.
    pub(super) fn serve_travelling(&mut self, at: usize, held: Held) {
        let entry = usize::from(held.entry);
        for (mut world, answer) in self.arrive(*self.from, entry) {
            world.set_task(at, Task::At(held, Step::Answered(answer)));
            self.put(Move::Arrive(number(at)), world);
        }
        for answer in AT_THE_DOOR {
            let mut world = *self.from;
            world.set_task(at, Task::At(held, Step::Answered(answer)));
            self.put(Move::RefusedAtTheDoor(number(at), answer), world);
        }
    }

    fn arrive(&self, world: World, entry: usize) -> Vec<(World, Answer)> {
        let kind = self.protocol.setup.kinds[entry];
        let mark = if world.keeps_marks { Mark::Entry(number(entry)) } else { Mark::None };
        let ends = carry_out(kind, mark, world.server[entry]).into_iter().map(|(subject, answer, acts)| {
            let mut next = world;
            next.disk[entry].effects += u8::from(acts);
            next.serve(self.protocol, entry, subject);
            (next, answer)
        });
        ends.collect()
    }
}
