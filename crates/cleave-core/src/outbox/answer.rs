//! Reading an answer of the server: what it proves about a decision that was sent.
//!
//! The sync crate sorts every HTTP outcome into one [`Answer`]; [`judge`] is the table of what follows. Merges,
//! keep-separates and separations share one column: they differ in how an unknown outcome is found out, and in whether
//! anything may be sent again after it ([`crate::reconcile`]). Settings differ in one row
//! ([`crate::reconcile::judge_settings`]).

use super::{Event, Hold};

/// A class of answers to a request that changes something. Exhaustive: every outcome falls into one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The connection was never made: refused, unknown host, TLS not established.
    NotConnected,
    /// Anything that went wrong after a connection was made: reset, time-out, truncated or undecodable body, 408, 5xx.
    Broken,
    /// 200 with a body that decodes, says `success: true` and names the right records.
    Done,
    /// 200 that is not that: HTML, another type, `success: false`, another id.
    NotBelievable,
    /// 301, 307, 308: never followed, not acted on by a server that answers so.
    Redirected,
    /// 302, 303: may have acted before it redirected.
    RedirectedAfter,
    /// 400, 413, 415, 422 in JSON.
    Invalid,
    /// 401, after the one refresh.
    SignedOut,
    /// 403 in JSON.
    Forbidden,
    /// 404 in JSON.
    NotFound,
    /// 409 in JSON.
    AlreadyResolved,
    /// 429.
    SlowDown,
    /// Any 4xx in HTML, 407, 511: a portal or a proxy, not the server.
    Intercepted,
}

/// What the answer to an attempt says, where `earlier_uncertain` tells whether an earlier attempt of the same entry
/// is still unaccounted for.
///
/// After an uncertain attempt a 4xx proves nothing: the first copy may have done it, so the entry is reconciled.
pub fn judge(answer: Answer, earlier_uncertain: bool) -> Event {
    match answer {
        Answer::NotConnected if earlier_uncertain => Event::Unknown,
        Answer::NotConnected => Event::Unsent(Hold::Offline),
        Answer::Done => Event::Confirmed,
        Answer::Broken
        | Answer::NotBelievable
        | Answer::RedirectedAfter
        | Answer::Intercepted
        | Answer::AlreadyResolved => Event::Unknown,
        _ if earlier_uncertain => Event::Unknown,
        Answer::Redirected => Event::Unsent(Hold::ServerPaused),
        Answer::Invalid => Event::Rejected,
        Answer::SignedOut | Answer::Forbidden => Event::Unsent(Hold::Auth),
        Answer::NotFound => Event::Missing,
        Answer::SlowDown => Event::Unsent(Hold::Backoff),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::{State, step};

    const ALL: [Answer; 13] = [
        Answer::NotConnected,
        Answer::Broken,
        Answer::Done,
        Answer::NotBelievable,
        Answer::Redirected,
        Answer::RedirectedAfter,
        Answer::Invalid,
        Answer::SignedOut,
        Answer::Forbidden,
        Answer::NotFound,
        Answer::AlreadyResolved,
        Answer::SlowDown,
        Answer::Intercepted,
    ];

    #[test]
    fn the_table_of_answers() {
        let cases = [
            (Answer::NotConnected, State::Queued(Hold::Offline)),
            (Answer::Broken, State::Uncertain),
            (Answer::Done, State::Applied),
            (Answer::NotBelievable, State::Uncertain),
            (Answer::Redirected, State::Queued(Hold::ServerPaused)),
            (Answer::RedirectedAfter, State::Uncertain),
            (Answer::Invalid, State::Refused),
            (Answer::SignedOut, State::Queued(Hold::Auth)),
            (Answer::Forbidden, State::Queued(Hold::Auth)),
            (Answer::NotFound, State::NeedsPerson),
            (Answer::AlreadyResolved, State::Uncertain),
            (Answer::SlowDown, State::Queued(Hold::Backoff)),
            (Answer::Intercepted, State::Uncertain),
        ];
        for (answer, expected) in cases {
            assert_eq!(step(State::Sending, judge(answer, false)), Ok(expected), "{answer:?}");
        }
        assert_eq!(cases.len(), ALL.len());
    }

    #[test]
    fn after_an_uncertain_attempt_only_success_proves_anything() {
        for answer in ALL {
            let next = step(State::Sending, judge(answer, true));
            let expected = if answer == Answer::Done { State::Applied } else { State::Uncertain };
            assert_eq!(next, Ok(expected), "{answer:?}");
        }
    }
}
