//! `PATCH /api/contacts/dedup-reviews/bulk/keep-separate`: many reviews kept separate, each on its own.

use axum::Json;
use cleave_wire::bulk::BulkKeepSeparateRequest;
use serde_json::json;

use super::keep_separate::keep;
use crate::auth::Admin;
use crate::http::{Answer, Body, LONGEST_ID, Refusal, bounded};

/// Answers `{success, results, summary}`: a review that cannot be resolved fails alone, with its status. 400 for more
/// ids than the cap or none. An id named twice is resolved the first time and a 409 the second.
pub(super) async fn handle(call: Admin, body: Body) -> Answer {
    let request: BulkKeepSeparateRequest = body.decode()?;
    let ids = request.review_ids;
    let cap = call.state.bulk_cap;
    if ids.is_empty() || ids.len() > cap {
        return Err(Refusal::field("reviewIds", format!("must name from 1 to {cap} reviews")));
    }
    for (at, id) in ids.iter().enumerate() {
        bounded(&format!("reviewIds[{at}]"), id, LONGEST_ID)?;
    }
    let resolution = request.resolution.unwrap_or_default();
    let (organization, by, now) = (call.organization(), call.caller.user.clone(), call.state.clock.stamp());
    let results = call
        .write(move |db| {
            let mut results = Vec::new();
            for id in ids {
                let (ok, status) = match keep(db, &organization, &id, resolution.clone(), &by, &now) {
                    Ok(_) => (true, 200),
                    Err(refusal) if refusal.status().is_client_error() => (false, refusal.status().as_u16()),
                    Err(failure) => return Err(failure),
                };
                results.push(json!({"reviewId": id, "ok": ok, "status": status}));
            }
            Ok(results)
        })
        .await?;
    let succeeded = results.iter().filter(|result| result["ok"] == true).count();
    Ok(Json(json!({
        "success": true,
        "summary": {"total": results.len(), "succeeded": succeeded, "failed": results.len() - succeeded},
        "results": results,
    })))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    const PATH: &str = "/api/contacts/dedup-reviews/bulk/keep-separate";

    #[tokio::test]
    async fn each_review_has_its_own_result() {
        let trial = Trial::start().await;
        let (open, ..) = trial.review().await;
        let (resolved, ..) = trial.review().await;
        trial.patch(&format!("/api/contacts/dedup-reviews/{resolved}/keep-separate"), &json!({})).await;
        let body = json!({"reviewIds": [open, resolved, "missing"], "resolution": {"note": "not the same"}});
        let answer = trial.patch(PATH, &body).await;
        assert_eq!(answer.status, 200);
        let statuses: Vec<_> = (0..3).map(|n| answer.body["results"][n]["status"].clone()).collect();
        assert_eq!(statuses, [json!(200), json!(409), json!(404)]);
        assert_eq!(answer.body["summary"], json!({"total": 3, "succeeded": 1, "failed": 2}));
        let read = trial.get(&format!("/api/contacts/dedup-reviews/{open}")).await;
        assert_eq!(read.body["data"]["resolution"]["note"], "not the same");
    }

    #[tokio::test]
    async fn too_many_too_few_and_no_ids_are_refused_whole() {
        let trial = Trial::start().await;
        let (open, ..) = trial.review().await;
        let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
        let cases = [
            json!({"reviewIds": many}),
            json!({"reviewIds": []}),
            json!({"reviewIds": [open, ""]}),
            json!({"reviewIds": "all"}),
            json!({}),
            json!({"reviewIds": [7]}),
        ];
        for body in cases {
            let answer = trial.patch(PATH, &body).await;
            assert_eq!(answer.status, 400);
            assert!(answer.error().contains("reviewIds"), "{}", answer.error());
        }
        assert_eq!(trial.sales_rep().await.patch(PATH, &json!({"reviewIds": [open]})).await.status, 403);
        let read = trial.get(&format!("/api/contacts/dedup-reviews/{open}")).await;
        assert_eq!(read.body["data"]["status"], "needs_review");
    }
}
