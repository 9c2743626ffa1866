//! Signing in, accounts, and what goes wrong there.

use cleave_app::ipc::{Connection, ErrorCode, LeaveHow, Support};
use cleave_app::{App, SyncOrder};
use cleave_service::{Fault, FaultKind};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use crate::world::{ADMIN, Client, PASSWORD, SALES, World, first_id, with_password, with_token};

#[tokio::test]
async fn an_account_is_there_again_after_a_restart() {
    let world = World::start().await;
    let app = world.loaded().await;
    let account = app.in_use().unwrap();
    assert!(account.signed_in && !account.sandbox);
    assert_eq!((account.role.as_str(), account.origin.as_str()), ("ADMIN", world.url.as_str()));
    let opened = app.open(|_| {}).await.unwrap();
    assert_eq!(opened.account.as_ref(), Some(&account));
    assert!(opened.counts.queue > 0);
    assert_eq!(opened.status.connection, Connection::Online);
    let reviews = opened.capabilities.iter().find(|c| c.label.to_lowercase().contains("queue")).unwrap();
    assert_eq!((reviews.support, reviews.grade.as_str()), (Support::Yes, "inferred"));
    app.shutdown().await.unwrap();

    let again = world.app().await;
    assert_eq!(again.in_use(), Some(account));
    assert_eq!(again.open(|_| {}).await.unwrap().counts, opened.counts);
}

#[tokio::test]
async fn each_way_of_failing_has_its_code_at_its_input() {
    let world = World::start().await;
    let app = world.app().await;
    let html = MockServer::start().await;
    let page = ResponseTemplate::new(200).set_body_raw("<!doctype html><title>Log in</title>", "text/html");
    Mock::given(matchers::any()).respond_with(page).mount(&html).await;
    let sales = Client::sign_in(&world.url, SALES).await.token;
    let cases = [
        (with_password(&world.url, ADMIN, "wrong"), ErrorCode::SignInRefused, Some("password")),
        (
            with_password(&world.url, "nobody@example.com", PASSWORD),
            ErrorCode::SignInRefused,
            Some("password"),
        ),
        (with_password(&world.url, ADMIN, ""), ErrorCode::Invalid, Some("password")),
        (with_password(&world.url, " ", PASSWORD), ErrorCode::Invalid, Some("email")),
        (with_password("http://127.0.0.1:9", ADMIN, PASSWORD), ErrorCode::Unreachable, Some("url")),
        (with_password("http://crm.example.com", ADMIN, PASSWORD), ErrorCode::Invalid, Some("url")),
        (with_password("ftp://localhost", ADMIN, PASSWORD), ErrorCode::Invalid, Some("url")),
        (with_password("", ADMIN, PASSWORD), ErrorCode::Invalid, Some("url")),
        (with_password(&html.uri(), ADMIN, PASSWORD), ErrorCode::NotTheApi, Some("url")),
        (with_password(&world.url, SALES, PASSWORD), ErrorCode::NotAdmin, Some("password")),
        (with_token(&world.url, &sales), ErrorCode::NotAdmin, Some("token")),
        (with_token(&world.url, "no token at all"), ErrorCode::SignInRefused, Some("token")),
        (with_token(&world.url, "a.b.c"), ErrorCode::SignInRefused, Some("token")),
        (with_token(&world.url, "  "), ErrorCode::Invalid, Some("token")),
    ];
    for (i, (request, code, field)) in cases.into_iter().enumerate() {
        let error = app.connect(request, false).await.unwrap_err();
        assert_eq!((error.code, error.field.as_deref()), (code, field), "case {i}: {error}");
        assert!(!error.message.is_empty(), "case {i}");
    }
    assert_eq!(app.accounts(), []);
    assert_eq!(app.queue(crate::world::page(1)).await.unwrap_err().code, ErrorCode::NoAccount);
}

#[tokio::test]
async fn a_token_made_elsewhere_signs_in_the_same_account() {
    let world = World::start().await;
    let app = world.app().await;
    let by_password = app.connect(world.as_admin(), false).await.unwrap();
    let token = world.client().await.token;
    let by_token = app.connect(with_token(&world.url, &token), false).await.unwrap();
    assert_eq!(by_token.id, by_password.id);
    assert_eq!(app.accounts().len(), 1);
}

