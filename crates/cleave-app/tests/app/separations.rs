//! Contacts to separate, and ready-made edits.

use std::time::Duration;

use cleave_app::App;
use cleave_app::ipc::{
    ChildKind, ChildPlace, ChildRef, SeparateRequest, SeparationEdit, SeparationSide, SeparationState,
    SeparationView, SplitLine,
};
use serde_json::Value;

use crate::world::{Client, page};

/// A number that nobody in the seeded world has.
pub const FREE_NUMBER: &str = "+14165550199";

/// A contact of the queue with a conversation of at least four messages and a record of another kind, and the review
/// that it is the candidate (or the source) of.
pub async fn rich(app: &App, client: &Client, as_candidate: bool) -> (String, String) {
    for row in app.queue(page(500)).await.unwrap().rows {
        let id = if as_candidate { &row.candidate_id } else { &row.source_id };
        let data = records(client, id).await;
        let messages = |one: &Value| one["messageCount"].as_u64().unwrap_or(0);
        let long = data["conversations"].as_array().unwrap().iter().any(|one| messages(one) >= 4);
        let others = ["applications", "contactNotes", "reminders"];
        if long && others.iter().any(|kind| !data[kind].as_array().unwrap().is_empty()) {
            return (id.clone(), row.review_id);
        }
    }
    panic!("no contact has enough to separate");
}

/// What the server says hangs on a contact.
pub async fn records(client: &Client, id: &str) -> Value {
    let (status, mut body) = client.get(&format!("/api/contacts/{id}/separation-data")).await;
    assert_eq!(status, 200, "{body}");
    body["data"].take()
}

/// Opens a contact and waits until all its messages are here.
pub async fn opened(app: &App, id: &str) -> SeparationView {
    for _ in 0..400 {
        let view = app.separation(id).await.unwrap();
        let unread =
            |card: &&cleave_app::ipc::ChildCard| card.kind == ChildKind::Conversation && !card.readable;
        if !view.cards.iter().any(|card| unread(&card)) {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the messages did not come");
}

/// Ids of a kind in the order of the cards.
pub fn of_kind(view: &SeparationView, kind: ChildKind) -> Vec<String> {
    view.cards.iter().filter(|card| card.kind == kind).map(|card| card.id.clone()).collect()
}

/// The longest conversation, with how many messages it has.
pub fn longest(view: &SeparationView) -> (String, u32) {
    let cards = view.cards.iter().filter(|card| card.kind == ChildKind::Conversation);
    let longest = cards.max_by_key(|card| card.messages).unwrap();
    (longest.id.clone(), longest.messages.unwrap())
}

pub fn set(path: &str, side: SeparationSide, text: &str) -> SeparationEdit {
    SeparationEdit::Set { path: path.into(), side, text: text.into() }
}

pub fn assign(view: &SeparationView, to: ChildPlace, which: impl Fn(usize) -> bool) -> SeparationEdit {
    let picked = view.cards.iter().enumerate().filter(|(at, _)| which(*at));
    let children = picked.map(|(_, card)| ChildRef { kind: card.kind, id: card.id.clone() }).collect();
    SeparationEdit::Assign { children, to }
}

/// Edits that make a plan which can be sent: a name and a number for the new contact, every other record moves, and the
/// longest conversation is cut in the middle.
pub async fn ready(app: &App, view: &SeparationView) -> Vec<SeparationEdit> {
    let (conversation_id, count) = longest(view);
    let middle = app.separation_messages(&view.contact_id, &conversation_id, count / 2, 1).await.unwrap();
    vec![
        set("firstName", SeparationSide::New, "Janet"),
        set("lastName", SeparationSide::New, "Doe"),
        set("phoneNumber", SeparationSide::New, "(416) 555-0199"),
        assign(view, ChildPlace::New, |at| at.is_multiple_of(2)),
        assign(view, ChildPlace::Original, |at| at % 2 == 1),
        SeparationEdit::Divide {
            conversation_id,
            message_id: middle.messages[0].id.clone(),
            before: SeparationSide::Original,
        },
    ]
}

pub fn line<'a>(state: &'a SeparationState, path: &str) -> &'a SplitLine {
    state.lines.iter().find(|line| line.path == path).unwrap_or_else(|| panic!("no line {path}"))
}

/// Problems of both sides of a line.
pub fn at_line(state: &SeparationState, path: &str) -> Vec<String> {
    let line = line(state, path);
    let problems = line.original.problems.iter().chain(&line.new.problems);
    problems.map(|problem| problem.message.clone()).collect()
}

pub fn order(op: &str, view: &SeparationView, state: &SeparationState, dry_run: bool) -> SeparateRequest {
    SeparateRequest {
        op_id: op.into(),
        contact_id: view.contact_id.clone(),
        revision: state.revision,
        dry_run,
    }
}
