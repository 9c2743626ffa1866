//! Deciding: preview, saving, sending, and what the server shows afterwards.

use cleave_app::ipc::{
    DecideRequest, DecisionInput, ErrorCode, LocalState, OutboxState, QueueFilter, QueueRequest, SideName,
};

use crate::world::{OP, OTHER_OP, World, decide, differing_in, first_id, keep, merge, page, request, sent};

#[tokio::test]
async fn a_merge_takes_the_picked_field_from_the_source() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let row = differing_in(&app, "email").await;
    let source = client.contact(&row.source_id).await.unwrap();
    let before = app.open(|_| {}).await.unwrap().counts.queue;

    let view = app.review(&row.review_id).await.unwrap();
    let asked = request(OP, &view, merge(&[("email", SideName::Source)]));
    let looked = app.decide(DecideRequest { dry_run: true, ..asked.clone() }).await.unwrap();
    assert!(looked.entry.is_none() && looked.changes.is_none());
    assert_eq!(app.outbox().await.unwrap(), []);
    assert_eq!(app.review(&row.review_id).await.unwrap(), view, "looking changed something");

    let saved = app.decide(asked).await.unwrap();
    assert_eq!(saved.preview, looked.preview, "the preview is not what was saved");
    assert_eq!(saved.entry.unwrap().state, OutboxState::Queued);
    let changes = saved.changes.unwrap();
    assert_eq!(changes.removals.as_slice(), std::slice::from_ref(&row.review_id));
    assert_eq!(changes.counts.queue, before - 1);
    assert_eq!(client.review(&row.review_id).await["status"], "needs_review", "sent before it was asked to");

    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.attempts), (OutboxState::Applied, 1), "{}", entry.reason);
    assert_eq!(entry.differences, Vec::<[String; 3]>::new());
    assert_eq!(
        entry.survivor_id.as_deref(),
        Some(row.candidate_id.as_str()),
        "the contact to separate again"
    );
    let merged = client.review(&row.review_id).await;
    assert_eq!(merged["status"], "merged");
    assert_eq!(merged["resolution"]["cleaveOpId"], OP);
    let survivor = client.contact(&row.candidate_id).await.unwrap();
    assert_eq!(survivor["email"], source["email"]);
    assert_eq!(client.contact(&row.source_id).await, None);
    // Shown by name, held by id.
    let pointing = ["pipelineId", "pipelineStage", "userId"];
    let plain = |path: &str| !path.contains('.') && !pointing.contains(&path);
    for field in looked.preview.unwrap().fields.iter().filter(|f| f.choosable && plain(&f.path)) {
        if let Some(text) = survivor[&field.path].as_str() {
            assert_eq!(Some(text), field.result.as_deref(), "{}", field.path);
        }
    }
}

#[tokio::test]
async fn a_merge_closes_the_other_reviews_it_said_it_would() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    for row in app.queue(page(500)).await.unwrap().rows {
        let view = app.review(&row.review_id).await.unwrap();
        if view.preview.cascades.is_empty() {
            continue;
        }
        app.decide(request(OP, &view, merge(&[]))).await.unwrap();
        assert_eq!(sent(&app, OP).await.state, OutboxState::Applied);
        for cascade in &view.preview.cascades {
            assert_eq!(client.review(&cascade.review_id).await["status"], "kept_separate");
            let listed = app.queue(page(500)).await.unwrap().rows;
            assert!(listed.iter().all(|row| row.review_id != cascade.review_id), "still in the queue");
        }
        return;
    }
    panic!("no review of this world cascades");
}

#[tokio::test]
async fn keeping_separate_carries_its_reason() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("  Father and son  ")).await.unwrap();
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.note.as_deref()), (OutboxState::Applied, Some("Father and son")));
    let review = client.review(&id).await;
    assert_eq!(review["status"], "kept_separate");
    assert_eq!(review["resolution"]["note"], "Father and son");
    assert!(app.queue(page(500)).await.unwrap().rows.iter().all(|row| row.review_id != id));
}

#[tokio::test]
async fn one_operation_decides_once_however_often_it_is_said() {
    let world = World::start().await;
    let app = world.loaded().await;
    let view = app.review(&first_id(&app).await).await.unwrap();
    let ask = || app.decide(request(OP, &view, keep("once")));
    let (a, b, c) = tokio::join!(ask(), ask(), ask());
    let entries = [a, b, c].map(|answer| answer.unwrap().entry.unwrap());
    assert!(entries.iter().all(|entry| entry.op_id == OP && entry.decided_at == entries[0].decided_at));
    assert_eq!(app.outbox().await.unwrap().len(), 1);
    assert_eq!(sent(&app, OP).await.attempts, 1);
    // And after it was carried out the answer is still the first decision.
    let late = app.decide(request(OP, &view, keep("once"))).await.unwrap().entry.unwrap();
    assert_eq!((late.kind.as_str(), late.state), ("keep-separate", OutboxState::Applied));
}