#[tokio::test]
async fn a_server_that_cannot_be_probed_is_not_called_online_and_is_probed_again() {
    let world = World::start().await;
    let portal = FaultKind::Status { status: 511, body: None, retry_after: None, location: None };
    let every = Fault { method: None, path: "/api/contacts/**".into(), skip: 0, times: None, kind: portal };
    world.faults().add(every).unwrap();
    let app = world.app().await;
    app.connect(world.as_admin(), false).await.unwrap();
    let opened = app.open(|_| {}).await.unwrap();
    assert_eq!(opened.status.connection, Connection::Offline);
    assert!(opened.status.trouble.is_some());
    assert!(opened.capabilities.iter().all(|route| route.support == Support::Untested));

    world.faults().clear();
    app.sync(SyncOrder { pull: true, ..SyncOrder::default() }).await.unwrap();
    let opened = app.open(|_| {}).await.unwrap();
    assert_eq!((opened.status.connection, opened.status.trouble), (Connection::Online, None));
    assert!(opened.capabilities.iter().any(|route| route.support == Support::Yes));
}

#[tokio::test]
async fn signing_out_forgets_the_session_and_keeps_the_account() {
    let world = World::start().await;
    let app = world.loaded().await;
    let id = app.in_use().unwrap().id;
    app.sign_out_with(&id, LeaveHow::Keep).await.unwrap();
    assert_eq!(app.in_use(), None);
    assert!(world.secrets.load(&id).unwrap().is_none());
    assert!(!app.accounts()[0].signed_in);
    let account = app.use_account(&id).await.unwrap();
    assert!(!account.signed_in);
    assert!(!first_id(&app).await.is_empty());
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::SignInRefused);
    assert_eq!(app.use_account("0").await.unwrap_err().code, ErrorCode::NotFound);
    assert_eq!(app.sign_out_with("0", LeaveHow::Keep).await.unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test]
async fn the_sandbox_stays_one_account_and_its_old_port_gets_no_token() {
    let world = World::start().await;
    let app = world.app().await;
    let first = app.connect(world.as_admin(), true).await.unwrap();
    assert!(first.sandbox);
    app.shutdown().await.unwrap();

    let app = world.app().await;
    assert_eq!(app.in_use().map(|account| account.id), Some(first.id.clone()));
    let status = app.open(|_| {}).await.unwrap().status;
    assert_eq!(status.connection, Connection::Connecting);
    assert_eq!(app.sync_now().await.unwrap_err().code, ErrorCode::SignInRefused);
    // By another name, as if the port were another one.
    let elsewhere = world.url.replace("127.0.0.1", "localhost");
    let again = app.connect(with_password(&elsewhere, ADMIN, PASSWORD), true).await.unwrap();
    assert_eq!((again.id, again.origin), (first.id, elsewhere));

    app.discard_sandbox().await.unwrap();
    assert_eq!((app.accounts(), app.in_use()), (vec![], None));
}

#[tokio::test]
async fn two_processes_do_not_share_a_home() {
    let world = World::start().await;
    let first = world.app().await;
    let second = App::start(world.config()).await.unwrap();
    assert_eq!(second.writable().unwrap_err().code, ErrorCode::Storage);
    first.shutdown().await.unwrap();
    assert_eq!(App::start(world.config()).await.unwrap().writable(), Ok(()));
}

#[tokio::test]
async fn nothing_stored_in_the_home_tells_the_token() {
    let world = World::start().await;
    let mut config = world.config();
    let file = world.home().root().join("../passphrase");
    std::fs::write(&file, "open sesame\n").unwrap();
    config.secrets = cleave_app::secrets::choose(&world.home(), Some(&file)).unwrap();
    let secrets = std::sync::Arc::clone(&config.secrets);
    let app = App::start(config).await.unwrap();
    let token = world.client().await.token;
    let id = app.connect(with_token(&world.url, &token), false).await.unwrap().id;
    app.shutdown().await.unwrap();
    let held = secrets.load(&id).unwrap().unwrap();
    assert!(secrecy::ExposeSecret::expose_secret(&held).contains(&token));
    let mut folders = vec![world.home().root().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
                continue;
            }
            files += 1;
            let bytes = std::fs::read(entry.path()).unwrap();
            for secret in [token.as_str(), PASSWORD, "open sesame"] {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{} holds a secret", entry.path().display());
            }
        }
    }
    assert!(files >= 4);
}
