//! A change of settings that is not settled, and a later one that takes its place: what was decided stays decided, save
//! what is decided otherwise.

use cleave_core::outbox::{Event, State, step};
use cleave_core::settings::{DecidedSettings, same_setting};
use cleave_store::{Entry, EntryHead, Store, may_have_been_sent};
use serde_json::{Map, Value};

use crate::ipc::{AppError, EntryLink, ErrorCode, SettingsIssue};

/// The change that a new one takes the place of, if there is one.
///
/// # Errors
/// `TooLate`: it may be on its way. `Storage`.
pub(super) fn replaceable(store: &Store, organization: &str) -> Result<Option<Entry>, AppError> {
    let latest = store.settings_change_of(organization)?.filter(|entry| !entry.state.is_final());
    if latest.as_ref().is_some_and(|entry| step(entry.state, Event::Supersede).is_err()) {
        return Err(AppError::new(ErrorCode::TooLate, "A change of the settings is on its way.")
            .hint("Wait until the outbox says what became of it."));
    }
    Ok(latest)
}

/// What was seen and what is wanted, with everything of an earlier change that is not decided anew.
///
/// A key that `wanted` has counts as it is there. Any other that the earlier change sets comes with what was seen when it
/// was decided: what somebody else has made of it since is still a conflict.
pub(super) fn laid_over(
    earlier: &DecidedSettings,
    mut seen: Map<String, Value>,
    mut wanted: Map<String, Value>,
) -> (Map<String, Value>, Map<String, Value>) {
    for (key, value) in &earlier.change {
        if wanted.contains_key(key) {
            continue;
        }
        wanted.insert(key.clone(), value.clone());
        match earlier.seen.get(key) {
            Some(before) => seen.insert(key.clone(), before.clone()),
            None => seen.remove(key),
        };
    }
    (seen, wanted)
}

/// Whether a change that was saved is one that asks for this. It may have taken over more from the one before it.
pub(super) fn has(decided: &DecidedSettings, wanted: &Map<String, Value>) -> bool {
    let made = |key: &String| decided.change.get(key).or_else(|| decided.seen.get(key));
    wanted.keys().any(|key| decided.change.contains_key(key))
        && wanted.iter().all(|(key, value)| same_setting(made(key), Some(value)))
}

/// What to say where the new one would leave nothing of the earlier: taking it back is a step of its own.
pub(super) fn nothing_left(earlier: &Entry) -> SettingsIssue {
    let first = earlier.decision.settings().and_then(|change| change.keys().next()).unwrap_or_default();
    let message = "Nothing would be left of the change that waits: take it back in the outbox.";
    SettingsIssue { field: first.to_owned(), message: message.to_owned() }
}

/// What should be known of the earlier change: that it was sent, and may have been made.
///
/// # Errors
/// Those of the disk.
pub(super) fn note(store: &Store, earlier: &Entry) -> Result<Option<String>, AppError> {
    let lost = earlier.state == State::NeedsPerson && may_have_been_sent(&store.attempts(&earlier.op_id)?);
    let words =
        "An earlier change of the settings was sent and may have been made. Look at the settings first.";
    Ok(lost.then(|| words.to_owned()))
}

pub(super) fn link(earlier: &EntryHead) -> EntryLink {
    EntryLink {
        op_id: earlier.op_id.clone(),
        kind: earlier.kind.as_str().to_owned(),
        title: earlier.title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_is_not_decided_anew_stays_decided_with_what_was_seen_then() {
        let seen = map(json!({"candidateLimit": 50, "thresholdPercent": 90, "reviewThresholdPercent": 70}));
        let wanted = map(json!({"candidateLimit": 5, "reviewThresholdPercent": 60}));
        let first = DecidedSettings::of(seen.clone(), &wanted).unwrap();
        // Somebody else has changed the limit, and the admin decides about both thresholds.
        let mut now = seen;
        now.insert("candidateLimit".into(), json!(40));
        let wanted = map(json!({"thresholdPercent": 92, "reviewThresholdPercent": 65}));
        let (seen, both) = laid_over(&first, now, wanted.clone());
        let second = DecidedSettings::of(seen, &both).unwrap();
        assert_eq!(
            Value::Object(second.change.clone()),
            json!({"candidateLimit": 5, "thresholdPercent": 92, "reviewThresholdPercent": 65})
        );
        assert_eq!(second.seen["candidateLimit"], 50, "what became of it since is a conflict");
        assert!(has(&second, &wanted), "the same asked again");
        assert!(!has(&second, &map(json!({"thresholdPercent": 93}))) && !has(&second, &Map::new()));
    }

    #[test]
    fn a_key_that_is_given_as_it_is_takes_the_earlier_change_of_it_back() {
        let seen = map(json!({"candidateLimit": 50, "instantMergeFields": []}));
        let wanted = map(json!({"candidateLimit": 5, "instantMergeFields": ["email"]}));
        let first = DecidedSettings::of(seen.clone(), &wanted).unwrap();
        let (seen, both) = laid_over(&first, seen, map(json!({"candidateLimit": 50})));
        let second = DecidedSettings::of(seen, &both).unwrap();
        assert_eq!(Value::Object(second.change), json!({"instantMergeFields": ["email"]}));
    }
}
