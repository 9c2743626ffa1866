//! Two admins: somebody else resolves a review between the decision here and its sending.

use cleave_service::{Fault, FaultKind};

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::server::Server;
use crate::window::Window;

/// Nothing is sent before the admin says so: another one has all the time to get in between.
fn patient() -> Options {
    Options { cancel_window_ms: 600_000, ..Options::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_way_round_is_a_conflict() {
    let server = Server::with(300).await;
    let window = Window::open("conflict", patient()).await;
    at_the_queue(&window, &server).await;
    let review = window.queue().await.remove(0);

    window.click(&format!("queue-row-{review}")).await;
    window.click("merge").await;
    window.click("commit").await;
    window.wait("toast").await;
    server.admin().resolve(&review, "keep-separate").await;

    window.click("nav-outbox").await;
    window.click("outbox-retry").await;
    window.entry("state", "conflict").await;
    window.picture("outbox").await;
    let after = server.admin().review(&review).await;
    assert_eq!(after["status"], "kept_separate", "the other admin's decision stands");
    assert_eq!(after["resolution"]["note"], "decided by another admin");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_decision_elsewhere_is_done() {
    let server = Server::with(300).await;
    let window = Window::open("elsewhere", patient()).await;
    at_the_queue(&window, &server).await;
    let review = window.queue().await.remove(0);

    window.click(&format!("queue-row-{review}")).await;
    window.click("keep-separate").await;
    window.click("commit").await;
    window.wait("toast").await;
    server.admin().resolve(&review, "keep-separate").await;

    window.click("nav-outbox").await;
    window.click("outbox-retry").await;
    window.entry("state", "applied_elsewhere").await;
    window.picture("outbox").await;
    assert_eq!(server.admin().review(&review).await["resolution"]["note"], "decided by another admin");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_409_is_looked_into() {
    let server = Server::with(300).await;
    let window = Window::open("refused", Options::default()).await;
    at_the_queue(&window, &server).await;
    let review = window.queue().await.remove(0);
    window.click(&format!("queue-row-{review}")).await;
    window.wait("review").await;

    // The check before sending still sees the review open, so that only the server can refuse.
    let path = format!("/api/contacts/dedup-reviews/{review}");
    server.goes_wrong(Fault::once("GET", &path, FaultKind::StaleRead));
    server.admin().resolve(&review, "keep-separate").await;
    window.click("merge").await;
    window.click("commit").await;

    window.click("nav-outbox").await;
    window.entry("state", "conflict").await;
    window.picture("outbox").await;
    assert_eq!(server.struck(), 1, "the check was answered from the past");
    let after = server.admin().review(&review).await;
    assert_eq!(after["status"], "kept_separate");
    assert_eq!(after["resolution"]["note"], "decided by another admin");
}
