//! Files that another process has, and files that are damaged.

use std::path::{Path, PathBuf};

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::server::Server;
use crate::window::{Window, test_id};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_cleave_of_the_home_only_looks_until_the_first_is_gone() {
    let server = Server::with(300).await;
    let mut first = Window::open("first", Options::default()).await;
    at_the_queue(&first, &server).await;
    let review = first.queue().await.remove(0);

    // On a bus of its own, so that it does not find the first.
    let second = Options { app_home: Some(first.desk.app_home()), ..Options::default() };
    let second = Window::open("read-only", second).await;
    second.wait("read-only").await;
    second.click(&format!("queue-row-{review}")).await;
    second.wait("review").await;
    second.wait_css(&format!("{}:disabled", test_id("merge"))).await;
    second.press(&[], "m").await;
    second.picture("review").await;
    // A sheet that the key had opened would hold the next ones back.
    second.press(&[], "gq").await;
    second.wait("queue").await;
    second.gone("merge-sheet").await;
    second.click("files-again").await;
    second.wait("files-still-not").await;

    first.desk.close_app();
    first.closed().await;
    second.click("files-again").await;
    second.gone("read-only").await;
    assert_eq!(server.admin().review(&review).await["status"], "needs_review");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_read_of_a_damaged_outbox_is_carried_over() {
    let server = Server::with(300).await;
    let mut window =
        Window::open("damaged", Options { cancel_window_ms: 600_000, ..Options::default() }).await;
    at_the_queue(&window, &server).await;
    for _ in 0..3 {
        window.click("nav-queue").await;
        let review = window.queue().await.remove(0);
        window.click(&format!("queue-row-{review}")).await;
        window.click("keep-separate").await;
        window.fill("keep-reason", "Two people").await;
        window.click("commit").await;
        window.gone("keep-sheet").await;
        window.click("nav-queue").await;
        window.gone(&format!("queue-row-{review}")).await;
    }
    window.desk.close_app();
    // By the pointer: the driver is gone before it could say that it has clicked.
    window.tap("quit-keep").await;
    window.closed().await;
    let outbox = find(&window.desk.app_home(), "outbox.db").expect("the account has an outbox");
    overwrite(&outbox);

    window.begin().await;
    window.reads("damaged", &["Nothing was deleted"]).await;
    window.picture("told").await;
    window.click("salvage").await;
    window.reads("salvaged-entries", &["3 decisions were read"]).await;
    window.picture("salvaged").await;
    let kept = window.reads("salvaged-kept-as", &[]).await;
    let folder = outbox.parent().expect("a folder");
    assert!(folder.join(kept.trim()).exists(), "the damaged file is kept as {kept}");
    window.click("salvaged-done").await;
    window.queue().await;
    window.click("nav-outbox").await;
    window.wait("outbox-state").await;
}

/// The first file of a name below a folder.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    files
        .into_iter()
        .find(|path| path.file_name().is_some_and(|its| its == name))
        .or_else(|| folders.iter().find_map(|below| find(below, name)))
}

/// Writes nonsense over every fourth page, but for the first, as a disk that forgets would. Here these are pages by
/// which rows are found, so that every decision can still be read, one row after the other.
fn overwrite(path: &Path) {
    const PAGE: usize = 4096;
    let mut bytes = std::fs::read(path).expect("the outbox is read");
    let pages = bytes.len() / PAGE;
    assert!(pages > 4, "the outbox has pages to lose");
    for page in (2..pages).step_by(4) {
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xA5);
    }
    std::fs::write(path, bytes).expect("the outbox is damaged");
}
