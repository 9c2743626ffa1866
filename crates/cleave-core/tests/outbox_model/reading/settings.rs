//! Settings by the product's own functions.

use cleave_core::outbox::Event;
use cleave_core::reconcile::{after_uncertain_settings, before_sending_settings};
use cleave_core::settings::DecidedSettings;
use serde_json::{Map, Value, json};

use super::super::world::Shows;

pub fn before(shows: Shows, maybe_sent: bool) -> Event {
    before_sending_settings(&decided(), maybe_sent, &now(shows))
}

pub fn after(shows: Shows) -> Event {
    after_uncertain_settings(&decided(), &now(shows))
}

fn decided() -> DecidedSettings {
    let wanted = with_limit(60);
    DecidedSettings::of(now(Shows::Before), &wanted).expect("sound settings")
}

/// Edited: somebody has set what is decided about to something else.
fn now(shows: Shows) -> Map<String, Value> {
    with_limit(match shows {
        Shows::Before => 50,
        Shows::Ours => 60,
        _ => 70,
    })
}

fn with_limit(limit: u32) -> Map<String, Value> {
    let settings = json!({"candidateLimit": limit, "thresholdPercent": 90, "reviewThresholdPercent": 70});
    settings.as_object().cloned().unwrap_or_default()
}
