//! Deciding: a merge with a field taken from the source, a keep-separate with a reason, by hand and by
//! keyboard alone, and taking a decision back.

use crate::desk::Options;
use crate::server::{Server, id_of};
use crate::window::{CONTROL, ENTER, Window};

/// A field in which the two contacts of a review differ and neither lacks a value.
pub struct Difference {
    /// The review.
    pub review: String,
    /// The contact that goes.
    pub source: String,
    /// The contact that stays.
    pub candidate: String,
    /// The field's path.
    pub field: &'static str,
    /// The source's value.
    pub value: String,
}

/// The first review of the queue in which a name or the e-mail address differs.
pub async fn difference(window: &Window, server: &Server) -> Difference {
    for review in window.queue().await {
        let document = server.admin().review(&review).await;
        let (source, candidate) =
            (id_of(&document["sourceContactId"]), id_of(&document["candidateContactId"]));
        let (Some(left), Some(right)) =
            (server.admin().contact(source).await, server.admin().contact(candidate).await)
        else {
            continue;
        };
        for field in ["firstName", "lastName", "email"] {
            if let (Some(value), Some(other)) = (left[field].as_str(), right[field].as_str())
                && !value.is_empty()
                && !other.is_empty()
                && !value.eq_ignore_ascii_case(other)
            {
                let (source, candidate, value) = (source.to_owned(), candidate.to_owned(), value.to_owned());
                return Difference { review, source, candidate, field, value };
            }
        }
    }
    panic!("no review on the first page differs in a name or the e-mail address");
}

/// Signs in and waits for the queue.
pub async fn at_the_queue(window: &Window, server: &Server) {
    window.sign_in(&server.url(), server.email(), server.password()).await;
    window.queue().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_takes_one_field_from_the_source() {
    let server = Server::with(300).await;
    let window = Window::open("merge", Options { cancel_window_ms: 600_000, ..Options::default() }).await;
    at_the_queue(&window, &server).await;
    window.picture("queue").await;
    let Difference { review, source, candidate, field, value } = difference(&window, &server).await;

    window.click(&format!("queue-row-{review}")).await;
    window.wait("review").await;
    window.click(&format!("pick-{field}-source")).await;
    window.reads(&format!("result-{field}"), &[&value]).await;
    window.picture("review").await;
    window.click("merge").await;
    window.wait("commit").await;
    window.picture("preview").await;
    window.click("commit").await;
    window.wait("toast").await;
    assert_ne!(
        server.admin().review(&review).await["status"],
        "merged",
        "nothing is sent while it can be taken back"
    );

    window.click("nav-outbox").await;
    window.click("outbox-retry").await;
    let resolved = server.admin().until(&review, "merged").await;
    assert_eq!(resolved["resolution"]["fieldChoices"][field], "source");
    assert!(resolved["resolution"]["cleaveOpId"].is_string(), "the operation id went along");
    let survivor = server.admin().contact(&candidate).await.expect("the candidate survives");
    assert_eq!(survivor[field].as_str(), Some(value.as_str()));
    assert_eq!(server.admin().contact(&source).await, None, "the source is gone");

    window.entry("state", "applied").await;
    window.picture("outbox").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn keep_separate_says_why() {
    let server = Server::with(300).await;
    let window = Window::open("keep-separate", Options::default()).await;
    at_the_queue(&window, &server).await;
    let waiting = server.admin().waiting().await;
    let review = window.queue().await.remove(0);

    window.click(&format!("queue-row-{review}")).await;
    window.click("keep-separate").await;
    window.fill("keep-reason", "Brothers: same house, same phone").await;
    window.picture("sheet").await;
    window.click("commit").await;

    let resolved = server.admin().until(&review, "kept_separate").await;
    assert_eq!(resolved["resolution"]["note"], "Brothers: same house, same phone");
    assert_eq!(server.admin().waiting().await, waiting - 1);
    for side in ["sourceContactId", "candidateContactId"] {
        assert!(
            server.admin().contact(id_of(&resolved[side])).await.is_some(),
            "both contacts are still there"
        );
    }
    window.click("nav-queue").await;
    window.gone(&format!("queue-row-{review}")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_is_enough() {
    let server = Server::with(300).await;
    let window = Window::open("keyboard", Options::default()).await;
    at_the_queue(&window, &server).await;
    let rows = window.queue().await;

    window.press(&[], "j").await;
    window.press(&[], ENTER).await;
    let first = window.review(None).await;
    assert_eq!(first, rows[1], "j moved to the second row, Enter opened it");
    window.wait("keep-separate").await;
    window.press(&[], "s").await;
    window.wait("keep-reason").await;
    window.press(&[], "No relation").await;
    window.press(&[CONTROL], ENTER).await;
    let kept = server.admin().until(&first, "kept_separate").await;
    assert_eq!(kept["resolution"]["note"], "No relation");

    // The next review is open and has the focus, so the same hands go on.
    let second = window.review(Some(&first)).await;
    window.wait("merge").await;
    window.press(&[], "m").await;
    window.wait("commit").await;
    window.press(&[CONTROL], ENTER).await;
    server.admin().until(&second, "merged").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_can_be_taken_back() {
    let server = Server::with(300).await;
    let window = Window::open("undo", Options { cancel_window_ms: 60_000, ..Options::default() }).await;
    at_the_queue(&window, &server).await;
    let review = window.queue().await.remove(0);

    window.click(&format!("queue-row-{review}")).await;
    window.click("merge").await;
    window.click("commit").await;
    window.wait("toast").await;
    window.picture("toast").await;
    window.click("toast-undo").await;
    window.click("nav-queue").await;
    window.wait(&format!("queue-row-{review}")).await;
    assert_eq!(server.admin().review(&review).await["status"], "needs_review");
    window.click("nav-outbox").await;
    window.picture("outbox").await;
}
