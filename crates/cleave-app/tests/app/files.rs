//! Files that another process writes, that a newer version wrote, that are damaged, or that fail.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cleave_app::ipc::{AppError, Changes, ErrorCode, LeaveHow, OutboxState, SeparationSide};
use cleave_app::{App, AppConfig, SyncOrder};
use cleave_service::{Fault, FaultKind};

use crate::separations::{line, opened, rich, set};
use crate::world::{OP, OTHER_OP, World, decide, first_id, keep, page, sent};

/// A second application of the same home, which does not wait for long.
fn second(world: &World) -> AppConfig {
    AppConfig { patience: Duration::from_millis(50), ..world.config() }
}

fn refused<T: std::fmt::Debug>(answer: Result<T, AppError>) -> String {
    let error = answer.unwrap_err();
    assert_eq!(error.code, ErrorCode::Storage, "{error}");
    error.message
}

/// The folder of the one account.
fn folder(world: &World) -> PathBuf {
    let mut accounts = std::fs::read_dir(world.home().root().join("accounts")).unwrap();
    accounts.next().unwrap().unwrap().path()
}

/// The file is no database any more, and everything but its first words is there.
fn damage(world: &World) {
    let path = folder(world).join("outbox.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[..16].fill(b'x');
    std::fs::write(path, bytes).unwrap();
}

/// Every request from now on is counted.
fn count_requests(world: &World) {
    let kind = FaultKind::Delay { millis: 0, after: false };
    world.faults().add(Fault { method: None, path: "/**".into(), skip: 0, times: None, kind }).unwrap();
}

/// No request was made since they are counted.
fn unused(world: &World) {
    let counted = world.faults().list();
    assert!(!counted.is_empty() && counted.iter().all(|(_, times)| *times == 0), "the network was used");
    world.faults().clear();
}

#[tokio::test]
async fn the_second_process_shows_what_the_first_writes_and_saves_and_sends_nothing() {
    let world = World::start().await;
    let first = world.loaded().await;
    let id = first_id(&first).await;
    decide(&first, &id, OP, keep("x")).await.unwrap();
    let account = first.in_use().unwrap();

    let config = AppConfig { background: true, ..second(&world) };
    count_requests(&world);
    let app = App::start(config).await.unwrap();
    let told = Arc::new(Mutex::new(Vec::<Changes>::new()));
    let sink = Arc::clone(&told);
    let shown = app.open(move |changes| sink.lock().unwrap().push(changes)).await.unwrap();
    let why = shown.files.read_only.clone().unwrap();
    assert!(why.starts_with("Another Cleave is using this folder.") && shown.files.can_try_again, "{why}");
    assert_eq!((shown.account.as_ref(), shown.files.damaged), (Some(&account), None));
    assert_eq!(shown.outbox.iter().map(|entry| entry.op_id.as_str()).collect::<Vec<_>>(), [OP]);
    let other = first_id(&app).await;
    let total = app.queue(page(1)).await.unwrap().total;
    assert_eq!(total, first.queue(page(1)).await.unwrap().total);

    // Reading and editing go on at the one, and nothing of it at the other.
    let answers = [
        refused(decide(&app, &other, OTHER_OP, keep("y")).await),
        refused(app.withdraw(OP).await),
        refused(app.retry(OP).await),
        refused(app.sync_now().await),
        refused(app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await),
        refused(app.connect(world.as_admin(), false).await),
        refused(app.sign_out_with(&account.id, LeaveHow::Keep).await),
        refused(app.discard_sandbox().await),
        refused(app.open_again().await),
    ];
    assert!(answers.iter().all(|answer| *answer == why), "{answers:?}");
    assert_eq!(app.use_account(&account.id).await.unwrap().id, account.id);

    unused(&world);
    decide(&first, &other, OTHER_OP, keep("y")).await.unwrap();
    count_requests(&world);
    let start = Instant::now();
    while !told.lock().unwrap().iter().any(|changes| changes.reopen && changes.counts.outbox == 2) {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "nobody told of the decision of the other process"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(app.outbox().await.unwrap().len(), 2);
    assert_eq!(app.queue(page(1)).await.unwrap().total, total - 1);
    unused(&world);

    first.shutdown().await.unwrap();
    app.open_again().await.unwrap();
    assert_eq!(app.files().read_only, None);
    app.shutdown().await.unwrap();
    drop((first, app));
    let app = world.app().await;
    assert_eq!(sent(&app, OP).await.state, OutboxState::Applied);
    assert_eq!(app.outbox_entry(OTHER_OP).await.unwrap().state, OutboxState::Applied);
}

#[tokio::test]
async fn a_process_that_only_reads_opens_the_editor_and_takes_no_edit() {
    let world = World::start().await;
    let (first, client) = (world.loaded().await, world.client().await);
    let (id, _) = rich(&first, &client, true).await;
    opened(&first, &id).await;
    first.separation_edit(&id, vec![set("firstName", SeparationSide::New, "Janet")]).await.unwrap();
    first.shutdown().await.unwrap();
    drop(first);
    let first = world.app().await;

    let app = App::start(second(&world)).await.unwrap();
    let view = app.separation(&id).await.unwrap();
    assert!(view.resumed);
    let edit = || vec![set("lastName", SeparationSide::New, "Doe")];
    refused(app.separation_edit(&id, edit()).await);
    assert_eq!(app.separation(&id).await.unwrap().state, view.state, "a refused edit changed the plan");
    first.shutdown().await.unwrap();
    app.open_again().await.unwrap();
    let view = app.separation(&id).await.unwrap();
    assert_eq!(line(&view.state, "firstName").new.text, "Janet", "the draft is gone");
    app.separation_edit(&id, edit()).await.unwrap();
}

#[tokio::test]
async fn what_a_newer_version_wrote_is_shown_and_left_alone() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    app.shutdown().await.unwrap();
    drop(app);
    world.database("outbox.db").pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(folder(&world).join("outbox.db")).unwrap();

    let app = world.app().await;
    let shown = app.open(|_| {}).await.unwrap();
    assert!(shown.files.read_only.unwrap().starts_with("A newer version of Cleave wrote"));
    assert!(!shown.files.can_try_again);
    assert_eq!(shown.outbox[0].op_id, OP);
    let other = first_id(&app).await;
    refused(decide(&app, &other, OTHER_OP, keep("y")).await);
    refused(app.connect(world.as_admin(), false).await);
    refused(app.sync_now().await);
    app.shutdown().await.unwrap();
    assert!(std::fs::read(folder(&world).join("outbox.db")).unwrap() == before, "the file was changed");
}

#[tokio::test]
async fn a_damaged_outbox_keeps_nobody_from_starting_and_what_can_be_read_is_carried_over() {
    let world = World::start().await;
    let app = world.loaded().await;
    let account = app.in_use().unwrap();
    let id = first_id(&app).await;
    decide(&app, &id, OP, keep("x")).await.unwrap();
    assert_eq!(app.salvage(&account.id).await.unwrap_err().code, ErrorCode::TooLate, "nothing is damaged");
    app.shutdown().await.unwrap();
    drop(app);
    damage(&world);

    let app = world.app().await;
    let shown = app.open(|_| {}).await.unwrap();
    let damaged = shown.files.damaged.unwrap();
    assert_eq!((shown.account, damaged.account_id.as_str()), (None, account.id.as_str()));
    assert!(damaged.title.contains(&account.origin), "{}", damaged.title);
    assert_eq!(shown.files.read_only, None);
    assert!(refused(app.queue(page(1)).await).contains("damaged"));
    refused(app.connect(world.as_admin(), false).await);
    assert_eq!(app.salvage("0").await.unwrap_err().code, ErrorCode::NotFound);

    let salvaged = app.salvage(&account.id).await.unwrap();
    assert_eq!((salvaged.entries, salvaged.lost_rows, salvaged.needs_person), (1, 0, 0));
    assert!(folder(&world).join(&salvaged.kept_as).exists(), "{}", salvaged.kept_as);
    assert_eq!((app.files().damaged, app.in_use()), (None, Some(account)));
    assert_eq!(sent(&app, OP).await.state, OutboxState::Applied);
    assert_eq!(world.client().await.review(&id).await["status"], "kept_separate");
}

#[tokio::test]
async fn beside_a_damaged_account_another_can_be_used() {
    let mut world = World::start().await;
    let app = world.loaded().await;
    let first = app.in_use().unwrap();
    app.shutdown().await.unwrap();
    drop(app);
    damage(&world);
    let app = world.app().await;
    let other = app.connect(world.as_admin(), true).await.unwrap();
    assert_ne!(other.id, first.id);
    assert_eq!(app.files().damaged, None, "it is not the one in use");
    assert_eq!(app.use_account(&first.id).await.unwrap().id, first.id);
    let shown = app.open(|_| {}).await.unwrap();
    assert_eq!(shown.files.damaged.map(|damaged| damaged.account_id), Some(first.id));
    app.use_account(&other.id).await.unwrap();
    assert_eq!((app.files().damaged, app.in_use().map(|account| account.id)), (None, Some(other.id)));
    world.stop().await;
}

#[tokio::test]
async fn damage_that_is_met_while_running_is_said_and_shown_when_the_window_opens_again() {
    let world = World::start().await;
    let app = world.loaded().await;
    let account = app.in_use().unwrap();
    let (id, other) = {
        let rows = app.queue(page(2)).await.unwrap().rows;
        (rows[0].review_id.clone(), rows[1].review_id.clone())
    };
    decide(&app, &id, OP, keep("x")).await.unwrap();
    let view = app.review(&other).await.unwrap();
    // The table of the attempts points behind the end of the file.
    let db = world.database("outbox.db");
    let version: i64 = db.pragma_query_value(None, "schema_version", |row| row.get(0)).unwrap();
    db.pragma_update(None, "writable_schema", true).unwrap();
    db.execute("UPDATE sqlite_schema SET rootpage = 99999 WHERE name = 'attempt'", []).unwrap();
    db.pragma_update(None, "schema_version", version + 1).unwrap();
    drop(db);

    let error = app.decide(crate::world::request(OTHER_OP, &view, keep("y"))).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Storage);
    assert!(error.message.contains("damaged"), "{error}");
    let shown = app.open(|_| {}).await.unwrap();
    assert_eq!((shown.account, shown.files.damaged.map(|it| it.account_id)), (None, Some(account.id)));
}

