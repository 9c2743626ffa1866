//! Leaving with decisions that are not sent: closing the window, and signing out.

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::server::Server;
use crate::window::Window;

/// The Escape key, as WebDriver spells it.
const ESCAPE: &str = "\u{E00C}";

/// Decides to merge the first review of the queue, and returns it.
async fn merge_the_first(window: &Window) -> String {
    let review = window.queue().await.remove(0);
    window.click(&format!("queue-row-{review}")).await;
    window.click("merge").await;
    window.click("commit").await;
    window.wait("toast").await;
    review
}

fn patient() -> Options {
    Options { cancel_window_ms: 600_000, ..Options::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_sends_first_where_the_person_says_so() {
    let server = Server::with(300).await;
    let mut window = Window::open("close-send", patient()).await;
    at_the_queue(&window, &server).await;
    let review = merge_the_first(&window).await;

    window.desk.close_app();
    window.reads("quit-sheet", &["1 decision waits for its undo time", "nothing is lost"]).await;
    window.picture("question").await;
    window.press(&[], ESCAPE).await;
    window.gone("quit-sheet").await;
    assert_eq!(server.admin().review(&review).await["status"], "needs_review", "staying sends nothing");

    // Whoever stayed is asked again.
    window.desk.close_app();
    // By the pointer: the driver is gone before it could say that it has clicked.
    window.tap("quit-send").await;
    server.admin().until(&review, "merged").await;
    window.closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_without_sending_goes_on_at_the_next_start() {
    let server = Server::with(300).await;
    let mut window = Window::open("close-keep", patient()).await;
    at_the_queue(&window, &server).await;
    let review = merge_the_first(&window).await;

    window.desk.close_app();
    // By the pointer: the driver is gone before it could say that it has clicked.
    window.tap("quit-keep").await;
    window.closed().await;
    assert_eq!(server.admin().review(&review).await["status"], "needs_review", "nothing was sent");

    window.begin().await;
    window.click("nav-outbox").await;
    window.entry("state", "queued").await;
    window.desk.close_app();
    // By the pointer: the driver is gone before it could say that it has clicked.
    window.tap("quit-send").await;
    server.admin().until(&review, "merged").await;
    window.closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_close_is_an_answer() {
    let server = Server::with(300).await;
    let mut window = Window::open("close-twice", patient()).await;
    at_the_queue(&window, &server).await;
    let review = merge_the_first(&window).await;
    window.desk.close_app();
    window.wait("quit-sheet").await;
    window.desk.close_app();
    window.closed().await;
    assert_eq!(server.admin().review(&review).await["status"], "needs_review");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_at_signing_out_is_sent_after_signing_in_again() {
    let mut server = Server::with(300).await;
    let window = Window::open("sign-out", Options::default()).await;
    at_the_queue(&window, &server).await;
    server.go_away().await;
    let review = merge_the_first(&window).await;
    window.reads("connection", &["offline"]).await;

    window.click("account-menu").await;
    window.click_css("[data-key='signOut']").await;
    window.reads("leave-sheet", &["1 decision waits to be sent"]).await;
    window.reads("leave-send", &["the server cannot be reached"]).await;
    window.picture("question").await;
    window.click("leave-export").await;
    window.wait("exported-path").await;
    window.click("leave-discard").await;
    window.reads("leave-lost", &["1 decision that the server cannot have carried out is taken back"]).await;
    window.picture("discard").await;
    window.click("leave-keep").await;
    window.click("leave-confirm").await;
    window.wait("connect").await;

    server.come_back().await;
    assert_eq!(server.admin().review(&review).await["status"], "needs_review", "nobody is signed in");
    window.sign_in(&server.url(), server.email(), server.password()).await;
    server.admin().until(&review, "merged").await;
    window.click("nav-outbox").await;
    window.entry("state", "applied").await;
}
