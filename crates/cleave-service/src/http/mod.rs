//! The edges of every operation: what a request is read with and what it is refused with.

pub(crate) mod body;
pub(crate) mod params;
pub(crate) mod path;
pub(crate) mod refusal;

use axum::Json;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use body::Body;
pub(crate) use params::Params;
pub(crate) use path::{Ids, LONGEST_ID, bounded};
pub(crate) use refusal::Refusal;

/// A page of stored documents, passed on as they are.
#[derive(Serialize)]
pub(crate) struct Listing {
    success: bool,
    data: Vec<Box<RawValue>>,
    total: i64,
    page: u32,
    size: u32,
}

impl Listing {
    /// The answer with this page of so many documents in all.
    pub(crate) fn of(
        data: Vec<Box<RawValue>>,
        total: i64,
        page: params::Page,
    ) -> Result<Json<Listing>, Refusal> {
        Ok(Json(Listing { success: true, data, total, page: page.number, size: page.size }))
    }
}

/// What an operation answers.
pub(crate) type Answer = Result<Json<Value>, Refusal>;
