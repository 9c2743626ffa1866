//! Leaving an account, or the window, with work that is not settled.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cleave_app::ipc::{
    Changes, ErrorCode, HistoryRequest, LeaveHow, OutboxState, PendingWork, SeparationSide,
};
use cleave_app::{App, AppConfig, SyncOrder};
use cleave_service::{Fault, FaultKind};
use serde_json::Value;

use crate::separations::{opened, rich, set};
use crate::world::{OP, OTHER_OP, World, decide, first_id, keep, merge, page};

/// An application that is signed in and gives a minute to take a decision back.
async fn with_window(world: &World) -> App {
    let app =
        App::start(AppConfig { cancel_window: Duration::from_secs(60), ..world.config() }).await.unwrap();
    app.connect(world.as_admin(), false).await.unwrap();
    app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await.unwrap();
    app
}

fn lose_the_answer(world: &World) {
    let path = "/api/contacts/dedup-reviews/**".into();
    let fault =
        Fault { method: Some("PATCH".into()), path, skip: 0, times: Some(1), kind: FaultKind::LoseAnswer };
    world.faults().add(fault).unwrap();
}

#[tokio::test]
async fn signing_out_can_send_first_and_ends_the_cancel_windows() {
    let world = World::start().await;
    let app = with_window(&world).await;
    let (id, account) = (first_id(&app).await, app.in_use().unwrap().id);
    decide(&app, &id, OP, keep("x")).await.unwrap();
    let work = app.pending_work(&account).await.unwrap();
    let host = world.url.trim_start_matches("http://").to_owned();
    assert_eq!(work, PendingWork { waiting: 1, online: true, word: host, ..PendingWork::default() });

    app.sign_out_with(&account, LeaveHow::Send).await.unwrap();
    assert_eq!(world.client().await.review(&id).await["status"], "kept_separate");
    assert!(world.secrets.load(&account).unwrap().is_none());
    let left = app.pending_work(&account).await.unwrap();
    assert_eq!(left, PendingWork { waiting: 0, online: false, ..work });
    assert_eq!(app.pending_work("0").await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn what_cannot_be_sent_keeps_the_account_signed_in_and_is_said() {
    let mut world = World::start().await;
    let app = with_window(&world).await;
    let (id, account) = (first_id(&app).await, app.in_use().unwrap().id);
    decide(&app, &id, OP, keep("x")).await.unwrap();
    world.stop().await;
    let start = Instant::now();
    let error = app.sign_out_with(&account, LeaveHow::Send).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::TooLate);
    assert!(error.message.contains("1 waiting to be sent"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(20), "nobody waits a minute for a server that is gone");
    assert!(app.in_use().is_some_and(|account| account.signed_in));
    assert_eq!(app.outbox_entry(OP).await.unwrap().state, OutboxState::Queued);

    app.sign_out_with(&account, LeaveHow::Keep).await.unwrap();
    assert_eq!(app.pending_work(&account).await.unwrap().waiting, 1);
}

#[tokio::test]
async fn discarding_needs_the_word_takes_back_what_was_never_sent_and_keeps_the_rest() {
    let world = World::start().await;
    let (app, client) = (with_window(&world).await, world.client().await);
    let account = app.in_use().unwrap().id;
    let ids: Vec<String> =
        app.queue(page(2)).await.unwrap().rows.into_iter().map(|row| row.review_id).collect();
    decide(&app, &ids[0], OP, keep("x")).await.unwrap();
    lose_the_answer(&world);
    app.retry(OP).await.unwrap();
    app.sync(SyncOrder::default()).await.unwrap();
    world.faults().clear();
    let state = app.outbox_entry(OP).await.unwrap().state;
    decide(&app, &ids[1], OTHER_OP, merge(&[])).await.unwrap();
    let (contact, _) = rich(&app, &client, true).await;
    opened(&app, &contact).await;
    app.separation_edit(&contact, vec![set("firstName", SeparationSide::New, "Janet")]).await.unwrap();
    let work = app.pending_work(&account).await.unwrap();
    assert_eq!((work.waiting, work.drafts), (1, 1), "{work:?}");

    for word in ["", "yes", "discard"] {
        let error = app.sign_out_with(&account, LeaveHow::Discard { word: word.into() }).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("word")));
        assert_eq!(app.pending_work(&account).await.unwrap(), work, "something was discarded by {word:?}");
    }
    let word = format!(" {} ", work.word.to_uppercase());
    app.sign_out_with(&account, LeaveHow::Discard { word }).await.unwrap();
    assert!(world.secrets.load(&account).unwrap().is_none());
    let left = app.pending_work(&account).await.unwrap();
    assert_eq!((left.waiting, left.drafts), (0, 0));
    assert_eq!(client.review(&ids[1]).await["status"], "needs_review", "what was discarded was sent");

    app.use_account(&account).await.unwrap();
    assert_eq!(app.outbox_entry(OTHER_OP).await.unwrap().state, OutboxState::Withdrawn);
    assert_eq!(app.outbox_entry(OP).await.unwrap().state, state, "what may have been sent was touched");
    let history = app.history(HistoryRequest { limit: 10, ..HistoryRequest::default() }).await.unwrap();
    assert!(history.entries.iter().any(|entry| entry.op_id == OTHER_OP));
}

