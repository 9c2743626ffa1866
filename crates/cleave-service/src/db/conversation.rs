//! Conversations and their messages.

use rusqlite::{Connection, params};
use serde_json::{Value, json};

use crate::clock::millis_of;
use crate::db::document::{self, text};
use crate::db::{fresh_id, user};
use crate::http::Refusal;

/// Stores a conversation.
pub(crate) fn insert(db: &Connection, conversation: &Value) -> Result<(), Refusal> {
    db.prepare_cached(
        "INSERT INTO conversation (id, organization_id, contact_id, channel, doc) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute([
        text(conversation, "_id"),
        text(conversation, "organizationId"),
        text(conversation, "contactId"),
        text(conversation, "channelType"),
        &conversation.to_string(),
    ])?;
    Ok(())
}

/// Stores a message.
pub(crate) fn insert_message(db: &Connection, message: &Value) -> Result<(), Refusal> {
    db.prepare_cached(
        "INSERT INTO message (id, conversation_id, contact_id, created_at, doc) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        text(message, "_id"),
        text(message, "conversationId"),
        text(message, "contactId"),
        millis_of(text(message, "createdAt")).unwrap_or_default(),
        message.to_string(),
    ])?;
    Ok(())
}

/// One conversation of an organisation, or 404.
pub(crate) fn found(db: &Connection, organization: &str, id: &str) -> Result<Value, Refusal> {
    let sql = "SELECT doc FROM conversation WHERE id = ?1 AND organization_id = ?2";
    document::one(db, sql, [id, organization])?.ok_or_else(|| Refusal::not_found("Conversation"))
}

/// The conversations of a contact of an organisation, by id; of one channel or of all.
pub(crate) fn of_contact(
    db: &Connection,
    organization: &str,
    contact: &str,
    channel: Option<&str>,
) -> Result<Vec<Value>, Refusal> {
    let sql = "SELECT doc FROM conversation
               WHERE contact_id = ?1 AND organization_id = ?2 AND (?3 IS NULL OR channel = ?3) ORDER BY id";
    document::many(db, sql, params![contact, organization, channel])
}

/// The messages of a conversation, the oldest first.
pub(crate) fn messages(db: &Connection, conversation: &str) -> Result<Vec<Value>, Refusal> {
    let sql = "SELECT doc FROM message WHERE conversation_id = ?1 ORDER BY created_at, id";
    document::many(db, sql, [conversation])
}

/// How many messages a conversation has.
pub(crate) fn count_messages(db: &Connection, conversation: &str) -> Result<i64, Refusal> {
    document::count(db, "SELECT count(*) FROM message WHERE conversation_id = ?1", [conversation])
}

/// A conversation with its assignees populated.
pub(crate) fn populated(db: &Connection, mut conversation: Value) -> Result<Value, Refusal> {
    if let Some(Value::Array(assignees)) = conversation.get_mut("assignees") {
        for assignee in assignees {
            if let Some(id) = assignee.as_str() {
                *assignee = user::reference(db, id)?;
            }
        }
    }
    Ok(conversation)
}

/// Gives a conversation with all its messages to another contact. Answers with how many messages that were.
pub(crate) fn move_to(
    db: &Connection,
    conversation: &Value,
    contact: &str,
    now: &str,
) -> Result<i64, Refusal> {
    let id = text(conversation, "_id");
    db.prepare_cached(
        "UPDATE conversation SET contact_id = ?2, doc = json_set(doc, '$.contactId', ?2, '$.updatedAt', ?3)
         WHERE id = ?1",
    )?
    .execute([id, contact, now])?;
    let moved = db
        .prepare_cached(
            "UPDATE message SET contact_id = ?2, doc = json_set(doc, '$.contactId', ?2) WHERE conversation_id = ?1",
        )?
        .execute([id, contact])?;
    Ok(i64::try_from(moved).unwrap_or(i64::MAX))
}

/// Makes a conversation on another contact out of some messages of one that was cut, and brings the counters and
/// the latest message of both halves up to date. Answers with the new conversation's id.
pub(crate) fn split_off(
    db: &Connection,
    conversation: &Value,
    messages: &[String],
    contact: &str,
    now: &str,
) -> Result<String, Refusal> {
    let id = fresh_id::next(db)?;
    let mut half = conversation.clone();
    half["_id"] = json!(id);
    half["contactId"] = json!(contact);
    half["createdAt"] = json!(now);
    half["updatedAt"] = json!(now);
    insert(db, &half)?;
    let mut reassign = db.prepare_cached(
        "UPDATE message SET conversation_id = ?2, contact_id = ?3,
             doc = json_set(doc, '$.conversationId', ?2, '$.contactId', ?3)
         WHERE id = ?1",
    )?;
    for message in messages {
        reassign.execute([message.as_str(), &id, contact])?;
    }
    refresh_summary(db, text(conversation, "_id"))?;
    refresh_summary(db, &id)?;
    Ok(id)
}

/// Recomputes `messageCount`, `latestMessage` and `lastMessageTime` from the messages.
pub(crate) fn refresh_summary(db: &Connection, id: &str) -> Result<(), Refusal> {
    let last = document::one(
        db,
        "SELECT doc FROM message WHERE conversation_id = ?1 ORDER BY created_at DESC, id DESC LIMIT 1",
        [id],
    )?;
    let last = last.unwrap_or_else(|| json!({"_id": null, "createdAt": null}));
    db.prepare_cached(
        "UPDATE conversation SET doc = json_set(doc, '$.messageCount', ?2, '$.latestMessage', ?3,
             '$.lastMessageTime', ?4) WHERE id = ?1",
    )?
    .execute(params![id, count_messages(db, id)?, last["_id"].as_str(), last["createdAt"].as_str()])?;
    Ok(())
}

/// Sets members of a conversation's document.
pub(crate) fn set(db: &Connection, id: &str, key: &str, value: &Value) -> Result<(), Refusal> {
    db.prepare_cached("UPDATE conversation SET doc = json_set(doc, '$.' || ?2, json(?3)) WHERE id = ?1")?
        .execute([id, key, &value.to_string()])?;
    Ok(())
}
