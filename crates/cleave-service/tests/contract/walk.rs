//! A walk through every operation, by way of what an admin does.

use serde_json::{Value, json};

use super::session::Session;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_is_as_described() {
    let mut it = Session::start().await;
    sign_in(&mut it).await;
    let review = reads(&mut it).await;
    children(&mut it, &review).await;
    settings(&mut it).await;
    decisions(&mut it).await;
    separation(&mut it).await;
    refusals(&mut it).await;
    it.all_operations_were_seen();
    it.stop().await;
}

async fn sign_in(it: &mut Session) {
    it.post("/api/auth/login", json!({"email": "admin@example.com", "password": "wrong"}), 401).await;
    it.post("/api/auth/login", json!({"email": 7}), 400).await;
    let login = it.post("/api/auth/login", it.credentials(), 200).await;
    it.get("/api/auth/verify-token", 200).await;
    it.post("/api/auth/refresh", json!({"refreshToken": login["refreshToken"]}), 200).await;
    it.post("/api/auth/refresh", json!({"refreshToken": login["refreshToken"]}), 401).await;
}

/// Answers with a review that waits.
async fn reads(it: &mut Session) -> Value {
    it.get("/api/users", 200).await;
    it.post("/api/pipelines/list", json!({}), 200).await;
    it.get("/api/contacts?ownerFilter=all&size=200", 200).await;
    it.get("/api/contacts?ownerFilter=all&search=an&status=Won", 200).await;
    it.get("/api/contacts?size=0", 400).await;
    let queue = it.get("/api/contacts/dedup-reviews?size=50", 200).await;
    it.get("/api/contacts/dedup-reviews?status=unknown", 400).await;
    let review = queue["data"][0].clone();
    let contact = review["candidateContactId"].as_str().unwrap().to_owned();
    it.get(&format!("/api/contacts/dedup-reviews/{}", id(&review)), 200).await;
    it.get(&format!("/api/contacts/{contact}"), 200).await;
    it.get(&format!("/api/contacts/{contact}/dedup-reviews/pending"), 200).await;
    it.get(&format!("/api/contacts/{contact}/documents"), 200).await;
    it.get(&format!("/api/contacts/{contact}/protection-status"), 200).await;
    it.post("/api/contacts/phoneNumber", json!({"phoneNumber": "+14165550100"}), 200).await;
    it.post("/api/contacts/phoneNumber", json!({"phoneNumber": "nobody's"}), 200).await;
    review
}

async fn children(it: &mut Session, review: &Value) {
    // Between them the contacts of the first reviews have every kind of record.
    let queue = it.get("/api/contacts/dedup-reviews?size=200", 200).await;
    let mut snapshot = None;
    for review in queue["data"].as_array().unwrap() {
        for side in ["sourceContactId", "candidateContactId"] {
            let contact = review[side].as_str().unwrap();
            let data = it.get(&format!("/api/contacts/{contact}/separation-data"), 200).await;
            snapshot = snapshot
                .or_else(|| data["data"]["trainingSnapshots"].get(0).map(|found| id(found).to_owned()));
        }
    }
    let snapshot = snapshot.expect("a training snapshot in the generated world");
    it.get(&format!("/api/training/snapshots/{snapshot}"), 200).await;

    let contact = review["candidateContactId"].as_str().unwrap();
    it.get(&format!("/api/contact-notes?contactId={contact}&limit=1"), 200).await;
    it.get("/api/contact-notes", 400).await;
    it.get("/api/reminders", 200).await;
    it.get(&format!("/api/reminders?contactId={contact}"), 200).await;
    it.post("/api/applications/list", json!({"contactId": contact, "size": 5}), 200).await;
    it.post("/api/applications/list", json!({"contactId": contact, "page": 0}), 400).await;
    let data = it.get(&format!("/api/contacts/{contact}/separation-data"), 200).await;
    let thread = data["data"]["conversations"][0].clone();
    let body = json!({"contactId": contact, "channelType": thread["channelType"]});
    it.post("/api/conversation/all", body, 200).await;
    it.post("/api/conversation/all", json!({}), 400).await;
    it.get(&format!("/api/conversation/{}/messages", id(&thread)), 200).await;
    it.post("/api/conversation/messages", json!({"conversationId": thread["_id"]}), 200).await;
    it.get(&format!("/api/conversation/{}/messages/search?q=e", id(&thread)), 200).await;
    it.get(&format!("/api/conversation/{}/messages/search", id(&thread)), 400).await;
    it.get(&format!("/api/conversation/contact/{contact}/messages/search?q=e&limit=1"), 200).await;
}

