//! A server that goes away, before a separation and in the middle of it: it is carried out once, or a person is asked.

use std::collections::BTreeSet;
use std::time::Duration;

use cleave_service::{Fault, FaultKind};

use super::FREE;
use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::editor::is_two_people;
use crate::life::{Life, separated};
use crate::server::Server;
use crate::window::Window;

/// The window at a contact that is two people.
async fn at_the_editor(name: &str, server: &Server) -> (Window, Life) {
    with(name, server, Options::default()).await
}

async fn with(name: &str, server: &Server, options: Options) -> (Window, Life) {
    let life = server.admin().find(is_two_people).await;
    let window = Window::open(name, options).await;
    at_the_queue(&window, server).await;
    window.open_separation(&life).await;
    (window, life)
}

/// The quarantine at a length that a test can wait for; the two readings that must agree are half a minute apart.
fn short_quarantine() -> Options {
    Options { quarantine_ms: Some(3_000), patience: Duration::from_secs(90), ..Options::default() }
}

/// The one contact that the separation made.
async fn made(server: &Server, before: u64) -> Life {
    assert_eq!(server.admin().contacts().await, before + 1, "one contact more, and not two");
    server.admin().find(|life| life.text("lastName") == "Quist").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_separation_waits_for_the_server() {
    let mut server = Server::with(300).await;
    let (mut window, life) = at_the_editor("separation-offline", &server).await;
    let contacts = server.admin().contacts().await;
    window.open_conversation(life.longest().0).await;
    window.click("close-timeline").await;

    server.go_away().await;
    let moved = window.decide_everything(&life, Some(FREE)).await;
    window.separate().await;
    window.entry("hold", "offline").await;
    window.picture("waiting").await;
    window.restart().await;
    window.click("nav-outbox").await;
    window.entry("hold", "offline").await;

    server.come_back().await;
    window.entry("state", "applied").await;
    let new = made(&server, contacts).await;
    separated(&life, &moved, None, &server.admin().life(life.id()).await, &new);
    window.wait_css("[data-testid='receipt'][data-as-predicted='true']").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_found_out_where_a_number_proves_it() {
    let server = Server::with(300).await;
    let (window, life) = at_the_editor("separation-lost", &server).await;
    let contacts = server.admin().contacts().await;
    let moved = window.decide_everything(&life, Some(FREE)).await;

    let path = format!("/api/contacts/{}/separate", life.id());
    server.goes_wrong(Fault::once("POST", &path, FaultKind::LoseAnswer));
    window.separate().await;
    window.entry("state", "applied").await;
    assert_eq!(server.struck(), 1, "the answer was lost");
    let new = made(&server, contacts).await;
    separated(&life, &moved, None, &server.admin().life(life.id()).await, &new);
    window.picture("outbox").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_found_out_where_a_record_proves_it() {
    let server = Server::with(300).await;
    let (window, life) = with("separation-trace", &server, short_quarantine()).await;
    let contacts = server.admin().contacts().await;
    let moved = window.decide_everything(&life, None).await;

    let path = format!("/api/contacts/{}/separate", life.id());
    server.goes_wrong(Fault::once("POST", &path, FaultKind::LoseAnswer));
    window.separate().await;
    // Nothing would stop a second copy, so even what is there counts only once no other can be on its way.
    window.entry("state", "uncertain").await;
    window.entry("state", "applied").await;
    let new = made(&server, contacts).await;
    separated(&life, &moved, None, &server.admin().life(life.id()).await, &new);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_proves_a_lost_answer_a_person_is_asked() {
    let server = Server::with(300).await;
    let (window, life) = with("separation-asked", &server, short_quarantine()).await;
    let contacts = server.admin().contacts().await;
    // Nothing leaves the original, and there is no number: afterwards it looks as before, but for one contact more.
    window.fill("line-firstName-new", "Nora").await;
    window.fill("line-lastName-new", "Quist").await;
    window.move_the_rest("original").await;
    window.reads("guard", &["no phone number"]).await;
    window.reads("warning", &["gets no record"]).await;

    let path = format!("/api/contacts/{}/separate", life.id());
    server.goes_wrong(Fault::once("POST", &path, FaultKind::LoseAnswer));
    window.separate().await;
    window.entry("state", "uncertain").await;
    window.reads("outbox", &["finding out"]).await;
    window.picture("unknown").await;
    window.entry("state", "needs_person").await;
    window.wait_css("[data-testid^='outbox-needs-person-']").await;
    window.picture("outbox").await;
    let new = made(&server, contacts).await;
    separated(&life, &BTreeSet::new(), None, &server.admin().life(life.id()).await, &new);

    // The person looks, finds it done, and says so.
    window.click_css("[data-testid^='outbox-mark-applied-']").await;
    window.fill("mark-reason", "Nora Quist is there").await;
    window.picture("mark").await;
    window.click("commit").await;
    window.entry("state", "applied").await;
    assert_eq!(server.struck(), 1, "the answer was lost");
    made(&server, contacts).await;
}
