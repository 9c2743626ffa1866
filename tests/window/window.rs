//! The window as the tests speak of it: wait for something, click it, type, read, take a picture. A
//! thing that does not come fails the test with what the window shows instead, and a picture of it.

use std::future::Future;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::desk::{Desk, Options};
use crate::driver::{Element, Session};

/// How often we look.
const PACE: Duration = Duration::from_millis(25);
/// The Control key, as WebDriver spells it.
pub const CONTROL: char = '\u{E009}';
/// The Delete key, as WebDriver spells it.
const DELETE: &str = "\u{E017}";
/// The Enter key, as WebDriver spells it.
pub const ENTER: &str = "\u{E007}";

/// The app, running on a desk of its own.
pub struct Window {
    session: Session,
    /// Where it runs.
    pub desk: Desk,
    name: String,
}

impl Window {
    /// A new desk with the app on it, nothing stored yet. `name` names the pictures.
    pub async fn open(name: &str, options: Options) -> Self {
        let desk = Desk::new(options);
        let session = start(&desk).await;
        let window = Self { session, desk, name: name.to_owned() };
        window.fit().await;
        window
    }

    /// Quits the app and starts it again on the same desk.
    pub async fn restart(&mut self) {
        self.quit().await;
        self.begin().await;
    }

    /// Kills the app in the middle of whatever it does, and starts it again on the same desk.
    pub async fn crash(&mut self) {
        self.desk.kill_app();
        // The driver may have noticed by itself.
        let _ = self.session.end().await;
        self.begin().await;
    }

    /// Starts the app again after [`Window::quit`].
    pub async fn begin(&mut self) {
        self.session = start(&self.desk).await;
        self.fit().await;
    }

    /// Quits the app, so that nothing holds its files any more.
    pub async fn quit(&self) {
        self.session.end().await.expect("the app ends");
    }

    /// Waits until the app has ended by itself.
    pub async fn closed(&mut self) {
        let start = Instant::now();
        while self.desk.app_runs() {
            assert!(start.elapsed() < self.desk.options().patience, "the app has not ended");
            tokio::time::sleep(PACE).await;
        }
        // The driver has noticed by itself, or does now.
        let _ = self.session.end().await;
    }

    /// Waits for the element with a test id.
    pub async fn wait(&self, id: &str) -> Element {
        self.wait_css(&test_id(id)).await
    }

    /// Waits for the first element of a CSS selector.
    pub async fn wait_css(&self, css: &str) -> Element {
        self.until(css, || async { self.session.find(css).await.ok() }).await
    }

    /// Waits until no element has a test id.
    pub async fn gone(&self, id: &str) {
        let css = test_id(id);
        self.until(&format!("no {id}"), || async {
            self.session.find_all(&css).await.ok().filter(Vec::is_empty).map(drop)
        })
        .await;
    }

    /// Clicks the element with a test id as soon as it can be clicked.
    pub async fn click(&self, id: &str) {
        self.click_css(&test_id(id)).await;
    }

    /// Clicks the first element of a CSS selector as soon as it can be clicked.
    pub async fn click_css(&self, css: &str) {
        self.until(&format!("a click on {css}"), || async {
            let element = self.session.find(css).await.ok()?;
            if !self.session.enabled(&element).await.ok()? {
                return None;
            }
            self.session.click(&element).await.ok()
        })
        .await;
    }

    /// Replaces the text of a field, as a person would: select all, type over it.
    pub async fn fill(&self, id: &str, text: &str) {
        self.click(id).await;
        self.press(&[CONTROL], "a").await;
        self.press(&[], DELETE).await;
        if text.is_empty() {
            return;
        }
        let element = self.wait(id).await;
        let typed = self.session.type_into(&element, text).await;
        typed.unwrap_or_else(|refused| panic!("{id} cannot be typed into: {refused:?}"));
    }

    /// Presses keys wherever the focus is, as a person at the keyboard.
    pub async fn press(&self, held: &[char], keys: &str) {
        self.session.press(held, keys).await.unwrap_or_else(|refused| panic!("keys {keys:?}: {refused:?}"));
    }

    /// Waits until an element's text holds all of `parts`, whatever their case, and returns the text.
    pub async fn reads(&self, id: &str, parts: &[&str]) -> String {
        let css = test_id(id);
        self.until(&format!("{parts:?} in {id}"), || async {
            for element in self.session.find_all(&css).await.ok()? {
                let text = self.session.text(&element).await.ok()?;
                if parts.iter().all(|part| text.to_lowercase().contains(&part.to_lowercase())) {
                    return Some(text);
                }
            }
            None
        })
        .await
    }

    /// The ids of the reviews in the queue, from the top, once there is at least one.
    pub async fn queue(&self) -> Vec<String> {
        self.until("rows in the queue", || async { Some(self.rows().await).filter(|rows| !rows.is_empty()) })
            .await
    }

    /// The ids of the reviews in the queue right now.
    pub async fn rows(&self) -> Vec<String> {
        const PREFIX: &str = "queue-row-";
        let mut rows = Vec::new();
        for element in self.session.find_all(&format!("[data-testid^='{PREFIX}']")).await.unwrap_or_default()
        {
            if let Ok(Some(id)) = self.session.attribute(&element, "data-testid").await {
                rows.push(id.trim_start_matches(PREFIX).to_owned());
            }
        }
        rows
    }

