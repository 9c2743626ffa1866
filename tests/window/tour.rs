//! The tour: the main job in the real window, with a numbered picture a step and a summary. Run by
//! `cargo xtask run` where there is no display, and with all other tests.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

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
    tour.window.entry("state", "applied").await;
    tour.window.reads("outbox", &["keep separate", "merge"]).await;
    tour.step("outbox", "Both decisions are with the server").await;
}
