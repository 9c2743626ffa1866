//! Where a connection is spoilt, and what must then be said of the decision.

use super::proxy::head_of;
use super::said::Said;

/// How a connection ends.
#[derive(Debug, Clone, Copy)]
pub enum End {
    Close,
    Reset,
    /// Not at all: whoever waits gives up.
    Hang,
}

impl End {
    pub const ALL: [End; 3] = [End::Close, End::Reset, End::Hang];
}

/// A place in a message.
#[derive(Debug, Clone, Copy)]
pub enum At {
    Start,
    /// Percent of the first line.
    FirstLine(usize),
    /// Percent of the head.
    Head(usize),
    /// Behind the head, and percent of the body.
    Body(usize),
    /// The last byte is missing.
    AllButLast,
    Whole,
    /// Thousandths of the whole, wherever that is.
    Anywhere(usize),
}

impl At {
    /// So many bytes of the message get through.
    pub fn bytes(self, message: &[u8]) -> usize {
        let all = message.len();
        let head = head_of(message).unwrap_or(all);
        let line = message.iter().position(|byte| *byte == b'\r').unwrap_or(all);
        match self {
            At::Start => 0,
            At::FirstLine(percent) => line * percent / 100,
            At::Head(percent) => head * percent / 100,
            At::Body(percent) => head + (all - head) * percent / 100,
            At::AllButLast => all - 1,
            At::Whole => all,
            At::Anywhere(thousandths) => all * thousandths / 1000,
        }
    }
}

/// What happens to the connection by which a change is sent.
#[derive(Debug, Clone)]
pub enum Fault {
    /// Nobody listens.
    Refused,
    /// It is accepted, and nothing is read.
    Accepted(End),
    /// The server gets the request up to there.
    Request(At, End),
    /// The server gets all of it, and its answer arrives up to there.
    Answer(At, End),
    /// The server gets it when its sender has given up.
    Late(End),
    /// This is said instead of what the server says, if it was asked at all.
    Said { passed: bool, said: Said },
}

/// What must be said of the decision right afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Nothing left: it waits, and no attempt counts.
    Unsent,
    /// It was turned away before it was done: it waits.
    TurnedAway,
    /// Nobody knows.
    Uncertain,
    Applied,
}

/// Every class of byte at which a connection can end, and every odd answer.
pub fn table() -> Vec<(Fault, Class)> {
    let mut table = vec![(Fault::Refused, Class::Unsent)];
    for end in End::ALL {
        table.push((Fault::Accepted(end), Class::Uncertain));
        for at in [At::FirstLine(50), At::Head(1), At::Head(99), At::Body(0), At::Body(50), At::AllButLast] {
            table.push((Fault::Request(at, end), Class::Uncertain));
        }
        for at in [
            At::Start,
            At::FirstLine(30),
            At::FirstLine(100),
            At::Head(60),
            At::Body(0),
            At::Body(50),
            At::AllButLast,
        ] {
            table.push((Fault::Answer(at, end), Class::Uncertain));
        }
        table.push((Fault::Answer(At::Whole, end), Class::Applied));
        table.push((Fault::Late(end), Class::Uncertain));
    }
    let said = super::said::table().into_iter();
    table.extend(said.map(|(passed, said, class)| (Fault::Said { passed, said }, class)));
    table
}
