//! Pictures of every screen, light and dark, wide and narrow, to be looked at by a person: in
//! `target/screens/gallery-*.png`. Those in `docs/pictures/` are chosen from them.

use crate::decide::{at_the_queue, difference};
use crate::desk::Options;
use crate::life::Life;
use crate::server::Server;
use crate::window::{CONTROL, Window};

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

#[tokio::test(flavor = "multi_thread")]
#[ignore = "makes pictures, checks nothing a scenario does not: cargo test --test window -- --ignored gallery"]
async fn every_screen_of_a_separation() {
    let server = Server::with(600).await;
    // Somebody whose number another has by now.
    let fits = |life: &Life| {
        !life.phone().is_empty() && life.children.len() >= 5 && life.of_kind("conversation").len() >= 2
    };
    let life = server.admin().find(fits).await;
    let window = Window::open("gallery", Options { cancel_window_ms: 30_000, ..Options::default() }).await;
    at_the_queue(&window, &server).await;
    window.click("nav-contacts").await;
    window.fill("contacts-search", life.text("lastName")).await;
    window.wait(&format!("contact-{}", life.id())).await;
    pictures(&window, "contacts").await;
    window.open_separation(&life).await;
    window.fill("line-email-new", "nora at example").await;
    window.wait("problem-email-new").await;
    window.tap(&format!("move-new-{}", life.children.first().expect("a record"))).await;
    pictures(&window, "separation").await;

    window.fill("line-email-new", "").await;
    window.fill("line-firstName-new", "Nora").await;
    window.fill("line-lastName-new", "Quist").await;
    window.move_the_rest("original").await;
    window.open_conversation(life.longest().0).await;
    window.press(&[], "jjd").await;
    window.wait("divider").await;
    pictures(&window, "timeline").await;
    window.click("close-timeline").await;
    window.click("separate-button").await;
    window.wait("sheet-happens").await;
    pictures(&window, "separate").await;
    window.click("separate-confirm").await;
    window.click("nav-outbox").await;
    window.click("outbox-retry").await;
    window.entry("state", "applied").await;
    window.click("nav-history").await;
    window.click_css("[data-testid^='history-row-']").await;
    window.wait("receipt").await;
    pictures(&window, "history").await;
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
    // Larger text by its own keys, up to 200 %.
    window.press(&[CONTROL], "=====").await;
    window.picture(&format!("{name}-large")).await;
    window.press(&[CONTROL], "0").await;
}
