//! `PATCH /api/organizations/{organizationId}/contact-dedup-reviews/{reviewId}/keep-separate` and `/merge`: the same
//! two decisions by way of the organisation, recorded in its audit trail.

use axum::Json;
use serde_json::json;

use super::resolution_body::resolution;
use super::{keep_separate, merge};
use crate::auth::Admin;
use crate::db::{organization, review};
use crate::http::{Answer, Body, Ids};

/// Answers like keep-separate. 403 for another organisation, unless the caller is SUPERADMIN.
pub(super) async fn keep_separate(call: Admin, Ids((of, id)): Ids<(String, String)>, body: Body) -> Answer {
    call.reach(&of)?;
    let resolution = resolution(&body)?;
    let (by, now) = (call.caller.user.clone(), call.state.clock.stamp());
    let review = call
        .write(move |db| {
            organization::ordinal(db, &of)?;
            let review = keep_separate::keep(db, &of, &id, resolution, &by, &now)?;
            review::audit(db, &of, &by, "contact_dedup_review.keep_separate", &id, &now)?;
            Ok(review)
        })
        .await?;
    Ok(Json(json!({"success": true, "message": "Review kept separate", "data": review})))
}

/// Answers like merge. 403 for another organisation, unless the caller is SUPERADMIN.
pub(super) async fn merge(call: Admin, Ids((of, id)): Ids<(String, String)>, body: Body) -> Answer {
    call.reach(&of)?;
    let resolution = resolution(&body)?;
    let (by, now) = (call.caller.user.clone(), call.state.clock.stamp());
    let (review, target) = call
        .write(move |db| {
            organization::ordinal(db, &of)?;
            let merged = merge::merge(db, &of, &id, resolution, &by, &now)?;
            review::audit(db, &of, &by, "contact_dedup_review.merge", &id, &now)?;
            Ok(merged)
        })
        .await?;
    Ok(Json(json!({"success": true, "message": "Contacts merged", "data": review, "targetContact": target})))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn both_twins_decide_once_and_leave_an_audit_entry() {
        let trial = Trial::start().await;
        for (action, status) in [("keep-separate", "kept_separate"), ("merge", "merged")] {
            let (review, ..) = trial.review().await;
            let path =
                format!("/api/organizations/{}/contact-dedup-reviews/{review}/{action}", trial.organization);
            let answer = trial.patch(&path, &json!({"resolution": {}})).await;
            assert_eq!((answer.status, &answer.body["data"]["status"]), (200, &json!(status)));
            let again = trial.patch(&path, &json!({})).await;
            assert_eq!(again.status, 409);
            assert!(again.body["details"].is_string(), "the organisation's error form");
            assert_eq!(trial.audit_entries(&review), 1);
        }
    }

    #[tokio::test]
    async fn another_organisation_is_for_the_superadmin() {
        let trial = Trial::start().await;
        let (review, ..) = trial.review().await;
        let path =
            format!("/api/organizations/{}/contact-dedup-reviews/{review}/keep-separate", trial.organization);
        assert_eq!(trial.foreign_admin().await.patch(&path, &json!({})).await.status, 403);
        assert_eq!(trial.sales_rep().await.patch(&path, &json!({})).await.status, 403);
        let superadmin = trial.superadmin().await;
        let nowhere = format!("/api/organizations/nowhere/contact-dedup-reviews/{review}/keep-separate");
        assert_eq!(superadmin.patch(&nowhere, &json!({})).await.status, 404);
        assert_eq!(superadmin.patch(&path, &json!({})).await.status, 200);
    }
}
