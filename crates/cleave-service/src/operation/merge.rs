//! `PATCH /api/contacts/dedup-reviews/{reviewId}/merge`: the source goes into the candidate.
//!
//! One transaction: the candidate gets the merged fields and all of the source's children, the source is gone
//! (404 from then on), and every other open review that the source is part of, on either side, is kept separate,
//! because one of its contacts is no more.

use axum::Json;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::keep_separate::open;
use super::resolution_body::resolution;
use crate::auth::Admin;
use crate::db::document::text;
use crate::db::review::{self, KEPT_SEPARATE, MERGED};
use crate::db::{child, contact, conversation, organization};
use crate::http::{Answer, Body, Ids, Refusal};
use crate::rule::merge::{Choices, merged};

/// Answers `{success, message, data, targetContact}`; 409 when the review was resolved before.
pub(super) async fn handle(call: Admin, Ids(id): Ids<String>, body: Body) -> Answer {
    let resolution = resolution(&body)?;
    let (organization, by, now) = (call.organization(), call.caller.user.clone(), call.state.clock.stamp());
    let (review, target) = call.write(move |db| merge(db, &organization, &id, resolution, &by, &now)).await?;
    Ok(Json(json!({
        "success": true,
        "message": "Contacts merged",
        "data": review,
        "targetContact": target,
    })))
}

/// Merges the pair of one open review. Answers with the review and the surviving contact. 400, 404, 409.
pub(super) fn merge(
    db: &Connection,
    organization: &str,
    id: &str,
    resolution: Map<String, Value>,
    by: &str,
    now: &str,
) -> Result<(Value, Value), Refusal> {
    let mut review = open(db, organization, id)?;
    let source_id = text(&review, "sourceContactId").to_owned();
    let candidate_id = text(&review, "candidateContactId").to_owned();
    let source = contact::found(db, organization, &source_id)?;
    let candidate = contact::found(db, organization, &candidate_id)?;
    let choices = Choices::of(&resolution, &source_id, &candidate_id)?;
    let ordinal = organization::ordinal(db, organization)?;
    let rules = organization::settings(db, organization)?.conflict_resolution_rules;
    let target = merged(&source, &candidate, &choices, &rules, now);

    contact::remove(db, &source_id)?;
    contact::replace(db, ordinal, &target)?
        .map_err(|_| Refusal::field("phoneNumber", "is held by another contact"))?;
    dissolve(db, &source, &candidate_id, now)?;
    for conversation in conversation::of_contact(db, organization, &source_id, None)? {
        conversation::move_to(db, &conversation, &candidate_id, now)?;
    }
    child::move_all(db, &source_id, &candidate_id)?;
    review::resolve(&mut review, MERGED, Value::Object(resolution), by, now);
    review::replace(db, &review)?;
    for mut other in review::pending_of(db, &source_id)? {
        let cascade = json!({"cascadedFrom": id, "note": "The contact was merged into another one"});
        review::resolve(&mut other, KEPT_SEPARATE, cascade, by, now);
        review::replace(db, &other)?;
    }
    Ok((review, target))
}

