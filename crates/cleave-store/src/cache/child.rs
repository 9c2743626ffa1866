//! The tables `child` and `child_list`: what hangs on a contact.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::populated::keep_populated;
use super::{contact_read, document, is_outdated, message, protection};
use crate::connection::begin;
use crate::error::{Result, StoreError};
use crate::store::Store;
use crate::time::{instant, millis};
use cleave_wire::protection::ProtectionStatus;

/// A kind of child record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChildKind {
    /// `ConversationDto`.
    Conversation,
    /// `ApplicationDto`.
    Application,
    /// `NoteDto`.
    Note,
    /// `ReminderDto`.
    Reminder,
    /// `TrainingSnapshotDto`.
    TrainingSnapshot,
    /// `DocumentDto`, without its signed address.
    Document,
}

impl ChildKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [ChildKind; 6] = [
        ChildKind::Conversation,
        ChildKind::Application,
        ChildKind::Note,
        ChildKind::Reminder,
        ChildKind::TrainingSnapshot,
        ChildKind::Document,
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            ChildKind::Conversation => "conversation",
            ChildKind::Application => "application",
            ChildKind::Note => "note",
            ChildKind::Reminder => "reminder",
            ChildKind::TrainingSnapshot => "training_snapshot",
            ChildKind::Document => "document",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        ChildKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Child records of one kind.
#[derive(Clone, PartialEq)]
pub struct ChildList {
    /// The documents, in the order received.
    pub docs: Vec<Value>,
    /// Whether these are all; `false` where the route that answered hides some.
    pub complete: bool,
    /// When they were asked for.
    pub seen_at: Timestamp,
}

/// What hangs on a contact. A kind that is not here is unknown, which is not the same as none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Children {
    /// The known kinds.
    pub lists: BTreeMap<ChildKind, ChildList>,
    /// Whether somebody is at work with the contact, if that is known.
    pub protection: Option<ProtectionStatus>,
}

/// Personal data: only the number of documents is printed.
impl std::fmt::Debug for ChildList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ChildList({}, complete: {})", self.docs.len(), self.complete)
    }
}

/// Addresses that open a document for whoever holds them. Never stored.
const SECRET: &str = "signedUrl";

impl Store {
    /// Replaces the child records of a contact, kind by kind; kinds that are not given, and those that were read later
    /// than what is given, stay as they are. A
    /// protection that is not given is forgotten: it was not to be had. So are the messages of conversations that no
    /// list names any more.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn put_children(&self, contact_id: &str, children: &Children, now: Timestamp) -> Result<()> {
        let mut db = self.cache_to_write()?;
        let tx = begin(&mut db)?;
        put(&tx, contact_id, children, &BTreeSet::new(), now)?;
        Ok(tx.commit()?)
    }

    /// What hangs on a contact, as far as is known.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn children(&self, contact_id: &str) -> Result<Children> {
        let mut reader = self.cache_reader();
        let db = reader.transaction()?;
        let mut lists = BTreeMap::new();
        let mut statement =
            db.prepare_cached("SELECT kind, complete, seen_at FROM child_list WHERE contact_id = ?1")?;
        let mut rows = statement.query([contact_id])?;
        while let Some(row) = rows.next()? {
            let word: String = row.get(0)?;
            let Some(kind) = ChildKind::from_word(&word) else { continue };
            let docs = documents(&db, contact_id, &word)?;
            lists.insert(kind, ChildList { docs, complete: row.get(1)?, seen_at: instant(row.get(2)?) });
        }
        let protection = protection::of(&db, contact_id)?;
        Ok(Children { lists, protection })
    }
}

/// As [`Store::put_children`]. Of the kinds that were cut short, a complete list stays.
pub(super) fn put(
    db: &Connection,
    contact_id: &str,
    children: &Children,
    cut_short: &BTreeSet<ChildKind>,
    now: Timestamp,
) -> Result<()> {
    let conversations = conversation_ids(db, contact_id)?;
    for (kind, new) in &children.lists {
        let stays = list(db, contact_id, *kind)?.is_some_and(|(complete, seen_at)| {
            is_outdated(seen_at, new.seen_at, now) || (complete && !new.complete && cut_short.contains(kind))
        });
        if !stays {
            put_list(db, contact_id, *kind, new)?;
        }
    }
    message::forget_unlisted(db, &conversations)?;
    protection::put(db, contact_id, children.protection.as_ref(), now)?;
    contact_read::settle(db, contact_id)
}

