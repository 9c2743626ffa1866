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

/// The most characters an id may have, far beyond any that this service makes.
const LONGEST_ID: usize = 200;

/// An id that could be one: not blank, not overlong and free of control characters. What it names may be missing.
pub(crate) fn checked_id<'a>(name: &str, id: &'a str) -> Result<&'a str, Refusal> {
    if id.trim().is_empty() || id.chars().count() > LONGEST_ID || id.chars().any(char::is_control) {
        return Err(Refusal::field(name, "not an id"));
    }
    Ok(id)
}

/// A text of 1 to so many characters.
pub(crate) fn bounded<'a>(name: &str, text: &'a str, most: usize) -> Result<&'a str, Refusal> {
    if text.is_empty() || text.chars().count() > most {
        return Err(Refusal::field(name, format!("must have from 1 to {most} characters")));
    }
    Ok(text)
}
