//! Pictures of every screen, light and dark, wide and narrow, to be looked at by a person: in
//! `target/screens/gallery-*.png`. Those in `docs/pictures/` are chosen from them.

use crate::decide::{at_the_queue, difference};
use crate::desk::Options;
use crate::server::Server;
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "makes pictures, checks nothing a scenario does not: cargo test --test window -- --ignored gallery"]
async fn every_screen() {
    let server = Server::with(600).await;
    let window = Window::open("gallery", Options { cancel_window_ms: 30_000, ..Options::default() }).await;
    window.wait("connect-sandbox").await;
    pictures(&window, "connect").await;
    at_the_queue(&window, &server).await;
    pictures(&window, "queue").await;
    window.fill("queue-search", "no such name anywhere").await;
    window.wait_css("[data-testid='queue']:not(:has([data-testid^='queue-row-']))").await;
    pictures(&window, "queue-empty").await;
    window.fill("queue-search", "").await;

    let review = difference(&window, &server).await;
    window.click(&format!("queue-row-{}", review.review)).await;
    window.click(&format!("pick-{}-source", review.field)).await;
    pictures(&window, "review").await;
    window.click("merge").await;
    window.wait("commit").await;
    pictures(&window, "merge").await;
    window.click("commit").await;
    window.wait("toast").await;
    pictures(&window, "next").await;
    window.click("keep-separate").await;
    window.fill("keep-reason", "Father and son").await;
    pictures(&window, "keep-separate").await;
    window.click("commit").await;
    window.click("nav-outbox").await;
    window.wait("outbox-state").await;
    pictures(&window, "outbox").await;
}

/// The screen as it is now, in every dress.
async fn pictures(window: &Window, name: &str) {
    for theme in ["light", "dark"] {
        window.theme(theme).await;
        window.picture(&format!("{name}-{theme}")).await;
    }
    window.theme("light").await;
    let (width, height) = window.desk.options().size;
    window.resize(640, height).await;
    window.picture(&format!("{name}-narrow")).await;
    window.resize(width, height).await;
}
