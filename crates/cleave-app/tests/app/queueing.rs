//! The queue: pages, order, search.

use std::collections::HashSet;

use cleave_app::ipc::{ErrorCode, QueueFilter, QueueRequest, QueueSort, ReviewKindView};

use crate::world::{World, page};

#[tokio::test]
async fn pages_together_are_what_the_server_has_open() {
    let world = World::start().await;
    let app = world.loaded().await;
    let (_, server) =
        world.client().await.get("/api/contacts/dedup-reviews?status=needs_review&page=1&size=1").await;
    let total = u32::try_from(server["total"].as_u64().unwrap()).unwrap();
    assert!(total > 10, "the world has only {total} reviews");
    let (mut seen, mut scores) = (HashSet::new(), Vec::new());
    let mut offset = 0;
    while offset < total {
        let part = app.queue(QueueRequest { offset, ..page(7) }).await.unwrap();
        assert_eq!(part.total, total);
        for row in part.rows {
            scores.push(row.score.unwrap_or_default());
            assert!(seen.insert(row.review_id), "a row is on two pages");
        }
        offset += 7;
    }
    assert_eq!(seen.len(), total as usize);
    assert!(scores.is_sorted_by(|a, b| a >= b));
    let up = app.queue(QueueRequest { sort: QueueSort::ScoreUp, ..page(500) }).await.unwrap();
    assert!(up.rows.is_sorted_by(|a, b| a.score <= b.score));
}

#[tokio::test]
async fn search_finds_by_either_name_and_filters_by_kind() {
    let world = World::start().await;
    let app = world.loaded().await;
    let wanted = app.queue(page(1)).await.unwrap().rows.remove(0);
    for name in [&wanted.source_name, &wanted.candidate_name] {
        let search = name.to_uppercase();
        let found = app.queue(QueueRequest { search, ..page(500) }).await.unwrap();
        assert!(found.rows.iter().any(|row| row.review_id == wanted.review_id), "not found by name");
        assert_eq!(found.rows.len(), found.total as usize);
    }
    let none = app.queue(QueueRequest { search: "zzyzx qqq".into(), ..page(500) }).await.unwrap();
    assert_eq!((none.total, none.rows.len()), (0, 0));
    let by = |filter| QueueRequest { filter, ..page(500) };
    let conflicts = app.queue(by(QueueFilter::PhoneConflicts)).await.unwrap();
    assert!(conflicts.rows.iter().all(|row| row.kind == ReviewKindView::PhoneConflict));
    let fuzzy = app.queue(by(QueueFilter::FuzzyMatches)).await.unwrap();
    let all = app.queue(by(QueueFilter::Open)).await.unwrap();
    assert_eq!(conflicts.total + fuzzy.total, all.total);
    assert_eq!(app.open(|_| {}).await.unwrap().counts.phone_conflicts, conflicts.total);
}

#[tokio::test]
async fn a_page_without_rows_or_without_end_is_refused() {
    let world = World::start().await;
    let app = world.loaded().await;
    for limit in [0, 501] {
        let error = app.queue(page(limit)).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("limit")));
    }
}