/// Keeps the source as it was, and gives its protection to the survivor unless that has one of its own.
fn dissolve(db: &Connection, source: &Value, into: &str, now: &str) -> Result<(), Refusal> {
    let id = text(source, "_id");
    db.prepare_cached(
        "INSERT INTO dissolved_contact (id, organization_id, merged_into, at, doc) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute([id, text(source, "organizationId"), into, now, &source.to_string()])?;
    db.prepare_cached("UPDATE OR IGNORE protection SET contact_id = ?2 WHERE contact_id = ?1")?
        .execute([id, into])?;
    db.prepare_cached("DELETE FROM protection WHERE contact_id = ?1")?.execute([id])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn the_candidate_survives_with_the_chosen_fields_and_all_children() {
        let trial = Trial::start().await;
        let source = trial.contact(json!({"firstName": "Jon", "email": "jon@example.com", "company": "Acme",
            "phoneNumber": "+14165550101"}));
        let candidate = trial.contact(json!({"firstName": "John", "email": "john@example.com",
            "phoneNumber": [{"value": "+14165550100", "isPrimary": true}]}));
        let thread = trial.conversation(&source, "sms", &["hi", "there"]);
        let note = trial.record("contactNotes", &source, json!({"note": "calls on Mondays"}));
        let review = trial.review_of(&source, &candidate);
        let path = format!("/api/contacts/dedup-reviews/{review}/merge");
        let body = json!({"resolution": {"fieldChoices": {"email": "source"}, "cleaveOpId": "op"}});
        let answer = trial.patch(&path, &body).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body["data"]["status"], "merged");
        let target = &answer.body["targetContact"];
        assert_eq!((&target["_id"], &target["firstName"]), (&json!(candidate), &json!("John")));
        assert_eq!((&target["email"], &target["company"]), (&json!("jon@example.com"), &json!("Acme")));
        assert_eq!(target["phoneNumber"].as_array().unwrap().len(), 2);
        assert_eq!(trial.get(&format!("/api/contacts/{candidate}")).await.body["data"], *target);
        assert_eq!(trial.get(&format!("/api/contacts/{source}")).await.status, 404);
        let data =
            trial.get(&format!("/api/contacts/{candidate}/separation-data")).await.body["data"].clone();
        assert_eq!(data["conversations"][0]["_id"], thread.as_str());
        assert_eq!(data["contactNotes"][0]["_id"], note.as_str());
        assert_eq!(trial.patch(&path, &body).await.status, 409);
        let found = trial.post("/api/contacts/phoneNumber", &json!({"phoneNumber": "+14165550101"})).await;
        assert_eq!(found.body["data"]["_id"], candidate.as_str());
    }

    #[tokio::test]
    async fn every_other_open_review_of_the_source_is_kept_separate_by_cascade() {
        let trial = Trial::start().await;
        let ids: Vec<String> = (0..4).map(|n| trial.contact(json!({"firstName": format!("N{n}")}))).collect();
        let review = trial.review_of(&ids[0], &ids[1]);
        let as_source = trial.review_of(&ids[0], &ids[2]);
        let as_candidate = trial.review_of(&ids[3], &ids[0]);
        let apart = trial.review_of(&ids[1], &ids[2]);
        trial.patch(&format!("/api/contacts/dedup-reviews/{review}/merge"), &json!({})).await;
        for (id, status) in
            [(as_source, "kept_separate"), (as_candidate, "kept_separate"), (apart, "needs_review")]
        {
            let answer = trial.get(&format!("/api/contacts/dedup-reviews/{id}")).await;
            assert_eq!(answer.body["data"]["status"], status);
        }
        let pending = trial.get(&format!("/api/contacts/{}/dedup-reviews/pending", ids[2])).await;
        assert_eq!(pending.body["count"], 1);
    }

    #[tokio::test]
    async fn a_refused_merge_changes_nothing() {
        let trial = Trial::start().await;
        let (review, source, candidate) = trial.review().await;
        let path = format!("/api/contacts/dedup-reviews/{review}/merge");
        let before = trial.get(&format!("/api/contacts/{candidate}")).await.body;
        let cases = [
            (json!({"resolution": {"fieldChoices": {"email": "left"}}}), "resolution.fieldChoices.email"),
            (json!({"resolution": {"fieldChoices": 3}}), "resolution.fieldChoices"),
            (json!({"resolution": {"keepContactId": "nobody"}}), "resolution.keepContactId"),
        ];
        for (body, field) in cases {
            let answer = trial.patch(&path, &body).await;
            assert_eq!(answer.status, 400);
            assert!(answer.error().starts_with(field), "{}", answer.error());
        }
        assert_eq!(trial.get(&format!("/api/contacts/{candidate}")).await.body, before);
        assert_eq!(trial.get(&format!("/api/contacts/{source}")).await.status, 200);
        assert_eq!(trial.sales_rep().await.patch(&path, &json!({})).await.status, 403);
        assert_eq!(trial.patch(&path, &json!({})).await.status, 200);
    }

    #[tokio::test]
    async fn of_many_at_once_one_is_carried_out() {
        let trial = Trial::start().await;
        let (review, ..) = trial.review().await;
        let attempts: Vec<_> = (0..6)
            .map(|n| {
                let (trial, action) = (trial.clone(), if n % 2 == 0 { "merge" } else { "keep-separate" });
                let path = format!("/api/contacts/dedup-reviews/{review}/{action}");
                tokio::spawn(async move { trial.patch(&path, &json!({})).await.status })
            })
            .collect();
        let mut statuses = Vec::new();
        for attempt in attempts {
            statuses.push(attempt.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409, 409, 409, 409, 409]);
    }
}
