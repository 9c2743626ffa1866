//! Reviews that are taken along: shown, decided and separated without the server, and sent when it is back.

use std::time::{Duration, Instant};

use cleave_app::ipc::{
    Connection, ErrorCode, OutboxState, QueueFilter, QueueRequest, QueueRow, TakeRequest, TakingView,
};
use cleave_app::{App, SyncOrder};
use cleave_service::{Fault, FaultKind};

use crate::separations::ready;
use crate::world::{World, keep, merge, page, request};

const COUNT: u32 = 20;

fn asked(messages: bool) -> TakeRequest {
    TakeRequest { count: COUNT, messages, ..TakeRequest::default() }
}

async fn taken(app: &App, request: TakeRequest) -> TakingView {
    app.take(request, |_| {}).await.unwrap()
}

async fn first(app: &App) -> Vec<QueueRow> {
    app.queue(page(COUNT)).await.unwrap().rows
}

#[tokio::test]
async fn what_was_taken_along_is_decided_without_the_server_and_sent_when_it_is_back() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    assert!(first(&app).await.iter().all(|row| !row.here));
    let view = taken(&app, asked(true)).await;
    assert_eq!(
        (view.done, view.total, view.failed, view.running),
        (COUNT, COUNT, 0, false),
        "{:?}",
        view.ended
    );
    assert!(view.bytes > 0.0 && view.ended.is_none());
    let rows = first(&app).await;
    assert!(rows.iter().all(|row| row.here), "a row does not say that it is here");
    assert!(app.queue(page(500)).await.unwrap().rows.iter().any(|row| !row.here), "every row says so");

    world.stop().await;
    let read_before = world.clock.clone();
    let taken_at = cleave_app::Clock::now(&*read_before);
    read_before.advance(Duration::from_secs(300));
    for row in &rows {
        let view = app.review(&row.review_id).await.unwrap();
        assert_eq!(view.read_at.as_deref(), Some(taken_at.to_string().as_str()));
        assert!(!view.source.snapshot_only && !view.candidate.snapshot_only);
        for contact in [&row.source_id, &row.candidate_id] {
            let separation = app.separation(contact).await.unwrap();
            assert_eq!(separation.read_at.as_deref(), Some(taken_at.to_string().as_str()));
            let records = app.separation_data(contact).await.unwrap();
            assert!(records.unread.is_empty() && records.incomplete.is_empty());
            app.separation_discard(contact).await.unwrap();
        }
    }
    assert_eq!(app.open(|_| {}).await.unwrap().status.connection, Connection::Offline);

    // Decisions about pairs that share no contact: a chain would wait for one of them.
    let mut touched = Vec::new();
    let mut ops = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        if touched.contains(&row.source_id) || touched.contains(&row.candidate_id) {
            continue;
        }
        touched.extend([row.source_id.clone(), row.candidate_id.clone()]);
        let op = format!("01939c2e-0000-7000-8000-0000000001{number:02}");
        let view = app.review(&row.review_id).await.unwrap();
        let decision = if number % 2 == 0 { merge(&[]) } else { keep("x") };
        app.decide(request(&op, &view, decision)).await.unwrap();
        ops.push((op, row.review_id.clone()));
    }
    assert!(ops.len() >= 5, "only {} decisions", ops.len());
    app.sync(SyncOrder::default()).await.unwrap();
    for (op, _) in &ops {
        assert_eq!(app.outbox_entry(op).await.unwrap().state, OutboxState::Queued);
    }

    world.come_back().await;
    app.retry(&ops[0].0).await.unwrap();
    app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await.unwrap();
    let client = world.client().await;
    for (op, review) in &ops {
        let entry = app.outbox_entry(op).await.unwrap();
        assert_eq!(entry.state, OutboxState::Applied, "{}", entry.reason);
        assert_eq!(client.review(review).await["resolution"]["cleaveOpId"], op.as_str());
    }
}

#[tokio::test]
async fn a_separation_of_what_was_taken_along_is_queued_without_the_server() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    let view = taken(&app, asked(true)).await;
    assert_eq!(view.failed, 0, "{:?}", view.ended);
    let rows = first(&app).await;
    world.stop().await;
    let mut edited = 0;
    for row in rows {
        let view = app.separation(&row.source_id).await.unwrap();
        if edited < 3 && view.cards.iter().any(|card| card.messages.is_some_and(|count| count > 3)) {
            let edits = ready(&app, &view).await;
            let state = app.separation_edit(&row.source_id, edits).await.unwrap();
            assert_eq!(state.undecided, 0);
            edited += 1;
        }
    }
    assert!(edited > 0, "no contact has a conversation");
}

