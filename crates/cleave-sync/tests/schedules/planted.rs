//! Bugs that one might have written instead: each has to be found by the schedules, or these prove nothing.
//!
//! They are planted from without, by settings that nobody would choose and by what is done to the outbox between two
//! steps, so that nothing of them is in what ships.

use cleave_core::outbox::{Event, Hold, State};

use crate::decisions::Kind;
use crate::double::faults::Weather;
use crate::judge::Fault;
use crate::schedule::{NOT_HAPPENED, Play};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naive {
    /// No answer is taken for not done.
    ResendOnTimeout,
    /// What shows nothing counts at once.
    NoQuarantine,
    /// The second of two readings follows at once, and so shows the same.
    OneReading,
    /// What the server would do twice is sent again by itself.
    ResendUnguarded,
    /// No answer to a change of settings is taken for not done: its values are absolute.
    ResendSettings,
    /// A person is asked as soon as an answer is lost.
    AskAtOnce,
}

impl Naive {
    pub const ALL: [Naive; 6] = [
        Naive::ResendOnTimeout,
        Naive::NoQuarantine,
        Naive::OneReading,
        Naive::ResendUnguarded,
        Naive::ResendSettings,
        Naive::AskAtOnce,
    ];

    /// The promise that it breaks.
    pub fn breaks(self) -> Fault {
        match self {
            Naive::ResendOnTimeout | Naive::ResendUnguarded | Naive::ResendSettings => Fault::Doubled,
            Naive::NoQuarantine | Naive::OneReading => Fault::Misreported,
            Naive::AskAtOnce => Fault::NeedlesslyAsked,
        }
    }

    /// The weather in which it shows.
    pub fn weather(self) -> Weather {
        match self {
            Naive::ResendOnTimeout | Naive::ResendUnguarded | Naive::ResendSettings => Weather::Storm,
            Naive::NoQuarantine | Naive::OneReading => Weather::Fog,
            Naive::AskAtOnce => Weather::Gusts,
        }
    }

    /// After each step of the sender.
    pub fn meddle(self, play: &Play<'_>) {
        for (op, entry) in play.entries() {
            let untouched = entry.state == State::NeedsPerson && entry.reason.starts_with(NOT_HAPPENED);
            match self {
                Naive::ResendOnTimeout if entry.state == State::Uncertain => {
                    play.advance(&entry, Event::Unsent(Hold::None));
                }
                Naive::ResendSettings if op.kind == Kind::Settings && entry.state == State::Uncertain => {
                    play.advance(&entry, Event::Unsent(Hold::None));
                }
                Naive::ResendUnguarded if op.kind.is_unguarded() && untouched => {
                    play.advance(&entry, Event::Retry);
                }
                Naive::AskAtOnce if entry.state == State::Uncertain => play.advance(&entry, Event::Missing),
                _ => {}
            }
        }
    }
}
