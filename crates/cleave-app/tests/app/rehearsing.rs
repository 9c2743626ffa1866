//! The rehearsal says what the sender then finds, and leaves no trace in the outbox.

use cleave_app::App;
use cleave_app::ipc::{OutboxEntry, OutboxHold, OutboxState, Rehearsed};
use cleave_service::{Fault, FaultKind};
use serde_json::json;

use crate::separations::{opened, order, ready, rich};
use crate::world::{Client, OP, OTHER_OP, World, decide, keep, merge, page, sent};

async fn verdict(app: &App, op: &str) -> Rehearsed {
    let mut answers = app.rehearse(&[op.to_owned()]).await.unwrap();
    assert_eq!((answers.len(), answers[0].op_id.as_str()), (1, op));
    let answer = answers.remove(0);
    assert!(!answer.words.is_empty(), "{op}");
    answer.verdict
}

/// What the sender did, in the words of the rehearsal.
fn done(entry: &OutboxEntry) -> Rehearsed {
    match (entry.state, entry.hold) {
        (OutboxState::Applied, _) if entry.attempts > 0 => Rehearsed::Valid,
        (OutboxState::Applied | OutboxState::AppliedElsewhere, _) => Rehearsed::Moot,
        (OutboxState::Conflict, _) => Rehearsed::Changed,
        (OutboxState::NeedsPerson, _) => Rehearsed::Gone,
        (OutboxState::Queued, OutboxHold::Dependency) => Rehearsed::Waits,
        (OutboxState::Queued, _) => Rehearsed::Unknown,
        other => panic!("{other:?}"),
    }
}

/// What happens to a review between the decision and the sending.
#[derive(Debug, Clone, Copy)]
enum Meanwhile {
    Nothing,
    TheSame,
    TheOther,
    Vanishes,
    Breaks,
    AsksForAPause,
}

async fn happens(meanwhile: Meanwhile, world: &World, client: &Client, review: &str) {
    let path = format!("/api/contacts/dedup-reviews/{review}");
    let answers = |status, retry_after: Option<String>| {
        let body = Some(json!({"error": "no"}));
        let kind = FaultKind::Status { status, body, retry_after, location: None };
        let fault = Fault { method: Some("GET".into()), path: "/api/**".into(), skip: 0, times: None, kind };
        world.faults().add(fault).unwrap();
    };
    match meanwhile {
        Meanwhile::Nothing => {}
        Meanwhile::TheSame => assert_eq!(client.resolve(review, "keep-separate").await, 200),
        Meanwhile::TheOther => assert_eq!(client.resolve(review, "merge").await, 200),
        Meanwhile::Vanishes => {
            let body = Some(json!({"error": "no such review"}));
            let kind = FaultKind::Status { status: 404, body, retry_after: None, location: None };
            let fault = Fault { method: Some("GET".into()), path, skip: 0, times: None, kind };
            world.faults().add(fault).unwrap();
            // Nor is it in the list of one of its contacts.
            let body = Some(json!({"success": true, "data": []}));
            let kind = FaultKind::Status { status: 200, body, retry_after: None, location: None };
            let pending = "/api/contacts/*/dedup-reviews/pending".to_owned();
            let fault = Fault { method: Some("GET".into()), path: pending, skip: 0, times: None, kind };
            world.faults().add(fault).unwrap();
        }
        Meanwhile::Breaks => answers(500, None),
        Meanwhile::AsksForAPause => answers(429, Some("1".to_owned())),
    }
}