#[tokio::test]
async fn a_second_taking_reads_nothing_that_is_fresh_and_adds_messages_where_they_are_missing() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    let size = app.take_size(asked(true)).await.unwrap();
    assert_eq!((size.reviews, size.here, size.bytes), (COUNT, 0, None));
    let view = taken(&app, asked(false)).await;
    assert_eq!((view.done, view.failed), (COUNT, 0), "{:?}", view.ended);
    let (with, without) =
        (app.take_size(asked(true)).await.unwrap(), app.take_size(asked(false)).await.unwrap());
    assert_eq!((without.here, without.bytes), (COUNT, Some(0.0)));
    assert!(with.here < COUNT, "messages were not asked for");
    let more = taken(&app, asked(true)).await;
    assert!(more.done == COUNT && more.bytes > 0.0);
    assert_eq!(app.take_size(asked(true)).await.unwrap().here, COUNT);

    // All of it is fresh: the server is not needed.
    world.stop().await;
    let again = taken(&app, asked(true)).await;
    assert_eq!((again.done, again.bytes, again.ended), (COUNT, 0.0, None));
    world.clock.advance(Duration::from_secs(3601));
    let lost = taken(&app, asked(true)).await;
    let ended = lost.ended.unwrap();
    assert!(lost.done < COUNT && ended.contains("cannot be reached") && ended.contains("stays"), "{ended}");
    assert!(first(&app).await.iter().all(|row| row.here), "what was here stays");
    let bytes = app.take_size(TakeRequest { count: 5_000, ..asked(true) }).await.unwrap().bytes;
    assert!(bytes.is_some_and(|bytes| bytes > 0.0));
}

#[tokio::test]
async fn one_record_that_fails_is_counted_and_named_and_the_next_taking_reads_it() {
    let world = World::start().await;
    let app = world.loaded().await;
    let row = first(&app).await.remove(0);
    let refuse = |status| FaultKind::Status { status, body: None, retry_after: None, location: None };
    let forbidden = Fault {
        method: None,
        path: format!("/api/contacts/{}/separation-data", row.source_id),
        skip: 0,
        times: None,
        kind: refuse(403),
    };
    world.faults().add(forbidden).unwrap();
    // The server also asks for pauses: they are kept, and nothing is lost by them.
    let slow = FaultKind::Status { status: 429, body: None, retry_after: Some("1".into()), location: None };
    let pauses = Fault { method: None, path: "/api/contacts/*".into(), skip: 3, times: Some(2), kind: slow };
    world.faults().add(pauses).unwrap();
    let begun = Instant::now();
    let view = taken(&app, asked(true)).await;
    assert!(begun.elapsed() >= Duration::from_secs(1), "no pause was made");
    assert!(view.failed >= 1 && view.done + view.failed == view.total, "{view:?}");
    let ended = view.ended.unwrap();
    assert!(ended.contains("not here in full") && ended.contains("does not allow"), "{ended}");
    assert!(!first(&app).await[0].here);
    assert_eq!(app.open(|_| {}).await.unwrap().status.connection, Connection::Online);
    world.faults().clear();
    let again = taken(&app, asked(true)).await;
    assert_eq!((again.failed, again.done), (0, COUNT), "{:?}", again.ended);
    assert!(first(&app).await[0].here);
}

#[tokio::test]
async fn it_is_stopped_at_once_and_told_as_it_goes() {
    let world = World::start().await;
    let app = world.loaded().await;
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = std::sync::Arc::clone(&told);
    app.open(move |changes| sink.lock().unwrap().push((Instant::now(), changes))).await.unwrap();
    let slow = Fault {
        method: None,
        path: "/api/contacts/**".into(),
        skip: 8,
        times: None,
        kind: FaultKind::Delay { millis: 300, after: false },
    };
    world.faults().add(slow).unwrap();
    app.take_along(asked(true)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(700)).await;
    let begun = Instant::now();
    app.stop_taking().await.unwrap();
    assert!(begun.elapsed() < Duration::from_millis(500));
    let status = app.open(|_| {}).await.unwrap().status.taking.unwrap();
    assert!(!status.running && status.done < COUNT && status.ended.unwrap().contains("stopped"));
    world.faults().clear();
    let last = told.lock().unwrap().len();
    app.take_along(asked(true)).await.unwrap();
    let start = Instant::now();
    while app.open(|_| {}).await.unwrap().status.taking.unwrap().running {
        assert!(start.elapsed() < Duration::from_secs(60), "it does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let told = std::mem::take(&mut *told.lock().unwrap());
    assert!(last >= 2 && told[0].1.status.taking.as_ref().unwrap().running);
    assert!(told.windows(2).filter(|pair| pair[1].0 - pair[0].0 < Duration::from_millis(150)).count() <= 3);
    assert!(first(&app).await.iter().all(|row| row.here));
}

#[tokio::test]
async fn the_list_that_is_taken_is_the_one_that_is_asked_for() {
    let world = World::start().await;
    let app = world.loaded().await;
    let request = TakeRequest { count: 3, filter: QueueFilter::PhoneConflicts, ..TakeRequest::default() };
    let view = taken(&app, request).await;
    assert!(view.total > 0 && view.done == view.total);
    let of = |filter| QueueRequest { filter, ..page(500) };
    let here = |rows: &[QueueRow]| rows.iter().filter(|row| row.here).count();
    let conflicts = app.queue(of(QueueFilter::PhoneConflicts)).await.unwrap().rows;
    let without_messages = app
        .take_size(TakeRequest { count: 3, filter: QueueFilter::PhoneConflicts, ..TakeRequest::default() })
        .await
        .unwrap();
    assert_eq!(without_messages.here, without_messages.reviews);
    assert!(here(&conflicts) <= conflicts.len());
    for count in [0, 5_001] {
        let error = app.take_along(TakeRequest { count, ..TakeRequest::default() }).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("count")));
    }
}
