//! A contact with many records, one of them a long thread, as it lies in the cache.

use std::error::Error;

use cleave_store::{ChildKind, ChildList, Children, ContactUpdate, Store};
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

/// Its id.
pub const CONTACT: &str = "large";
/// Its longest conversation.
pub const THREAD: &str = "thread";

/// Of 5,000 records: conversations (the thread is one), applications, notes, reminders, training snapshots.
const KINDS: [(ChildKind, usize); 5] = [
    (ChildKind::Conversation, 1_000),
    (ChildKind::Application, 500),
    (ChildKind::Note, 2_000),
    (ChildKind::Reminder, 1_000),
    (ChildKind::TrainingSnapshot, 500),
];

/// Lays it into the cache, with so many records, and so many messages in the thread.
pub fn put(
    store: &Store,
    records: usize,
    messages: usize,
    now: Timestamp,
    chance: &mut StdRng,
) -> Result<(), Box<dyn Error>> {
    let contact = json!({"_id": CONTACT, "firstName": "Jane", "lastName": "Doe", "email": "jane@example.com",
        "phoneNumber": "+14165550100", "status": "Contacted", "misc": {"tier": "gold", "score": 7}});
    store.put_contacts(&[ContactUpdate::whole(serde_json::from_value(contact)?)], now)?;
    let kinds = KINDS.map(|(kind, of)| (kind, of * records / 5_000));
    let mut lists = kinds.map(|(kind, count)| {
        let docs = (0..count).map(|at| record(kind, at, now, chance)).collect();
        (kind, ChildList { docs, complete: true, seen_at: now })
    });
    if let Some(thread) = lists.first_mut().and_then(|(_, list)| list.docs.first_mut()) {
        thread["_id"] = THREAD.into();
    }
    let documents = ChildList { docs: Vec::new(), complete: true, seen_at: now };
    let lists = lists.into_iter().chain([(ChildKind::Document, documents)]).collect();
    store.put_children(CONTACT, &Children { lists, protection: None }, now)?;
    store.put_messages(THREAD, &talk(THREAD, messages, now, chance)?, now)?;
    for at in 1..kinds[0].1 {
        let id = format!("conversation-{at}");
        store.put_messages(&id, &talk(&id, 4, now, chance)?, now)?;
    }
    Ok(())
}

fn record(kind: ChildKind, at: usize, now: Timestamp, chance: &mut StdRng) -> Value {
    let when = ago(now, chance.random_range(0..1_000_000)).to_string();
    let name = if chance.random_bool(0.5) { "Jane" } else { "Janet" };
    let number = format!("+1416555{:04}", chance.random_range(100..200));
    let mut doc = match kind {
        ChildKind::Conversation => {
            json!({"channelType": "sms", "channelIdentifier": number, "lastMessageTime": when})
        }
        ChildKind::Application => {
            json!({"title": format!("Loan {at}"), "status": "open", "applicantName": name})
        }
        ChildKind::Note => json!({"note": format!("Spoke with {name}, call back at {}", at % 24)}),
        ChildKind::Reminder => {
            json!({"note": format!("Call {name}"), "reminderDate": when, "phoneNumber": number})
        }
        _ => {
            json!({"category": "sales", "customerName": name, "customerPhone": number, "snapshotDate": when})
        }
    };
    doc["_id"] = format!("{}-{at}", kind.as_str()).into();
    doc["createdAt"] = when.into();
    doc
}

/// A talk in which somebody else has the number from the middle on.
fn talk(
    id: &str,
    count: usize,
    now: Timestamp,
    chance: &mut StdRng,
) -> Result<Vec<cleave_wire::message::MessageDto>, serde_json::Error> {
    let mut minutes = i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(20);
    let message = |at: usize| {
        minutes -= chance.random_range(1..20);
        let who = if at < count / 2 { "Jane" } else { "Janet" };
        let body = match chance.random_range(0..8) {
            0 => format!("Hi {who}, how are you today?"),
            1 => format!("Thanks, {who}"),
            2 => format!("See you tomorrow {}", chance.random_range(0..100)),
            _ => format!("That is fine with me, number {}", chance.random_range(0..1000)),
        };
        json!({"_id": format!("{id}-{at}"), "conversationId": id, "content": body,
            "direction": if at.is_multiple_of(2) { "inbound" } else { "outbound" }, "createdAt": ago(now, minutes).to_string()})
    };
    (0..count).map(message).map(serde_json::from_value).collect()
}

fn ago(now: Timestamp, minutes: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(now)
}
