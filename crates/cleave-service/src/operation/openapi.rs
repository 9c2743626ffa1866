//! `GET /openapi.json`: the description of every operation here.

use axum::http::header;
use axum::response::IntoResponse;

/// Answers with the description as it stands in `cleave-wire`. Open to everyone.
pub(super) async fn handle() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], cleave_wire::OPENAPI_JSON)
}
