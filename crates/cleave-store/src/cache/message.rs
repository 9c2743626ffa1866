//! The table `message_list`: the messages of a conversation, as far as a separation looks at them.
//!
//! They are kept while a contact's list names the conversation.

use cleave_core::separation::{Conversation, MessageHead};
use cleave_wire::message::MessageDto;
use cleave_wire::separate_core;
use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::{contact_read, document};
use crate::connection::begin;
use crate::error::{Result, StoreError};
use crate::store::Store;
use crate::time::{instant, millis};

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
        self.cache_to_write()?
            .prepare_cached(
                "INSERT INTO message_list (conversation_id, seen_at, doc) VALUES (?1, ?2, ?3)
                 ON CONFLICT (conversation_id) DO UPDATE SET seen_at = ?2, doc = ?3, stale = 0",
            )?
            .execute(params![conversation_id, millis(now), doc])?;
        Ok(())
    }

    /// The messages of a conversation, in the order of [`Conversation::read`]; `None` if they have not been read.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn messages(&self, conversation_id: &str) -> Result<Option<Vec<MessageHead>>> {
        Ok(of(&self.cache_reader(), conversation_id)?.map(|stored| stored.messages))
    }

    /// Notes of a contact's conversations that their list was read: what is stored of some is `right` as of now; what is
    /// stored of others is in `doubt`, until it is read again.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn doubt_messages(
        &self,
        contact_id: &str,
        right: &[String],
        doubt: &[String],
        now: Timestamp,
    ) -> Result<()> {
        let mut db = self.cache_to_write()?;
        let tx = begin(&mut db)?;
        for id in right {
            tx.prepare_cached("UPDATE message_list SET seen_at = ?2, stale = 0 WHERE conversation_id = ?1")?
                .execute(params![id, millis(now)])?;
        }
        for id in doubt {
            tx.prepare_cached("UPDATE message_list SET stale = 1 WHERE conversation_id = ?1")?
                .execute([id])?;
        }
        contact_read::settle(&tx, contact_id)?;
        Ok(tx.commit()?)
    }
}

/// The messages of a conversation as they are stored.
pub(super) struct Messages {
    pub(super) messages: Vec<MessageHead>,
    /// Whether the list that names the conversation spoke against them since.
    pub(super) stale: bool,
    pub(super) seen_at: Timestamp,
}

/// The messages of a conversation.
pub(super) fn of(db: &Connection, conversation_id: &str) -> Result<Option<Messages>> {
    let mut statement =
        db.prepare_cached("SELECT doc, stale, seen_at FROM message_list WHERE conversation_id = ?1")?;
    let mut rows = statement.query([conversation_id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let stored: Vec<Row> = document(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "message")?;
    let head = |Row(id, created_at, inbound, text)| MessageHead { id, created_at, inbound, text };
    Ok(Some(Messages {
        messages: stored.into_iter().map(head).collect(),
        stale: row.get(1)?,
        seen_at: instant(row.get(2)?),
    }))
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

#[cfg(test)]
mod tests {
    use super::super::child::{ChildKind, ChildList, Children};
    use super::*;
    use crate::outbox::trial::{Trial, start};
    use serde_json::{Value, json};

    fn dtos(messages: Value) -> Vec<MessageDto> {
        serde_json::from_value(messages).unwrap()
    }

    fn ids(trial: &Trial, conversation: &str) -> Option<Vec<String>> {
        let messages = trial.store.messages(conversation).unwrap();
        messages.map(|messages| messages.into_iter().map(|message| message.id).collect())
    }

    /// The conversations that the list of a contact names.
    fn list(trial: &Trial, contact: &str, conversations: &[&str]) {
        let docs = conversations.iter().map(|id| json!({"_id": id})).collect();
        let list = ChildList { docs, complete: true, seen_at: start() };
        let lists = [(ChildKind::Conversation, list)].into();
        trial.store.put_children(contact, &Children { lists, protection: None }, start()).unwrap();
    }

    #[test]
    fn messages_stand_in_order_with_what_is_known_of_them_and_no_more() {
        let trial = Trial::new();
        assert_eq!(ids(&trial, "t1"), None);
        let sent = dtos(json!([
            {"_id": "m2", "createdAt": "2026-03-01T10:00:00Z", "direction": "outbound", "body": "Bye",
             "attachments": [{"signedUrl": "https://x.example/?sig=1"}]},
            {"_id": "m1", "createdAt": "2026-03-01T10:00:00+01:00", "direction": "inbound", "content": "Hi"},
            {"_id": "m0", "direction": "sideways"},
        ]));
        trial.store.put_messages("t1", &sent, start()).unwrap();
        let head = |id: &str, at: Option<&str>, inbound, text: Option<&str>| MessageHead {
            id: id.into(),
            created_at: at.map(str::to_owned),
            inbound,
            text: text.map(str::to_owned),
        };
        let expected = [
            head("m0", None, None, None),
            head("m1", Some("2026-03-01T10:00:00+01:00"), Some(true), Some("Hi")),
            head("m2", Some("2026-03-01T10:00:00Z"), Some(false), Some("Bye")),
        ];
        assert!(trial.store.messages("t1").unwrap().unwrap() == expected);
        let stored: String =
            trial.store.cache().query_row("SELECT doc FROM message_list", [], |row| row.get(0)).unwrap();
        assert!(!stored.contains("sig="));
    }

    #[test]
    fn nothing_stale_is_kept_and_none_is_not_unread() {
        let trial = Trial::new();
        trial.store.put_messages("t1", &dtos(json!([{"_id": "m1"}, {"_id": "m2"}])), start()).unwrap();
        trial.store.put_messages("t1", &dtos(json!([{"_id": "m3"}])), start()).unwrap();
        assert_eq!(ids(&trial, "t1").unwrap(), ["m3"]);
        trial.store.put_messages("t1", &[], start()).unwrap();
        assert_eq!(ids(&trial, "t1").unwrap(), [""; 0]);
    }

    #[test]
    fn messages_go_when_the_last_list_that_names_their_conversation_does() {
        let mut trial = Trial::new();
        list(&trial, "c1", &["t1", "t2", "t3"]);
        for conversation in ["t1", "t2", "t3", "lost"] {
            trial.store.put_messages(conversation, &dtos(json!([{"_id": "m"}])), start()).unwrap();
        }
        // t2 was moved to another contact, t3 is gone.
        list(&trial, "c9", &["t2"]);
        list(&trial, "c1", &["t1"]);
        let known = |trial: &Trial| ["t1", "t2", "t3", "lost"].map(|id| ids(trial, id).is_some());
        assert_eq!(known(&trial), [true, true, false, true]);
        trial.reopen();
        assert_eq!(
            known(&trial),
            [true, true, false, false],
            "nobody's conversation goes with the next start"
        );
        list(&trial, "c9", &[]);
        assert_eq!(known(&trial), [true, false, false, false]);
    }
}