async fn settings(it: &mut Session) {
    let path = format!("/api/organizations/{}/contact-fuzzy-merge-settings", it.organization());
    it.get(&path, 200).await;
    let rule = json!({"field": "company", "weight": 10, "matchMode": "fuzzy_string"});
    it.put(&path, json!({"customFields": [rule], "conflictResolutionRules": {"email": "prefer_newer"}}), 200)
        .await;
    it.put(&path, json!({"thresholdPercent": 101}), 400).await;
}

async fn decisions(it: &mut Session) {
    let queue = it.get("/api/contacts/dedup-reviews?size=200", 200).await;
    let mut open = queue["data"].as_array().unwrap().iter().map(|review| id(review).to_owned());
    let mut next = || open.next().expect("a review that waits");
    let organization = it.organization();
    let twins = format!("/api/organizations/{organization}/contact-dedup-reviews");
    for base in ["/api/contacts/dedup-reviews".to_owned(), twins] {
        let body = json!({"resolution": {"note": "two people", "cleaveOpId": "1"}});
        let kept = format!("{base}/{}/keep-separate", next());
        it.patch(&kept, body.clone(), 200).await;
        it.patch(&kept, body, 409).await;
        it.patch(&kept, json!({"resolution": 1}), 400).await;
        // The cascade of a merge may have resolved what comes next in the queue.
        loop {
            let path = format!("{base}/{}/merge", next());
            let body = json!({"resolution": {"fieldChoices": {"email": "source"}}});
            let answer = it.patch_any(&path, body.clone(), &[200, 409]).await;
            if answer.0 == 200 {
                it.patch(&path, body, 409).await;
                it.patch(&path, json!({"resolution": []}), 400).await;
                break;
            }
        }
        it.patch(&format!("{base}/missing/merge"), json!({}), 404).await;
        it.patch(&format!("{base}/missing/keep-separate"), json!({}), 404).await;
    }
    let body = json!({"reviewIds": [next(), "missing"]});
    let bulk = it.patch("/api/contacts/dedup-reviews/bulk/keep-separate", body, 200).await;
    assert_eq!(bulk["summary"]["failed"], 1);
    it.patch("/api/contacts/dedup-reviews/bulk/keep-separate", json!({"reviewIds": []}), 400).await;
}

async fn separation(it: &mut Session) {
    let list = it.get("/api/contacts?ownerFilter=all&size=50&page=2", 200).await;
    let contact = id(&list["data"][0]).to_owned();
    let path = format!("/api/contacts/{contact}/separate");
    let request = json!({
        "fieldSplit": {"firstName": {"original": "Jane", "new": "Janet"}, "lastName": {"original": "Doe", "new": "Doe"},
            "status": "original", "pipelineId": "original", "pipelineStage": "original", "assignees": "original",
            "outreachConfigId": "original"},
        "childRecordAssignment": {"conversations": {}, "applications": {}, "contactNotes": {}, "reminders": {},
            "trainingSnapshots": {}},
    });
    let answer = it.post(&path, request.clone(), 200).await;
    let new = answer["data"]["newContactId"].as_str().unwrap();
    it.get(&format!("/api/contacts/{new}"), 200).await;
    it.post(&path, json!({"fieldSplit": {}}), 400).await;
    it.post("/api/contacts/missing/separate", request, 404).await;
}

/// 401, 403 and 404 of every operation that has them, with ids that name nothing; 413 and 415 of every body.
async fn refusals(it: &mut Session) {
    it.everywhere_without_a_token().await;
    it.everywhere_as_a_sales_rep().await;
    it.everywhere_with_ids_that_name_nothing().await;
    it.every_body_too_large_or_of_another_type().await;
}

fn id(document: &Value) -> &str {
    document["_id"].as_str().expect("an _id")
}
