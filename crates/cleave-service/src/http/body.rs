//! Request bodies: JSON objects of bounded size, decoded with the path of whatever is wrong.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use axum::http::header;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::http::Refusal;
use crate::state::State;

/// The object in a request's body; empty when there was no body.
pub(crate) struct Body {
    object: Map<String, Value>,
    present: bool,
}

impl Body {
    /// The members of the object.
    pub(crate) fn object(&self) -> &Map<String, Value> {
        &self.object
    }

    /// A text member; 400 where it is something else, null included.
    pub(crate) fn text(&self, key: &str) -> Result<Option<&str>, Refusal> {
        match self.object.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::field(key, "must be a string")),
        }
    }

    /// A whole number from 1 on, or the default where it is absent. `2.0` is as whole as `2`, as in JSON Schema.
    pub(crate) fn whole(&self, key: &str, most: u64, default: u64) -> Result<u64, Refusal> {
        let Some(value) = self.object.get(key) else { return Ok(default) };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be within")]
        let whole = value.as_u64().or_else(|| {
            let number = value.as_f64()?;
            (number.fract() == 0.0 && (1.0..=1e15).contains(&number)).then_some(number as u64)
        });
        let fitting = whole.filter(|number| (1..=most).contains(number));
        fitting.ok_or_else(|| Refusal::field(key, format!("must be a whole number from 1 to {most}")))
    }

    /// The object of a body that must be there.
    pub(crate) fn required(self) -> Result<Map<String, Value>, Refusal> {
        if self.present { Ok(self.object) } else { Err(Refusal::field("body", "required")) }
    }

    /// Decodes the object into a request type. What is wrong is named by its path, such as
    /// `fieldSplit.firstName.new: invalid type: null, expected a string`.
    pub(crate) fn decode<T: DeserializeOwned>(self) -> Result<T, Refusal> {
        serde_path_to_error::deserialize(Value::Object(self.required()?)).map_err(|error| {
            let path = error.path().to_string();
            let path = if path == "." { "body".to_owned() } else { path };
            Refusal::field(path, error.into_inner())
        })
    }
}

impl FromRequest<Arc<State>> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &Arc<State>) -> Result<Self, Refusal> {
        let cap = state.body_cap;
        let is_json = request.headers().get(header::CONTENT_TYPE).map(|value| {
            let essence = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case("application/json")
        });
        let bytes = read(request.into_body(), cap).await?;
        if bytes.is_empty() {
            return Ok(Body { object: Map::new(), present: false });
        }
        if is_json != Some(true) {
            return Err(Refusal::not_json_type());
        }
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(Value::Object(object)) => Ok(Body { object, present: true }),
            Ok(_) => Err(Refusal::field("body", "must be a JSON object")),
            Err(error) => Err(Refusal::field(
                "body",
                format!("not JSON (line {}, column {})", error.line(), error.column()),
            )),
        }
    }
}

/// How much of a body that is too large is still read and thrown away. A client that is refused while it sends would
/// otherwise see a broken connection and not the refusal.
const DRAINED: usize = 64 * 1024 * 1024;

async fn read(body: axum::body::Body, cap: usize) -> Result<Vec<u8>, Refusal> {
    let mut chunks = body.into_data_stream();
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Refusal::field("body", "ended before it was whole"))?;
        length += chunk.len();
        if length <= cap {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
        if length > cap + DRAINED {
            break;
        }
    }
    if length > cap { Err(Refusal::too_large(cap)) } else { Ok(bytes) }
}
