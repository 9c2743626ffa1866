//! What goes on by itself, and the one stream that tells of it.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cleave_app::ipc::{Changes, Connection, OutboxState};
use cleave_app::{App, AppConfig, SystemClock};

use crate::world::{OP, World, decide, first_id, keep};

type Told = Arc<Mutex<Vec<Changes>>>;

fn background(world: &World) -> AppConfig {
    let mut config = world.config();
    config.clock = Arc::new(SystemClock::default());
    config.background = true;
    config.cancel_window = Duration::from_millis(300);
    config
}

async fn listening(app: &App) -> (u32, Told) {
    let told = Told::default();
    let sink = Arc::clone(&told);
    let opened = app.open(move |changes| sink.lock().unwrap().push(changes)).await.unwrap();
    (opened.revision, told)
}

/// Waits until what was told makes it true.
async fn until(told: &Told, what: &str, found: impl Fn(&Changes) -> bool) -> Changes {
    let start = Instant::now();
    loop {
        if let Some(changes) = told.lock().unwrap().iter().find(|changes| found(changes)) {
            return changes.clone();
        }
        assert!(start.elapsed() < Duration::from_secs(20), "nobody told that {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn the_queue_fills_and_a_decision_goes_out_by_itself() {
    let mut world = World::start().await;
    let app = App::start(background(&world)).await.unwrap();
    let (revision, told) = listening(&app).await;
    app.connect(world.as_admin(), false).await.unwrap();
    until(&told, "the session changed", |c| c.reopen).await;
    until(&told, "reviews came", |c| !c.upserts.is_empty()).await;
    let full = until(&told, "loading ended", |c| !c.status.syncing && c.status.synced_at.is_some()).await;
    assert!(full.counts.queue > 0);

    let id = first_id(&app).await;
    let answer = decide(&app, &id, OP, keep("x")).await.unwrap().changes.unwrap();
    let saved = until(&told, "it was saved", |c| c.revision == answer.revision).await;
    assert_eq!(saved.removals, answer.removals);
    let state = |wanted| move |c: &Changes| c.outbox.iter().any(|e| e.op_id == OP && e.state == wanted);
    let sending = until(&told, "it is being sent", state(OutboxState::Sending)).await;
    let applied = until(&told, "it was applied", state(OutboxState::Applied)).await;
    assert!(saved.revision < sending.revision && sending.revision < applied.revision);
    assert_eq!(applied.counts.outbox, 0);
    assert_eq!(world.client().await.review(&id).await["status"], "kept_separate");

    world.stop().await;
    app.sync_now().await.unwrap();
    until(&told, "the server is gone", |c| c.status.connection == Connection::Offline).await;
    let lost = told.lock().unwrap().last().unwrap().revision;
    world.come_back().await;
    until(&told, "the server is back", |c| c.revision > lost && c.status.connection == Connection::Online)
        .await;

    let told = told.lock().unwrap();
    let revisions: Vec<u32> = told.iter().map(|changes| changes.revision).collect();
    let expected: Vec<u32> = (revision + 1..).take(revisions.len()).collect();
    assert_eq!(revisions, expected, "a gap or a repetition in the stream");
}

#[tokio::test]
async fn a_later_listener_takes_over_and_none_hears_after_the_end() {
    let world = World::start().await;
    let app = world.loaded().await;
    let (first_revision, first) = listening(&app).await;
    let (revision, second) = listening(&app).await;
    assert_eq!(revision, first_revision);
    decide(&app, &first_id(&app).await, OP, keep("x")).await.unwrap();
    let heard = second.lock().unwrap().len();
    assert!(heard > 0);
    assert_eq!(first.lock().unwrap().len(), 0);
    app.shutdown().await.unwrap();
    assert_eq!(second.lock().unwrap().len(), heard);
}
