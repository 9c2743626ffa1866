//! States, events and the transition table.

use serde::{Deserialize, Serialize};

/// Why a queued entry is not being sent right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// Nothing holds it.
    None,
    /// The time in which the admin can take it back has not run out.
    CancelWindow,
    /// The server cannot be reached.
    Offline,
    /// The session has ended or lacks the right; signing in again releases it.
    Auth,
    /// It belongs to another account than the one signed in.
    WrongAccount,
    /// An earlier entry touches the same contact or review.
    Dependency,
    /// A failure a moment ago; it waits before it tries again.
    Backoff,
    /// An earlier decision changed what this one was about; the admin looks at it first.
    ReviewNeeded,
    /// The server asked for a pause or answers in a way that makes going on pointless.
    ServerPaused,
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Being made; not yet said.
    Draft,
    /// Said and saved; waiting.
    Queued(Hold),
    /// Being compared with what the server shows now.
    Checking,
    /// A request may be on its way. Persisted before a byte leaves.
    Sending,
    /// The server has done it.
    Applied,
    /// The server has refused it; it did not happen.
    Refused,
    /// A request was sent and nobody knows what became of it.
    Uncertain,
    /// Somebody else had already done the same.
    AppliedElsewhere,
    /// The server's state contradicts the decision.
    Conflict,
    /// Only a person can settle it.
    NeedsPerson,
    /// Taken back by the admin before it was sent, or given up afterwards.
    Withdrawn,
    /// Replaced by a later decision of the admin.
    Superseded,
}

/// Every hold, in the order of the design.
const HOLDS: [Hold; 9] = [
    Hold::None,
    Hold::CancelWindow,
    Hold::Offline,
    Hold::Auth,
    Hold::WrongAccount,
    Hold::Dependency,
    Hold::Backoff,
    Hold::ReviewNeeded,
    Hold::ServerPaused,
];

impl Hold {
    /// The stored and shown word.
    pub fn as_str(self) -> &'static str {
        match self {
            Hold::None => "none",
            Hold::CancelWindow => "cancel_window",
            Hold::Offline => "offline",
            Hold::Auth => "auth",
            Hold::WrongAccount => "wrong_account",
            Hold::Dependency => "dependency",
            Hold::Backoff => "backoff",
            Hold::ReviewNeeded => "review_needed",
            Hold::ServerPaused => "server_paused",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        HOLDS.into_iter().find(|h| h.as_str() == word)
    }
}

impl State {
    /// Every state; the queued ones with every hold.
    pub fn all() -> Vec<State> {
        use State::{
            Applied, AppliedElsewhere, Checking, Conflict, Draft, NeedsPerson, Refused, Sending, Superseded,
            Uncertain, Withdrawn,
        };
        let rest = [
            Draft,
            Checking,
            Sending,
            Applied,
            Refused,
            Uncertain,
            AppliedElsewhere,
            Conflict,
            NeedsPerson,
            Withdrawn,
            Superseded,
        ];
        rest.into_iter().chain(HOLDS.into_iter().map(State::Queued)).collect()
    }

    /// The stored and shown word; the hold has a word of its own.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Queued(_) => "queued",
            State::Checking => "checking",
            State::Sending => "sending",
            State::Applied => "applied",
            State::Refused => "refused",
            State::Uncertain => "uncertain",
            State::AppliedElsewhere => "applied_elsewhere",
            State::Conflict => "conflict",
            State::NeedsPerson => "needs_person",
            State::Withdrawn => "withdrawn",
            State::Superseded => "superseded",
        }
    }

    /// The hold of a queued entry, [`Hold::None`] otherwise.
    pub fn hold(self) -> Hold {
        match self {
            State::Queued(hold) => hold,
            _ => Hold::None,
        }
    }

    /// Reads the two stored words.
    pub fn from_words(state: &str, hold: &str) -> Option<Self> {
        let hold = Hold::from_word(hold)?;
        State::all().into_iter().find(|s| s.as_str() == state && s.hold() == hold)
    }

    /// Whether the entry is settled: it will not change by itself, nor need anybody.
    pub fn is_final(self) -> bool {
        matches!(self, State::Applied | State::AppliedElsewhere | State::Withdrawn | State::Superseded)
    }

    /// Whether a later entry about the same contact or review has to wait for this one: it may still take effect by
    /// itself, or may have taken it.
    ///
    /// One that was refused, contradicted or put before the admin does nothing until a person says so.
    pub fn holds_up_others(self) -> bool {
        let waits_for_a_person =
            matches!(self, State::Refused | State::Conflict | State::Queued(Hold::ReviewNeeded));
        !self.is_final() && !waits_for_a_person
    }

    /// Whether a person has to look at it before it goes on.
    pub fn needs_person(self) -> bool {
        matches!(
            self,
            State::Conflict | State::NeedsPerson | State::Refused | State::Queued(Hold::ReviewNeeded)
        )
    }
}

