//! What a separation is decided on, whole, for a command.

use std::collections::BTreeMap;

use cleave_core::separation::Subject;
use cleave_store::{CachedSubject, ChildKind, ChildList, Children};
use serde_json::{Map, Value, json};

use super::caps::{ID, within};
use crate::App;
use crate::ipc::{AppError, ErrorCode, SeparationRecords};

/// The lists of the contract's separation data, by their keys there.
const LISTS: [(ChildKind, &str); 5] = [
    (ChildKind::Conversation, "conversations"),
    (ChildKind::Application, "applications"),
    (ChildKind::Note, "contactNotes"),
    (ChildKind::Reminder, "reminders"),
    (ChildKind::TrainingSnapshot, "trainingSnapshots"),
];

impl App {
    /// The contact with all its records: read to the end first, or from the cache where the server does not answer.
    ///
    /// # Errors
    /// `NoAccount`; `NotFound`, `Unreachable` and the like where the records are nowhere to be had; `Storage`.
    pub async fn separation_data(&self, contact_id: &str) -> Result<SeparationRecords, AppError> {
        let cached = self.all_records(contact_id).await?;
        let active = self.inner.active()?;
        let id = contact_id.to_owned();
        let (contact, children) =
            active.disk(move |store| Ok((store.contact(&id)?, store.children(&id)?))).await?;
        let contact = contact.and_then(|cached| serde_json::to_value(cached.contact).ok());
        Ok(records(contact.unwrap_or(Value::Null), children, &cached))
    }

    /// The records of a contact, read to the end where the server answers.
    pub(super) async fn all_records(&self, contact_id: &str) -> Result<CachedSubject, AppError> {
        within(contact_id, ID, "The id of the contact")?;
        let active = self.inner.active()?;
        let read = self.inner.read_to_end(&active, contact_id).await;
        // What the server says of the contact itself counts; that it cannot be asked does not.
        let refused = |error: &AppError| matches!(error.code, ErrorCode::NotFound | ErrorCode::NotAdmin);
        if let Err(error) = &read
            && refused(error)
        {
            let message = "This contact is not there.";
            return Err(match error.code {
                ErrorCode::NotFound => AppError::new(ErrorCode::NotFound, message)
                    .hint("It may have been deleted, or merged into another."),
                _ => error.clone(),
            });
        }
        let id = contact_id.to_owned();
        let cached = active.disk(move |store| store.subject(&id)).await?;
        let cached = cached.filter(|cached| read.is_ok() || cached.read_at.is_some());
        cached.ok_or_else(|| {
            read.err().unwrap_or_else(|| AppError::new(ErrorCode::NotFound, "This contact is not there."))
        })
    }
}

fn records(contact: Value, children: Children, cached: &CachedSubject) -> SeparationRecords {
    let Children { mut lists, .. } = children;
    let mut data = Map::new();
    data.insert("contact".to_owned(), contact);
    for (kind, key) in LISTS {
        if let Some(ChildList { docs, .. }) = lists.remove(&kind) {
            data.insert(key.to_owned(), json!(docs));
        }
    }
    let subject = &cached.subject;
    SeparationRecords {
        data: Value::Object(data),
        documents: lists.remove(&ChildKind::Document).map(|list| list.docs),
        messages: messages(subject),
        unread: cached.unread.clone(),
        incomplete: subject.incomplete.iter().map(|kind| kind.key().to_owned()).collect(),
        read_at: cached.read_at.map(|at| at.to_string()),
    }
}

fn messages(subject: &Subject) -> BTreeMap<String, u32> {
    let read = subject.conversations.iter().filter_map(|one| Some((one, one.messages.as_ref()?)));
    read.map(|(one, messages)| (one.id.clone(), u32::try_from(messages.len()).unwrap_or(u32::MAX))).collect()
}
