//! What is explored: the size, the assumptions, and the bug that is planted, if any.

use cleave_core::outbox::answer::Answer;
use cleave_core::outbox::{Event, Hold, State};

use super::client::Next;
use super::explore::Model;
use super::promise::{self, Promise};
use super::reading::Readings;
use super::world::{Entry, Instance, Kind, Mark, Process, Subject, World};

/// A bug that somebody might have written instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naive {
    /// No answer is taken for not done.
    ResendOnTimeout,
    /// One reading, right after the answer was lost, and then again.
    ReadOnceAtOnce,
    /// The bytes leave before the attempt is on the disk.
    SendBeforeCommit,
    /// Two readings that agree, at once.
    NoQuarantine,
    /// A quarantine, and one reading.
    OneReading,
    /// What the server would do twice is sent twice.
    ResendUnguarded,
    /// After a crash, what was being sent goes back to the queue.
    CrashRequeues,
    /// A crash loses the rows of the attempts.
    LostAttempts,
    /// 200 is success, whatever the body.
    TrustAny200,
    /// "Saved" is said before it is.
    SavedBeforeCommit,
    /// Two processes write, and neither looks whether the other did.
    TwoWriters,
    /// Something half, or another's values, is believed at once.
    HalfAtOnce,
    /// Entries about the same contact do not wait for each other.
    NoOrder,
    /// An entry waits for those that were decided earlier, and not for a later one that overtook it while a person had
    /// it, and is on its way.
    OnlyEarlierWait,
    /// Nothing ends the wait for the network.
    ForgottenHold,
}

/// How the second of two entries is related to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pair {
    /// About the same thing; deciding it supersedes the first, if the first can still be taken back.
    SameSubject,
    /// About something else that touches the same contact, which a merge by the first dissolves.
    SharedContact,
}

/// Whether other admins set things back to exactly what they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undoing {
    Never,
    /// The server shows when a contact was last changed.
    Seen,
    /// It does not.
    Unseen,
}

/// What one may change for a run.
#[derive(Debug, Clone)]
pub struct Setup {
    pub kinds: Vec<Kind>,
    pub pair: Pair,
    pub instances: usize,
    /// How often other admins act.
    pub others: u8,
    /// How often a person retries what only a person can settle.
    pub retries: u8,
    /// Attempts after which a person is asked.
    pub most_attempts: u8,
    /// Assumption dropped: a request arrives within the quarantine or never.
    pub late_beyond: bool,
    /// Assumption dropped: the second reading shows at least what was true at the first.
    pub stale_beyond: bool,
    /// Assumption dropped, unless never: nobody undoes a separation, or a change of settings, to exactly what it was
    /// before.
    pub undoing: Undoing,
    pub naive: Option<Naive>,
    /// What is asked for.
    pub promises: Vec<Promise>,
}

impl Setup {
    /// One entry within the bounds.
    pub fn one(kind: Kind) -> Setup {
        Setup {
            kinds: vec![kind],
            pair: Pair::SameSubject,
            instances: 1,
            others: 1,
            retries: 1,
            most_attempts: 3,
            late_beyond: false,
            stale_beyond: false,
            undoing: Undoing::Never,
            naive: None,
            promises: Promise::ALL.to_vec(),
        }
    }

    /// Two entries within the bounds. The second is decided after the first.
    pub fn two(first: Kind, second: Kind, pair: Pair) -> Setup {
        Setup { kinds: vec![first, second], pair, others: 0, most_attempts: 2, ..Setup::one(first) }
    }

    pub fn is_within_bounds(&self) -> bool {
        !self.late_beyond && !self.stale_beyond && self.undoing == Undoing::Never
    }
}

/// One thing that happens. The number is the entry's, or the instance's for starts and crashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    ToldSaved(u8),
    Decide(u8),
    Supersede(u8),
    Person(u8, Event),
    SignIn,
    SwitchAccount,
    Start(u8),
    Crash(u8),
    DiskRefuses(u8),
    Wait(u8),
    TakeUp(u8),
    CheckFails(u8),
    CheckReads(u8),
    CheckReadsStale(u8),
    Connect(u8),
    NotConnected(u8),
    Arrive(u8),
    RefusedAtTheDoor(u8, Answer),
    AnswerRead(u8),
    GiveUp(u8, Answer),
    LateCommit(u8),
    LateLoss(u8),
    QuarantineEnds(u8),
    Reads(u8),
    ReadsStale(u8),
    /// Readings that fail again and again, or never agree.
    ReadsInVain(u8),
    ReplicaCatchesUp,
    OtherAdmin(u8),
}

pub struct Protocol {
    pub setup: Setup,
    pub readings: Vec<Readings>,
    states: Vec<State>,
}

impl Protocol {
    pub fn new(setup: Setup) -> Protocol {
        let readings =
            setup.kinds.iter().enumerate().map(|(entry, kind)| Readings::of(*kind, entry)).collect();
        Protocol { setup, readings, states: State::all() }
    }

    pub fn is(&self, naive: Naive) -> bool {
        self.setup.naive == Some(naive)
    }
}

impl Model for Protocol {
    type State = World;
    type Move = Move;
    type Promise = Promise;

    fn starts(&self) -> Vec<World> {
        let world = |keeps_marks| World {
            disk: [Entry::DRAFT; 2],
            instances: [Instance::Writer(Process::FRESH), Instance::Down],
            server: [Subject::BEFORE; 2],
            replica: [Subject::BEFORE; 2],
            keeps_marks,
            others_left: self.setup.others,
            illegal: false,
        };
        let about_review = self.setup.kinds.iter().any(|kind| kind.is_about_review());
        if about_review { vec![world(true), world(false)] } else { vec![world(false)] }
    }

    fn moves(&self, from: &World, out: &mut Vec<(Move, World)>) {
        Next { protocol: self, from, out }.all();
    }

    fn broken(&self, world: &World) -> Option<Promise> {
        promise::broken(self, world)
    }

    fn is_by_itself(&self, taken: Move) -> bool {
        !matches!(
            taken,
            Move::Person(..)
                | Move::Supersede(_)
                | Move::Decide(_)
                | Move::ToldSaved(_)
                | Move::OtherAdmin(_)
                | Move::Crash(_)
        )
    }

    fn is_at_rest(&self, world: &World) -> bool {
        let for_a_person = world.disk.iter().any(|entry| entry.state.needs_person());
        world.disk.iter().all(|entry| match entry.state {
            State::Draft => true,
            // Behind one that a person has to look at, and saying so.
            State::Queued(Hold::Dependency) => for_a_person,
            state => state.is_final() || state.needs_person(),
        })
    }

    fn landmarks(&self, world: &World) -> u32 {
        let bit =
            |entry: &Entry| 1 << self.states.iter().position(|state| *state == entry.state).unwrap_or(31);
        world.disk.iter().take(self.setup.kinds.len()).map(bit).fold(0, |all, bit: u32| all | bit)
    }

    fn line(&self, world: &World) -> String {
        let entries = self.setup.kinds.iter().enumerate().map(|(at, kind)| {
            let (entry, server, replica) = (&world.disk[at], world.server[at], world.replica[at]);
            let stale =
                if replica == server { String::new() } else { format!(", replica {:?}", replica.shows) };
            let by = if server.mark == Mark::None { String::new() } else { format!(" by {:?}", server.mark) };
            format!(
                "{kind:?} is {:?}; server {:?}{by}{stale}; on its way {}, effects {}",
                entry.state,
                server.shows,
                world.on_its_way(at),
                entry.effects
            )
        });
        entries.collect::<Vec<_>>().join(" | ")
    }
}