#[tokio::test]
async fn an_operation_that_names_another_decision_is_refused() {
    let world = World::start().await;
    let app = world.loaded().await;
    let rows = app.queue(page(2)).await.unwrap().rows;
    let view = app.review(&rows[0].review_id).await.unwrap();
    let other = app.review(&rows[1].review_id).await.unwrap();
    app.decide(request(OP, &view, keep("x"))).await.unwrap();
    let different = [
        request(OP, &view, merge(&[])),
        request(OP, &view, keep("another reason")),
        request(OP, &other, keep("x")),
    ];
    for asked in different {
        let error = app.decide(asked).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("opId")), "{error}");
    }
    assert_eq!(app.outbox().await.unwrap().len(), 1);
    assert_eq!(app.decide(request(OP, &view, keep(" x "))).await.unwrap().entry.unwrap().op_id, OP);
}

#[tokio::test]
async fn picks_that_contradict_the_saved_merge_are_another_decision() {
    let world = World::start().await;
    let app = world.loaded().await;
    let row = differing_in(&app, "email").await;
    let view = app.review(&row.review_id).await.unwrap();
    app.decide(request(OP, &view, merge(&[("email", SideName::Source)]))).await.unwrap();
    let error = app.decide(request(OP, &view, merge(&[("email", SideName::Candidate)]))).await.unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("opId")), "{error}");
    assert!(app.decide(request(OP, &view, merge(&[("email", SideName::Source)]))).await.is_ok());
}

#[tokio::test]
async fn a_later_decision_replaces_one_that_waits_and_none_that_is_done() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let id = first_id(&app).await;
    decide(&app, &id, OP, merge(&[])).await.unwrap();
    let second = decide(&app, &id, OTHER_OP, keep("changed my mind")).await.unwrap();
    let told: Vec<_> = second.changes.unwrap().outbox.into_iter().map(|e| (e.op_id, e.state)).collect();
    assert_eq!(told, [(OP.to_owned(), OutboxState::Superseded), (OTHER_OP.to_owned(), OutboxState::Queued)]);
    assert_eq!(sent(&app, OTHER_OP).await.state, OutboxState::Applied);
    assert_eq!(client.review(&id).await["status"], "kept_separate");
    let third = decide(&app, &id, "01939c2e-0000-7000-8000-000000000003", merge(&[])).await.unwrap_err();
    assert_eq!(third.code, ErrorCode::TooLate);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_where_it_stands() {
    let world = World::start().await;
    let app = world.loaded().await;
    let view = app.review(&first_id(&app).await).await.unwrap();
    let good = request(OP, &view, keep("x"));
    let cases = [
        (DecideRequest { op_id: "1".into(), ..good.clone() }, ErrorCode::Invalid, Some("opId")),
        (DecideRequest { review_id: "none".into(), ..good.clone() }, ErrorCode::NotFound, None),
        (DecideRequest { based_on: "something older".into(), ..good.clone() }, ErrorCode::Stale, None),
        (request(OP, &view, keep(&"n".repeat(2001))), ErrorCode::Invalid, Some("note")),
        (request(OP, &view, merge(&[("nickName", SideName::Source)])), ErrorCode::Invalid, Some("nickName")),
    ];
    for (asked, code, field) in cases {
        for dry_run in [true, false] {
            let error = app.decide(DecideRequest { dry_run, ..asked.clone() }).await.unwrap_err();
            assert_eq!((error.code, error.field.as_deref()), (code, field), "{error}");
        }
    }
    assert_eq!(app.outbox().await.unwrap(), []);
    assert!(app.decide(request(OP, &view, keep(&"ä".repeat(2000)))).await.is_ok());
}

#[tokio::test]
async fn somebody_else_was_faster_with_the_same() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    assert_eq!(world.client().await.resolve(&id, "keep-separate").await, 200);
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.attempts), (OutboxState::AppliedElsewhere, 0), "{}", entry.reason);
    assert_eq!(app.open(|_| {}).await.unwrap().counts.needs_person, 0);
}

#[tokio::test]
async fn somebody_else_was_faster_with_the_opposite() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let id = first_id(&app).await;
    decide(&app, &id, OP, merge(&[])).await.unwrap();
    assert_eq!(client.resolve(&id, "keep-separate").await, 200);
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.can_withdraw), (OutboxState::Conflict, true), "{}", entry.reason);
    assert_eq!(app.open(|_| {}).await.unwrap().counts.needs_person, 1);
    assert_eq!(client.review(&id).await["status"], "kept_separate");
    let decided = QueueRequest { filter: QueueFilter::Decided, ..page(10) };
    let rows = app.queue(decided).await.unwrap().rows;
    assert_eq!(rows.iter().map(|row| row.local).collect::<Vec<_>>(), [LocalState::NeedsYou]);
    assert_eq!(app.withdraw(OP).await.unwrap().state, OutboxState::Withdrawn);
    assert_eq!(app.open(|_| {}).await.unwrap().counts.outbox, 0);
}

#[tokio::test]
async fn a_note_of_blanks_is_no_note() {
    let world = World::start().await;
    let app = world.loaded().await;
    let decision = DecisionInput::KeepSeparate { note: Some(" \n ".into()) };
    let saved = decide(&app, &first_id(&app).await, OP, decision).await.unwrap();
    assert_eq!(saved.entry.unwrap().note, None);
}
