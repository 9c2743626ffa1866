//! Decisions that share a contact or a review: their order, what they wait for, and what one does to the others.

use cleave_app::App;
use cleave_app::SyncOrder;
use cleave_app::ipc::{
    DecideRequest, DecisionInput, ErrorCode, OutboxHold, OutboxState, QueueRow, ReviewView, SideName,
};

use crate::world::{OP, OTHER_OP, World, decide, differing_in, first_id, keep, merge, page, request, sent};

const THIRD_OP: &str = "01939c2e-0000-7000-8000-000000000003";

/// A review whose source has another open review, and that other one.
async fn chained(app: &App) -> (ReviewView, String) {
    for row in app.queue(page(500)).await.unwrap().rows {
        let view = app.review(&row.review_id).await.unwrap();
        if let Some(cascade) = view.preview.cascades.first() {
            let other = cascade.review_id.clone();
            return (view, other);
        }
    }
    panic!("no review of this world cascades");
}

fn states(entries: &[cleave_app::ipc::OutboxEntry]) -> Vec<(&str, OutboxState, OutboxHold)> {
    entries.iter().map(|entry| (entry.op_id.as_str(), entry.state, entry.hold)).collect()
}

#[tokio::test]
async fn a_merge_puts_decisions_on_the_sources_other_reviews_before_the_admin() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    let (view, other) = chained(&app).await;
    let other_view = app.review(&other).await.unwrap();
    world.stop().await;
    app.decide(request(OTHER_OP, &other_view, keep("Not the same"))).await.unwrap();
    let looked = app.decide(DecideRequest { dry_run: true, ..request(OP, &view, merge(&[])) }).await.unwrap();
    let cascade = looked.preview.unwrap().cascades.into_iter().find(|one| one.review_id == other).unwrap();
    assert!(cascade.decided_here, "the preview does not say that a decision waits there");
    app.withdraw(OTHER_OP).await.unwrap();

    app.decide(request(OP, &view, merge(&[]))).await.unwrap();
    let saved = app.decide(request(THIRD_OP, &other_view, keep("Not the same"))).await.unwrap();
    let link = saved.entry.unwrap().waits_for.remove(0);
    assert_eq!((link.op_id.as_str(), link.kind.as_str()), (OP, "merge"));
    let first = app.outbox_entry(OP).await.unwrap();
    assert_eq!((link.title.as_str(), first.waits_for.len()), (first.title.as_str(), 0));
    sent(&app, OP).await;
    let listed = app.outbox().await.unwrap();
    assert_eq!(
        states(&listed)[..2],
        [
            (THIRD_OP, OutboxState::Queued, OutboxHold::Dependency),
            (OP, OutboxState::Queued, OutboxHold::Offline)
        ]
    );
    assert_eq!(listed[0].waits_for.len(), 1);
    assert!(listed[1].paused_until.is_some(), "nobody says when it is tried again");

    world.come_back().await;
    app.retry(OP).await.unwrap();
    assert_eq!(sent(&app, OP).await.state, OutboxState::Applied);
    let held = app.outbox_entry(THIRD_OP).await.unwrap();
    assert_eq!((held.state, held.hold), (OutboxState::Queued, OutboxHold::ReviewNeeded));
    assert!(held.reason.contains(&first.title), "{}", held.reason);
    assert!(held.can_withdraw && held.can_edit && held.can_compare && held.waits_for.is_empty());
    let conflict = app.conflict(THIRD_OP).await.unwrap();
    assert_eq!((conflict.headline.as_str(), conflict.anew), (held.reason.as_str(), None), "it is resolved");
    assert!(conflict.also.iter().any(|one| one.starts_with("The review is resolved: Kept separate")));
    assert_eq!(app.withdraw(THIRD_OP).await.unwrap().state, OutboxState::Withdrawn);
}

#[tokio::test]
async fn what_waits_can_be_decided_anew_with_the_own_picks_until_it_is_sent() {
    let world = World::start().await;
    let app = world.loaded().await;
    let row: QueueRow = differing_in(&app, "email").await;
    let id = &row.review_id;
    assert_eq!(app.review(id).await.unwrap().decided, None);
    let picks = merge(&[("email", SideName::Source)]);
    decide(&app, id, OP, picks.clone()).await.unwrap();
    let shown = app.review(id).await.unwrap();
    assert!(shown.decision.unwrap().can_edit);
    assert_eq!(shown.decided, Some(picks), "the picks are the own ones, and no default");

    decide(&app, id, OTHER_OP, keep("After all")).await.unwrap();
    let replaced = app.outbox_entry(OP).await.unwrap();
    assert_eq!((replaced.state, replaced.can_edit), (OutboxState::Superseded, false));
    assert_eq!(app.review(id).await.unwrap().decided, Some(keep("After all")));
    assert_eq!(sent(&app, OTHER_OP).await.state, OutboxState::Applied);
    let late = decide(&app, id, THIRD_OP, merge(&[])).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::TooLate);
    assert_eq!(world.client().await.review(id).await["status"], "kept_separate");
}

#[tokio::test]
async fn an_edit_that_meets_the_send_is_told_and_loses_nothing() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    let view = app.review(&id).await.unwrap();
    app.decide(request(OP, &view, keep("First"))).await.unwrap();
    // Both at once: whoever comes first, one decision stands and the server has exactly that one.
    let edit = app.decide(request(OTHER_OP, &view, keep("Second")));
    let send = app.sync(SyncOrder::default());
    let (edited, told) = tokio::join!(edit, send);
    told.unwrap();
    app.sync(SyncOrder::default()).await.unwrap();
    let note = world.client().await.review(&id).await["resolution"]["note"].clone();
    match edited {
        Ok(_) => {
            assert_eq!(app.outbox_entry(OP).await.unwrap().state, OutboxState::Superseded);
            assert_eq!(note, "Second");
        }
        Err(error) => {
            assert_eq!(error.code, ErrorCode::TooLate, "{error}");
            assert!(error.message.starts_with("Your decision about this review"), "{error}");
            assert_eq!(app.outbox().await.unwrap().len(), 1);
            assert_eq!(note, "First");
        }
    }
}

#[tokio::test]
async fn a_note_of_a_queued_decision_is_what_the_window_starts_from() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    let decision = DecisionInput::Merge { picks: Vec::new(), note: Some("Same person".into()) };
    decide(&app, &id, OP, decision.clone()).await.unwrap();
    assert_eq!(app.review(&id).await.unwrap().decided, Some(decision));
    app.withdraw(OP).await.unwrap();
    assert_eq!(app.review(&id).await.unwrap().decided, None);
}