fn put_list(db: &Connection, contact_id: &str, kind: ChildKind, list: &ChildList) -> Result<()> {
    let before = by_id(db, contact_id, kind)?;
    db.prepare_cached("DELETE FROM child WHERE contact_id = ?1 AND kind = ?2")?
        .execute([contact_id, kind.as_str()])?;
    let mut insert =
        db.prepare_cached("INSERT INTO child (contact_id, kind, position, doc) VALUES (?1, ?2, ?3, ?4)")?;
    for (position, doc) in list.docs.iter().enumerate() {
        let position = i64::try_from(position).map_err(|_| StoreError::Full)?;
        let mut doc = without_secret(doc);
        let known = doc.get("_id").and_then(Value::as_str).and_then(|id| before.get(id));
        let text = doc.to_string();
        if let Some(known) = known.filter(|known| **known != text) {
            keep_populated(&mut doc, &document(known, "child record")?);
        }
        insert.execute(params![contact_id, kind.as_str(), position, doc.to_string()])?;
    }
    db.prepare_cached(
        "INSERT INTO child_list (contact_id, kind, complete, seen_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (contact_id, kind) DO UPDATE SET complete = ?3, seen_at = ?4",
    )?
    .execute(params![contact_id, kind.as_str(), list.complete, millis(list.seen_at)])?;
    Ok(())
}

/// The stored records of a kind that have an id, by it.
fn by_id(db: &Connection, contact_id: &str, kind: ChildKind) -> Result<HashMap<String, String>> {
    let mut statement = db.prepare_cached(
        "SELECT child_id, doc FROM child WHERE contact_id = ?1 AND kind = ?2 AND child_id IS NOT NULL",
    )?;
    let known = statement.query_map([contact_id, kind.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(known.collect::<rusqlite::Result<_>>()?)
}

fn without_secret(doc: &Value) -> Value {
    let mut doc = doc.clone();
    if let Value::Object(fields) = &mut doc {
        fields.shift_remove(SECRET);
    }
    doc
}

/// Whether the list of a kind is complete, and when it was read; `None` if the kind is unknown.
pub(super) fn list(db: &Connection, contact_id: &str, kind: ChildKind) -> Result<Option<(bool, Timestamp)>> {
    let row = db
        .prepare_cached("SELECT complete, seen_at FROM child_list WHERE contact_id = ?1 AND kind = ?2")?
        .query_row([contact_id, kind.as_str()], |row| Ok((row.get(0)?, instant(row.get(1)?))))
        .optional()?;
    Ok(row)
}

/// Hands on the text of each stored record of a kind, in the order received.
pub(super) fn each(
    db: &Connection,
    contact_id: &str,
    kind: &str,
    mut take: impl FnMut(&str) -> Result<()>,
) -> Result<()> {
    let mut statement =
        db.prepare_cached("SELECT doc FROM child WHERE contact_id = ?1 AND kind = ?2 ORDER BY position")?;
    let mut rows = statement.query([contact_id, kind])?;
    while let Some(row) = rows.next()? {
        take(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
    }
    Ok(())
}

fn documents(db: &Connection, contact_id: &str, kind: &str) -> Result<Vec<Value>> {
    let mut docs = Vec::new();
    each(db, contact_id, kind, |doc| {
        docs.push(document(doc, "child record")?);
        Ok(())
    })?;
    Ok(docs)
}

/// The conversations that a contact is known to have.
fn conversation_ids(db: &Connection, contact_id: &str) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached(
        "SELECT child_id FROM child WHERE contact_id = ?1 AND kind = 'conversation' AND child_id IS NOT NULL",
    )?;
    let ids = statement.query_map([contact_id], |row| row.get(0))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::trial::{Trial, start};
    use serde_json::json;

    fn list(docs: Vec<Value>) -> ChildList {
        ChildList { docs, complete: true, seen_at: start() }
    }

    #[test]
    fn unknown_is_not_none_and_kinds_are_replaced_one_by_one() {
        let trial = Trial::new();
        assert!(trial.store.children("c1").unwrap().lists.is_empty());
        let notes = list(vec![json!({"_id": "n2", "x": {"y": 1}}), json!({"_id": "n1"})]);
        let protection: ProtectionStatus = serde_json::from_value(json!({"isProtected": true})).unwrap();
        let first = Children {
            lists: [(ChildKind::Note, notes.clone()), (ChildKind::Reminder, list(vec![]))].into(),
            protection: Some(protection),
        };
        trial.store.put_children("c1", &first, start()).unwrap();
        assert_eq!(trial.store.children("c1").unwrap(), first);
        let second = Children {
            lists: [(ChildKind::Reminder, list(vec![json!({"_id": "m"})]))].into(),
            protection: None,
        };
        trial.store.put_children("c1", &second, start()).unwrap();
        let now = trial.store.children("c1").unwrap();
        assert_eq!(
            (now.lists[&ChildKind::Note].clone(), now.lists[&ChildKind::Reminder].docs.len()),
            (notes, 1)
        );
        assert_eq!(now.protection, None);
    }

    #[test]
    fn signed_addresses_are_never_stored() {
        let trial = Trial::new();
        let docs =
            list(vec![json!({"_id": "d", "filename": "a.pdf", "signedUrl": "https://x.example/?sig=1"})]);
        let children = Children { lists: [(ChildKind::Document, docs)].into(), protection: None };
        trial.store.put_children("c1", &children, start()).unwrap();
        let stored = &trial.store.children("c1").unwrap().lists[&ChildKind::Document].docs[0];
        assert_eq!(stored, &json!({"_id": "d", "filename": "a.pdf"}));
    }
}
