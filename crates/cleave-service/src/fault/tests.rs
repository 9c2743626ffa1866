use super::{Fault, FaultKind, fits};
use crate::trial::Trial;
use serde_json::json;
use std::time::Duration;

#[test]
fn paths_fit_by_segment() {
    let cases = [
        ("/api/contacts/*/separate", "/api/contacts/7/separate", true),
        ("/api/contacts/*/separate", "/api/contacts/7/merge", false),
        ("/api/contacts/*", "/api/contacts/7/merge", false),
        ("/api/**", "/api/contacts/7/merge", true),
        ("/api/contacts", "/api/contacts", true),
    ];
    for (pattern, path, fitting) in cases {
        assert_eq!(fits(pattern, path), fitting, "{pattern} {path}");
    }
}

#[tokio::test]
async fn a_lost_answer_was_carried_out_and_a_dropped_request_was_not() {
    let trial = Trial::start().await;
    for (kind, status) in [
        (FaultKind::LoseAnswer, "kept_separate"),
        (FaultKind::CutAnswer { bytes: 40 }, "kept_separate"),
        (FaultKind::Drop, "needs_review"),
    ] {
        let (review, ..) = trial.review().await;
        let path = format!("/api/contacts/dedup-reviews/{review}/keep-separate");
        trial
            .faults()
            .add(Fault::once("PATCH", "/api/contacts/dedup-reviews/*/keep-separate", kind.clone()))
            .unwrap();
        assert!(trial.try_patch(&path, &json!({})).await.is_err(), "{kind:?}");
        let read = trial.get(&format!("/api/contacts/dedup-reviews/{review}")).await;
        assert_eq!(read.body["data"]["status"], status, "{kind:?}");
    }
}

#[tokio::test]
async fn answers_can_be_replaced_and_are_counted() {
    let trial = Trial::start().await;
    let status = FaultKind::Status { status: 429, body: None, retry_after: Some("7".into()), location: None };
    let fault = Fault { method: None, path: "/api/users".into(), skip: 1, times: Some(1), kind: status };
    assert_eq!(trial.post("/__faults", &serde_json::to_value(&fault).unwrap()).await.status, 200);
    let statuses =
        [trial.get("/api/users").await, trial.get("/api/users").await, trial.get("/api/users").await];
    assert_eq!(statuses.map(|answer| answer.status), [200, 429, 200]);
    assert_eq!(trial.get("/__faults").await.body["data"][0]["struck"], 1);
    trial.faults().clear();
    trial.faults().add(Fault::once("GET", "/api/users", FaultKind::Html { status: 200 })).unwrap();
    assert!(trial.get("/api/users").await.body.is_null(), "a page is no JSON");
    let misspelt = json!({"path": "/x", "kind": {"type": "explode"}});
    assert_eq!(trial.post("/__faults", &misspelt).await.status, 400);
}

#[tokio::test]
async fn a_stale_read_sees_the_moment_of_its_making() {
    let trial = Trial::start().await;
    let (review, ..) = trial.review().await;
    let path = format!("/api/contacts/dedup-reviews/{review}");
    trial.faults().add(Fault::once("GET", "/api/contacts/dedup-reviews/*", FaultKind::StaleRead)).unwrap();
    trial.patch(&format!("{path}/keep-separate"), &json!({})).await;
    assert_eq!(trial.get(&path).await.body["data"]["status"], "needs_review");
    assert_eq!(trial.get(&path).await.body["data"]["status"], "kept_separate");
}

#[tokio::test]
async fn a_hang_commits_when_told_and_does_not_keep_the_service_from_stopping() {
    let trial = Trial::start().await;
    let (review, ..) = trial.review().await;
    let path = format!("/api/contacts/dedup-reviews/{review}");
    trial.faults().add(Fault::once("PATCH", "/api/**", FaultKind::Hang { commit: true })).unwrap();
    let hanging = tokio::spawn({
        let (trial, path) = (trial.clone(), format!("{path}/keep-separate"));
        async move { trial.try_patch(&path, &json!({})).await.map(|answer| answer.status) }
    });
    let mut status = json!("needs_review");
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        status = trial.get(&path).await.body["data"]["status"].clone();
        if status == "kept_separate" {
            break;
        }
    }
    assert_eq!(status, "kept_separate");
    assert!(!hanging.is_finished());
    tokio::time::timeout(Duration::from_secs(5), trial.shutdown()).await.unwrap();
    hanging.await.unwrap().ok();
}

#[tokio::test]
async fn a_service_without_switches_has_no_route_for_them() {
    let trial = Trial::without_faults().await;
    assert_eq!(trial.get("/__faults").await.status, 404);
}
