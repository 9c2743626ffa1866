//! One moment of everything that matters: the disk, the processes, the network and the server.

use std::hash::{Hash, Hasher};

use cleave_core::outbox::answer::Answer;
use cleave_core::outbox::{Event, State};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Merge,
    KeepSeparate,
    Guarded,
    Unguarded,
    /// Unguarded, and takes nothing from the original contact: nothing shows there that it was done.
    Traceless,
    Settings,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Merge, Kind::KeepSeparate, Kind::Guarded, Kind::Unguarded, Kind::Traceless, Kind::Settings];

    pub fn is_about_review(self) -> bool {
        matches!(self, Kind::Merge | Kind::KeepSeparate)
    }

    pub fn is_separation(self) -> bool {
        self == Kind::Guarded || self.is_unguarded()
    }

    pub fn is_unguarded(self) -> bool {
        matches!(self, Kind::Unguarded | Kind::Traceless)
    }
}

/// What the server shows of a review, of a contact or of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shows {
    /// What the admin saw: an open review, the whole contact, the settings as they were.
    Before,
    /// Not decided, and not what the admin saw.
    Edited,
    /// What the admin saw once more: the contact was separated and put together again, and shows that it was changed.
    Restored,
    Merged,
    Kept,
    /// The contact is two, exactly as planned.
    Divided,
    /// The contact is two, and one of them was edited since.
    DividedEdited,
    /// The settings are those that were decided.
    Ours,
    /// Deleted.
    Gone,
}

/// The operation id that the server keeps with a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    None,
    Entry(u8),
    Stranger,
}

/// What the server has, or what one of its replicas shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject {
    pub shows: Shows,
    pub mark: Mark,
}

impl Subject {
    pub const BEFORE: Subject = Subject { shows: Shows::Before, mark: Mark::None };
}

/// An entry as the disk has it, and what is true of it whether anybody knows or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub state: State,
    /// Rows of the table `attempt`, up to the number after which a person is asked.
    pub attempts: u8,
    /// The last attempt may have been written.
    pub last_open: bool,
    /// An attempt before the last may have been written.
    pub earlier_open: bool,

    /// The admin was told that it is saved.
    pub told: bool,
    /// How often it has taken effect.
    pub effects: u8,
    /// What was decided was true of the server once, by whomever.
    pub was_so: bool,
    /// Requests that nobody waits for any more, and that may still arrive.
    pub late: u8,
    /// Requests of which it is not proven that they did nothing.
    pub sends: u8,
    /// Retries by a person of something that only a person can settle.
    pub retries: u8,
    /// The same, of what may or may not have happened.
    pub excused: u8,
    /// The person is told that it did not happen.
    pub said_nothing: bool,
    /// The person said that it was done.
    pub by_word: bool,
    /// The person took it back while it waited, and was told that it is taken back.
    pub taken_back: bool,
}

/// In few words: tests are not optimised, and this is most of their time.
impl Hash for Entry {
    fn hash<H: Hasher>(&self, into: &mut H) {
        let flags = [
            self.last_open,
            self.earlier_open,
            self.told,
            self.was_so,
            self.said_nothing,
            self.by_word,
            self.taken_back,
        ];
        let flags = flags.iter().fold(0, |all, flag| (all << 1) | u8::from(*flag));
        let counts =
            [flags, self.attempts, self.effects, self.late, self.sends, self.retries, self.excused, 0];
        self.state.hash(into);
        into.write_u64(u64::from_le_bytes(counts));
    }
}

impl Entry {
    pub const DRAFT: Entry = Entry {
        state: State::Draft,
        attempts: 0,
        last_open: false,
        earlier_open: false,
        told: false,
        effects: 0,
        was_so: false,
        late: 0,
        sends: 0,
        retries: 0,
        excused: 0,
        said_nothing: false,
        by_word: false,
        taken_back: false,
    };

    /// The person ends it. Of what waits, that means: it did not happen and will not. Of what was put before a person
    /// after a send, also if the person had wanted it sent again, it means only that Cleave gives up on it.
    pub fn take_back(&mut self) {
        let given_up = self.retries > 0 && (self.last_open || self.earlier_open);
        self.taken_back |= matches!(self.state, State::Queued(_)) && !given_up;
    }

    /// A new row in the table `attempt`.
    pub fn begin_attempt(&mut self, most: u8) {
        self.attempts = most.min(self.attempts + 1);
        self.earlier_open |= self.last_open;
        self.last_open = true;
        self.said_nothing = false;
    }
}

/// One start of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Instance {
    Down,
    /// Another instance holds the lock of the store: this one shows and writes nothing.
    Reader,
    Writer(Process),
}

/// What a process has in memory. A crash takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Process {
    pub task: Task,
    pub watches: [Watch; 2],
}

/// What the sender is at. One request in flight an account: there is one task at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    Idle,
    At(Held, Step),
}

/// The entry that a task read, by which it compares when it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Held {
    pub entry: u8,
    /// Nobody else has written to the entry since: its revision is the same.
    pub fresh: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    Checking,
    /// The attempt is on the disk, and no byte has left.
    BeforeSend,
    /// The request is on its way.
    Travelling,
    /// The answer is on its way back.
    Answered(Answer),
}

/// How far the reconciliation of an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Watch {
    Quarantine,
    /// A reading that shows nothing counts from now on.
    Over,
    /// One such reading was made; what it says, and what it saw.
    Once(Event, Shows),
}

impl Process {
    pub const FRESH: Process = Process { task: Task::Idle, watches: [Watch::Quarantine; 2] };
}

/// Everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct World {
    pub disk: [Entry; 2],
    pub instances: [Instance; 2],
    /// What the server has, for each entry; both are the same thing where two entries are about one review.
    pub server: [Subject; 2],
    /// What a reading may still show instead.
    pub replica: [Subject; 2],
    /// Whether the server keeps the mark that it is sent with a resolution.
    pub keeps_marks: bool,
    /// What other admins may still do.
    pub others_left: u8,
    /// The protocol came to a step that the table does not have.
    pub illegal: bool,
}

impl World {
    /// Requests of an entry that may still arrive.
    pub fn on_its_way(&self, entry: usize) -> u8 {
        let travels = |instance: &&Instance| match instance {
            Instance::Writer(process) => {
                matches!(process.task, Task::At(held, Step::Travelling) if usize::from(held.entry) == entry)
            }
            Instance::Down | Instance::Reader => false,
        };
        let travelling = self.instances.iter().filter(travels).count();
        self.disk[entry].late + u8::try_from(travelling).unwrap_or(u8::MAX)
    }
}
