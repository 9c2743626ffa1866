//! The cancel window.

use std::time::Duration;

use cleave_app::ipc::{ErrorCode, OutboxHold, OutboxState};
use cleave_app::{App, SyncOrder};

use crate::world::{OP, World, decide, first_id, keep, merge, page, sent};

async fn with_window(world: &World) -> App {
    let mut config = world.config();
    config.cancel_window = Duration::from_secs(8);
    let app = App::start(config).await.unwrap();
    app.connect(world.as_admin(), false).await.unwrap();
    app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await.unwrap();
    app
}

#[tokio::test]
async fn what_is_taken_back_in_time_never_reaches_the_server() {
    let world = World::start().await;
    let app = with_window(&world).await;
    let id = first_id(&app).await;
    let saved = decide(&app, &id, OP, merge(&[])).await.unwrap();
    let entry = saved.entry.unwrap();
    assert_eq!((entry.hold, entry.can_withdraw), (OutboxHold::CancelWindow, true));
    assert_eq!(entry.cancel_until.as_deref(), Some("2026-11-20T12:00:08Z"));
    assert_eq!(saved.changes.unwrap().status.next_send_at, entry.cancel_until);
    world.clock.advance(Duration::from_millis(7900));
    assert_eq!(sent(&app, OP).await.hold, OutboxHold::CancelWindow);

    assert_eq!(app.withdraw(OP).await.unwrap().state, OutboxState::Withdrawn);
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(sent(&app, OP).await.attempts, 0);
    assert_eq!(world.client().await.review(&id).await["status"], "needs_review");
    assert_eq!(first_id(&app).await, id, "the review is not back in its place");
    assert_eq!(app.review(&id).await.unwrap().decision, None);
    assert_eq!(app.withdraw(OP).await.unwrap_err().code, ErrorCode::TooLate);
}

#[tokio::test]
async fn it_is_sent_once_the_window_is_over_and_then_cannot_be_taken_back() {
    let world = World::start().await;
    let app = with_window(&world).await;
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    world.clock.advance(Duration::from_secs(8));
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.can_withdraw), (OutboxState::Applied, false), "{}", entry.reason);
    assert_eq!(app.withdraw(OP).await.unwrap_err().code, ErrorCode::TooLate);
    assert_eq!(app.withdraw("none").await.unwrap_err().code, ErrorCode::NotFound);
    assert!(app.queue(page(500)).await.unwrap().rows.iter().all(|row| row.review_id != id));
}

#[tokio::test]
async fn sending_now_does_not_wait_for_the_window() {
    let world = World::start().await;
    let app = with_window(&world).await;
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    let order = SyncOrder { until_idle: true, window: Some(Duration::ZERO), pull: false };
    let told = app.sync(order).await.unwrap();
    assert_eq!(told.outbox.iter().map(|e| e.state).collect::<Vec<_>>(), [OutboxState::Applied]);
    assert_eq!(world.client().await.review(&id).await["status"], "kept_separate");
}
