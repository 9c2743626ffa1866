//! Bad input: each mistake is told at its place, stands in the way as long as it is there, and no longer.

use serde_json::json;

use super::FREE;
use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::editor::is_two_people;
use crate::server::{Server, id_of};
use crate::window::Window;

/// Names that are no harm as text.
const HOSTILE: [&str; 4] = [
    "<img src=x onerror=document.title='broken'>",
    "\u{202E}elttil si eman sihT\u{202C}",
    "{{count}} $t(close) &amp; %s \\u0041 '; DROP TABLE draft; --",
    "Zoe\u{0308}\u{0327} 張偉 مريم",
];

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_told_at_their_place() {
    let server = Server::with(300).await;
    let life = server.admin().find(is_two_people).await;
    let window = Window::open("separation-input", Options::default()).await;
    at_the_queue(&window, &server).await;
    let other = somebody_with_a_number(&window, &server).await;
    window.open_separation(&life).await;

    // Nothing is named and nothing decided yet, and the button says so.
    window.reads("blocked", &["undecided"]).await;
    window.wait("problem-firstName-new").await;
    window.fill("line-firstName-new", "Nora").await;
    window.gone("problem-firstName-new").await;
    window.click("bulk-new").await;
    window.counts("undecided-count", 0).await;
    window.gone("blocked").await;

    for (typed, bad, good, told) in [
        ("email-new", "nora at example", "nora.quist@example.org", "email-new"),
        ("phoneNumber-new", "call me", FREE, "phoneNumber-new"),
        // The server allows each number once, so it is the new contact that cannot have it.
        ("phoneNumber-original", FREE, "", "phoneNumber-new"),
        ("phoneNumber-new", other.as_str(), FREE, "phoneNumber-new"),
    ] {
        let (field, problem) = (format!("line-{typed}"), format!("problem-{told}"));
        window.fill(&field, bad).await;
        window.wait(&problem).await;
        window.wait("blocked").await;
        let described = window.run(DESCRIBED, json!([format!("line-{told}"), problem])).await;
        assert_eq!(described, true, "{problem} belongs to its field for those who do not see it");
        let off =
            window.run("return document.querySelector('[data-testid=separate-button]').disabled", json!([]));
        assert_eq!(off.await, true);
        window.picture(&format!("{typed}-{}", bad.split_whitespace().next().expect("a word"))).await;
        window.fill(&field, good).await;
        window.gone(&problem).await;
        window.gone("blocked").await;
    }
}

/// Whether a field is marked as wrong and described by the list its message is in.
const DESCRIBED: &str = "
    const [field, problem] = [...arguments].map(id => document.querySelector(`[data-testid='${id}']`));
    const list = document.getElementById(field.getAttribute('aria-describedby'));
    return field.ariaInvalid === 'true' && list !== null && list.contains(problem);
";

/// The number of a contact of the queue, which is known here.
async fn somebody_with_a_number(window: &Window, server: &Server) -> String {
    for review in window.queue().await {
        let document = server.admin().review(&review).await;
        let life = server.admin().life(id_of(&document["candidateContactId"])).await;
        if !life.phone().is_empty() {
            return life.phone().to_owned();
        }
    }
    panic!("nobody in the queue has a number");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_names_are_text() {
    let server = Server::with(300).await;
    let life = server.admin().find(is_two_people).await;
    let window =
        Window::open("separation-hostile", Options { cancel_window_ms: 200, ..Options::default() }).await;
    at_the_queue(&window, &server).await;
    window.open_separation(&life).await;
    let long = "Ngũgĩ ".repeat(60);
    for name in HOSTILE.into_iter().chain([long.as_str()]) {
        window.fill("line-firstName-new", name).await;
        window.holds("line-firstName-new", name).await;
        let start: String = name.trim().chars().take(12).collect();
        window.reads("person-new", &[&start]).await;
    }
    window.picture("long").await;

    window.decide_everything(&life, None).await;
    window.fill("line-firstName-new", HOSTILE[0]).await;
    window.click("separate-button").await;
    window.reads("sheet-happens", &[HOSTILE[0]]).await;
    window.picture("sheet").await;
    window.click("separate-confirm").await;
    window.gone("separation").await;
    window.click("nav-outbox").await;
    window.entry("state", "applied").await;
    let new = server.admin().find(|life| life.text("lastName") == "Quist").await;
    assert_eq!(new.text("firstName"), HOSTILE[0]);
    let broken = window.run("return document.title === 'broken' || document.images.length > 0", json!([]));
    assert_eq!(broken.await, false, "no name is markup");
}
