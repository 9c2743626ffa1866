//! Ids in paths: opaque, but bounded.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::http::Refusal;

/// The ids in a path, in order.
pub(crate) struct Ids<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(ids)) => Ok(Ids(ids)),
            Err(_) => Err(Refusal::field("path", "an id is not valid UTF-8")),
        }
    }
}

/// An id that could be one: not longer than any id of this service's making could become, and free of control
/// characters. What it names may still be missing.
pub(crate) fn checked_id<'a>(name: &str, id: &'a str) -> Result<&'a str, Refusal> {
    if id.trim().is_empty() || id.len() > 128 || id.chars().any(char::is_control) {
        return Err(Refusal::field(name, "not an id"));
    }
    Ok(id)
}
