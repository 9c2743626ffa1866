//! `GET /api/contacts/dedup-reviews/{reviewId}`: one review with both contacts populated.

use axum::Json;
use serde_json::json;

use crate::auth::Admin;
use crate::db::review;
use crate::http::{Answer, Ids};

/// Answers `{success, data}`. A contact that is no more stays an id, and its snapshot tells what it was.
pub(super) async fn handle(call: Admin, Ids(id): Ids<String>) -> Answer {
    let organization = call.organization();
    let review = call
        .read(move |db| {
            let review = review::found(db, Some(&organization), &id)?;
            review::populated(db, review)
        })
        .await?;
    Ok(Json(json!({"success": true, "data": review})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn contacts_are_populated_while_they_exist() {
        let trial = Trial::start().await;
        let (review, source, candidate) = trial.review().await;
        let path = format!("/api/contacts/dedup-reviews/{review}");
        let answer = trial.get(&path).await;
        assert_eq!(answer.body["data"]["sourceContactId"]["_id"], source.as_str());
        trial.patch(&format!("{path}/merge"), &json!({})).await;
        let answer = trial.get(&path).await;
        assert_eq!(answer.body["data"]["sourceContactId"], source.as_str());
        assert_eq!(answer.body["data"]["candidateContactId"]["_id"], candidate.as_str());
        assert_eq!(trial.get("/api/contacts/dedup-reviews/missing").await.status, 404);
        assert_eq!(trial.sales_rep().await.get(&path).await.status, 403);
    }
}
