//! The sender: takes up, checks, sends, concludes. Every step of an entry is the table's; every answer is
//! judged by the product's own function.

use cleave_core::outbox::answer::{Answer, judge};
use cleave_core::outbox::{Event, Hold, State};
use cleave_core::reconcile::judge_settings;

use super::super::protocol::{Move, Naive};
use super::super::world::{Entry, Held, Kind, Process, Shows, Step, Subject, Task, World};
use super::{Next, number};

/// What may be read in the place of an answer that is lost, or of none.
const LOST: [Answer; 4] =
    [Answer::Broken, Answer::NotBelievable, Answer::RedirectedAfter, Answer::Intercepted];

/// Why a check may come to nothing.
const CHECK_FAILS: [Hold; 5] =
    [Hold::Offline, Hold::Backoff, Hold::Auth, Hold::WrongAccount, Hold::ServerPaused];

impl Next<'_> {
    pub(super) fn work(&mut self, at: usize, process: Process) {
        match process.task {
            Task::Idle => {
                for entry in self.entries() {
                    match self.from.disk[entry].state {
                        State::Uncertain => self.reconcile(at, entry, process.watches[entry]),
                        State::Queued(hold) => self.take_up(at, entry, hold),
                        _ => {}
                    }
                }
            }
            Task::At(held, Step::Checking) => self.check(at, held),
            Task::At(held, Step::BeforeSend) => {
                let mut world = *self.from;
                world.set_task(at, Task::At(held, Step::Travelling));
                let entry = &mut world.disk[usize::from(held.entry)];
                entry.sends = (entry.sends + 1).min(self.protocol.setup.most_attempts);
                self.put(Move::Connect(number(at)), world);
                self.conclude(Move::NotConnected(number(at)), *self.from, at, held, Answer::NotConnected);
                self.disk_refuses(at, held, false);
            }
            Task::At(held, Step::Travelling) => {
                self.serve_travelling(at, held);
                self.give_up(at, held, true);
            }
            Task::At(held, Step::Answered(answer)) => {
                self.read_answer(at, held, answer);
                self.give_up(at, held, false);
            }
        }
    }

    /// In the order of `take_next`: a hold whose time is over ends, and an entry behind another one waits.
    fn take_up(&mut self, at: usize, entry: usize, hold: Hold) {
        if matches!(hold, Hold::Auth | Hold::WrongAccount | Hold::ReviewNeeded)
            || (hold == Hold::Offline && self.protocol.is(Naive::ForgottenHold))
        {
            return;
        }
        let mut world = *self.from;
        if self.is_held_up(entry) {
            if hold != Hold::Dependency {
                world.take(entry, Event::Hold(Hold::Dependency), Some(at));
                self.put(Move::Wait(number(entry)), world);
            }
            return;
        }
        world.take(entry, Event::Hold(Hold::None), Some(at));
        world.take(entry, Event::Check, Some(at));
        world.set_task(at, Task::At(Held { entry: number(entry), fresh: true }, Step::Checking));
        self.put(Move::TakeUp(number(entry)), world);
    }

    /// An earlier entry that may still act holds up a later one; a later one that is on its way holds up an earlier one
    /// that a person has released meanwhile.
    fn is_held_up(&self, entry: usize) -> bool {
        let other = self.from.disk[1 - entry].state;
        match entry {
            1 => other.holds_up_others() && !self.protocol.is(Naive::NoOrder),
            _ => {
                let looks = !self.protocol.is(Naive::NoOrder) && !self.protocol.is(Naive::OnlyEarlierWait);
                looks && matches!(other, State::Sending | State::Uncertain)
            }
        }
    }

    /// What a reading may show: what is there, or what was.
    pub(super) fn shown(&self, entry: usize) -> Vec<(Subject, bool)> {
        let (now, then) = (self.from.server[entry], self.from.replica[entry]);
        if now == then { vec![(now, false)] } else { vec![(now, false), (then, true)] }
    }

    fn check(&mut self, at: usize, held: Held) {
        let entry = usize::from(held.entry);
        for hold in CHECK_FAILS {
            let mut world = *self.from;
            self.commit(&mut world, at, held, State::Checking, Event::CheckFailed(hold));
            self.put(Move::CheckFails(held.entry), world);
        }
        for (subject, stale) in self.shown(entry) {
            let (disk, mut world) = (&self.from.disk[entry], *self.from);
            let maybe_sent = disk.last_open || disk.earlier_open;
            let event = self.protocol.readings[entry].before(subject, maybe_sent);
            let taken = if stale { Move::CheckReadsStale } else { Move::CheckReads };
            if event != Event::Unchanged {
                self.commit(&mut world, at, held, State::Checking, event);
            } else if self.protocol.is(Naive::SendBeforeCommit) {
                world.set_task(at, Task::At(held, Step::BeforeSend));
            } else if self.commit(&mut world, at, held, State::Checking, event) {
                world.disk[entry].begin_attempt(self.protocol.setup.most_attempts);
                world.set_task(at, Task::At(held, Step::BeforeSend));
            }
            self.put(taken(held.entry), world);
        }
    }

    /// One compare-and-set. Ends the task; answers whether the entry was still as it was read.
    fn commit(&self, world: &mut World, at: usize, held: Held, seen: State, event: Event) -> bool {
        world.set_task(at, Task::Idle);
        let blind = self.protocol.is(Naive::TwoWriters) || self.protocol.is(Naive::SendBeforeCommit);
        if !held.fresh && !blind {
            return false;
        }
        let entry = usize::from(held.entry);
        let from = if blind { seen } else { world.disk[entry].state };
        world.take_from(entry, from, event, Some(at));
        true
    }

    /// Time-out, reset, or something else that answers. A request that still travels may arrive later.
    fn give_up(&mut self, at: usize, held: Held, travels: bool) {
        let mut known = Vec::new();
        for answer in LOST {
            let event =
                self.read_as(answer, usize::from(held.entry), &self.from.disk[usize::from(held.entry)]);
            if known.contains(&event) {
                continue;
            }
            known.push(event);
            let mut world = *self.from;
            world.disk[usize::from(held.entry)].late += u8::from(travels);
            self.conclude(Move::GiveUp(number(at), answer), world, at, held, answer);
        }
        self.disk_refuses(at, held, travels);
    }

    /// The outcome cannot be written; the next step recovers what was left in the middle.
    fn disk_refuses(&mut self, at: usize, held: Held, travels: bool) {
        let mut world = *self.from;
        world.disk[usize::from(held.entry)].late += u8::from(travels);
        world.set_task(at, Task::Idle);
        self.recover(&mut world);
        self.put(Move::DiskRefuses(number(at)), world);
    }

    fn read_answer(&mut self, at: usize, held: Held, answer: Answer) {
        let (taken, entry) = (Move::AnswerRead(number(at)), usize::from(held.entry));
        if answer == Answer::Done && self.protocol.setup.kinds[entry] == Kind::Settings {
            // Read back: only what is seen counts.
            for (subject, _) in self.shown(entry) {
                let seen = if subject.shows == Shows::Ours { answer } else { Answer::NotBelievable };
                self.conclude(taken, *self.from, at, held, seen);
            }
        } else {
            self.conclude(taken, *self.from, at, held, answer);
        }
    }

    /// What an answer says about an attempt.
    fn read_as(&self, answer: Answer, entry: usize, disk: &Entry) -> Event {
        let judge = if self.protocol.setup.kinds[entry] == Kind::Settings { judge_settings } else { judge };
        match judge(answer, disk.earlier_open) {
            Event::Unknown if self.protocol.is(Naive::ResendOnTimeout) => Event::Unsent(Hold::Backoff),
            _ if answer == Answer::NotBelievable && self.protocol.is(Naive::TrustAny200) => Event::Confirmed,
            event => event,
        }
    }

    /// What the end of an attempt makes of the entry.
    fn conclude(&mut self, taken: Move, mut world: World, at: usize, held: Held, answer: Answer) {
        let entry = usize::from(held.entry);
        if self.protocol.is(Naive::SendBeforeCommit) {
            world.disk[entry].begin_attempt(self.protocol.setup.most_attempts);
        }
        let event = self.read_as(answer, entry, &world.disk[entry]);
        // A session that could be renewed: again at once.
        let renewed = (event == Event::Unsent(Hold::Auth)).then_some(Event::Unsent(Hold::None));
        for event in [Some(event), renewed].into_iter().flatten() {
            let mut world = world;
            if self.commit(&mut world, at, held, State::Sending, event) {
                let disk = &mut world.disk[entry];
                disk.last_open = LOST.contains(&answer);
                // These answers prove that this request did nothing.
                let proven = !disk.last_open && !matches!(answer, Answer::Done | Answer::NotConnected);
                disk.sends = disk.sends.saturating_sub(u8::from(proven));
                if event == Event::Unknown {
                    world.set_watch(at, entry, self.start_of_watch());
                }
                self.cascade(&mut world, entry, event);
            }
            self.put(taken, world);
        }
    }

    /// A merge that was applied puts waiting decisions about its contact before the admin.
    pub(super) fn cascade(&self, world: &mut World, entry: usize, event: Event) {
        let merged = event == Event::Confirmed && self.protocol.setup.kinds[entry] == Kind::Merge;
        for other in self.entries().filter(|other| merged && *other != entry) {
            if matches!(world.disk[other].state, State::Queued(hold) if hold != Hold::ReviewNeeded) {
                world.take(other, Event::Hold(Hold::ReviewNeeded), None);
            }
        }
    }
}
