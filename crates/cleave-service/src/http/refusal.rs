//! What a request is refused with, in the error form of the route it came by.
//!
//! The contract has three forms: `{error, message, data?}` on contact routes, where `data.field` is the field that a
//! 400 is about, `{error, details}` on organisation routes, and `{error: {code, message}}`, which this service uses
//! where no route was matched.

use std::fmt;

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refused request: the status and the words for the person.
#[derive(Clone)]
pub(crate) struct Refusal {
    status: StatusCode,
    text: String,
    field: Option<String>,
}

impl Refusal {
    fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Refusal { status, text: text.into(), field: None }
    }

    /// 400 that names the field it is about.
    pub(crate) fn field(field: impl fmt::Display, what: impl fmt::Display) -> Self {
        let text = format!("{field}: {what}");
        Refusal { field: Some(field.to_string()), ..Self::new(StatusCode::BAD_REQUEST, text) }
    }

    /// 401: no token, or one that is no good any more.
    pub(crate) fn unauthorized(text: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, text)
    }

    /// 403: the caller's role or organisation does not reach this.
    pub(crate) fn forbidden(text: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, text)
    }

    /// 404: there is no such thing in the caller's organisation.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("{what} not found"))
    }

    /// 409: somebody resolved it first.
    pub(crate) fn conflict(text: &str) -> Self {
        Self::new(StatusCode::CONFLICT, text)
    }

    /// 413: the body is larger than the service takes.
    pub(crate) fn too_large(cap: usize) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, format!("body: larger than {cap} bytes"))
    }

    /// 415: the body is not JSON by its own account.
    pub(crate) fn not_json_type() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "body: the content type must be application/json")
    }

    /// 500, with the cause in the log and not in the answer.
    pub(crate) fn internal(cause: impl fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed within the service");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Internal server error")
    }

    /// The status it is answered with.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    fn rendered(&self, form: Form) -> Response {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let body = match form {
            Form::Legacy => {
                let mut body = json!({"error": self.text, "message": self.text});
                if let Some(field) = &self.field {
                    body["data"] = json!({"field": field});
                }
                body
            }
            Form::Organization => json!({"error": title, "details": self.text}),
            Form::Coded => {
                json!({"error": {"code": title.to_uppercase().replace(' ', "_"), "message": self.text}})
            }
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The status and no words: a refusal may quote what the caller sent.
impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Refusal({})", self.status.as_u16())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(cause: rusqlite::Error) -> Self {
        Self::internal(cause)
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(cause: serde_json::Error) -> Self {
        Self::internal(cause)
    }
}

/// Leaves the refusal for [`render`], which knows the route and with it the form.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Clone, Copy)]
enum Form {
    Legacy,
    Organization,
    Coded,
}

/// The layer that writes refusals in the form of their route.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    let form = if request.uri().path().starts_with("/api/organizations/") {
        Form::Organization
    } else {
        Form::Legacy
    };
    let response = next.run(request).await;
    let Some(refusal) = response.extensions().get::<Refusal>() else { return response };
    let unrouted = response.extensions().get::<Unrouted>().is_some();
    let mut rendered = refusal.rendered(if unrouted { Form::Coded } else { form });
    if let Some(allow) = response.headers().get(header::ALLOW) {
        rendered.headers_mut().insert(header::ALLOW, allow.clone());
    }
    rendered
}

/// Marks an answer that no operation gave.
#[derive(Clone)]
struct Unrouted;

/// 404 for a path without an operation.
pub(crate) async fn no_such_path() -> Response {
    unrouted(StatusCode::NOT_FOUND, "there is no such operation")
}

/// 405 for a path whose operations have other methods; the router adds `Allow`.
pub(crate) async fn no_such_method() -> Response {
    unrouted(StatusCode::METHOD_NOT_ALLOWED, "this path has no such method")
}

fn unrouted(status: StatusCode, text: &str) -> Response {
    let mut response = Refusal::new(status, text).into_response();
    response.extensions_mut().insert(Unrouted);
    response
}
