//! The body of keep-separate and merge: optional, and free-form within `resolution`.

use serde_json::{Map, Value};

use crate::http::{Body, Refusal};

/// The resolution; empty without a body. 400 where `resolution` is there and no object.
pub(super) fn resolution(body: &Body) -> Result<Map<String, Value>, Refusal> {
    match body.object().get("resolution") {
        None => Ok(Map::new()),
        Some(Value::Object(resolution)) => Ok(resolution.clone()),
        Some(_) => Err(Refusal::field("resolution", "must be an object")),
    }
}
