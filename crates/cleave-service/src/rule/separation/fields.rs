//! The field split: which value each of the two contacts has afterwards.
//!
//! Readings: of an optional pair that is absent, or of a side that is absent, the original keeps what it has and the
//! new contact has nothing; null and "" both clear. A value that the contact already has is let through as it is, so
//! that an old value of a bad form does not lock a contact. Fields without a slot in the request stay with the
//! original.

use cleave_core::normalise;
use cleave_wire::Maybe;
use cleave_wire::separate::{
    SeparateContactFieldSplit, SeparationFieldOriginalNewStringOptional, SeparationTarget,
};
use serde_json::{Map, Value, json};

use super::{Before, goes_to_new, phone_split};
use crate::http::Refusal;

/// Longest name, in characters.
const LONGEST: usize = 1_000;

/// Both contacts after the split; the new one has no id and no times yet.
pub(super) fn split(before: &Before, split: &SeparateContactFieldSplit) -> Result<(Value, Value), Refusal> {
    let contact = &before.contact;
    let mut original = contact.clone();
    let mut new = json!({});
    names(&mut original, &mut new, split)?;
    optional(contact, "email", split.email.as_ref(), email_problem, &mut original, &mut new)?;
    phone_split::split(contact, split.phone_number.as_ref(), &mut original, &mut new)?;
    optional(contact, "dateOfBirth", split.date_of_birth.as_ref(), date_problem, &mut original, &mut new)?;
    misc(split, &mut original, &mut new);
    let targets = [
        ("status", split.status, before.defaults.status.clone()),
        ("pipelineId", split.pipeline_id, before.defaults.pipeline.clone()),
        ("pipelineStage", split.pipeline_stage, before.defaults.stage.clone()),
        ("assignees", split.assignees, json!([])),
        ("outreachConfigId", split.outreach_config_id, Value::Null),
    ];
    for (key, target, default) in targets {
        give(key, target, default, &mut original, &mut new);
    }
    for key in ["organizationId", "userId", "source"] {
        new[key] = contact.get(key).cloned().unwrap_or(Value::Null);
    }
    Ok((original, new))
}

fn names(original: &mut Value, new: &mut Value, split: &SeparateContactFieldSplit) -> Result<(), Refusal> {
    let pairs = [("firstName", &split.first_name), ("lastName", &split.last_name)];
    for (key, pair) in pairs {
        for (side, value) in [("original", &pair.original), ("new", &pair.new)] {
            if value.chars().count() > LONGEST {
                return Err(Refusal::field(
                    format!("fieldSplit.{key}.{side}"),
                    "longer than 1000 characters",
                ));
            }
        }
        original[key] = json!(pair.original);
        new[key] = json!(pair.new);
    }
    for (side, first, last) in [
        ("original", &split.first_name.original, &split.last_name.original),
        ("new", &split.first_name.new, &split.last_name.new),
    ] {
        if first.trim().is_empty() && last.trim().is_empty() {
            let field = format!("fieldSplit.firstName.{side}");
            return Err(Refusal::field(field, "first and last name are both empty"));
        }
    }
    Ok(())
}

fn optional(
    contact: &Value,
    key: &str,
    pair: Option<&SeparationFieldOriginalNewStringOptional>,
    problem: fn(&str) -> Option<&'static str>,
    original: &mut Value,
    new: &mut Value,
) -> Result<(), Refusal> {
    new[key] = Value::Null;
    let Some(pair) = pair else { return Ok(()) };
    let sides = [("original", &pair.original, original), ("new", &pair.new, new)];
    for (side, value, result) in sides {
        match value {
            Maybe::Absent => {}
            Maybe::Null => result[key] = Value::Null,
            Maybe::Value(text) if text.trim().is_empty() => result[key] = Value::Null,
            Maybe::Value(text) => {
                let known = contact.get(key).and_then(Value::as_str) == Some(text);
                if let Some(what) = problem(text).filter(|_| !known) {
                    return Err(Refusal::field(format!("fieldSplit.{key}.{side}"), what));
                }
                result[key] = json!(text);
            }
        }
    }
    Ok(())
}

fn email_problem(text: &str) -> Option<&'static str> {
    normalise::email_problem(text)
}

fn date_problem(text: &str) -> Option<&'static str> {
    let iso = normalise::date(text).is_some_and(|iso| text.starts_with(&iso));
    (!iso).then_some("must be a date of the form YYYY-MM-DD")
}

/// A side that is absent: the original keeps what it has, the new contact has nothing.
fn misc(split: &SeparateContactFieldSplit, original: &mut Value, new: &mut Value) {
    new["misc"] = Value::Object(Map::new());
    let Some(sides) = &split.misc else { return };
    if let Some(kept) = &sides.original {
        original["misc"] = Value::Object(kept.clone());
    }
    if let Some(given) = &sides.new {
        new["misc"] = Value::Object(given.clone());
    }
}

/// The value goes to the target; the other side has the organisation's default.
fn give(key: &str, target: SeparationTarget, default: Value, original: &mut Value, new: &mut Value) {
    if goes_to_new(target) {
        new[key] = original.get(key).cloned().unwrap_or(Value::Null);
        original[key] = default;
    } else {
        new[key] = default;
    }
}
