//! A server that goes away: decisions wait, visibly, and are sent once when it is back.

use cleave_service::{Fault, FaultKind};

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::server::Server;
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn decisions_wait_for_the_server() {
    let mut server = Server::with(300).await;
    let mut window = Window::open("outage", Options::default()).await;
    at_the_queue(&window, &server).await;
    let review = window.queue().await.remove(0);
    window.click(&format!("queue-row-{review}")).await;
    window.wait("review").await;

    server.go_away().await;
    window.click("merge").await;
    window.click("commit").await;
    window.wait("toast").await;
    window.click("nav-outbox").await;
    window.entry("hold", "offline").await;
    window.reads("connection", &["offline"]).await;
    window.picture("waiting").await;

    // The decision is on disk, not in the window.
    window.restart().await;
    window.click("nav-outbox").await;
    window.entry("hold", "offline").await;

    server.come_back().await;
    assert_eq!(server.admin().review(&review).await["status"], "needs_review", "nothing had arrived before");
    server.admin().until(&review, "merged").await;
    window.entry("state", "applied").await;
    window.reads("connection", &["online"]).await;
    window.picture("applied").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_found_out_and_nothing_is_sent_twice() {
    let server = Server::with(300).await;
    let window = Window::open("lost-answer", Options::default()).await;
    at_the_queue(&window, &server).await;
    let review = window.queue().await.remove(0);
    window.click(&format!("queue-row-{review}")).await;
    window.wait("review").await;

    let path = format!("/api/contacts/dedup-reviews/{review}/merge");
    server.goes_wrong(Fault::once("PATCH", &path, FaultKind::LoseAnswer));
    window.click("merge").await;
    window.click("commit").await;
    let first = server.admin().until(&review, "merged").await;
    assert_eq!(server.struck(), 1, "the server did it, and its answer was lost");

    window.click("nav-outbox").await;
    window.entry("state", "applied").await;
    window.picture("outbox").await;
    assert_eq!(server.admin().review(&review).await, first, "the review was touched once");
}
