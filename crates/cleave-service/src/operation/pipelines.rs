//! `POST /api/pipelines/list`: names for `pipelineId` and `pipelineStage`.

use axum::Json;
use serde_json::json;

use crate::auth::Call;
use crate::db::organization;
use crate::http::{Answer, Body};

/// Answers `{success, data}`, the default pipeline first. The body is optional and nothing in it is looked at.
pub(super) async fn handle(call: Call, _body: Body) -> Answer {
    let id = call.organization();
    let pipelines = call.read(move |db| organization::pipelines(db, &id)).await?;
    Ok(Json(json!({"success": true, "data": pipelines})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn pipelines_have_stages_with_names() {
        let trial = Trial::start().await;
        let answer = trial.post("/api/pipelines/list", &json!({})).await;
        let stages = answer.body["data"][0]["stages"].as_array().unwrap();
        assert!(stages.iter().all(|stage| stage["_id"].is_string() && stage["name"].is_string()));
    }
}
