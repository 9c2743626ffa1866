//! What a separation works on, put together from what is known of a contact.

use cleave_core::separation::{ChildKind as CoreKind, Document, Subject};
use cleave_wire::Maybe;
use cleave_wire::contact::ContactDto;
use cleave_wire::document::DocumentDto;
use cleave_wire::separate_core;
use cleave_wire::separation_data::SeparationData;
use jiff::Timestamp;
use rusqlite::Connection;
use serde::de::DeserializeOwned;

use super::child::{self, ChildKind};
use super::{contact, document, message, protection};
use crate::error::Result;
use crate::store::Store;

/// A contact with everything that hangs on it, as far as it is cached.
#[derive(Clone, PartialEq)]
pub struct CachedSubject {
    /// The contact. A kind that is unknown, or of which records may be missing, is in `incomplete`; the numbers that
    /// other contacts hold are not in it ([`Store::held_by_others`]).
    pub subject: Subject,
    /// When the contact, its kinds of child records and its messages were read, of what is known the part read longest
    /// ago; `None` where no kind is known.
    pub read_at: Option<Timestamp>,
    /// Conversations whose messages are not here, or are not all as the server counts them.
    pub unread: Vec<String>,
}

/// Personal data: only the id is printed.
impl std::fmt::Debug for CachedSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CachedSubject({}, unread: {})", self.subject.contact.id, self.unread.len())
    }
}

impl Store {
    /// A contact with its child records, documents, protection and messages; `None` if the contact is not known.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn subject(&self, contact_id: &str) -> Result<Option<CachedSubject>> {
        let mut reader = self.cache_reader();
        // One transaction, so that lists and messages are of one moment.
        let db = reader.transaction()?;
        let Some(row) = contact::stored(&db, contact_id)? else { return Ok(None) };
        let mut kinds = Kinds { db: &db, contact_id, read_at: None, incomplete: Vec::new() };
        let data = SeparationData {
            contact: document::<ContactDto>(&row.doc, "contact")?,
            conversations: kinds.read(ChildKind::Conversation, CoreKind::Conversation)?,
            applications: kinds.read(ChildKind::Application, CoreKind::Application)?,
            contact_notes: kinds.read(ChildKind::Note, CoreKind::Note)?,
            reminders: kinds.read(ChildKind::Reminder, CoreKind::Reminder)?,
            training_snapshots: kinds.read(ChildKind::TrainingSnapshot, CoreKind::TrainingSnapshot)?,
            ..SeparationData::default()
        };
        let (mut read_at, incomplete) = (kinds.read_at.map(|at| at.min(row.read_at())), kinds.incomplete);
        let mut subject = separate_core::subject(&data);
        subject.incomplete.extend(incomplete);
        subject.documents = documents(&db, contact_id)?;
        subject.protection =
            protection::of(&db, contact_id)?.and_then(|status| separate_core::protection(&status));
        let mut unread = Vec::new();
        for conversation in &mut subject.conversations {
            let stored = message::of(&db, &conversation.id)?;
            if stored.as_ref().is_none_or(|stored| stored.stale) {
                unread.push(conversation.id.clone());
            }
            if let Some(stored) = stored {
                read_at = read_at.map(|at| at.min(stored.seen_at));
                conversation.messages = Some(stored.messages);
            }
        }
        Ok(Some(CachedSubject { subject, read_at, unread }))
    }
}

/// Reads the lists of a contact, and remembers what is doubtful about them.
struct Kinds<'a> {
    db: &'a Connection,
    contact_id: &'a str,
    read_at: Option<Timestamp>,
    incomplete: Vec<CoreKind>,
}

impl Kinds<'_> {
    /// The records of a kind; absent if it is unknown. One that is not in the form of its kind is left out, and the
    /// list counts as incomplete: nothing is decided about a record that cannot be shown.
    fn read<T: DeserializeOwned>(&mut self, kind: ChildKind, core: CoreKind) -> Result<Maybe<Vec<T>>> {
        let Some((complete, seen_at)) = child::list(self.db, self.contact_id, kind)? else {
            return Ok(Maybe::Absent);
        };
        self.read_at = Some(self.read_at.map_or(seen_at, |at| at.min(seen_at)));
        let (records, all) = records(self.db, self.contact_id, kind)?;
        if !(complete && all) {
            self.incomplete.push(core);
        }
        Ok(Maybe::Value(records))
    }
}

/// The documents, if all of them are known.
fn documents(db: &Connection, contact_id: &str) -> Result<Option<Vec<Document>>> {
    match child::list(db, contact_id, ChildKind::Document)? {
        Some((true, _)) => {
            let (dtos, all) = records::<DocumentDto>(db, contact_id, ChildKind::Document)?;
            Ok(all.then(|| separate_core::documents(&dtos)))
        }
        _ => Ok(None),
    }
}

/// The records of a kind that are in its form, and whether those are all that are stored.
fn records<T: DeserializeOwned>(
    db: &Connection,
    contact_id: &str,
    kind: ChildKind,
) -> Result<(Vec<T>, bool)> {
    let (mut read, mut all) = (Vec::new(), true);
    child::each(db, contact_id, kind.as_str(), |doc| {
        match serde_json::from_str(doc) {
            Ok(record) => read.push(record),
            Err(_) => all = false,
        }
        Ok(())
    })?;
    Ok((read, all))
}

#[cfg(test)]
#[path = "subject_tests.rs"]
mod tests;
