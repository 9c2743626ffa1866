//! What happens to the contact while it is decided about: nothing that is new is sent anywhere unseen.

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::life::Life;
use crate::server::{Server, id_of};
use crate::window::Window;

/// A review whose contacts both have records, and the contacts: the one that goes in a merge, and the one that stays.
async fn pair(window: &Window, server: &Server) -> (String, Life, Life) {
    for review in window.queue().await {
        let document = server.admin().review(&review).await;
        let source = server.admin().life(id_of(&document["sourceContactId"])).await;
        let candidate = server.admin().life(id_of(&document["candidateContactId"])).await;
        if !source.children.is_empty() && candidate.children.len() >= 2 {
            return (review, source, candidate);
        }
    }
    panic!("no review on the first page has records on both sides");
}

/// A window with a decided separation that nobody has sent yet, of the one or the other contact of a review.
pub async fn decided(name: &str, server: &Server, of: &str) -> (Window, String, Life, Life) {
    let window = Window::open(name, Options { cancel_window_ms: 600_000, ..Options::default() }).await;
    at_the_queue(&window, server).await;
    let (review, source, candidate) = pair(&window, server).await;
    window.click(&format!("queue-row-{review}")).await;
    window.wait("review").await;
    window.click("separate-one").await;
    window.click(&format!("separate-{of}")).await;
    window.wait("undecided-count").await;
    let life = if of == "source" { &source } else { &candidate };
    window.decide_everything(life, None).await;
    window.separate().await;
    window.wait("outbox-state").await;
    (window, review, source, candidate)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_appeared_is_undecided_again() {
    let server = Server::with(300).await;
    let (window, review, source, candidate) = decided("separation-grown", &server, "candidate").await;
    let contacts = server.admin().contacts().await;
    server.admin().resolve(&review, "merge").await;
    let grown = server.admin().life(candidate.id()).await;
    assert!(grown.children.len() > candidate.children.len(), "the merge brought records");

    window.click("outbox-retry").await;
    window.entry("state", "conflict").await;
    window.picture("outbox").await;
    assert_eq!(server.admin().life(candidate.id()).await, grown, "nothing was sent");
    assert_eq!(server.admin().contacts().await, contacts - 1, "only the merge changed anything");

    window.click_css("[data-testid^='outbox-edit-']").await;
    window.wait("drift").await;
    window.counts("undecided-count", source.children.len() as u64).await;
    assert_eq!(window.column("undecided").await, source.children, "what came is undecided, nothing else");
    window.reads("blocked", &["undecided"]).await;
    window.picture("drift").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_that_is_gone_is_told() {
    let server = Server::with(300).await;
    let (window, review, source, _) = decided("separation-gone", &server, "source").await;
    server.admin().resolve(&review, "merge").await;
    assert_eq!(server.admin().contact(source.id()).await, None);
    let contacts = server.admin().contacts().await;

    window.click("outbox-retry").await;
    window.entry("state", "needs_person").await;
    window.reads("outbox", &["does not have this contact any more"]).await;
    window.picture("outbox").await;
    assert_eq!(server.admin().contacts().await, contacts, "nothing was made");
}
