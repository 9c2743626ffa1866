//! The edges of every operation: what a request is read with and what it is refused with.

pub(crate) mod body;
pub(crate) mod params;
pub(crate) mod path;
pub(crate) mod refusal;

use axum::Json;
use serde_json::Value;

pub(crate) use body::Body;
pub(crate) use params::Params;
pub(crate) use path::{Ids, LONGEST_ID, bounded};
pub(crate) use refusal::Refusal;

/// What an operation answers.
pub(crate) type Answer = Result<Json<Value>, Refusal>;
