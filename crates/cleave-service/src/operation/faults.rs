//! `/__faults`: the fault switches over HTTP, for tests only.

use std::sync::Arc;

use axum::Json;
use axum::extract::State as Shared;
use serde_json::json;

use crate::fault::{Fault, Faults};
use crate::http::{Answer, Body, Refusal};
use crate::state::State;

/// The armed faults with how often each has struck.
pub(super) async fn list(Shared(state): Shared<Arc<State>>) -> Answer {
    let armed = switches(&state)?.list();
    let data: Vec<_> =
        armed.iter().map(|(fault, struck)| json!({"fault": fault, "struck": struck})).collect();
    Ok(Json(json!({"success": true, "data": data})))
}

/// Arms the fault in the body.
pub(super) async fn add(Shared(state): Shared<Arc<State>>, body: Body) -> Answer {
    let fault: Fault = body.decode()?;
    switches(&state)?.add(fault).map_err(Refusal::internal)?;
    Ok(Json(json!({"success": true})))
}

/// Disarms every fault.
pub(super) async fn clear(Shared(state): Shared<Arc<State>>) -> Answer {
    switches(&state)?.clear();
    Ok(Json(json!({"success": true})))
}

fn switches(state: &State) -> Result<&Faults, Refusal> {
    state.faults.as_ref().ok_or_else(|| Refusal::not_found("Faults"))
}
