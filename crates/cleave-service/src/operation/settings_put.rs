//! `PUT /api/organizations/{organizationId}/contact-fuzzy-merge-settings`: a partial change, judged against the
//! configuration it makes.

use axum::Json;
use cleave_core::settings::{SettingsPatch, SettingsProblem};
use serde_json::{Value, json};

use crate::auth::Admin;
use crate::db::organization;
use crate::http::{Answer, Body, Ids, Refusal};

/// Answers `{success, message, data}` with the settings in force from now on. 400 names every field that is wrong.
pub(super) async fn handle(call: Admin, Ids(id): Ids<String>, body: Body) -> Answer {
    call.reach(&id)?;
    let change = Value::Object(body.required()?);
    let settings = call
        .write(move |db| {
            let current = organization::settings(db, &id)?;
            let change = SettingsPatch::from_json(&change).map_err(refused)?;
            let merged = current.apply(&change).map_err(refused)?;
            organization::put_settings(db, &id, &merged)?;
            Ok(merged)
        })
        .await?;
    Ok(Json(json!({"success": true, "message": "Contact fuzzy merge settings updated", "data": settings})))
}

fn refused(problems: Vec<SettingsProblem>) -> Refusal {
    let field = problems.first().map_or("body", |problem| problem.field.as_str()).to_owned();
    let words: Vec<String> = problems
        .iter()
        .enumerate()
        .map(|(at, problem)| if at == 0 { problem.message.clone() } else { problem.to_string() })
        .collect();
    Refusal::field(field, words.join("; "))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use serde_json::json;

    #[tokio::test]
    async fn a_change_is_partial_and_lasting() {
        let trial = Trial::start().await;
        let path = format!("/api/organizations/{}/contact-fuzzy-merge-settings", trial.organization);
        let change = json!({"thresholdPercent": 92, "reviewThresholdPercent": 75,
            "conflictResolutionRules": {"email": "prefer_newer"}});
        let answer = trial.put(&path, &change).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body["data"]["candidateLimit"], 50);
        assert_eq!(trial.get(&path).await.body["data"], answer.body["data"]);
    }

    #[tokio::test]
    async fn absolute_thresholds_are_converted_against_the_max_possible_score() {
        let trial = Trial::start().await;
        let path = format!("/api/organizations/{}/contact-fuzzy-merge-settings", trial.organization);
        // 125 for the base fields and 25 for a custom one.
        let rule = json!({"field": "company", "weight": 25, "matchMode": "fuzzy_string"});
        let answer =
            trial.put(&path, &json!({"customFields": [rule], "threshold": 120, "reviewThreshold": 90})).await;
        assert_eq!(answer.body["data"]["thresholdPercent"], 80.0);
        assert_eq!(answer.body["data"]["reviewThresholdPercent"], 60.0);
    }

    #[tokio::test]
    async fn what_is_wrong_is_named_and_nothing_is_changed() {
        let trial = Trial::start().await;
        let path = format!("/api/organizations/{}/contact-fuzzy-merge-settings", trial.organization);
        let before = trial.get(&path).await.body;
        let rule = |weight: f64, mode: &str| json!({"customFields": [{"field": "f", "weight": weight, "matchMode": mode}]});
        let cases = [
            (json!({"thresholdPercent": 101}), "thresholdPercent"),
            (json!({"thresholdPercent": 60}), "reviewThresholdPercent"),
            (json!({"reviewThresholdPercent": 91}), "reviewThresholdPercent"),
            (json!({"candidateLimit": 0}), "candidateLimit"),
            (json!({"candidateLimit": 1.5}), "candidateLimit"),
            (json!({"threshold": 100_000}), "threshold"),
            (rule(101.0, "fuzzy_string"), "customFields[0].weight"),
            (rule(1.0, "exact"), "customFields[0].matchMode"),
            (json!({"lookupTriggerFields": [""]}), "lookupTriggerFields[0]"),
            (json!({"instantMergeFields": null}), "instantMergeFields"),
        ];
        for (change, field) in cases {
            let answer = trial.put(&path, &change).await;
            assert_eq!(answer.status, 400, "{change}");
            let words = answer.body["details"].as_str().unwrap();
            assert!(words.starts_with(field), "{change}: {words}");
        }
        assert_eq!(trial.send_raw("PUT", &path, "application/json", String::new()).await.status, 400);
        assert_eq!(trial.get(&path).await.body, before);
    }
}
