//! What this machine knows about a review beyond the server's status.

use cleave_core::outbox::State;

/// Where a review stands here. Derived from the latest entry about it, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Local {
    /// Nobody has decided here, or the decision was taken back.
    Open,
    /// Decided here, waiting or on its way.
    Queued,
    /// Decided here and done.
    Done,
    /// Decided here; a person has to look.
    NeedsYou,
}

impl Local {
    /// What an entry in this state makes of its review.
    pub fn of(state: State) -> Local {
        match state {
            State::Applied | State::AppliedElsewhere => Local::Done,
            State::Draft | State::Withdrawn | State::Superseded => Local::Open,
            state if state.needs_person() => Local::NeedsYou,
            _ => Local::Queued,
        }
    }

    /// The stored word.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Local::Open => "open",
            Local::Queued => "queued",
            Local::Done => "done",
            Local::NeedsYou => "needs_you",
        }
    }

    /// Reads the stored word; an unknown one counts as open.
    pub(crate) fn from_word(word: &str) -> Local {
        match word {
            "queued" => Local::Queued,
            "done" => Local::Done,
            "needs_you" => Local::NeedsYou,
            _ => Local::Open,
        }
    }
}
