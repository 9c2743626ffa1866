//! `GET /api/contacts/dedup-reviews`: the queue, the best score first.

use axum::Json;

use crate::auth::Admin;
use crate::db::review::{self, KEPT_SEPARATE, MERGED, NEEDS_REVIEW};
use crate::http::params::Page;
use crate::http::{Listing, Params, Refusal};

/// Answers `{success, data, total, page, size}`. References are ids; the snapshots say who they are.
pub(super) async fn handle(call: Admin, params: Params) -> Result<Json<Listing>, Refusal> {
    let page = Page::of(&params)?;
    let status = params.word("status", &[NEEDS_REVIEW, MERGED, KEPT_SEPARATE])?.to_owned();
    let source = match params.text("reviewSource") {
        None => None,
        Some(word @ ("fuzzy_match" | "phone_conflict")) => Some(word.to_owned()),
        Some(_) => return Err(Refusal::field("reviewSource", "must be one of fuzzy_match, phone_conflict")),
    };
    let organization = call.organization();
    let (reviews, total) =
        call.read(move |db| review::queue(db, &organization, &status, source.as_deref(), page)).await?;
    Listing::of(reviews, total, page)
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn the_queue_holds_what_is_open() {
        let trial = Trial::start().await;
        let (first, ..) = trial.review().await;
        let (second, ..) = trial.review().await;
        trial.patch(&format!("/api/contacts/dedup-reviews/{first}/keep-separate"), &json!({})).await;
        let cases = [("", vec![second]), ("?status=kept_separate", vec![first]), ("?status=merged", vec![])];
        for (query, ids) in cases {
            let answer = trial.get(&format!("/api/contacts/dedup-reviews{query}")).await;
            assert_eq!(answer.ids("data"), ids, "{query}");
            assert_eq!(answer.body["total"], ids.len());
        }
        assert_eq!(trial.get("/api/contacts/dedup-reviews?status=all").await.status, 400);
        assert_eq!(trial.get("/api/contacts/dedup-reviews?reviewSource=x").await.status, 400);
        assert_eq!(trial.sales_rep().await.get("/api/contacts/dedup-reviews").await.status, 403);
    }

    #[tokio::test]
    async fn a_generated_queue_is_ordered_by_score_and_complete() {
        let trial = Trial::seeded(200).await;
        let answer = trial.get("/api/contacts/dedup-reviews?size=200").await;
        let reviews = answer.body["data"].as_array().unwrap();
        assert!(reviews.len() >= 10, "{}", reviews.len());
        let scores: Vec<f64> = reviews.iter().map(|review| review["score"].as_f64().unwrap()).collect();
        assert!(scores.is_sorted_by(|a, b| a >= b));
        for review in reviews {
            for key in ["sourceSnapshot", "candidateSnapshot", "fieldBreakdown", "thresholdSnapshot"] {
                assert!(review[key].is_object(), "{key}");
            }
            assert_eq!(review["sourceSnapshot"]["_id"], review["sourceContactId"]);
        }
    }
}