#[tokio::test]
async fn the_verdict_is_what_the_sender_then_does_and_nothing_changes_by_it() {
    let expected = [
        (Meanwhile::Nothing, Rehearsed::Valid),
        (Meanwhile::TheSame, Rehearsed::Moot),
        (Meanwhile::TheOther, Rehearsed::Changed),
        (Meanwhile::Vanishes, Rehearsed::Gone),
        (Meanwhile::Breaks, Rehearsed::Unknown),
        (Meanwhile::AsksForAPause, Rehearsed::Unknown),
    ];
    for (meanwhile, expected) in expected {
        let world = World::start().await;
        let (app, client) = (world.loaded().await, world.client().await);
        let id = app.queue(page(1)).await.unwrap().rows.remove(0).review_id;
        decide(&app, &id, OP, keep("x")).await.unwrap();
        happens(meanwhile, &world, &client, &id).await;
        let before = app.outbox_entry(OP).await.unwrap();
        assert_eq!(verdict(&app, OP).await, expected, "{meanwhile:?}");
        assert_eq!(app.outbox_entry(OP).await.unwrap(), before, "{meanwhile:?} changed the entry");
        let entry = sent(&app, OP).await;
        assert_eq!(done(&entry), expected, "{meanwhile:?}: {}", entry.reason);
        assert_eq!(verdict(&app, OP).await == Rehearsed::NotWaiting, entry.state != OutboxState::Queued);
        app.shutdown().await.unwrap();
        drop(app);
        // A check leaves evidence, and the rehearsal left none beside it.
        let count = |sql: &str| world.database("outbox.db").query_row(sql, [], |row| row.get::<_, u32>(0));
        let checks = count("SELECT count(*) FROM evidence WHERE kind = 'check'").unwrap();
        assert!(checks <= 1, "{meanwhile:?}: {checks}");
        assert_eq!(count("SELECT count(*) FROM attempt").unwrap(), entry.attempts, "{meanwhile:?}");
    }
}

#[tokio::test]
async fn a_separation_is_rehearsed_with_its_whole_contact() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    let view = opened(&app, &id).await;
    let state = app.separation_edit(&id, ready(&app, &view).await).await.unwrap();
    app.separate(order(OP, &view, &state, false)).await.unwrap();
    assert_eq!(verdict(&app, OP).await, Rehearsed::Valid);
    let entry = sent(&app, OP).await;
    assert_eq!(done(&entry), Rehearsed::Valid, "{}", entry.reason);
    assert_eq!(verdict(&app, OP).await, Rehearsed::NotWaiting);
}

#[tokio::test]
async fn what_waits_for_another_and_what_cannot_be_asked_say_so() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    for row in app.queue(page(500)).await.unwrap().rows {
        let view = app.review(&row.review_id).await.unwrap();
        let Some(cascade) = view.preview.cascades.first() else { continue };
        decide(&app, &row.review_id, OP, merge(&[])).await.unwrap();
        decide(&app, &cascade.review_id, OTHER_OP, keep("x")).await.unwrap();
        let both = [OP.to_owned(), OTHER_OP.to_owned()];
        let verdicts = |answers: Vec<cleave_app::ipc::RehearsedView>| -> Vec<Rehearsed> {
            answers.iter().map(|answer| answer.verdict).collect()
        };
        let answers = verdicts(app.rehearse(&both).await.unwrap());
        assert_eq!(answers, [Rehearsed::Valid, Rehearsed::Waits]);
        world.stop().await;
        let answers = verdicts(app.rehearse(&both).await.unwrap());
        assert_eq!(answers, [Rehearsed::Unknown, Rehearsed::Unknown]);
        let many = vec![OP.to_owned(); 21];
        assert_eq!(app.rehearse(&many).await.unwrap_err().field.as_deref(), Some("opIds"));
        let none = app.rehearse(&["none".to_owned()]).await.unwrap_err();
        assert_eq!(none.code, cleave_app::ipc::ErrorCode::NotFound);
        return;
    }
    panic!("no review of this world cascades");
}

#[tokio::test]
async fn a_pause_that_the_server_asked_for_holds_for_the_next_rehearsal_and_for_sending() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let id = app.queue(page(1)).await.unwrap().rows.remove(0).review_id;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    let body = Some(json!({"error": "slow down"}));
    let kind = FaultKind::Status { status: 429, body, retry_after: Some("60".to_owned()), location: None };
    let path = format!("/api/contacts/dedup-reviews/{id}");
    // Only once: whoever asks again gets an answer.
    world.faults().add(Fault { method: Some("GET".into()), path, skip: 0, times: Some(1), kind }).unwrap();
    assert_eq!(verdict(&app, OP).await, Rehearsed::Unknown);
    assert_eq!(verdict(&app, OP).await, Rehearsed::Unknown, "it is not asked before the pause is over");
    let entry = sent(&app, OP).await;
    assert_eq!((entry.state, entry.attempts), (OutboxState::Queued, 0), "{}", entry.reason);
    assert_eq!(client.resolve(&id, "merge").await, 200, "it is open at the server");
}