#[tokio::test]
async fn a_write_that_fails_saves_nothing_and_the_same_decision_can_be_made_again() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = first_id(&app).await;
    let total = app.queue(page(1)).await.unwrap().total;
    let fault = |sql: &str| world.database("outbox.db").execute_batch(sql).unwrap();
    for table in ["entry", "touch", "transition"] {
        fault(&format!(
            "CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'full'); END"
        ));
        let error = decide(&app, &id, OP, keep("x")).await.unwrap_err();
        assert_eq!((error.code, error.hint.as_deref()), (ErrorCode::Storage, Some("Nothing was saved.")));
        assert!(app.outbox().await.unwrap().is_empty(), "{table}: something was saved");
        assert_eq!(app.queue(page(1)).await.unwrap().total, total, "{table}: the review left the queue");
        fault("DROP TRIGGER full");
    }
    let shown = app.open(|_| {}).await.unwrap();
    assert!(shown.files.damaged.is_none() && shown.account.is_some(), "a failed write is no damage");
    decide(&app, &id, OP, keep("x")).await.unwrap();

    // A send that cannot be recorded is not made.
    fault("CREATE TRIGGER full BEFORE INSERT ON attempt BEGIN SELECT RAISE(ABORT, 'full'); END");
    assert_eq!(app.sync(SyncOrder::default()).await.unwrap_err().code, ErrorCode::Storage);
    assert_eq!(world.client().await.review(&id).await["status"], "needs_review");
    fault("DROP TRIGGER full");
    assert_eq!(sent(&app, OP).await.state, OutboxState::Applied);
}
