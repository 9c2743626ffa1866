//! Contacts that somebody brought along: a CSV becomes a queue, search finds in it, and ten reviews are
//! resolved one after the other.
//!
//! With `CLEAVE_CSV=FILE` the same is done with that file instead of the small one beside this test.

use std::path::PathBuf;

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::server::{Server, id_of};
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn ten_reviews_of_a_csv_are_resolved() {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/window/fixtures/contacts.csv");
    let file = std::env::var_os("CLEAVE_CSV").map_or_else(|| PathBuf::from(own), PathBuf::from);
    let server = Server::importing(file).await;
    let waiting = server.admin().waiting().await;
    assert!(waiting >= 10, "the service finds duplicates in the file: {waiting}");

    let window = Window::open("import", Options { cancel_window_ms: 100, ..Options::default() }).await;
    at_the_queue(&window, &server).await;
    window.counts("nav-queue", waiting).await;
    window.picture("queue").await;

    // A name from the end of the list is found although it may not be on the screen.
    let last = server.admin().last_waiting().await;
    let contact = server.admin().contact(id_of(&last["candidateContactId"])).await.expect("the candidate");
    let name = contact["lastName"].as_str().expect("a last name");
    let last = last["_id"].as_str().expect("an id");
    let others = window.queue().await.into_iter().find(|row| row != last).expect("another review");
    window.fill("queue-search", name).await;
    window.wait(&format!("queue-row-{last}")).await;
    window.only(name).await;
    window.picture("search").await;
    window.fill("queue-search", "").await;
    window.wait(&format!("queue-row-{others}")).await;

    for round in 0..10 {
        let review = window.queue().await.remove(0);
        window.click(&format!("queue-row-{review}")).await;
        if round % 2 == 0 {
            window.click("merge").await;
            window.click("commit").await;
            server.admin().until(&review, "merged").await;
        } else {
            window.click("keep-separate").await;
            window.fill("keep-reason", "Checked by phone").await;
            window.click("commit").await;
            server.admin().until(&review, "kept_separate").await;
        }
        window.click("nav-queue").await;
        window.gone(&format!("queue-row-{review}")).await;
    }
    // A merge closes other reviews of its source as well.
    assert!(server.admin().waiting().await <= waiting - 10);
    window.picture("after").await;
}
