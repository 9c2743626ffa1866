//! Everything that can happen next: the person, the processes, the network, the server, the others.

mod network;
mod person;
mod reconcile;
mod sender;

use cleave_core::outbox::{Event, Hold, State, step};

use super::protocol::{Move, Naive, Pair, Protocol};
use super::server::is_so;
use super::world::{Instance, Process, Shows, Step, Subject, Task, Watch, World};

/// Collects the moves from one state.
pub struct Next<'a> {
    pub protocol: &'a Protocol,
    pub from: &'a World,
    pub out: &'a mut Vec<(Move, World)>,
}

impl Next<'_> {
    pub fn all(mut self) {
        self.person();
        for at in 0..self.protocol.setup.instances {
            self.instance(at);
        }
        self.network();
    }

    fn put(&mut self, taken: Move, world: World) {
        self.out.push((taken, world));
    }

    fn entries(&self) -> std::ops::Range<usize> {
        0..self.protocol.setup.kinds.len()
    }

    fn start_of_watch(&self) -> Watch {
        if self.protocol.is(Naive::NoQuarantine) || self.protocol.is(Naive::ReadOnceAtOnce) {
            Watch::Over
        } else {
            Watch::Quarantine
        }
    }

    /// A start, a crash, or what the process does.
    fn instance(&mut self, at: usize) {
        let mut world = *self.from;
        match world.instances[at] {
            Instance::Down => {
                let locked = world.instances.iter().any(|other| matches!(other, Instance::Writer(_)));
                if locked && !self.protocol.is(Naive::TwoWriters) {
                    world.instances[at] = Instance::Reader;
                } else {
                    let process = Process { watches: [self.start_of_watch(); 2], ..Process::FRESH };
                    world.instances[at] = Instance::Writer(process);
                    self.recover(&mut world);
                }
                self.put(Move::Start(number(at)), world);
            }
            Instance::Reader => {
                world.instances[at] = Instance::Down;
                self.put(Move::Crash(number(at)), world);
            }
            Instance::Writer(process) => {
                self.put(Move::Crash(number(at)), self.crashed(at, process));
                self.work(at, process);
            }
        }
    }

    fn crashed(&self, at: usize, process: Process) -> World {
        let mut world = *self.from;
        if let Task::At(held, Step::Travelling) = process.task {
            world.disk[usize::from(held.entry)].late += 1;
        }
        world.instances[at] = Instance::Down;
        if self.protocol.is(Naive::LostAttempts) {
            for entry in &mut world.disk {
                (entry.attempts, entry.last_open, entry.earlier_open) = (0, false, false);
            }
        }
        world
    }

    /// What a start does with entries that were left in the middle.
    fn recover(&self, world: &mut World) {
        for at in self.entries() {
            match world.disk[at].state {
                State::Sending if self.protocol.is(Naive::CrashRequeues) => {
                    world.write(at, State::Queued(Hold::None), None);
                }
                State::Sending | State::Checking => world.take(at, Event::Restarted, None),
                _ => {}
            }
        }
    }
}

impl World {
    /// Takes a step of the real table with an entry.
    fn take(&mut self, at: usize, event: Event, by: Option<usize>) {
        let from = self.disk[at].state;
        self.take_from(at, from, event, by);
    }

    fn take_from(&mut self, at: usize, from: State, event: Event, by: Option<usize>) {
        match step(from, event) {
            Ok(next) => self.write(at, next, by),
            Err(_) => self.illegal = true,
        }
    }

    /// A write raises the revision: whoever else has read the entry has read an older one.
    fn write(&mut self, at: usize, state: State, by: Option<usize>) {
        self.disk[at].state = state;
        for (number, instance) in self.instances.iter_mut().enumerate() {
            if let Instance::Writer(Process { task: Task::At(held, _), .. }) = instance
                && usize::from(held.entry) == at
                && by != Some(number)
            {
                held.fresh = false;
            }
        }
    }

    fn set_task(&mut self, at: usize, task: Task) {
        if let Instance::Writer(process) = &mut self.instances[at] {
            process.task = task;
        }
    }

    fn set_watch(&mut self, at: usize, entry: usize, watch: Watch) {
        if let Instance::Writer(process) = &mut self.instances[at] {
            process.watches[entry] = watch;
        }
    }

    /// The server has something else now.
    fn serve(&mut self, protocol: &Protocol, at: usize, next: Subject) {
        self.server[at] = next;
        if protocol.setup.kinds.len() == 2 {
            match protocol.setup.pair {
                Pair::SameSubject => self.server = [next; 2],
                Pair::SharedContact if at == 0 && next.shows == Shows::Merged => self.dissolve(protocol),
                Pair::SharedContact => {}
            }
        }
        for (at, kind) in protocol.setup.kinds.iter().enumerate() {
            self.disk[at].was_so |= is_so(*kind, self.server[at].shows);
        }
    }
}

impl World {
    /// The merge dissolves a contact: the server closes its other review.
    fn dissolve(&mut self, protocol: &Protocol) {
        if matches!(self.server[1].shows, Shows::Before | Shows::Edited) {
            let closed = if protocol.setup.kinds[1].is_about_review() { Shows::Kept } else { Shows::Gone };
            self.server[1].shows = closed;
        }
    }
}

fn number(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}
