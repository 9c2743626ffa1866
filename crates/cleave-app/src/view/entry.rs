//! An entry of the outbox in words: where it stands, what it waits for, what can be done about it.

use cleave_core::decision::DecisionKind;
use cleave_core::outbox::{Event, Hold, State, step};
use cleave_store::{Ahead, Attempt, Course, EntryHead, Written, may_have_been_sent};
use jiff::Timestamp;

use super::field::readable;
use super::names::Names;
use super::separation::receipt::receipt;
use crate::ipc::{AttemptView, Connection, EntryLink, OutboxEntry, OutboxHold, OutboxState};

/// What an entry is shown with besides what is stored of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// Now.
    pub now: Timestamp,
    /// Explains an entry that could be sent and is not.
    pub connection: Connection,
    /// When it goes on by itself, as far as the sender knows.
    pub goes_on_at: Option<Timestamp>,
}

/// The entry with its course, as it stands at the moment.
pub(crate) fn entry(stored: &EntryHead, course: &Course, moment: Moment) -> OutboxEntry {
    let Moment { now, connection, goes_on_at } = moment;
    let attempts = &course.attempts;
    // The sender has not seen yet that the window is over.
    let over =
        stored.state == State::Queued(Hold::CancelWindow) && stored.cancel_until.is_none_or(|end| end <= now);
    let state = match if over { State::Queued(Hold::None) } else { stored.state } {
        // Nor that another one goes first, while it waits for the server.
        State::Queued(Hold::None) if !course.ahead.is_empty() => State::Queued(Hold::Dependency),
        state => state,
    };
    let value = |path: &str, text: &Option<String>| {
        text.as_ref().map_or_else(String::new, |text| readable(path, text, &Names::default()))
    };
    OutboxEntry {
        op_id: stored.op_id.clone(),
        kind: stored.kind.as_str().to_owned(),
        subject: stored.subject.clone(),
        title: stored.title.clone(),
        state: state_view(state),
        hold: hold_view(state.hold()),
        reason: reason(state, &stored.reason, attempts, connection),
        attempts: stored.attempts,
        note: stored.note.clone(),
        decided_at: stored.decided_at.to_string(),
        changed_at: stored.changed_at.to_string(),
        cancel_until: stored
            .cancel_until
            .filter(|_| state == State::Queued(Hold::CancelWindow))
            .map(|time| time.to_string()),
        can_withdraw: can_withdraw(state),
        can_retry: can_retry(state),
        may_double: may_double(stored.kind, state, stored.attempts),
        differences: stored
            .differences
            .iter()
            .map(|d| [d.path.clone(), value(&d.path, &d.predicted), value(&d.path, &d.actual)])
            .collect(),
        receipt: stored.receipt.as_ref().map(receipt),
        refused_at: stored.refused_at.clone(),
        can_mark_applied: can_mark(stored, state),
        can_mark_not_applied: can_mark(stored, state),
        said_done: stored.said_done,
        can_edit: can_edit(stored.kind, state),
        can_compare: can_compare(state),
        waits_for: course.ahead.iter().map(link).collect(),
        paused_until: goes_on_at.filter(|_| connection != Connection::SignedOut).map(|at| at.to_string()),
        survivor_id: survivor(stored, state),
        history: attempts.iter().map(attempt).collect(),
    }
}

/// The contact that a merge kept, once it did.
fn survivor(stored: &EntryHead, state: State) -> Option<String> {
    let merged =
        stored.kind == DecisionKind::Merge && matches!(state, State::Applied | State::AppliedElsewhere);
    stored.candidate_id().filter(|_| merged).map(str::to_owned)
}

fn link(ahead: &Ahead) -> EntryLink {
    EntryLink { op_id: ahead.op_id.clone(), kind: ahead.kind.as_str().to_owned(), title: ahead.title.clone() }
}

/// Whether a person can say what became of it: it was sent, and no reading can tell.
fn can_mark(stored: &EntryHead, state: State) -> bool {
    stored.attempts > 0 && step(state, Event::MarkApplied).is_ok()
}

/// Whether what was decided can be changed: by the transition table another decision may take its place. The plan of a
/// separation that was taken back can be had again too.
pub(crate) fn can_edit(kind: DecisionKind, state: State) -> bool {
    let again = kind == DecisionKind::Separate && state == State::Withdrawn;
    again || step(state, Event::Supersede).is_ok()
}

