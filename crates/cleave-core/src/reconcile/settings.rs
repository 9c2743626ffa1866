//! A change of settings: what the server shows of it, before it is sent and after an answer that proved nothing.
//!
//! Settings carry no mark and no version, and a PUT is never refused as a second copy. But its values are absolute: the
//! same PUT once more makes the same configuration. So it may be sent again where the server shows what was there
//! before. What an admin sets and sets back to exactly that, unseen, cannot be told from nothing having happened.

use crate::outbox::answer::{self, Answer};
use crate::outbox::{Event, Hold};
use crate::settings::{DecidedSettings, SettingsShown};

use serde_json::{Map, Value};

/// What the settings, read now, say about a change that is about to be sent.
///
/// Keys that it does not change may be anything: they are not sent. But a threshold that somebody else has moved may
/// leave no room for the one that it sets; that is a change of what was decided, too. `maybe_sent`: a request of it may
/// have reached the server before.
pub fn before_sending_settings(
    decided: &DecidedSettings,
    maybe_sent: bool,
    now: &Map<String, Value>,
) -> Event {
    match decided.shown_by(now) {
        SettingsShown::Wanted if maybe_sent => Event::Confirmed,
        SettingsShown::Wanted => Event::AlreadySo,
        SettingsShown::Before if decided.problems_with(now).is_empty() => Event::Unchanged,
        SettingsShown::Before | SettingsShown::Other => Event::Changed,
    }
}

/// What the settings, read now, say about a change that may have been sent.
///
/// None of it counts while the request may be on its way, what confirms it included: nothing tells whose work that is,
/// and the request would undo what was decided after it. What confirms it is proof once the quarantine is over;
/// everything else only if a second reading agrees.
pub fn after_uncertain_settings(decided: &DecidedSettings, now: &Map<String, Value>) -> Event {
    match decided.shown_by(now) {
        SettingsShown::Wanted => Event::Confirmed,
        SettingsShown::Before => Event::Unsent(Hold::None),
        SettingsShown::Other => Event::Changed,
    }
}

/// What the answer to an attempt says, as [`answer::judge`] does for what is decided about reviews and contacts.
///
/// A reading: nobody has documented a 409 here, and there is no second copy that it could refuse. So it says that
/// something on the server stands against this change, and that this request did nothing: a conflict for the admin. A
/// review or a contact is read then, because there it may speak of our own first copy; so it is here after an attempt
/// that is unaccounted for.
pub fn judge_settings(answer: Answer, earlier_uncertain: bool) -> Event {
    match answer {
        Answer::AlreadyResolved if !earlier_uncertain => Event::Changed,
        _ => answer::judge(answer, earlier_uncertain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::{State, step};
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn the_table_of_evidence() {
        let seen = map(json!({"candidateLimit": 50, "thresholdPercent": 90, "reviewThresholdPercent": 70}));
        let wanted = map(json!({"reviewThresholdPercent": 80}));
        let decided = DecidedSettings::of(seen.clone(), &wanted).unwrap();
        let shows = |more: Value| {
            let mut now = seen.clone();
            now.extend(map(more));
            now
        };
        let again = Event::Unsent(Hold::None);
        let cases = [
            (json!({}), Event::Unchanged, Event::Unchanged, again),
            (json!({"candidateLimit": 5, "own": 1}), Event::Unchanged, Event::Unchanged, again),
            (json!({"thresholdPercent": 95}), Event::Unchanged, Event::Unchanged, again),
            (json!({"thresholdPercent": 75}), Event::Changed, Event::Changed, again),
            (json!({"reviewThresholdPercent": 80}), Event::AlreadySo, Event::Confirmed, Event::Confirmed),
            (json!({"reviewThresholdPercent": 60}), Event::Changed, Event::Changed, Event::Changed),
        ];
        for (now, first, later, after) in cases {
            let now = shows(now);
            assert_eq!(before_sending_settings(&decided, false, &now), first, "{now:?}");
            assert_eq!(before_sending_settings(&decided, true, &now), later, "{now:?}");
            assert_eq!(after_uncertain_settings(&decided, &now), after, "{now:?}");
        }
    }

    #[test]
    fn a_409_is_a_conflict_unless_an_earlier_attempt_is_open() {
        let after = |earlier| step(State::Sending, judge_settings(Answer::AlreadyResolved, earlier));
        assert_eq!(after(false), Ok(State::Conflict));
        assert_eq!(after(true), Ok(State::Uncertain));
        for answer in [Answer::Done, Answer::Broken, Answer::Invalid, Answer::NotFound, Answer::SignedOut] {
            for earlier in [false, true] {
                assert_eq!(judge_settings(answer, earlier), answer::judge(answer, earlier), "{answer:?}");
            }
        }
    }
}
