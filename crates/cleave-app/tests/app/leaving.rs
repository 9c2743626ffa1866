//! Leaving an account, or the window, with work that is not settled.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cleave_app::ipc::{
    Changes, ErrorCode, HistoryRequest, LeaveHow, OutboxState, PendingWork, SeparationSide,
};
use cleave_app::secrets::{Memory, Secrets, SecretsError};
use cleave_app::{App, AppConfig, SyncOrder};
use cleave_service::{Fault, FaultKind};
use secrecy::SecretString;
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
    let expected =
        PendingWork { waiting: 1, discardable: 1, online: true, word: host, ..PendingWork::default() };
    assert_eq!(work, expected);

    app.sign_out_with(&account, LeaveHow::Send).await.unwrap();
    assert_eq!(world.client().await.review(&id).await["status"], "kept_separate");
    assert!(world.secrets.load(&account).unwrap().is_none());
    let left = app.pending_work(&account).await.unwrap();
    assert_eq!(left, PendingWork { waiting: 0, discardable: 0, online: false, ..work });
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
    assert_eq!((work.waiting, work.drafts, work.discardable), (1, 1, 1), "{work:?}");

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

/// The next answers to decisions are this status.
fn refuse(world: &World, status: u16) {
    let path = "/api/contacts/dedup-reviews/**".into();
    let kind = FaultKind::Status { status, body: None, retry_after: None, location: None };
    let fault = Fault { method: Some("PATCH".into()), path, skip: 0, times: None, kind };
    world.faults().add(fault).unwrap();
}

