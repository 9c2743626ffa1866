//! The editor of a separation, as the scenarios speak of it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::life::Life;
use crate::window::{Window, test_id};

/// The Alt key, as WebDriver spells it.
pub const ALT: char = '\u{E00A}';
/// The arrow keys, as WebDriver spells them.
pub const LEFT: &str = "\u{E012}";
pub const RIGHT: &str = "\u{E014}";
pub const DOWN: &str = "\u{E015}";
/// The Escape key, as WebDriver spells it.
pub const ESCAPE: &str = "\u{E00C}";

/// What is drawn of a column, of which only what is in sight is in the document, and how many there should be; then
/// looks a little further down, and from the top again after the end.
const LOOK_ON: &str = "
    const column = document.querySelector(arguments[0]);
    const names = [...column.querySelectorAll('[data-card]')].map(card => card.dataset.testid);
    const list = column.querySelector('[data-scroll]');
    const end = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
    list.scrollTop = end ? 0 : list.scrollTop + list.clientHeight / 2;
    return {cards: names, count: column.querySelector('[data-testid^=count-]').textContent};
";

/// Whether a contact has enough to be two people: two conversations, one of them long, and other records.
pub fn is_two_people(life: &Life) -> bool {
    life.of_kind("conversation").len() >= 2
        && life.longest().1.len() >= 6
        && life.of_kind("note").len() >= 2
        && life.children.len() >= 6
}

impl Window {
    /// Finds a contact by its name and opens its separation.
    pub async fn open_separation(&self, life: &Life) {
        self.click("nav-contacts").await;
        self.fill("contacts-search", &format!("{} {}", life.text("firstName"), life.text("lastName"))).await;
        self.click(&format!("contact-{}", life.id())).await;
        self.wait("undecided-count").await;
    }

    /// The records in a column, each named by kind and id; a conversation that is cut counts as the original's.
    pub async fn column(&self, column: &str) -> BTreeSet<String> {
        let css = test_id(&format!("column-{column}"));
        let seen = RefCell::new(BTreeSet::new());
        self.until(&format!("all records of {column}"), || async {
            let shown = self.run(LOOK_ON, json!([css])).await;
            let names = shown["cards"].as_array()?.iter().filter_map(Value::as_str);
            seen.borrow_mut().extend(names.map(|name| name.trim_start_matches("card-").to_owned()));
            let count = shown["count"].as_str()?.parse::<usize>().ok()?;
            (seen.borrow().len() == count).then_some(())
        })
        .await;
        // Its other half is counted here, and is no record of its own.
        seen.into_inner().into_iter().filter(|name| !name.starts_with("cut-")).collect()
    }

    /// Waits until a record is in a column.
    pub async fn in_column(&self, child: &str, column: &str) {
        self.wait_css(&format!(
            "{} {}",
            test_id(&format!("column-{column}")),
            test_id(&format!("card-{child}"))
        ))
        .await;
    }

    /// What stands in a field now.
    pub async fn value(&self, id: &str) -> String {
        let value = self.run("return document.querySelector(arguments[0]).value", json!([test_id(id)])).await;
        value.as_str().expect("a field").to_owned()
    }

    /// Waits until a field holds a text.
    pub async fn holds(&self, id: &str, text: &str) {
        self.until(&format!("{text:?} in the field {id}"), || async {
            self.wait(id).await;
            (self.value(id).await == text).then_some(())
        })
        .await;
    }

    /// Moves everything that is undecided to a column, in one go.
    pub async fn move_the_rest(&self, column: &str) {
        self.click("filter-undecided").await;
        self.click(&format!("bulk-{column}")).await;
        self.counts("undecided-count", 0).await;
        self.click("filter-clear").await;
    }

    /// Where the divider of the open conversation is: how many messages are before it.
    pub async fn divider(&self) -> usize {
        let at = self
            .run("return document.querySelector(arguments[0]).ariaValueNow", json!([test_id("divider")]))
            .await;
        at.as_str().and_then(|at| at.parse().ok()).expect("a position")
    }

    /// Waits until so many messages are before the divider, and as many as say the counts are on both sides.
    pub async fn divides(&self, before: usize, total: usize) {
        self.counts("half-original-count", before as u64).await;
        self.counts("half-new-count", (total - before) as u64).await;
        assert_eq!(self.divider().await, before);
    }

    /// Gives both contacts a name, and the new one a number where it is to have one; moves one note or conversation to
    /// the new contact and everything else to the original. Answers what moves.
    pub async fn decide_everything(&self, life: &Life, number: Option<&str>) -> BTreeSet<String> {
        self.fill("line-firstName-new", "Nora").await;
        self.fill("line-lastName-new", "Quist").await;
        if let Some(number) = number {
            self.fill("line-phoneNumber-new", number).await;
        }
        let moved = life.children.last().expect("a record").clone();
        self.move_the_rest("original").await;
        self.scroll_to("original", &moved).await;
        // By the pointer itself: the driver scrolls no list to what it hides.
        self.tap(&format!("move-new-{moved}")).await;
        self.in_column(&moved, "new").await;
        BTreeSet::from([moved])
    }

    /// Opens a conversation by the button on its card.
    pub async fn open_conversation(&self, id: &str) {
        let message = "[data-testid='timeline'] [role='option']";
        self.until(&format!("the messages of {id}"), || async {
            // What is proposed comes a moment after the cards and makes them higher: a click may miss.
            if self.count("timeline").await == 0 {
                self.tap(&format!("open-conversation-{id}")).await;
            }
            self.run("return document.querySelector(arguments[0])?.id", json!([message]))
                .await
                .as_str()
                .map(drop)
        })
        .await;
    }

    /// How many elements have a test id now.
    async fn count(&self, id: &str) -> u64 {
        let count = self.run("return document.querySelectorAll(arguments[0]).length", json!([test_id(id)]));
        count.await.as_u64().expect("a number")
    }

    /// Scrolls a column until a record of it is drawn.
    async fn scroll_to(&self, column: &str, child: &str) {
        let css = test_id(&format!("column-{column}"));
        let card = test_id(&format!("card-{child}"));
        self.until(&format!("{child} in sight"), || async {
            if self.run("return document.querySelector(arguments[0]) !== null", json!([card])).await == true {
                return Some(());
            }
            self.run(LOOK_ON, json!([css])).await;
            None
        })
        .await;
    }

    /// Opens the last look, confirms, and goes to the outbox.
    pub async fn separate(&self) {
        self.click("separate-button").await;
        self.wait("sheet-happens").await;
        self.click("separate-confirm").await;
        self.gone("separation").await;
        self.click("nav-outbox").await;
    }
}
