//! Ids: opaque. One in a path that names nothing is a 404 whatever it looks like; others are bounded.

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

/// The most characters an id in a body or a query may have, far beyond any that this service makes.
pub(crate) const LONGEST_ID: usize = 200;

/// A text of 1 to so many characters.
pub(crate) fn bounded<'a>(name: &str, text: &'a str, most: usize) -> Result<&'a str, Refusal> {
    if text.is_empty() || text.chars().count() > most {
        return Err(Refusal::field(name, format!("must have from 1 to {most} characters")));
    }
    Ok(text)
}