/// Whether it is worth comparing with what the server has: the server, or an earlier decision, stands against it.
pub(crate) fn can_compare(state: State) -> bool {
    state.needs_person()
}

/// Whether it can be taken back: by the transition table.
fn can_withdraw(state: State) -> bool {
    step(state, Event::Withdraw).is_ok()
}

/// Whether sending it (again) changes anything: the table allows it, and nothing but time or a person holds it. What the
/// server contradicts it would contradict again: that is looked at anew, and decided anew.
fn can_retry(state: State) -> bool {
    let waits_for_others =
        matches!(state, State::Queued(Hold::None | Hold::Auth | Hold::WrongAccount | Hold::Dependency));
    step(state, Event::Retry).is_ok() && !waits_for_others && state != State::Conflict
}

/// Whether sending it again may do it a second time. The server refuses a second decision about a review, and settings
/// can be changed twice without harm; a separation makes another contact every time. It did not happen where the server
/// refused it, or where it waits: it goes from there by itself.
fn may_double(kind: DecisionKind, state: State, attempts: u32) -> bool {
    let did_not_happen = matches!(state, State::Refused | State::Queued(_));
    kind == DecisionKind::Separate && attempts > 0 && can_retry(state) && !did_not_happen
}

/// One sentence. What the store noted at the transition has the server's words, and goes first where there is any.
fn reason(state: State, noted: &str, attempts: &[Attempt], connection: Connection) -> String {
    if state == State::Withdrawn {
        // A reason of the person's own goes before ours.
        let own = Some(noted).filter(|noted| !noted.is_empty() && *noted != words(State::Withdrawn));
        return own.unwrap_or_else(|| given_up(attempts)).to_owned();
    }
    if state == State::Superseded && may_have_been_sent(attempts) {
        return "Replaced by a later decision; the server may have done it.".to_owned();
    }
    if state == State::Queued(Hold::None) {
        return match connection {
            Connection::SignedOut => "Waits until you sign in again.",
            Connection::Offline => "Waits for the server.",
            Connection::Connecting | Connection::Online => "Next to be sent.",
        }
        .to_owned();
    }
    if noted.is_empty() || state == State::Queued(Hold::Dependency) {
        words(state).to_owned()
    } else {
        noted.to_owned()
    }
}

/// What taking back means after these attempts: only what was never sent is taken back.
fn given_up(attempts: &[Attempt]) -> &'static str {
    if may_have_been_sent(attempts) {
        "Given up; the server may have done it."
    } else if attempts.iter().any(|attempt| attempt.written == Written::Answered) {
        "Given up."
    } else {
        words(State::Withdrawn)
    }
}

/// What a state means where nothing more is known.
fn words(state: State) -> &'static str {
    match state {
        State::Draft => "Not decided yet.",
        State::Queued(hold) => match hold {
            Hold::None => "Next to be sent.",
            Hold::CancelWindow => "Saved. It can be taken back before it is sent.",
            Hold::Offline => "Waits for the server.",
            Hold::Auth => "Waits until you sign in again.",
            Hold::WrongAccount => "Waits for the account it was decided with.",
            Hold::Dependency => "Waits for another decision about the same contact.",
            Hold::Backoff => "Waits a moment after a failure.",
            Hold::ReviewNeeded => "An earlier decision changed this review. Look at it again.",
            Hold::ServerPaused => "The server asked for a pause.",
        },
        State::Checking => "Being compared with the server.",
        State::Sending => "On its way.",
        State::Applied => "Done.",
        State::Refused => "The server refused it. It did not happen.",
        State::Uncertain => "Sent, and the answer was lost. The server is being asked what became of it.",
        State::AppliedElsewhere => "Somebody else had decided the same.",
        State::Conflict => "The review has changed on the server since you decided.",
        State::NeedsPerson => "Only you can settle this.",
        State::Withdrawn => "Taken back.",
        State::Superseded => "Replaced by a later decision.",
    }
}

fn attempt(stored: &Attempt) -> AttemptView {
    let outcome = match (stored.outcome.is_empty(), &stored.written) {
        (false, _) => stored.outcome.clone(),
        (true, Written::Unsent) => "Nothing was sent.".to_owned(),
        (true, Written::Answered) => "Answered.".to_owned(),
        (true, Written::MaybeWritten) => "No answer yet; it may have arrived.".to_owned(),
    };
    AttemptView { at: stored.at.to_string(), status: stored.status.map(u32::from), outcome }
}

