//! Sentences for people about what became of a decision. The server's own words follow ours.

use cleave_core::decision::{About, DecisionKind};
use cleave_core::outbox::answer::Answer;
use cleave_core::outbox::{Event, Hold};
use cleave_core::separation::Seen;
use cleave_core::settings::DecidedSettings;
use serde_json::{Map, Value};

use crate::classify::Sent;
use crate::failure::{FORBIDDEN, ReadClass, ReadFailure};

/// What every entry waits for once the session is over.
pub(super) const SIGNED_OUT: &str = "The session has ended; sign in to send it.";

/// What stands between a sentence and the server's own words.
const SAYS: &str = " The server says: ";

/// The server's own words in the reason of an entry, where there are any.
#[must_use]
pub fn servers_words(reason: &str) -> Option<&str> {
    reason.split_once(SAYS).map(|(_, words)| words)
}

/// A sentence, and what the server said, if it said anything.
fn with(sentence: &str, words: Option<&String>) -> String {
    match words {
        Some(words) => format!("{sentence}{SAYS}{words}"),
        None => sentence.to_owned(),
    }
}

/// What an attempt came to.
pub(super) fn of_answer(kind: DecisionKind, sent: &Sent, event: Event) -> String {
    let about = kind.about();
    let sentence = match (sent.answer, event) {
        (Answer::Done, _) if about == About::Organization => SETTINGS_CHANGED,
        (Answer::NotConnected, _) => "The server cannot be reached; it is sent when it can.",
        (Answer::Done, _) => "Done.",
        (Answer::SignedOut, Event::Unsent(Hold::None)) => "The session was renewed; it is sent again.",
        (Answer::SignedOut, _) => SIGNED_OUT,
        (Answer::Forbidden, _) => FORBIDDEN,
        (Answer::Invalid, Event::Rejected) => "The server refused it.",
        (Answer::NotFound, _) => match about {
            About::Review => "The server does not have this review, or not this way of deciding it.",
            About::Contact => "The server does not have this contact, or not this way of separating it.",
            About::Organization => {
                "The server does not have these settings, or not this way of changing them."
            }
        },
        (Answer::SlowDown, Event::Unsent(_)) => "The server asks for a pause.",
        (Answer::Redirected, Event::Unsent(_)) => "The server points elsewhere; Cleave does not follow.",
        (Answer::AlreadyResolved, Event::Changed) => "The server says that something stands against it.",
        (Answer::AlreadyResolved, _) if about != About::Review => {
            "The server says that something stands against it; finding out whether it was done."
        }
        (Answer::AlreadyResolved, _) => "Somebody has resolved this review; finding out who and how.",
        (Answer::NotBelievable, _) if about == About::Organization && sent.settings.is_some() => {
            "The server took it and shows something else; finding out whether it was done."
        }
        (Answer::Intercepted | Answer::NotBelievable, _) => {
            "Something else than the server may have answered; finding out whether it was done."
        }
        _ => "The answer was lost; finding out whether it was done.",
    };
    let words = sent.words.as_ref().filter(|_| sent.answer != Answer::Done);
    with(sentence, words)
}

/// What a check or a reading that did not work means for the entry.
pub(super) fn of_failure(kind: DecisionKind, failure: &ReadFailure) -> String {
    let sentence = match failure.class {
        ReadClass::Offline => "The server cannot be reached; it goes on when it can.",
        ReadClass::NotTheApi => "Something else than the server answers; it goes on when the server does.",
        ReadClass::SignedOut => "The session has ended; sign in to go on.",
        ReadClass::Forbidden => FORBIDDEN,
        ReadClass::NotFound | ReadClass::Unsupported => match kind.about() {
            About::Review => "The server does not have this review or one of its contacts.",
            About::Contact => "The server does not have this contact any more.",
            About::Organization => "The server does not show the settings of this organisation.",
        },
        ReadClass::SlowDown => "The server asks for a pause.",
        ReadClass::Broken | ReadClass::Refused => "The server did not answer properly; it is tried again.",
    };
    with(sentence, failure.words.as_ref())
}

