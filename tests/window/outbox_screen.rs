//! The outbox and the comparison with the server: what contradicts is shown beside what was seen and decided anew, and
//! a decision that goes after another leads to it.

use serde_json::json;

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::separation::meanwhile::decided;
use crate::server::Server;
use crate::window::Window;

/// Nothing is sent before the admin says so.
fn patient() -> Options {
    Options { cancel_window_ms: 600_000, ..Options::default() }
}

/// The operation id of the decision in the outbox, or of the first of them.
async fn first_entry(window: &Window) -> String {
    window.wait("outbox-state").await;
    let id = window.run("return document.querySelector('[data-entry]').dataset.key", json!([])).await;
    id.as_str().expect("a decision in the outbox").to_owned()
}

/// The screen as it is now, dark, light and narrow.
async fn pictures(window: &Window, name: &str) {
    for theme in ["dark", "light"] {
        window.theme(theme).await;
        window.picture(&format!("{name}-{theme}")).await;
    }
    let (width, height) = window.desk.options().size;
    window.resize(640, height).await;
    window.picture(&format!("{name}-narrow")).await;
    window.resize(width, height).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_admin_changed_is_compared_and_decided_anew() {
    let server = Server::with(300).await;
    let (window, review, _, candidate) = decided("compare", &server, "candidate").await;
    server.admin().resolve(&review, "merge").await;
    let contacts = server.admin().contacts().await;

    window.click("outbox-rehearse").await;
    window.wait("rehearsal-changed").await;
    pictures(&window, "rehearsal").await;
    window.click("rehearsal-close").await;
    assert_eq!(server.admin().contacts().await, contacts, "looking sends nothing");
    window.click("outbox-retry").await;
    window.entry("state", "conflict").await;
    pictures(&window, "outbox").await;

    window.click("outbox-compare").await;
    window.wait("conflict-headline").await;
    window.wait("conflict-read").await;
    pictures(&window, "conflict").await;
    window.click("conflict-anew").await;
    window.wait("drift").await;
    window.move_the_rest("original").await;
    window.separate().await;
    window.click("outbox-retry").await;
    window.entry("state", "applied").await;
    window.picture("applied").await;
    assert_eq!(
        server.admin().contacts().await,
        contacts + 1,
        "the plan that was made anew was carried out, once"
    );
    assert!(server.admin().contact(candidate.id()).await.is_some(), "the contact stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_admins_who_contradict_one_another_are_shown_side_by_side() {
    let server = Server::with(300).await;
    let window = Window::open("contradicted", patient()).await;
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

    window.click("outbox-compare").await;
    window.wait("conflict-read").await;
    window.reads("conflict-table", &["when you decided", "now", "your decision"]).await;
    pictures(&window, "conflict").await;
    window.click("outbox-withdraw").await;
    window.reads("conflict", &["settled"]).await;
    assert_eq!(
        server.admin().review(&review).await["status"],
        "kept_separate",
        "the other's decision stands"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_goes_after_another_leads_to_it() {
    let server = Server::with(300).await;
    let (window, review, _, _) = decided("chain", &server, "candidate").await;
    let first = first_entry(&window).await;
    window.click("nav-queue").await;
    window.click(&format!("queue-row-{review}")).await;
    window.click("merge").await;
    window.click("commit").await;
    window.wait("toast").await;
    window.click("nav-outbox").await;
    window.click(&format!("outbox-waits-for-{first}")).await;
    let focus = window.run("return document.activeElement.dataset.key ?? null", json!([])).await;
    assert_eq!(focus, json!(first), "the keys are on the decision that goes first");
    pictures(&window, "outbox").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_decision_is_changed_and_replaced() {
    let server = Server::with(300).await;
    let window = Window::open("change", patient()).await;
    at_the_queue(&window, &server).await;
    let review = window.queue().await.remove(0);
    window.click(&format!("queue-row-{review}")).await;
    window.click("merge").await;
    window.click("commit").await;
    window.wait("toast").await;
    window.click("nav-outbox").await;
    let first = first_entry(&window).await;

    window.click(&format!("outbox-edit-{first}")).await;
    window.wait("review-changing").await;
    window.picture("review").await;
    window.click("keep-separate").await;
    window.fill("keep-reason", "Father and son").await;
    window.click("commit").await;
    window.entry("state", "superseded").await;
    window.click("outbox-retry").await;
    let kept = server.admin().until(&review, "kept_separate").await;
    assert_eq!(kept["resolution"]["note"], "Father and son", "only the later decision was sent");
}
