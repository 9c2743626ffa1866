//! The pointer, moved by the X server itself: what the window gets are the events a mouse makes, also those that
//! happen outside of it.

use std::cell::Cell;
use std::process::Command;

use serde_json::json;

use crate::window::{Window, test_id};

/// How many steps a movement has, and how long each takes, as a hand would.
const STEPS: i32 = 8;
const STEP: &str = "0.04";
/// The Escape key, as WebDriver spells it.
const ESCAPE: &str = "\u{E00C}";

/// Finds a place in the first element of a selector where a press means the element and nothing in it or over it.
const SPOT: &str = "
    const e = document.querySelector(arguments[0]);
    const free = ([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        const control = hit?.closest('button, a, input');
        return hit && e.contains(hit) && (!control || control === e || !e.contains(control));
    };
    const place = () => {
        const r = e.getBoundingClientRect();
        const [left, right] = [Math.max(r.left, 0), Math.min(r.right, innerWidth)];
        const [top, bottom] = [Math.max(r.top, 0), Math.min(r.bottom, innerHeight)];
        const parts = [1 / 2, 1 / 4, 3 / 4, 1 / 8, 7 / 8];
        return parts.flatMap(y => parts.map(x => [left + (right - left) * x, top + (bottom - top) * y])).find(free);
    };
    if (!e) return [];
    if (!place()) e.scrollIntoView({block: 'center', inline: 'center'});
    const [x, y] = place() ?? [];
    return [screenX + x, screenY + outerHeight - innerHeight + y];
";

/// A place on the display, in pixels.
type Spot = (i32, i32);

/// Something held by the pointer. Ends by [`Held::drop_it`] or [`Held::escape`].
#[must_use = "the pointer is still pressed"]
pub struct Held<'a> {
    window: &'a Window,
    at: Spot,
}

impl Window {
    /// Drags the element with a test id onto another one.
    pub async fn drag(&self, from: &str, to: &str) {
        let mut held = self.lift(from).await;
        held.over(to).await;
        held.drop_it();
    }

    /// Presses the pointer on the element with a test id and moves a little, so that it is held.
    pub async fn lift(&self, id: &str) -> Held<'_> {
        let from = self.spot(id).await;
        let display = self.desk.display();
        point(
            display,
            &["mousemove", &from.0.to_string(), &from.1.to_string(), "sleep", STEP, "mousedown", "1"],
        );
        let mut held = Held { window: self, at: from };
        held.move_to((from.0 + 12, from.1 + 8));
        held
    }

    /// Clicks on the element with a test id.
    pub async fn tap(&self, id: &str) {
        let (x, y) = self.spot(id).await;
        point(self.desk.display(), &["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
    }

    /// A place in an element on the display, brought into sight: its middle, or where none of its buttons lies. It is
    /// asked for until it stays the same, because what is brought into sight may draw more around itself.
    async fn spot(&self, id: &str) -> Spot {
        let css = test_id(id);
        let last = Cell::new(None);
        self.until(&format!("{id} in its place"), || async {
            self.wait_css(&css).await;
            let spot = self.run(SPOT, json!([css])).await;
            #[expect(clippy::cast_possible_truncation, reason = "a place on a display is small")]
            let pixel = |index: usize| spot[index].as_f64().map(|number| number.round() as i32);
            let spot = (pixel(0)?, pixel(1)?);
            (last.replace(Some(spot)) == Some(spot)).then_some(spot)
        })
        .await
    }
}

impl Held<'_> {
    /// Moves over the element with a test id.
    pub async fn over(&mut self, id: &str) {
        let to = self.window.spot(id).await;
        self.move_to(to);
    }

    /// Moves by so many pixels.
    pub fn by(&mut self, x: i32, y: i32) {
        self.move_to((self.at.0 + x, self.at.1 + y));
    }

    /// Moves to a place of the display, be it in the window or not.
    pub fn move_to(&mut self, (x, y): Spot) {
        let mut words = Vec::new();
        for step in 1..=STEPS {
            let between = |from: i32, to: i32| (from + (to - from) * step / STEPS).to_string();
            words.extend(["mousemove".to_owned(), between(self.at.0, x), between(self.at.1, y)]);
            words.extend(["sleep".to_owned(), STEP.to_owned()]);
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        point(self.window.desk.display(), &words);
        self.at = (x, y);
    }

    /// Lets go.
    pub fn drop_it(self) {
        point(self.window.desk.display(), &["mouseup", "1"]);
    }

    /// Presses Escape while holding, and lets go afterwards.
    pub async fn escape(self) {
        self.window.press(&[], ESCAPE).await;
        self.drop_it();
    }
}

/// Does something with the pointer of a display.
fn point(display: &str, words: &[&str]) {
    let status = Command::new("xdotool").env("DISPLAY", display).args(words).status();
    assert!(status.expect("xdotool starts").success(), "xdotool {words:?}");
}