/// What a reading of the review says about the decision.
pub(super) fn of_reading(event: Event, resolved_by: Option<&String>) -> String {
    let by = resolved_by.map_or_else(|| "Somebody".to_owned(), Clone::clone);
    match event {
        Event::Confirmed => "Done: the review carries the mark of this decision.".to_owned(),
        Event::AlreadySo => format!("{by} had decided the same before."),
        Event::Changed => "What the server shows now is not what this was decided about.".to_owned(),
        Event::Missing => "The server does not have this review any more.".to_owned(),
        Event::Unsent(_) => "It did not happen: two readings agree. It is sent again.".to_owned(),
        _ => "What became of it is being found out.".to_owned(),
    }
}

/// The outcome that was decided, without a mark, after a request of which nobody knows what became.
pub(super) const WHOSE_CANNOT_BE_TOLD: &str =
    "The server shows the outcome you decided; whether by this decision cannot be told.";

/// What a review that was resolved the other way says.
pub(super) fn of_opposite(status: &str, resolved_by: Option<&String>) -> String {
    let by = resolved_by.map_or_else(|| "Somebody else".to_owned(), Clone::clone);
    let how = match status {
        "merged" => "merged this pair",
        "kept_separate" => "kept this pair separate",
        _ => "resolved this review",
    };
    format!("{by} {how} before this was sent.")
}

/// A separation that both contacts show.
pub(super) const SEPARATED: &str = "Done: both contacts are as planned.";

/// A separation that both contacts show, though nothing was sent.
pub(super) const SEPARATED_ELSEWHERE: &str = "Somebody had separated this contact in the same way before.";

/// Settings that are as decided.
const SETTINGS_CHANGED: &str = "Done: the settings are as you decided.";

/// Settings that the account has no business with.
pub(super) const FOREIGN_SETTINGS: &str = "These settings are of another organisation than the account's.";

/// What the settings say about a change of them.
pub(super) fn of_settings(event: Event, decided: &DecidedSettings, now: &Map<String, Value>) -> String {
    match event {
        Event::Confirmed => SETTINGS_CHANGED.to_owned(),
        Event::AlreadySo => "Somebody had changed the settings in the same way before.".to_owned(),
        Event::Unsent(_) => "It did not happen: two readings agree. It is sent again.".to_owned(),
        Event::Changed => {
            let keys = decided.contradicted_by(now);
            if !keys.is_empty() {
                return format!("Somebody has changed the same settings since: {}.", keys.join(", "));
            }
            let problems: Vec<String> = decided.problems_with(now).iter().map(ToString::to_string).collect();
            format!("With what has changed since, it cannot be any more: {}.", problems.join("; "))
        }
        _ => String::new(),
    }
}

/// A contact that the account has no business with.
pub(super) const FOREIGN_CONTACT: &str = "This contact belongs to another organisation than the account.";

/// A number that is no longer free.
pub(super) const NUMBER_OF_NEW_TAKEN: &str =
    "Another contact holds the phone number that the new contact was to have.";

/// A number that is no longer free.
pub(super) const NUMBER_OF_ORIGINAL_TAKEN: &str =
    "Another contact holds the phone number that the original contact was to have.";

/// A server that shows something else with every reading.
pub(super) const CONTRADICTORY: &str =
    "What became of it cannot be told: the server shows something else every time it is read.";

/// What cannot be read, however often it is tried.
pub(super) fn unreadable(failure: &str) -> String {
    format!("It was sent, and what became of it cannot be read. {failure}")
}

/// A contact that is not what the separation was planned for.
pub(super) fn changed_since(clause: &str) -> String {
    format!("The contact has changed since this was planned: {clause}.")
}

/// What looking for both contacts of a separation, without positive evidence, means for it.
/// `touched`: the original contact is as it was, and was changed since.
pub(super) fn of_looking(event: Event, seen: Seen, touched: bool) -> &'static str {
    match (event, seen) {
        (_, Seen::Before) if touched => {
            "The contact is as it was, but something has changed it since this was sent: it may have been separated and put together again. You decide whether it is sent again."
        }
        (Event::Unsent(_), _) => "It did not happen: two readings agree. It is sent again.",
        (_, Seen::Before) => {
            "It seems not to have happened: two readings agree. Nothing would stop the server from separating twice, so you decide whether it is sent again."
        }
        (_, Seen::After) => {
            "A contact like the new one is there, but nothing shows that this separation made it. You decide."
        }
        (_, Seen::Neither) => {
            "The server shows neither the contact as it was nor both contacts as planned. Look at what was seen, and decide."
        }
    }
}
