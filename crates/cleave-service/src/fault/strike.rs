//! The layer that carries out faults.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

use super::{FaultKind, Wire};
use crate::state::State;

const PAGE: &str = "<!doctype html><title>Sign in</title><p>Please accept the terms of this network.</p>";

/// Lets a request through, or does to it what the armed fault says.
pub(crate) async fn strike(Shared(state): Shared<Arc<State>>, mut request: Request, next: Next) -> Response {
    let Some(faults) = &state.faults else { return next.run(request).await };
    let path = request.uri().path();
    if path == "/__faults" {
        return next.run(request).await;
    }
    let Some((kind, stale)) = faults.next(request.method().as_str(), path) else {
        return next.run(request).await;
    };
    let wire = request.extensions().get::<ConnectInfo<Wire>>().map(|info| info.0.clone());
    let cut_after = |bytes: u64| {
        if let Some(wire) = &wire {
            wire.cut_after(bytes);
        }
    };
    match kind {
        FaultKind::Delay { millis, after: false } => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            next.run(request).await
        }
        FaultKind::Delay { millis, after: true } => {
            let response = next.run(request).await;
            tokio::time::sleep(Duration::from_millis(millis)).await;
            response
        }
        FaultKind::Status { status, body, retry_after, location } => {
            let body = body.unwrap_or_else(|| json!({"error": "Fault", "message": "Fault"}));
            let mut response = (code(status), Json(body)).into_response();
            for (name, value) in [(header::RETRY_AFTER, retry_after), (header::LOCATION, location)] {
                if let Some(Ok(value)) = value.map(|value| HeaderValue::from_str(&value)) {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
        FaultKind::Html { status } => (code(status), Html(PAGE)).into_response(),
        FaultKind::Drop => {
            cut_after(0);
            StatusCode::OK.into_response()
        }
        FaultKind::LoseAnswer => {
            let response = next.run(request).await;
            cut_after(0);
            response
        }
        FaultKind::CutAnswer { bytes } => {
            let response = next.run(request).await;
            cut_after(bytes);
            response
        }
        FaultKind::Hang { commit } => {
            if commit {
                next.run(request).await;
            }
            // Until the service stops, or it could never stop.
            let _ = faults.stopping.clone().wait_for(|stopping| *stopping).await;
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        FaultKind::StaleRead => {
            if let Some(stale) = stale {
                request.extensions_mut().insert(stale);
            }
            next.run(request).await
        }
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