fn state_view(state: State) -> OutboxState {
    match state {
        State::Draft => OutboxState::Draft,
        State::Queued(_) => OutboxState::Queued,
        State::Checking => OutboxState::Checking,
        State::Sending => OutboxState::Sending,
        State::Applied => OutboxState::Applied,
        State::Refused => OutboxState::Refused,
        State::Uncertain => OutboxState::Uncertain,
        State::AppliedElsewhere => OutboxState::AppliedElsewhere,
        State::Conflict => OutboxState::Conflict,
        State::NeedsPerson => OutboxState::NeedsPerson,
        State::Withdrawn => OutboxState::Withdrawn,
        State::Superseded => OutboxState::Superseded,
    }
}

fn hold_view(hold: Hold) -> OutboxHold {
    match hold {
        Hold::None => OutboxHold::None,
        Hold::CancelWindow => OutboxHold::CancelWindow,
        Hold::Offline => OutboxHold::Offline,
        Hold::Auth => OutboxHold::Auth,
        Hold::WrongAccount => OutboxHold::WrongAccount,
        Hold::Dependency => OutboxHold::Dependency,
        Hold::Backoff => OutboxHold::Backoff,
        Hold::ReviewNeeded => OutboxHold::ReviewNeeded,
        Hold::ServerPaused => OutboxHold::ServerPaused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_states_and_holds_are_those_of_core() {
        for state in State::all() {
            let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
            assert_eq!(word(serde_json::to_value(state_view(state)).unwrap()), state.as_str());
            assert_eq!(word(serde_json::to_value(hold_view(state.hold())).unwrap()), state.hold().as_str());
            assert!(words(state).ends_with('.'));
        }
    }

    #[test]
    fn nothing_that_may_be_on_its_way_can_be_taken_back_or_sent_again() {
        for state in [State::Checking, State::Sending, State::Uncertain, State::Applied] {
            assert!(!can_withdraw(state) && !can_retry(state), "{state:?}");
        }
        for state in [State::Refused, State::NeedsPerson, State::Queued(Hold::CancelWindow)] {
            assert!(can_withdraw(state) && can_retry(state), "{state:?}");
        }
        assert!(can_withdraw(State::Conflict) && !can_retry(State::Conflict));
        assert!(!can_retry(State::Queued(Hold::None)));
    }

    #[test]
    fn only_a_separation_of_which_nobody_knows_may_be_done_twice() {
        use DecisionKind::{Merge, Separate};
        assert!(may_double(Separate, State::NeedsPerson, 1));
        assert!(!may_double(Separate, State::NeedsPerson, 0));
        assert!(!may_double(Merge, State::NeedsPerson, 1));
        for state in [State::Refused, State::Queued(Hold::Backoff), State::Uncertain] {
            assert!(!may_double(Separate, state, 1), "{state:?}");
        }
    }

    #[test]
    fn what_was_sent_is_given_up_and_not_taken_back() {
        let attempt = |number, written| Attempt {
            number,
            at: Timestamp::UNIX_EPOCH,
            ended_at: None,
            written,
            body_hash: String::new(),
            status: None,
            outcome: String::new(),
        };
        let after = |written: &[Written]| {
            let attempts: Vec<_> = (1..).zip(written).map(|(n, w)| attempt(n, *w)).collect();
            reason(State::Withdrawn, "Taken back.", &attempts, Connection::Online)
        };
        let replaced = |written| {
            let noted = words(State::Superseded);
            reason(State::Superseded, noted, &[attempt(1, written)], Connection::Online)
        };
        assert_eq!(replaced(Written::Answered), "Replaced by a later decision.");
        assert_eq!(
            replaced(Written::MaybeWritten),
            "Replaced by a later decision; the server may have done it."
        );
        let own = "Given up, because it was not done: seen in the CRM";
        assert_eq!(reason(State::Withdrawn, own, &[], Connection::Online), own);
        assert_eq!(after(&[]), "Taken back.");
        assert_eq!(after(&[Written::Unsent]), "Taken back.");
        assert_eq!(after(&[Written::Answered]), "Given up.");
        assert_eq!(
            after(&[Written::MaybeWritten, Written::Answered]),
            "Given up; the server may have done it."
        );
    }
}
