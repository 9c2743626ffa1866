//! One review.

use cleave_app::ipc::{ChildKind, ErrorCode};
use serde_json::Value;

use crate::world::{World, first_id, page};

#[tokio::test]
async fn a_review_shows_both_contacts_and_all_their_records() {
    let world = World::start().await;
    let app = world.loaded().await;
    let client = world.client().await;
    for row in app.queue(page(5)).await.unwrap().rows {
        let view = app.review(&row.review_id).await.unwrap();
        assert!(view.open && view.resolved.is_none() && view.decision.is_none());
        assert_eq!(
            (view.source.name.as_str(), view.candidate.name.as_str()),
            (row.source_name.as_str(), row.candidate_name.as_str())
        );
        assert!(!view.source.snapshot_only && !view.candidate.snapshot_only);
        assert_eq!(view.preview.survivor_id, row.candidate_id);
        assert_eq!(view.score.as_ref().map(|score| score.percent), row.score);
        let mut moving = 0;
        for (side, id) in [(0, &row.source_id), (1, &row.candidate_id)] {
            let (_, data) = client.get(&format!("/api/contacts/{id}/separation-data")).await;
            let (_, documents) = client.get(&format!("/api/contacts/{id}/documents")).await;
            for group in &view.children {
                let shown = [&group.source, &group.candidate][side].as_ref().unwrap();
                let there = match group.kind {
                    ChildKind::Conversation => &data["data"]["conversations"],
                    ChildKind::Application => &data["data"]["applications"],
                    ChildKind::Note => &data["data"]["contactNotes"],
                    ChildKind::Reminder => &data["data"]["reminders"],
                    ChildKind::TrainingSnapshot => &data["data"]["trainingSnapshots"],
                    ChildKind::Document => &documents["data"],
                };
                let ids = |list: &Value| -> Vec<String> {
                    let id = |item: &Value| item["_id"].as_str().unwrap().to_owned();
                    let mut ids: Vec<String> = list.as_array().unwrap().iter().map(id).collect();
                    ids.sort();
                    ids
                };
                let mut shown_ids: Vec<String> = shown.iter().map(|item| item.id.clone()).collect();
                shown_ids.sort();
                assert_eq!(shown_ids, ids(there), "{:?}", group.kind);
                assert!(shown.iter().all(|item| !item.title.is_empty()));
                if side == 0 {
                    moving += u32::try_from(shown.len()).unwrap();
                }
            }
        }
        assert_eq!(view.preview.moving, Some(moving));
    }
}

#[tokio::test]
async fn looking_shows_what_somebody_else_has_done_since() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    let before = app.queue(page(1)).await.unwrap().total;
    assert_eq!(world.client().await.resolve(&id, "keep-separate").await, 200);
    let view = app.review(&id).await.unwrap();
    assert!(!view.open);
    assert!(view.resolved.unwrap().starts_with("Kept separate by "));
    assert_eq!(app.queue(page(1)).await.unwrap().total, before - 1);
}

#[tokio::test]
async fn without_the_server_the_cache_answers() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    let online = app.review(&id).await.unwrap();
    world.stop().await;
    let offline = app.review(&id).await.unwrap();
    assert_eq!(offline, online);
    assert_eq!(app.review("no such review").await.unwrap_err().code, ErrorCode::Unreachable);
    world.come_back().await;
}

#[tokio::test]
async fn a_review_that_nobody_has_is_not_found() {
    let world = World::start().await;
    let app = world.loaded().await;
    assert_eq!(app.review("000000000000000000000000").await.unwrap_err().code, ErrorCode::NotFound);
}