#[tokio::test]
async fn discarding_takes_back_exactly_what_is_counted_whatever_was_tried_and_none_of_it_goes_out_later() {
    let world = World::start().await;
    let (app, client) = (with_window(&world).await, world.client().await);
    let account = app.in_use().unwrap().id;
    let ids: Vec<String> =
        app.queue(page(2)).await.unwrap().rows.into_iter().map(|row| row.review_id).collect();
    decide(&app, &ids[0], OP, keep("x")).await.unwrap();
    assert_eq!(client.resolve(&ids[0], "merge").await, 200);
    app.retry(OP).await.unwrap();
    app.sync(SyncOrder::default()).await.unwrap();
    let conflict = app.outbox_entry(OP).await.unwrap();
    assert_eq!((conflict.state, conflict.attempts), (OutboxState::Conflict, 0));

    refuse(&world, 403);
    decide(&app, &ids[1], OTHER_OP, keep("y")).await.unwrap();
    app.retry(OTHER_OP).await.unwrap();
    app.sync(SyncOrder::default()).await.unwrap();
    world.faults().clear();
    let forbidden = app.outbox_entry(OTHER_OP).await.unwrap();
    assert_eq!((forbidden.state, forbidden.attempts), (OutboxState::Queued, 1), "{forbidden:?}");

    let work = app.pending_work(&account).await.unwrap();
    assert_eq!((work.waiting, work.needs_person, work.discardable), (1, 1, 2), "{work:?}");
    app.sign_out_with(&account, LeaveHow::Discard { word: work.word }).await.unwrap();
    let left = app.pending_work(&account).await.unwrap();
    assert_eq!((left.waiting, left.needs_person, left.discardable), (0, 0, 0), "{left:?}");

    app.connect(world.as_admin(), false).await.unwrap();
    app.sync(SyncOrder::default()).await.unwrap();
    for op in [OP, OTHER_OP] {
        assert_eq!(app.outbox_entry(op).await.unwrap().state, OutboxState::Withdrawn);
    }
    assert_eq!(client.review(&ids[1]).await["status"], "needs_review", "what was discarded was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_or_taken_back_meanwhile_does_not_keep_signing_out_from_sending_the_rest() {
    let world = World::start().await;
    let config = AppConfig { background: true, cancel_window: Duration::from_secs(60), ..world.config() };
    let app = App::start(config).await.unwrap();
    app.connect(world.as_admin(), false).await.unwrap();
    let begun = Instant::now();
    while app.queue(page(12)).await.unwrap().rows.len() < 12 {
        assert!(begun.elapsed() < Duration::from_secs(30), "the queue was not loaded");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let rows = app.queue(page(12)).await.unwrap().rows;
    let ops: Vec<String> =
        (0..rows.len()).map(|n| format!("01939c2e-0000-7000-8000-0000000001{n:02}")).collect();
    for (row, op) in rows.iter().zip(&ops) {
        decide(&app, &row.review_id, op, keep("x")).await.unwrap();
    }
    let account = app.in_use().unwrap().id;
    let take_back = async {
        for op in ops.iter().rev().step_by(2) {
            // Too late for some.
            drop(app.withdraw(op).await);
            drop(app.retry(op).await);
        }
    };
    let (left, ()) = tokio::join!(app.sign_out_with(&account, LeaveHow::Send), take_back);
    left.unwrap();
    assert_eq!(app.pending_work(&account).await.unwrap().waiting, 0);
    app.use_account(&account).await.unwrap();
    let (client, mut sent) = (world.client().await, 0);
    for (row, op) in rows.iter().zip(&ops) {
        let state = app.outbox_entry(op).await.unwrap().state;
        let status = client.review(&row.review_id).await["status"].clone();
        match state {
            OutboxState::Applied => assert_eq!(status, "kept_separate", "{op}"),
            OutboxState::Withdrawn => assert_eq!(status, "needs_review", "{op}"),
            other => panic!("{op} is {other:?}"),
        }
        sent += u32::from(state == OutboxState::Applied);
    }
    assert!(sent >= 6, "what nobody took back was not sent: {sent}");
}

/// Keeps sessions, and does not forget them.
struct Stuck(Memory);

impl Secrets for Stuck {
    fn load(&self, account: &str) -> Result<Option<SecretString>, SecretsError> {
        self.0.load(account)
    }

    fn save(&self, account: &str, secret: &SecretString) -> Result<(), SecretsError> {
        self.0.save(account, secret)
    }

    fn delete(&self, _: &str) -> Result<(), SecretsError> {
        Err(SecretsError::Locked)
    }

    fn describe(&self) -> String {
        self.0.describe()
    }

    fn lasts(&self) -> bool {
        self.0.lasts()
    }
}

#[tokio::test]
async fn a_keyring_that_does_not_forget_the_session_leaves_everything_as_it_was() {
    let mut world = World::start().await;
    world.secrets = Arc::new(Stuck(Memory::new("A test.")));
    let app = with_window(&world).await;
    let (id, account) = (first_id(&app).await, app.in_use().unwrap().id);
    decide(&app, &id, OP, keep("x")).await.unwrap();
    let work = app.pending_work(&account).await.unwrap();
    for how in [LeaveHow::Keep, LeaveHow::Discard { word: work.word.clone() }] {
        let error = app.sign_out_with(&account, how).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Secrets);
        assert!(app.in_use().is_some_and(|account| account.signed_in));
        assert_eq!(app.pending_work(&account).await.unwrap(), work);
    }
    app.retry(OP).await.unwrap();
    app.sync(SyncOrder::default()).await.unwrap();
    assert_eq!(app.outbox_entry(OP).await.unwrap().state, OutboxState::Applied);
}

#[tokio::test]
async fn discarding_that_fails_keeps_the_work_and_the_session() {
    let world = World::start().await;
    let app = with_window(&world).await;
    let (id, account) = (first_id(&app).await, app.in_use().unwrap().id);
    decide(&app, &id, OP, keep("x")).await.unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON transition BEGIN SELECT RAISE(ABORT, 'full'); END";
    world.database("outbox.db").execute_batch(full).unwrap();
    let word = app.pending_work(&account).await.unwrap().word;
    let error = app.sign_out_with(&account, LeaveHow::Discard { word }).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Storage);
    assert!(app.in_use().is_some_and(|account| account.signed_in));
    world.database("outbox.db").execute_batch("DROP TRIGGER full").unwrap();
    app.retry(OP).await.unwrap();
    app.sync(SyncOrder::default()).await.unwrap();
    assert_eq!(app.outbox_entry(OP).await.unwrap().state, OutboxState::Applied);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_does_not_wait_for_signing_out_that_still_sends() {
    let world = World::start().await;
    let app = with_window(&world).await;
    let (id, account) = (first_id(&app).await, app.in_use().unwrap().id);
    decide(&app, &id, OP, keep("x")).await.unwrap();
    let path = "/api/contacts/dedup-reviews/**".into();
    let kind = FaultKind::Delay { millis: 20_000, after: false };
    world.faults().add(Fault { method: None, path, skip: 0, times: None, kind }).unwrap();
    let leaving = tokio::spawn({
        let app = app.clone();
        async move { app.sign_out_with(&account, LeaveHow::Send).await }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    let begun = Instant::now();
    app.shutdown().await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(leaving.await.unwrap().unwrap_err().code, ErrorCode::TooLate);
    world.faults().clear();

    let again = App::start(world.config()).await.unwrap();
    assert!(again.writable().is_ok(), "the folder is still held");
    assert_eq!(again.outbox_entry(OP).await.unwrap().state, OutboxState::Queued);
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

#[tokio::test]
async fn closing_asks_over_such_a_draft_also_where_nothing_can_be_read_any_more() {
    for broken in ["draft", "entry"] {
        let world = World::start().await;
        let (app, client) = (world.loaded().await, world.client().await);
        let (id, _) = rich(&app, &client, true).await;
        let told = Arc::new(Mutex::new(Vec::<Changes>::new()));
        let sink = Arc::clone(&told);
        let revision = app.open(move |changes| sink.lock().unwrap().push(changes)).await.unwrap().revision;
        opened(&app, &id).await;
        app.separation_edit(&id, vec![set("firstName", SeparationSide::New, "Joan")]).await.unwrap();
        let gone = "ALTER TABLE draft RENAME TO lost_draft;".to_owned();
        let gone = match broken {
            "draft" => gone,
            _ => gone + "PRAGMA legacy_alter_table = ON; ALTER TABLE entry RENAME TO lost_entry;",
        };
        world.database("outbox.db").execute_batch(&gone).unwrap();
        assert!(app.ask_before_closing().await, "{broken}");
        let asked = told.lock().unwrap().pop().unwrap();
        let work = asked.closing.unwrap();
        assert_eq!((work.drafts, work.unsaved), (1, 1), "{broken}");
        assert!(asked.revision > revision);
        let shown = world.url.trim_start_matches("http://");
        assert_eq!((work.word.as_str(), asked.counts.queue > 0), (shown, true));
    }
}
