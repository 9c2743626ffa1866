//! `GET /api/contacts/{id}/dedup-reviews/pending`: the open reviews a contact is part of, on either side.

use axum::Json;
use serde_json::json;

use crate::auth::Admin;
use crate::db::{contact, organization, review};
use crate::http::{Answer, Ids, Params};

/// Answers `{success, data, count, organizationId}`. `organizationId` in the query is for the SUPERADMIN: 403.
pub(super) async fn handle(call: Admin, Ids(id): Ids<String>, params: Params) -> Answer {
    let of = params.id("organizationId")?.map_or_else(|| call.organization(), str::to_owned);
    call.reach(&of)?;
    let organization = of.clone();
    let reviews = call
        .read(move |db| {
            organization::ordinal(db, &of)?;
            contact::found(db, &of, &id)?;
            review::pending_of(db, &id)
        })
        .await?;
    Ok(Json(
        json!({"success": true, "count": reviews.len(), "data": reviews, "organizationId": organization}),
    ))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    #[tokio::test]
    async fn a_contact_is_found_on_either_side_of_a_review() {
        let trial = Trial::start().await;
        let (review, source, candidate) = trial.review().await;
        for contact in [source.as_str(), candidate.as_str()] {
            let answer = trial.get(&format!("/api/contacts/{contact}/dedup-reviews/pending")).await;
            assert_eq!(answer.ids("data"), [review.as_str()]);
            assert_eq!(answer.body["count"], 1);
        }
        let path =
            format!("/api/contacts/{source}/dedup-reviews/pending?organizationId={}", trial.organization);
        assert_eq!(trial.get(&path).await.status, 200);
        assert_eq!(trial.superadmin().await.get(&path).await.status, 200);
        assert_eq!(trial.foreign_admin().await.get(&path).await.status, 403);
        assert_eq!(trial.get("/api/contacts/missing/dedup-reviews/pending").await.status, 404);
    }
}
