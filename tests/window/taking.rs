//! Taking reviews along: decided without a network, and sent once there is one.

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::server::Server;
use crate::window::{ENTER, Window};

#[tokio::test(flavor = "multi_thread")]
async fn reviews_that_were_taken_along_are_decided_offline_and_sent_later() {
    let mut server = Server::with(300).await;
    let window = Window::open("taking", Options::default()).await;
    at_the_queue(&window, &server).await;
    window.click("take-along").await;
    window.click("take-own").await;
    window.fill("take-own-number", "20").await;
    window.reads("take-size", &["20 reviews"]).await;
    window.picture("sheet").await;
    window.click("take-start").await;
    window.reads("take-ended", &["20 reviews are here in full"]).await;
    window.picture("ended").await;
    // The way on has the focus, as soon as it is there.
    window.wait("take-done").await;
    window.press(&[], ENTER).await;
    window.gone("take-sheet").await;
    let reviews: Vec<String> = window.queue().await.into_iter().take(3).collect();
    for review in &reviews {
        window.wait_css(&format!("[data-testid='queue-row-{review}'] [data-testid='row-here']")).await;
    }

    server.go_away().await;
    for (at, review) in reviews.iter().enumerate() {
        window.click("nav-queue").await;
        window.click(&format!("queue-row-{review}")).await;
        window.review(None).await;
        if at == 0 {
            window.wait_css("[aria-labelledby='children-title'] li").await;
        }
        window.click("keep-separate").await;
        window.fill("keep-reason", "Decided on the train").await;
        window.click("commit").await;
        window.gone("keep-sheet").await;
    }
    window.reads("connection", &["offline"]).await;
    window.reads("status-waiting", &["3"]).await;
    window.click("nav-queue").await;
    window.reads("queue-as-of", &["as of"]).await;
    window.picture("offline").await;

    server.come_back().await;
    for review in &reviews {
        let kept = server.admin().until(review, "kept_separate").await;
        assert_eq!(kept["resolution"]["note"], "Decided on the train");
    }
    window.reads("connection", &["online"]).await;
    window.gone("status-waiting").await;
}
