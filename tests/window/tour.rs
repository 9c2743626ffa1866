//! The tour: the main job in the real window, with a numbered picture a step and a summary. Run by
//! `cargo xtask run` where there is no display, and with all other tests.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use serde_json::json;

use crate::desk::Options;
use crate::window::{Window, target};

/// The pictures and lines so far.
struct Tour {
    window: Window,
    folder: PathBuf,
    lines: Vec<String>,
    start: Instant,
}

impl Tour {
    async fn begin() -> Self {
        let folder = target().join("tour");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for the tour");
        println!("tour: opening the window");
        let window = Window::open("tour", Options { cancel_window_ms: 1_500, ..Options::default() }).await;
        Self { window, folder, lines: Vec::new(), start: Instant::now() }
    }

    /// Ends a step: a picture and a line in the summary.
    async fn step(&mut self, name: &str, said: &str) {
        let number = self.lines.len() + 1;
        let file = format!("{number:02}-{name}.png");
        self.window.picture_at(&self.folder.join(&file)).await;
        let line =
            format!("{number}. {said} ({:.1} s) — [{file}]({file})", self.start.elapsed().as_secs_f64());
        println!("tour: {line}");
        self.lines.push(line);
        let summary = format!("# Tour\n\n{}\n", self.lines.join("\n"));
        fs::write(self.folder.join("summary.md"), summary).expect("the summary is written");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tour() {
    let mut tour = Tour::begin().await;
    tour.window.wait("connect-sandbox").await;
    tour.step("connect", "Cleave starts and asks where the contacts are").await;

    tour.window.click("connect-sandbox").await;
    let rows = tour.window.queue().await;
    tour.step("queue", &format!("The sandbox is open, its queue shows {} reviews", rows.len())).await;

    tour.window.click(&format!("queue-row-{}", rows[0])).await;
    tour.window.wait("merge").await;
    tour.step("review", "A review, side by side, with the surviving contact as it would be").await;

    tour.window.click("merge").await;
    tour.window.wait("commit").await;
    tour.step("merge", "What a merge would do").await;

    tour.window.click("commit").await;
    tour.window.wait("toast").await;
    tour.step("decided", "Merged: saved, and the next review is open while it can be taken back").await;

    tour.window.click("nav-outbox").await;
    tour.window.entry("state", "applied").await;
    tour.step("applied", "The server has applied the merge").await;

    tour.window.click("nav-queue").await;
    let rows = tour.window.queue().await;
    tour.window.click(&format!("queue-row-{}", rows[0])).await;
    tour.window.click("keep-separate").await;
    tour.window.fill("keep-reason", "Same name, different people").await;
    tour.step("keep-separate", "Keeping a pair separate, with the reason").await;

    tour.window.click("commit").await;
    tour.window.wait("toast").await;
    tour.window.click("nav-outbox").await;
    tour.window.entries(2, "state", "applied").await;
    tour.window.reads("outbox", &["keep separate", "merge"]).await;
    tour.step("outbox", "Both decisions are with the server").await;

    separation(&mut tour).await;
}

/// One of a pair is two people: it is taken apart, and the plan compared with what the server made of it.
async fn separation(tour: &mut Tour) {
    let conversation = somebody_with_a_long_conversation(&tour.window).await;
    tour.step(
        "separation",
        "One contact that is two people: what stays, what moves, what nobody has decided",
    )
    .await;

    tour.window.fill("line-firstName-new", "Nora").await;
    tour.window.fill("line-lastName-new", "Quist").await;
    let window = &tour.window;
    window.drag(&format!("card-conversation-{conversation}"), "column-new").await;
    window.in_column(&format!("conversation-{conversation}"), "new").await;
    window.move_the_rest("original").await;
    window.open_conversation(&conversation).await;
    window.press(&[], "jjd").await;
    window.wait("divider").await;
    tour.step("conversation", "A conversation of both, with the divider between the two").await;

    tour.window.click("close-timeline").await;
    tour.window.click("separate-button").await;
    tour.window.wait("sheet-happens").await;
    tour.step("separate", "What the separation would do, and what cannot be taken back").await;

    tour.window.click("separate-confirm").await;
    tour.window.gone("separation").await;
    tour.window.click("nav-outbox").await;
    tour.window.entries(3, "state", "applied").await;
    tour.window.click("nav-history").await;
    tour.window.click_css("[data-testid^='history-row-']").await;
    tour.window.wait_css("[data-testid='receipt'][data-as-predicted='true']").await;
    tour.step("receipt", "Separated: the plan beside what the server has now").await;
}

/// Opens the separation of a contact of the queue that has several records, and answers a long conversation of it.
async fn somebody_with_a_long_conversation(window: &Window) -> String {
    const LONG: &str = "
        const long = card => parseInt(card.querySelector('[title$=messages]')?.title) >= 4;
        const card = [...document.querySelectorAll('[data-testid^=card-conversation-]')].find(long);
        return card?.dataset.testid.slice('card-conversation-'.length) ?? null;
    ";
    window.click("nav-queue").await;
    for row in window.queue().await {
        window.click(&format!("queue-row-{row}")).await;
        window.wait("review").await;
        window.click("separate-one").await;
        window.click("separate-candidate").await;
        window.wait("column-undecided").await;
        let conversation = window.run(LONG, json!([])).await;
        if let Some(conversation) = conversation.as_str() {
            return conversation.to_owned();
        }
        window.click("nav-queue").await;
        window.queue().await;
    }
    panic!("nobody on the first page has a long conversation");
}