    /// Waits until there are rows in the queue and each of them names somebody.
    pub async fn only(&self, name: &str) {
        self.until(&format!("only {name} in the queue"), || async {
            let rows = self.session.find_all("[data-testid^='queue-row-']").await.ok()?;
            for row in &rows {
                self.session.text(row).await.ok().filter(|text| text.contains(name))?;
            }
            (!rows.is_empty()).then_some(())
        })
        .await
    }

    /// Waits until an entry of the outbox is in a state (`"state"`) or waits for something (`"hold"`).
    pub async fn entry(&self, what: &str, value: &str) {
        self.entries(1, what, value).await;
    }

    /// As [`Window::entry`], for so many entries at least.
    pub async fn entries(&self, count: usize, what: &str, value: &str) {
        let css = format!("[data-testid='outbox'] [data-testid='outbox-state'][data-{what}='{value}']");
        self.until(&format!("{count} entries with {what} {value}"), || async {
            self.session.find_all(&css).await.ok().filter(|found| found.len() >= count).map(drop)
        })
        .await;
    }

    /// The review that is open, once one is that is not `other`.
    pub async fn review(&self, other: Option<&str>) -> String {
        self.until("an open review", || async {
            let hash = self.session.run("return window.location.hash", json!([])).await.ok()?;
            let id = hash.as_str()?.strip_prefix("#/review/").filter(|id| Some(*id) != other)?;
            self.session.find(&test_id("review")).await.ok().map(|_| id.to_owned())
        })
        .await
    }

    /// Waits until the digits in an element make up this number.
    pub async fn counts(&self, id: &str, number: u64) {
        let css = test_id(id);
        self.until(&format!("{number} in {id}"), || async {
            let element = self.session.find(&css).await.ok()?;
            let text = self.session.text(&element).await.ok()?;
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            (digits.parse::<u64>().ok()? == number).then_some(())
        })
        .await
    }

    /// Makes the page use the light or the dark theme, whatever the desktop says.
    pub async fn theme(&self, name: &str) {
        let script = "document.documentElement.dataset.theme = arguments[0]";
        self.session.run(script, json!([name])).await.expect("the theme is set");
    }

    /// Keeps a picture under `target/screens/`.
    pub async fn picture(&self, what: &str) {
        let folder = target().join("screens");
        self.picture_at(&folder.join(format!("{}-{what}.png", self.name))).await;
    }

    /// Keeps a picture in a file.
    pub async fn picture_at(&self, path: &std::path::Path) {
        // What was just done is painted within two frames.
        let frames =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))";
        self.session.run_until_called(frames).await.expect("the page is painted");
        let png = self.session.picture().await.expect("a picture");
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for pictures");
        std::fs::write(path, png).expect("the picture is written");
    }

    /// Signs in to a server with an address, an e-mail and a password, and waits for nothing.
    pub async fn sign_in(&self, url: &str, email: &str, password: &str) {
        self.fill("connect-url", url).await;
        self.fill("connect-email", email).await;
        self.fill("connect-password", password).await;
        self.click("connect-submit").await;
    }

    /// Runs a function body in the page.
    pub async fn run(&self, script: &str, args: serde_json::Value) -> serde_json::Value {
        self.session
            .run(script, args)
            .await
            .unwrap_or_else(|refused| panic!("the page does not run it: {refused:?}"))
    }

    /// Makes the window this large, in pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        self.session.resize(width, height).await.expect("the window takes its size");
    }

    async fn fit(&self) {
        let (width, height) = self.desk.options().size;
        self.resize(width, height).await;
    }

    /// Looks again and again until `look` finds something.
    pub async fn until<T, F: Future<Output = Option<T>>>(&self, what: &str, look: impl Fn() -> F) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            if start.elapsed() > self.desk.options().patience {
                self.give_up(what).await;
            }
            tokio::time::sleep(PACE).await;
        }
    }

    async fn give_up(&self, what: &str) -> ! {
        let seen = self.session.run("return document.body.innerText", json!([])).await;
        let seen = seen.map_or_else(
            |refused| format!("{refused:?}"),
            |text| text.as_str().unwrap_or_default().to_owned(),
        );
        if let Ok(png) = self.session.picture().await {
            let path = target().join("screens").join(format!("{}-failed.png", self.name));
            let _ = std::fs::create_dir_all(target().join("screens"));
            let _ = std::fs::write(path, png);
        }
        panic!("waited in vain for {what}; the window shows:\n{seen}\n\nits output:\n{}", self.desk.log());
    }
}

async fn start(desk: &Desk) -> Session {
    let args = ["--home".to_owned(), desk.app_home().display().to_string()];
    Session::start(&desk.driver_url(), &binary(), &args).await
}

/// The app under test: the one cargo built beside this test, or another build of it to be measured.
fn binary() -> String {
    std::env::var("CLEAVE_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_cleave").to_owned())
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    let tmp = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    tmp.parent().map_or_else(|| tmp.clone(), std::path::Path::to_path_buf)
}

/// The selector of a test id.
pub fn test_id(id: &str) -> String {
    format!("[data-testid='{id}']")
}