#[tokio::test]
async fn an_export_holds_the_whole_record_and_no_token() {
    let world = World::start().await;
    let app = with_window(&world).await;
    let account = app.in_use().unwrap().id;
    let ids: Vec<String> =
        app.queue(page(2)).await.unwrap().rows.into_iter().map(|row| row.review_id).collect();
    decide(&app, &ids[0], OP, keep("because")).await.unwrap();
    lose_the_answer(&world);
    app.retry(OP).await.unwrap();
    app.sync(SyncOrder::default()).await.unwrap();
    decide(&app, &ids[1], OTHER_OP, keep("y")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = [
        app.export_work(&account, folder.path()).await.unwrap(),
        app.export_work(&account, folder.path()).await.unwrap(),
    ];
    assert_ne!(files[0].path, files[1].path);
    let one = app.export_entry(OP, folder.path()).await.unwrap();
    assert_eq!((one.entries, std::fs::read_dir(folder.path()).unwrap().count()), (1, 3));

    let text = std::fs::read_to_string(&one.path).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&document["cleaveExport"], &document["account"]["origin"]),
        (&1.into(), &world.url.as_str().into())
    );
    let entry = &document["entries"][0];
    assert_eq!((entry["opId"].as_str(), entry["kind"].as_str()), (Some(OP), Some("keep-separate")));
    let path = format!("/api/contacts/dedup-reviews/{}/keep-separate", ids[0]);
    assert_eq!(
        (entry["request"]["method"].as_str(), entry["request"]["path"].as_str()),
        (Some("PATCH"), Some(path.as_str()))
    );
    assert_eq!(entry["request"]["body"]["resolution"]["cleaveOpId"], OP);
    assert_eq!(entry["note"], "because");
    assert_eq!(entry["attempts"][0]["bodyHash"].as_str().map(str::len), Some(64));
    assert!(entry["transitions"].as_array().unwrap().len() >= 3, "{entry}");
    let secret = world.secrets.load(&account).unwrap().unwrap();
    let session: Value = serde_json::from_str(secrecy::ExposeSecret::expose_secret(&secret)).unwrap();
    for path in [&one.path, &files[0].path] {
        let text = std::fs::read_to_string(path).unwrap();
        assert!(!text.contains(session["token"].as_str().unwrap()), "a token was exported");
    }
    assert_eq!(app.export_entry("0", folder.path()).await.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(app.export_work("0", folder.path()).await.unwrap_err().code, ErrorCode::NotFound);
    let file = folder.path().join("no-folder");
    std::fs::write(&file, "").unwrap();
    assert_eq!(app.export_entry(OP, &file).await.unwrap_err().code, ErrorCode::Storage);
}

#[tokio::test]
async fn closing_asks_over_what_could_be_sent_now_and_can_send_it() {
    let mut world = World::start().await;
    let app = with_window(&world).await;
    let (id, account) = (first_id(&app).await, app.in_use().unwrap().id);
    assert!(!app.ask_before_closing().await, "nobody is there to be asked");
    let told = Arc::new(Mutex::new(Vec::<Changes>::new()));
    let sink = Arc::clone(&told);
    app.open(move |changes| sink.lock().unwrap().push(changes)).await.unwrap();
    assert!(!app.ask_before_closing().await, "there is nothing to ask");

    decide(&app, &id, OP, keep("x")).await.unwrap();
    assert!(app.ask_before_closing().await);
    let asked = told.lock().unwrap().iter().find_map(|changes| changes.closing.clone()).unwrap();
    assert_eq!(asked, app.pending_work(&account).await.unwrap());
    app.finish_sending(Duration::from_secs(30)).await.unwrap();
    assert_eq!(world.client().await.review(&id).await["status"], "kept_separate");
    assert!(!app.ask_before_closing().await, "nothing is left");

    // What can only be sent later is no reason to stay.
    let id = first_id(&app).await;
    decide(&app, &id, OTHER_OP, keep("y")).await.unwrap();
    world.stop().await;
    app.finish_sending(Duration::from_secs(30)).await.unwrap();
    assert!(!app.ask_before_closing().await);
    assert_eq!(app.outbox_entry(OTHER_OP).await.unwrap().state, OutboxState::Queued);
}

#[tokio::test]
async fn closing_asks_over_a_draft_that_cannot_be_saved() {
    let world = World::start().await;
    let (app, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&app, &client, true).await;
    app.open(|_| {}).await.unwrap();
    opened(&app, &id).await;
    let edit = |name| vec![set("firstName", SeparationSide::New, name)];
    app.separation_edit(&id, edit("Janet")).await.unwrap();
    assert!(!app.ask_before_closing().await, "it can be saved, and is");
    let full = "CREATE TRIGGER full BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'full'); END";
    world.database("outbox.db").execute_batch(full).unwrap();
    app.separation_edit(&id, edit("Joan")).await.unwrap();
    assert!(app.ask_before_closing().await);
}
