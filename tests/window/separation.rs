//! One contact becomes two, by pointer and by keyboard, and the server's state is what the window said.

mod draft;
mod input;
pub mod meanwhile;
mod outage;

use std::collections::BTreeSet;

use serde_json::json;

use crate::decide::at_the_queue;
use crate::desk::Options;
use crate::editor::{ALT, DOWN, ESCAPE, LEFT, RIGHT, is_two_people};
use crate::life::{Cut, Life, separated};
use crate::screen_reader::ScreenReader;
use crate::server::Server;
use crate::window::Window;

/// A number nobody has, as a person types it.
pub const FREE: &str = "+1 202 555 0147";

#[tokio::test(flavor = "multi_thread")]
async fn one_contact_becomes_two() {
    let server = Server::with(300).await;
    let before = server.admin().find(is_two_people).await;
    let window = Window::open("separation", Options::default()).await;
    at_the_queue(&window, &server).await;
    window.open_separation(&before).await;
    window.counts("undecided-count", before.children.len() as u64).await;
    assert_eq!(window.column("undecided").await, before.children, "everything is there, and undecided");
    window.picture("opened").await;

    // Both get a name; what is wrong is said at its field, and goes away with it.
    window.fill("line-firstName-new", "Nora").await;
    window.fill("line-lastName-new", "Quist").await;
    window.fill("line-phoneNumber-new", "12").await;
    window.wait("problem-phoneNumber-new").await;
    window.picture("problem").await;
    window.fill("line-phoneNumber-new", FREE).await;
    window.gone("problem-phoneNumber-new").await;

    by_keyboard(&window, &before).await;
    window.move_the_rest("original").await;
    let cut = cut_in_two(&window, &before).await;
    let moved: BTreeSet<String> = window.column("new").await;
    let stays = window.column("original").await;
    assert_eq!(&stays | &moved, before.children, "every record is on a side");
    window.picture("decided").await;

    window.click("separate-button").await;
    window.reads("sheet-happens", &["Nora Quist"]).await;
    window.wait("sheet-irrevocable").await;
    window.picture("sheet").await;
    window.click("separate-confirm").await;
    window.gone("separation").await;
    window.click("nav-outbox").await;
    window.entry("state", "applied").await;
    window.picture("outbox").await;

    let original = server.admin().life(before.id()).await;
    let new = server.admin().find(|life| life.text("lastName") == "Quist").await;
    separated(&before, &moved, Some(&cut), &original, &new);
    assert_eq!((new.text("firstName"), new.text("lastName")), ("Nora", "Quist"));
    assert_eq!(original.text("lastName"), before.text("lastName"));
    assert_eq!(new.phone(), "+12025550147");

    window.click("nav-history").await;
    window.click_css("[data-testid^='history-row-']").await;
    window.wait_css("[data-testid='receipt'][data-as-predicted='true']").await;
    window.picture("history").await;
    assert_eq!(window.run("return document.scrollingElement.scrollTop", json!([])).await, 0);
}

/// Lifts, carries and drops records by keyboard, with what a screen reader says to it.
async fn by_keyboard(window: &Window, before: &Life) {
    let notes = before.of_kind("note");
    let (first, second) = (format!("note-{}", notes[0]), format!("note-{}", notes[1]));
    let reader = ScreenReader::start(&window.desk);
    window.tap(&format!("card-{first}")).await;
    reader.focuses(&["row"]).await;
    window.press(&[], " ").await;
    reader.hears(&["lifted", "undecided"]).await;
    window.press(&[], RIGHT).await;
    reader.hears(&["over", "new"]).await;
    window.press(&[], " ").await;
    reader.hears(&["dropped", "new"]).await;
    window.in_column(&first, "new").await;

    // Carried about and put back by Escape: nothing moves.
    window.tap(&format!("card-{second}")).await;
    window.press(&[], " ").await;
    reader.hears(&["lifted", "undecided"]).await;
    window.press(&[], LEFT).await;
    reader.hears(&["over", "original"]).await;
    window.press(&[], ESCAPE).await;
    reader.hears(&["put back"]).await;
    window.in_column(&second, "undecided").await;
    window.in_column(&first, "new").await;
}

/// Cuts the longest conversation by keys and moves the divider by pointer; the counts go with it.
async fn cut_in_two(window: &Window, before: &Life) -> Cut {
    let (conversation, messages) = before.longest();
    let total = messages.len();
    window.open_conversation(conversation).await;
    window.wait(&format!("message-{}", messages[0])).await;
    window.press(&[], "jj").await;
    window.press(&[], "d").await;
    window.divides(2, total).await;
    window.press(&[ALT], DOWN).await;
    window.divides(3, total).await;
    window.picture("timeline").await;

    // Further down by hand; a list that is held at its edge scrolls, so it may be more than one message.
    let height = "return document.querySelector('#timeline-2').offsetHeight";
    let row = window.run(height, json!([])).await.as_i64().expect("a height");
    let mut held = window.lift("divider").await;
    held.by(0, i32::try_from(row).expect("a small one"));
    held.drop_it();
    let at = window
        .until("the divider to follow the pointer", || async {
            Some(window.divider().await).filter(|at| *at > 3)
        })
        .await;
    window.divides(at, total).await;
    assert_eq!(window.run("return String(getSelection())", json!([])).await, "", "a drag marks no text");
    window.click("close-timeline").await;
    window.gone("timeline").await;
    Cut { conversation: conversation.to_owned(), at }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pointer_drags_and_the_next_click_works() {
    let server = Server::with(300).await;
    let life = server.admin().find(is_two_people).await;
    let window = Window::open("drag", Options::default()).await;
    at_the_queue(&window, &server).await;
    // Smaller than the display, so that there is an outside.
    window.resize(1180, 780).await;
    window.open_separation(&life).await;
    let count = life.children.len() as u64;
    window.counts("undecided-count", count).await;
    let child = format!("note-{}", life.of_kind("note")[0]);
    let card = format!("card-{child}");

    // Let go outside of the window, over nothing, or by Escape: nothing changes.
    let mut held = window.lift(&card).await;
    held.over("column-new").await;
    window.picture("held").await;
    held.move_to((1240, 400));
    held.drop_it();
    let mut held = window.lift(&card).await;
    held.over("undecided-count").await;
    held.drop_it();
    let mut held = window.lift(&card).await;
    held.over("column-new").await;
    held.escape().await;
    window.in_column(&child, "undecided").await;
    window.counts("undecided-count", count).await;
    assert_eq!(window.column("undecided").await, life.children);
    let undo = window.run("return document.querySelector('[data-testid=undo]').disabled", json!([]));
    assert_eq!(undo.await, true, "there is nothing to undo");

    // Onto the new contact; the very next click is a click.
    window.drag(&card, "column-new").await;
    window.in_column(&child, "new").await;
    window.tap("undo").await;
    window.in_column(&child, "undecided").await;
    window.tap("redo").await;
    window.in_column(&child, "new").await;
    window.drag(&card, "column-original").await;
    window.tap(&format!("move-new-{child}")).await;
    window.in_column(&child, "new").await;
    window.counts("undecided-count", count - 1).await;
}
