//! A separation is begun from a review, survives a crash with all its steps, and goes on where it was.

use std::time::Duration;

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::server::{Server, id_of};
use crate::window::Window;

/// By then everything that was done is on the disk: drafts are saved every 300 ms.
const SAVED: Duration = Duration::from_millis(1500);

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_from_a_review_survives_a_crash() {
    let server = Server::with(300).await;
    let mut window = Window::open("draft", Options::default()).await;
    at_the_queue(&window, &server).await;
    let review = window.queue().await.remove(0);
    let document = server.admin().review(&review).await;
    let life = server.admin().life(id_of(&document["sourceContactId"])).await;
    let waiting = server.admin().waiting().await;

    window.click(&format!("queue-row-{review}")).await;
    window.wait("review").await;
    window.click("separate-one").await;
    window.picture("menu").await;
    window.click("separate-source").await;
    window.counts("undecided-count", life.children.len() as u64).await;
    window.fill("line-firstName-new", "Nora").await;
    window.fill("line-lastName-new", "Quist").await;
    window.click("bulk-new").await;
    window.counts("undecided-count", 0).await;
    tokio::time::sleep(SAVED).await;

    window.crash().await;
    window.queue().await;
    window.click("nav-contacts").await;
    window.picture("begun").await;
    window.click(&format!("contact-{}", life.id())).await;
    window.counts("undecided-count", 0).await;
    window.holds("line-firstName-new", "Nora").await;
    window.holds("line-lastName-new", "Quist").await;
    assert_eq!(window.column("new").await, life.children);
    window.picture("restored").await;

    // Its steps can still be taken back, one by one.
    window.click("undo").await;
    window.counts("undecided-count", life.children.len() as u64).await;
    repeat(&window, "undo", "").await;
    repeat(&window, "redo", "Quist").await;

    assert_eq!(server.admin().life(life.id()).await, life, "a draft is nobody else's business");
    assert_eq!(server.admin().waiting().await, waiting);
    window.click("discard").await;
    window.click("discard-confirm").await;
    window.gone("separation").await;
}

/// Clicks a button until the new contact's last name is this: what is typed slowly is more than one step.
async fn repeat(window: &Window, button: &str, name: &str) {
    window
        .until(&format!("{button} to {name:?}"), || async {
            if window.value("line-lastName-new").await == name {
                return Some(());
            }
            window.click(button).await;
            None
        })
        .await;
}
