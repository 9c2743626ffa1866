//! The sandbox from nothing: one click, a full queue, a decision, and everything still there after a
//! restart.

use cleave_service::{Config, DataDir, Service, World};

use crate::desk::Options;
use crate::server::Admin;
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn from_nothing_to_a_resolved_review() {
    let mut window = Window::open("sandbox", Options::default()).await;
    window.wait("connect-sandbox").await;
    window.picture("connect").await;
    window.click("connect-sandbox").await;
    let review = window.queue().await.remove(0);
    window.reads("account-menu", &["sandbox"]).await;
    window.picture("queue").await;
    window.click(&format!("queue-row-{review}")).await;
    window.click("merge").await;
    window.click("commit").await;
    window.click("nav-outbox").await;
    window.entry("state", "applied").await;

    window.restart().await;
    let rows = window.queue().await;
    assert!(!rows.contains(&review), "the queue goes on where it was");
    window.quit().await;

    // Started on the same files, the service tells what the app's sandbox really did.
    let data = DataDir::Dir(window.desk.app_home().join("sandbox"));
    let running = Service::start(Config { data, world: World::Empty, ..Config::default() })
        .await
        .expect("the sandbox's data");
    let admin = Admin::sign_in(&running.url, &running.credentials.email, &running.credentials.password).await;
    assert_eq!(admin.review(&review).await["status"], "merged");
    running.shutdown().await;
}
