//! What a reading says about a decision: the product's own functions say it, over real records.

mod review;
mod separation;
mod settings;

use cleave_core::outbox::Event;

use super::world::{Kind, Mark, Shows, Subject};

const SHOWS: [Shows; 9] = [
    Shows::Before,
    Shows::Edited,
    Shows::Restored,
    Shows::Merged,
    Shows::Kept,
    Shows::Divided,
    Shows::DividedEdited,
    Shows::Ours,
    Shows::Gone,
];

const MARKS: [Mark; 4] = [Mark::None, Mark::Stranger, Mark::Entry(0), Mark::Entry(1)];

/// What every reading says about one entry, asked once.
pub struct Readings {
    said: Vec<Said>,
    /// What shows that it was done counts only after the quarantine.
    pub proof_waits: bool,
}

#[derive(Debug, Clone, Copy)]
struct Said {
    /// Before sending what was never sent.
    first: Event,
    /// Before sending again what may have been sent.
    again: Event,
    /// After a send of which nobody knows what became.
    after: Event,
}

impl Readings {
    pub fn of(kind: Kind, entry: usize) -> Readings {
        let subjects = SHOWS.iter().flat_map(|shows| MARKS.map(|mark| Subject { shows: *shows, mark }));
        let said = subjects.map(|subject| said(kind, entry, subject)).collect();
        Readings { said, proof_waits: proof_waits(kind) }
    }

    /// Before sending.
    pub fn before(&self, subject: Subject, maybe_sent: bool) -> Event {
        let said = self.say(subject);
        if maybe_sent { said.again } else { said.first }
    }

    /// After a send of which nobody knows what became.
    pub fn after(&self, subject: Subject) -> Event {
        self.say(subject).after
    }

    fn say(&self, subject: Subject) -> Said {
        let shows = SHOWS.iter().position(|shows| *shows == subject.shows);
        let mark = MARKS.iter().position(|mark| *mark == subject.mark);
        let (Some(shows), Some(mark)) = (shows, mark) else { panic!("{subject:?} is in no list") };
        self.said[shows * MARKS.len() + mark]
    }
}

fn proof_waits(kind: Kind) -> bool {
    match kind {
        Kind::Merge | Kind::KeepSeparate => false,
        Kind::Guarded | Kind::Unguarded | Kind::Traceless => separation::proof_waits(kind),
        Kind::Settings => true,
    }
}

fn said(kind: Kind, entry: usize, subject: Subject) -> Said {
    let alike = |before, after| Said { first: before, again: before, after };
    if subject.shows == Shows::Gone {
        return alike(Event::Missing, Event::Missing);
    }
    match kind {
        Kind::Merge | Kind::KeepSeparate => {
            let (before, after) = review::said(kind, entry, subject);
            alike(before, after)
        }
        Kind::Guarded | Kind::Unguarded | Kind::Traceless => Said {
            first: separation::before(kind, subject.shows, false),
            again: separation::before(kind, subject.shows, true),
            after: separation::after(kind, subject.shows),
        },
        Kind::Settings => Said {
            first: settings::before(subject.shows, false),
            again: settings::before(subject.shows, true),
            after: settings::after(subject.shows),
        },
    }
}
