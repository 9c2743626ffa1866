//! A contact with all that hangs on it, as the server has it, and what it must be after a separation.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::server::Admin;

/// Names of the kinds of child records: in the API, and in the window.
const KINDS: [(&str, &str); 5] = [
    ("conversations", "conversation"),
    ("applications", "application"),
    ("contactNotes", "note"),
    ("reminders", "reminder"),
    ("trainingSnapshots", "trainingSnapshot"),
];

/// A contact and everything of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Life {
    /// The contact's own record.
    pub contact: Value,
    /// Its child records, named as the window names their cards: `note-ID`.
    pub children: BTreeSet<String>,
    /// The messages of each conversation, oldest first.
    pub messages: BTreeMap<String, Vec<String>>,
}

/// A conversation that is cut: which, and how many of its messages come before the cut.
#[derive(Debug, Clone)]
pub struct Cut {
    /// The conversation.
    pub conversation: String,
    /// The position of the first message after the cut.
    pub at: usize,
}

impl Life {
    /// Its id.
    pub fn id(&self) -> &str {
        self.contact["_id"].as_str().expect("a contact has an id")
    }

    /// A text of its own record; empty where it has none.
    pub fn text(&self, field: &str) -> &str {
        self.contact[field].as_str().unwrap_or_default()
    }

    /// Its first telephone number; empty where it has none.
    pub fn phone(&self) -> &str {
        let phone = &self.contact["phoneNumber"];
        phone.as_str().or_else(|| phone[0]["value"].as_str()).unwrap_or_default()
    }

    /// The ids of its children of a kind, as the window calls it.
    pub fn of_kind(&self, kind: &str) -> Vec<&str> {
        let prefix = format!("{kind}-");
        self.children.iter().filter_map(|child| child.strip_prefix(prefix.as_str())).collect()
    }

    /// The conversation with the most messages.
    pub fn longest(&self) -> (&str, &[String]) {
        let longest = self.messages.iter().max_by_key(|(_, messages)| messages.len());
        let (id, messages) = longest.expect("a conversation");
        (id, messages)
    }
}

impl Admin {
    /// All of a contact, read as a client reads it.
    pub async fn life(&self, id: &str) -> Life {
        let data = self.data(&format!("/api/contacts/{id}/separation-data")).await;
        let mut children = BTreeSet::new();
        let mut messages = BTreeMap::new();
        for (list, kind) in KINDS {
            for child in data[list].as_array().expect("every kind of child") {
                let child_id = id_in(child);
                if kind == "conversation" {
                    let list = self.read(&format!("/api/conversation/{child_id}/messages")).await;
                    let list = list["messages"].as_array().expect("messages");
                    messages.insert(child_id.to_owned(), in_order(list));
                }
                assert!(children.insert(format!("{kind}-{child_id}")), "each child once");
            }
        }
        Life { contact: data["contact"].clone(), children, messages }
    }

    /// The first contact that fits.
    pub async fn find(&self, fits: impl Fn(&Life) -> bool) -> Life {
        for page in 1.. {
            let list = self.data(&format!("/api/contacts?ownerFilter=all&size=100&page={page}")).await;
            let list = list.as_array().expect("contacts");
            assert!(!list.is_empty(), "no contact fits");
            for contact in list {
                let life = self.life(id_in(contact)).await;
                if fits(&life) {
                    return life;
                }
            }
        }
        unreachable!("the pages end")
    }

    /// How many contacts there are.
    pub async fn contacts(&self) -> u64 {
        self.read("/api/contacts?ownerFilter=all&size=1").await["total"].as_u64().expect("a total")
    }

    async fn data(&self, path: &str) -> Value {
        self.read(path).await["data"].take()
    }

    async fn read(&self, path: &str) -> Value {
        let (status, body) = self.call(Method::GET, path, None).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }
}

/// Checks child by child and message by message that a contact became two as the window said.
pub fn separated(before: &Life, moved: &BTreeSet<String>, cut: Option<&Cut>, original: &Life, new: &Life) {
    let stays: BTreeSet<String> = before.children.difference(moved).cloned().collect();
    assert_eq!(original.children, stays, "what stays with the original");
    let mut made: Vec<&String> = new.children.difference(moved).collect();
    let missing: Vec<&String> = moved.difference(&new.children).collect();
    assert!(missing.is_empty(), "lost on the way: {missing:?}");
    let half = made.pop();
    assert!(made.is_empty() && half.is_some() == cut.is_some(), "made besides: {made:?} {half:?}");

    for (conversation, messages) in &before.messages {
        let at = cut.filter(|cut| cut.conversation == *conversation).map_or(messages.len(), |cut| cut.at);
        let holder = if moved.contains(&format!("conversation-{conversation}")) { new } else { original };
        assert_eq!(holder.messages[conversation], messages[..at], "messages of {conversation}");
        if at < messages.len() {
            let made = half.and_then(|half| half.strip_prefix("conversation-")).expect("a new conversation");
            assert_eq!(new.messages[made], messages[at..], "the half that moved");
        }
    }
}

/// The ids of messages from the oldest to the newest.
fn in_order(messages: &[Value]) -> Vec<String> {
    let mut messages: Vec<&Value> = messages.iter().collect();
    messages.sort_by_key(|message| {
        let text = |name: &str| message[name].as_str().unwrap_or_default().to_owned();
        (text("createdAt"), text("_id"))
    });
    messages.iter().map(|message| id_in(message).to_owned()).collect()
}

fn id_in(record: &Value) -> &str {
    record["_id"].as_str().or_else(|| record["id"].as_str()).expect("a record has an id")
}
