//! What hangs on a contact: by one route where the server has it, else kind by kind.

use std::collections::BTreeMap;

use cleave_store::{ChildKind, ChildList, Children, ContactUpdate};
use cleave_wire::Maybe;
use cleave_wire::application::{ApplicationListRequest, ApplicationListResponse};
use cleave_wire::conversation::{ChannelType, ConversationsRequest, ConversationsResponse};
use cleave_wire::document::DocumentListResponse;
use cleave_wire::note::NoteListResponse;
use cleave_wire::protection::ProtectionStatusResponse;
use cleave_wire::reminder::ReminderListResponse;
use cleave_wire::separation_data::{SeparationData, SeparationDataResponse};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Number, Value};

use super::Puller;
use crate::disk::on_disk;
use crate::failure::{ReadFailure, SyncError};
use crate::route::Route;

/// Records asked for at once by the routes of a single kind. More of them make the list incomplete.
const LIMIT: u64 = 200;

/// Channels that are asked for by name.
const CHANNELS: [ChannelType; 5] =
    [ChannelType::Sms, ChannelType::Email, ChannelType::Whatsapp, ChannelType::Webchat, ChannelType::Call];

type Lists = BTreeMap<ChildKind, ChildList>;

impl Puller {
    /// Reads the child records, documents and protection of a contact. Answers the kinds that are unknown, or of which
    /// some records may be missing.
    ///
    /// # Errors
    /// [`SyncError`]; a kind that is not to be had is no error.
    pub async fn pull_children(&self, contact_id: &str) -> Result<Vec<ChildKind>, SyncError> {
        let now = self.clock.now();
        let mut lists = Lists::new();
        match self.api.get::<SeparationDataResponse>(Route::SeparationData, contact_id, &[]).await {
            Ok(answer) => {
                let contact = answer.data.contact.clone();
                add_all(&mut lists, answer.data, now);
                let updates = [ContactUpdate::part(contact)];
                on_disk(&self.store, move |store| store.put_contacts(&updates, now)).await?;
            }
            Err(failure) if failure.concerns_all() => return Err(failure.into()),
            Err(_) => {}
        }
        let missing: Vec<ChildKind> =
            ChildKind::ALL.into_iter().filter(|kind| !lists.contains_key(kind)).collect();
        for kind in missing {
            if let Some((docs, complete)) = unless_all(self.one_kind(kind, contact_id).await)?.flatten() {
                lists.insert(kind, ChildList { docs, complete, seen_at: now });
            }
        }
        let protection = self.api.get::<ProtectionStatusResponse>(Route::Protection, contact_id, &[]).await;
        let protection = unless_all(protection)?.map(|answer| answer.data);
        let doubtful =
            ChildKind::ALL.into_iter().filter(|kind| lists.get(kind).is_none_or(|list| !list.complete));
        let doubtful = doubtful.collect();
        let (id, children) = (contact_id.to_owned(), Children { lists, protection });
        on_disk(&self.store, move |store| store.put_children(&id, &children, now)).await?;
        Ok(doubtful)
    }

    /// The records of one kind by its own route, and whether they are all; `None` where no route lists them.
    async fn one_kind(
        &self,
        kind: ChildKind,
        contact: &str,
    ) -> Result<Option<(Vec<Value>, bool)>, ReadFailure> {
        let read = match kind {
            ChildKind::Conversation => (self.conversations(contact).await?, false),
            ChildKind::Application => {
                let body = ApplicationListRequest {
                    contact_id: contact.to_owned(),
                    page: Some(1),
                    size: Some(LIMIT),
                    ..Default::default()
                };
                let answer: ApplicationListResponse = self.api.ask(Route::Applications, &body).await?;
                let read = documents(&answer.data);
                let complete = is_all(answer.total.value(), &read);
                (read, complete)
            }
            ChildKind::Note => {
                let query = [("contactId", contact), ("limit", "200"), ("offset", "0")];
                let answer: NoteListResponse = self.api.get(Route::Notes, "", &query).await?;
                let read = documents(&answer.data);
                let complete = is_all(answer.pagination.value().and_then(|page| page.total.value()), &read);
                (read, complete)
            }
            ChildKind::Reminder => {
                // Only unfired ones of the caller: never all, as far as is known.
                let query = [("contactId", contact)];
                let answer: ReminderListResponse = self.api.get(Route::Reminders, "", &query).await?;
                (documents(&answer.data), false)
            }
            ChildKind::TrainingSnapshot => return Ok(None),
            ChildKind::Document => {
                let answer: DocumentListResponse = self.api.get(Route::Documents, contact, &[]).await?;
                (documents(&answer.data), true)
            }
        };
        Ok(Some(read))
    }

    /// Over every channel this build knows; the route hides all but one. Others may exist.
    async fn conversations(&self, contact: &str) -> Result<Vec<Value>, ReadFailure> {
        let mut all: Vec<Value> = Vec::new();
        for channel in CHANNELS {
            let body = ConversationsRequest {
                contact_id: contact.to_owned(),
                channel_type: Some(channel),
                ..Default::default()
            };
            let answer: ConversationsResponse = match self.api.ask(Route::Conversations, &body).await {
                // A channel that this server does not know.
                Err(failure) if !all.is_empty() && !failure.concerns_all() => continue,
                answer => answer?,
            };
            for conversation in documents(&answer.conversations) {
                if !all.iter().any(|known| known.get("_id") == conversation.get("_id")) {
                    all.push(conversation);
                }
            }
        }
        Ok(all)
    }
}

/// An absent kind is unknown, not empty.
fn add_all(lists: &mut Lists, data: SeparationData, now: Timestamp) {
    add(lists, ChildKind::Conversation, &data.conversations, now);
    add(lists, ChildKind::Application, &data.applications, now);
    add(lists, ChildKind::Note, &data.contact_notes, now);
    add(lists, ChildKind::Reminder, &data.reminders, now);
    add(lists, ChildKind::TrainingSnapshot, &data.training_snapshots, now);
}

fn add<T: Serialize>(lists: &mut Lists, kind: ChildKind, records: &Maybe<Vec<T>>, now: Timestamp) {
    if let Some(records) = records.value() {
        lists.insert(kind, ChildList { docs: documents(records), complete: true, seen_at: now });
    }
}

fn documents<T: Serialize>(records: &[T]) -> Vec<Value> {
    records.iter().filter_map(|record| serde_json::to_value(record).ok()).collect()
}

/// Whether these are as many as the server says there are. If it does not say, nobody knows.
fn is_all(total: Option<&Number>, records: &[Value]) -> bool {
    let total = total.and_then(Number::as_u64).and_then(|total| usize::try_from(total).ok());
    total.is_some_and(|total| total <= records.len())
}

/// A failure that concerns this reading only leaves its kind unknown.
fn unless_all<T>(answer: Result<T, ReadFailure>) -> Result<Option<T>, ReadFailure> {
    match answer {
        Ok(read) => Ok(Some(read)),
        Err(failure) if failure.concerns_all() => Err(failure),
        Err(_) => Ok(None),
    }
}
