//! `PATCH /api/contacts/dedup-reviews/{reviewId}/keep-separate`: the pair stays two, for good.

use axum::Json;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::resolution_body::resolution;
use crate::auth::Admin;
use crate::db::document::text;
use crate::db::review::{self, KEPT_SEPARATE, NEEDS_REVIEW};
use crate::http::{Answer, Body, Ids, Refusal};

/// Answers `{success, message, data}` with the resolved review; 409 when it was resolved before.
pub(super) async fn handle(call: Admin, Ids(id): Ids<String>, body: Body) -> Answer {
    let resolution = resolution(&body)?;
    let (organization, by, now) = (call.organization(), call.caller.user.clone(), call.state.clock.stamp());
    let review = call.write(move |db| keep(db, &organization, &id, resolution, &by, &now)).await?;
    Ok(Json(json!({"success": true, "message": "Review kept separate", "data": review})))
}

/// Resolves one open review of an organisation and suppresses its pair. 404, 409.
pub(super) fn keep(
    db: &Connection,
    organization: &str,
    id: &str,
    resolution: Map<String, Value>,
    by: &str,
    now: &str,
) -> Result<Value, Refusal> {
    let mut review = open(db, organization, id)?;
    review::resolve(&mut review, KEPT_SEPARATE, Value::Object(resolution), by, now);
    review::replace(db, &review)?;
    review::suppress(db, text(&review, "sourceContactId"), text(&review, "candidateContactId"))?;
    Ok(review)
}

/// A review that is still open, or 404 or 409.
pub(super) fn open(db: &Connection, organization: &str, id: &str) -> Result<Value, Refusal> {
    let review = review::found(db, Some(organization), id)?;
    if text(&review, "status") != NEEDS_REVIEW {
        return Err(Refusal::conflict("Review already resolved"));
    }
    Ok(review)
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn a_review_is_kept_separate_once_and_remembers_the_resolution() {
        let trial = Trial::start().await;
        let (review, source, _) = trial.review().await;
        let path = format!("/api/contacts/dedup-reviews/{review}/keep-separate");
        let resolution = json!({"note": "twins", "cleaveOpId": "op-1", "deep": {"any": [1]}});
        let answer = trial.patch(&path, &json!({"resolution": resolution})).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body["data"]["status"], "kept_separate");
        assert_eq!(answer.body["data"]["resolution"], resolution);
        let again = trial.patch(&path, &json!({})).await;
        assert_eq!((again.status, again.error()), (409, "Review already resolved"));
        let read = trial.get(&format!("/api/contacts/dedup-reviews/{review}")).await;
        assert_eq!(read.body["data"]["resolvedBy"]["_id"], trial.admin.as_str());
        assert_eq!(read.body["data"]["sourceContactId"]["_id"], source.as_str(), "both contacts stay");
    }

    #[tokio::test]
    async fn the_body_is_optional_but_not_anything() {
        let trial = Trial::start().await;
        let (review, ..) = trial.review().await;
        let path = format!("/api/contacts/dedup-reviews/{review}/keep-separate");
        for body in [json!({"resolution": null}), json!({"resolution": []}), json!({"resolution": "x"})] {
            let answer = trial.patch(&path, &body).await;
            assert_eq!(answer.status, 400, "{body}");
            assert!(answer.error().starts_with("resolution"), "{}", answer.error());
        }
        assert_eq!(trial.patch(&path, &Value::Null).await.status, 400);
        assert_eq!(trial.send_raw("PATCH", &path, "application/json", String::new()).await.status, 200);
    }

    #[tokio::test]
    async fn who_may_and_what_is_there() {
        let trial = Trial::start().await;
        let (review, ..) = trial.review().await;
        let path = format!("/api/contacts/dedup-reviews/{review}/keep-separate");
        assert_eq!(trial.anonymous().patch(&path, &json!({})).await.status, 401);
        assert_eq!(trial.sales_rep().await.patch(&path, &json!({})).await.status, 403);
        assert_eq!(trial.foreign_admin().await.patch(&path, &json!({})).await.status, 404);
        let missing = "/api/contacts/dedup-reviews/64f0a1b2c3d4e5f6a7b8ca30/keep-separate";
        assert_eq!(trial.patch(missing, &json!({})).await.status, 404);
        assert_eq!(
            trial.patch("/api/contacts/dedup-reviews/%ff/keep-separate", &json!({})).await.status,
            400
        );
        assert_eq!(trial.get(&path).await.status, 405);
    }
}
