//! The table `message_list`: the messages of a conversation, as far as a separation looks at them.
//!
//! They are kept while a contact's list names the conversation.

use cleave_core::separation::{Conversation, MessageHead};
use cleave_wire::message::MessageDto;
use cleave_wire::separate_core;
use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::document;
use crate::error::{Result, StoreError};
use crate::store::Store;
use crate::time::millis;

/// A message as it is stored: id, time, whether it came from the contact, text.
#[derive(Serialize, Deserialize)]
struct Row(String, Option<String>, Option<bool>, Option<String>);

impl Store {
    /// Stores all messages of a conversation in the place of what was known of it.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn put_messages(&self, conversation_id: &str, messages: &[MessageDto], now: Timestamp) -> Result<()> {
        let mut conversation = Conversation::default();
        conversation.read(separate_core::messages(messages));
        let heads = conversation.messages.unwrap_or_default();
        let rows: Vec<Row> =
            heads.into_iter().map(|head| Row(head.id, head.created_at, head.inbound, head.text)).collect();
        let doc = serde_json::to_string(&rows).map_err(|_| StoreError::Unreadable { what: "message" })?;
        self.cache()
            .prepare_cached(
                "INSERT INTO message_list (conversation_id, seen_at, doc) VALUES (?1, ?2, ?3)
                 ON CONFLICT (conversation_id) DO UPDATE SET seen_at = ?2, doc = ?3",
            )?
            .execute(params![conversation_id, millis(now), doc])?;
        Ok(())
    }

    /// The messages of a conversation, in the order of [`Conversation::read`]; `None` if they have not been read.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn messages(&self, conversation_id: &str) -> Result<Option<Vec<MessageHead>>> {
        of(&self.cache_reader(), conversation_id)
    }
}

/// The messages of a conversation.
pub(super) fn of(db: &Connection, conversation_id: &str) -> Result<Option<Vec<MessageHead>>> {
    let mut statement = db.prepare_cached("SELECT doc FROM message_list WHERE conversation_id = ?1")?;
    let mut rows = statement.query([conversation_id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let stored: Vec<Row> = document(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "message")?;
    let head = |Row(id, created_at, inbound, text)| MessageHead { id, created_at, inbound, text };
    Ok(Some(stored.into_iter().map(head).collect()))
}

/// Forgets the messages of these conversations where no contact is known to have them any more.
pub(super) fn forget_unlisted(db: &Connection, conversation_ids: &[String]) -> Result<()> {
    let mut statement = db.prepare_cached(
        "DELETE FROM message_list WHERE conversation_id = ?1
           AND NOT EXISTS (SELECT 1 FROM child WHERE kind = 'conversation' AND child_id = ?1)",
    )?;
    for id in conversation_ids {
        statement.execute([id])?;
    }
    Ok(())
}

/// The same for all of them: what was read of a conversation that had left its list meanwhile.
pub(super) fn forget_all_unlisted(db: &Connection) -> Result<()> {
    db.execute(
        "DELETE FROM message_list WHERE NOT EXISTS
           (SELECT 1 FROM child c WHERE c.kind = 'conversation' AND c.child_id = message_list.conversation_id)",
        [],
    )?;
    Ok(())
}