/// Something that happened to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// The admin committed the decision.
    Decide,
    /// The reason to wait changed, or ended ([`Hold::None`]).
    Hold(Hold),
    /// The sender took it up.
    Check,
    /// The server still shows what the admin saw.
    Unchanged,
    /// The server already shows the outcome that was decided.
    AlreadySo,
    /// The server shows something else than the admin saw.
    Changed,
    /// What it is about is not there, or not readable as what it was.
    Missing,
    /// The check could not be made; nothing was sent.
    CheckFailed(Hold),
    /// The answer proves that it was done.
    Confirmed,
    /// The answer proves that it was refused and not done.
    Rejected,
    /// It is proven that nothing reached the server.
    Unsent(Hold),
    /// Nothing is proven.
    Unknown,
    /// The process ended while this was under way.
    Restarted,
    /// The admin took it back.
    Withdraw,
    /// The admin decided anew on the same review.
    Supersede,
    /// The admin wants it sent (again).
    Retry,
    /// The admin looked, and says that what was sent was done. It settles what no reading can, such as a separation
    /// that was lost half-way.
    MarkApplied,
}

/// An event that cannot happen in a state. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a decision that is {} cannot take this step", .state.as_str())]
pub struct IllegalStep {
    /// The state it was in.
    pub state: State,
    /// What was said to have happened.
    pub event: Event,
}

/// The transition table.
///
/// # Errors
/// [`IllegalStep`] where the table has no row; the entry stays as it is.
pub fn step(state: State, event: Event) -> Result<State, IllegalStep> {
    use Event as E;
    use State as S;
    let next = match (state, event) {
        (S::Draft, E::Decide) => S::Queued(Hold::CancelWindow),
        (S::Queued(_), E::Hold(hold)) => S::Queued(hold),
        (S::Queued(Hold::None), E::Check) => S::Checking,

        // The check: nothing has left yet.
        (S::Checking, E::Unchanged) => S::Sending,
        // A restored database may ask again about something that was done.
        (S::Checking, E::Confirmed) => S::Applied,
        (S::Checking, E::AlreadySo) => S::AppliedElsewhere,
        (S::Checking, E::Changed) => S::Conflict,
        (S::Checking, E::Missing) => S::NeedsPerson,
        (S::Checking, E::CheckFailed(hold)) => S::Queued(hold),
        (S::Checking, E::Restarted) => S::Queued(Hold::None),

        // The send.
        (S::Sending, E::Confirmed) => S::Applied,
        (S::Sending, E::Rejected) => S::Refused,
        (S::Sending, E::Unsent(hold)) => S::Queued(hold),
        // Settings: a 409 is the server's word against them.
        (S::Sending, E::Changed) => S::Conflict,
        (S::Sending, E::Missing) => S::NeedsPerson,
        (S::Sending, E::Unknown | E::Restarted) => S::Uncertain,

        // Reconciling: positive evidence at once, negative evidence after the quarantine.
        (S::Uncertain, E::Confirmed) => S::Applied,
        (S::Uncertain, E::AlreadySo) => S::AppliedElsewhere,
        (S::Uncertain, E::Changed) => S::Conflict,
        (S::Uncertain, E::Missing) => S::NeedsPerson,
        (S::Uncertain, E::Unsent(hold)) => S::Queued(hold),
        (S::Uncertain, E::Unknown | E::Restarted) => S::Uncertain,

        // The admin's hand. Nothing that may be on its way can be taken back.
        (S::Draft | S::Queued(_) | S::Refused | S::Conflict | S::NeedsPerson, E::Withdraw) => S::Withdrawn,
        (S::Draft | S::Queued(_) | S::Refused | S::Conflict | S::NeedsPerson, E::Supersede) => S::Superseded,
        (S::Queued(_) | S::Refused | S::Conflict | S::NeedsPerson, E::Retry) => S::Queued(Hold::None),
        // It was sent from here: that somebody else did it is not what the admin says.
        (S::NeedsPerson, E::MarkApplied) => S::Applied,

        (state, event) => return Err(IllegalStep { state, event }),
    };
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_round_trip() {
        for state in State::all() {
            assert_eq!(State::from_words(state.as_str(), state.hold().as_str()), Some(state));
        }
        assert_eq!(State::from_words("checking", "offline"), None);
        assert_eq!(State::from_words("done", "none"), None);
    }

    #[test]
    fn nothing_that_may_be_on_its_way_can_be_taken_back() {
        for state in [State::Checking, State::Sending, State::Uncertain, State::Applied] {
            for event in [Event::Withdraw, Event::Supersede, Event::Retry] {
                assert!(step(state, event).is_err(), "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn every_state_that_is_not_final_has_an_exit() {
        for state in State::all().into_iter().filter(|s| !s.is_final()) {
            let left = any_events().into_iter().any(|e| step(state, e).is_ok_and(|next| next != state));
            assert!(left, "{state:?} is a dead end");
        }
    }

    #[test]
    fn others_wait_for_whatever_may_still_take_effect() {
        for state in State::all() {
            let moves_alone = !state.is_final() && !state.needs_person();
            let unknown = state == State::NeedsPerson;
            assert_eq!(state.holds_up_others(), moves_alone || unknown, "{state:?}");
        }
    }

    #[test]
    fn a_person_settles_only_what_needs_one() {
        for state in State::all() {
            let settled = (state == State::NeedsPerson).then_some(State::Applied);
            assert_eq!(step(state, Event::MarkApplied).ok(), settled, "{state:?}");
        }
    }

    #[test]
    fn final_states_stay() {
        for state in State::all().into_iter().filter(|s| s.is_final()) {
            for event in any_events() {
                assert!(step(state, event).is_err(), "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn a_restart_never_forgets_that_something_may_have_been_sent() {
        assert_eq!(step(State::Sending, Event::Restarted), Ok(State::Uncertain));
        assert_eq!(step(State::Checking, Event::Restarted), Ok(State::Queued(Hold::None)));
    }

    fn any_events() -> Vec<Event> {
        use Event as E;
        let plain = [
            E::Decide,
            E::Check,
            E::Unchanged,
            E::AlreadySo,
            E::Changed,
            E::Missing,
            E::Confirmed,
            E::Rejected,
            E::Unknown,
            E::Restarted,
            E::Withdraw,
            E::Supersede,
            E::Retry,
            E::MarkApplied,
        ];
        let held = HOLDS.into_iter().flat_map(|h| [E::Hold(h), E::CheckFailed(h), E::Unsent(h)]);
        plain.into_iter().chain(held).collect()
    }

    proptest! {
        /// Between two sends there is always proof that the first did not happen, or a person's word.
        #[test]
        fn no_second_send_without_proof_or_a_person(picks in proptest::collection::vec(0usize..64, 0..60)) {
            let events = any_events();
            let (mut state, mut maybe_sent) = (State::Draft, false);
            for pick in picks {
                let event = events[pick % events.len()];
                let Ok(next) = step(state, event) else { continue };
                if next == State::Sending {
                    prop_assert!(!maybe_sent, "sent twice");
                    maybe_sent = true;
                }
                if matches!(event, Event::Unsent(_) | Event::Retry | Event::Rejected) {
                    maybe_sent = false;
                }
                state = next;
            }
        }
    }
}
