//! A contact with what hangs on it, fresh from the server: by one route where the server has it, else kind by kind.

use std::collections::BTreeMap;

use cleave_core::separation::{ChildKind as CoreKind, Subject};
use cleave_store::{ChildKind, ChildList, Children, ContactReading, ContactUpdate};
use cleave_wire::Maybe;
use cleave_wire::application::{ApplicationListRequest, ApplicationListResponse};
use cleave_wire::contact::ContactDto;
use cleave_wire::conversation::{ChannelType, ConversationsRequest, ConversationsResponse};
use cleave_wire::decode::decode_value;
use cleave_wire::document::{DocumentDto, DocumentListResponse};
use cleave_wire::note::NoteListResponse;
use cleave_wire::protection::ProtectionStatus;
use cleave_wire::reminder::ReminderListResponse;
use cleave_wire::separate_core;
use cleave_wire::separation_data::{SeparationData, SeparationDataResponse};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Number, Value, json};

use super::list::Pages;
use crate::api::Api;
use crate::failure::{ReadClass, ReadFailure};
use crate::route::Route;

/// Records asked for at once by the routes of a single kind.
const LIMIT: u64 = 200;

/// Channels that are asked for by name.
const CHANNELS: [ChannelType; 5] =
    [ChannelType::Sms, ChannelType::Email, ChannelType::Whatsapp, ChannelType::Webchat, ChannelType::Call];

/// Records of one kind, and whether they are all.
pub(crate) struct List {
    pub(crate) docs: Vec<Value>,
    pub(crate) complete: bool,
    /// Whether it lacks records only because something failed that may work the next time.
    pub(crate) cut_short: bool,
}

/// What was read of a contact.
#[derive(Default)]
pub(crate) struct Reading {
    /// The contact by its own route.
    pub(crate) whole: Option<ContactDto>,
    /// The contact as it came with its records.
    pub(crate) part: Option<ContactDto>,
    /// The kinds that were read.
    pub(crate) lists: BTreeMap<ChildKind, List>,
    /// The kinds that could not be read though the server may have them.
    pub(crate) failed: BTreeMap<ChildKind, ReadFailure>,
}

impl Api {
    /// The child records and documents of a contact. A kind that no route lists is missing in the answer.
    ///
    /// # Errors
    /// [`ReadFailure`] where it concerns all reading.
    pub(crate) async fn children(&self, contact_id: &str) -> Result<Reading, ReadFailure> {
        let data = self.separation_data(contact_id).await;
        self.kind_by_kind(Reading::of(data)?, contact_id).await
    }

    /// The same with the contact by its own route.
    ///
    /// # Errors
    /// As [`Api::children`], and [`ReadClass::NotFound`] where neither route knows the contact.
    pub(crate) async fn everything(&self, contact_id: &str) -> Result<Reading, ReadFailure> {
        let (whole, data) = tokio::join!(self.contact(contact_id), self.separation_data(contact_id));
        let mut reading = Reading::of(data)?;
        match whole {
            Ok(contact) => reading.whole = Some(contact),
            // The route may be missing, as long as the contact itself was shown.
            Err(failure) if failure.may_lack_route() && reading.part.is_some() => {}
            Err(failure) => return Err(failure),
        }
        self.kind_by_kind(reading, contact_id).await
    }

    async fn separation_data(&self, contact_id: &str) -> Result<SeparationData, ReadFailure> {
        let answer: SeparationDataResponse = self.get(Route::SeparationData, contact_id, &[]).await?;
        match answer.data.contact.id.text() {
            Some(named) if named != contact_id => Err(ReadFailure::new(ReadClass::NotTheApi)),
            _ => Ok(answer.data),
        }
    }

    /// Adds the kinds that are not there yet, each by its own route.
    async fn kind_by_kind(&self, mut reading: Reading, contact_id: &str) -> Result<Reading, ReadFailure> {
        for kind in ChildKind::ALL {
            if reading.lists.contains_key(&kind) {
                continue;
            }
            match self.one_kind(kind, contact_id).await {
                Ok(Some(mut list)) => {
                    // The route for all kinds would have shown what this one hides.
                    list.cut_short |= reading.failed.remove(&kind).is_some() && !list.complete;
                    reading.lists.insert(kind, list);
                }
                Ok(None) => {}
                Err(failure) if failure.concerns_all() => return Err(failure),
                Err(failure) if failure.may_lack_route() => {}
                Err(failure) => drop(reading.failed.insert(kind, failure)),
            }
        }
        Ok(reading)
    }

    /// The records of one kind by its own route; `None` where no route lists them.
    async fn one_kind(&self, kind: ChildKind, contact: &str) -> Result<Option<List>, ReadFailure> {
        let list = match kind {
            ChildKind::Conversation => self.conversations(contact).await?,
            ChildKind::Application => {
                let mut list = Pages::default();
                while let Some(next) = list.next() {
                    let body = ApplicationListRequest {
                        contact_id: contact.to_owned(),
                        page: Some(next.number + 1),
                        size: Some(LIMIT),
                        ..Default::default()
                    };
                    let answer = self.ask::<ApplicationListResponse>(Route::Applications, &body).await;
                    list.take(answer.map(|page| (documents(&page.data), count(page.total.value()))))?;
                }
                list.list()
            }
            ChildKind::Note => {
                let mut list = Pages::default();
                while let Some(next) = list.next() {
                    let (limit, offset) = (LIMIT.to_string(), next.passed.to_string());
                    let query = [("contactId", contact), ("limit", &limit), ("offset", &offset)];
                    let answer = self.get::<NoteListResponse>(Route::Notes, "", &query).await;
                    list.take(answer.map(|page| {
                        let total = page.pagination.value().and_then(|page| page.total.value());
                        (documents(&page.data), count(total))
                    }))?;
                }
                list.list()
            }
            ChildKind::Reminder => {
                // Only unfired ones of the caller: never all, as far as is known.
                let query = [("contactId", contact)];
                let answer: ReminderListResponse = self.get(Route::Reminders, "", &query).await?;
                List { docs: documents(&answer.data), complete: false, cut_short: false }
            }
            ChildKind::TrainingSnapshot => return Ok(None),
            ChildKind::Document => {
                let answer: DocumentListResponse = self.get(Route::Documents, contact, &[]).await?;
                List { docs: documents(&answer.data), complete: true, cut_short: false }
            }
        };
        Ok(Some(list))
    }

    /// Over every channel this build knows; the route hides all but one. Others may exist.
    async fn conversations(&self, contact: &str) -> Result<List, ReadFailure> {
        let (mut all, mut cut_short) = (Vec::<Value>::new(), false);
        for channel in CHANNELS {
            let body = ConversationsRequest {
                contact_id: contact.to_owned(),
                channel_type: Some(channel),
                ..Default::default()
            };
            let answer: ConversationsResponse = match self.ask(Route::Conversations, &body).await {
                // A channel that this server does not know, or does not answer now.
                Err(failure) if !all.is_empty() && !failure.concerns_all() => {
                    cut_short |= failure.class == ReadClass::Broken;
                    continue;
                }
                answer => answer?,
            };
            for conversation in documents(&answer.conversations) {
                if !all.iter().any(|known| known.get("_id") == conversation.get("_id")) {
                    all.push(conversation);
                }
            }
        }
        Ok(List { docs: all, complete: false, cut_short })
    }
}

impl Reading {
    /// What the route for all kinds gave. Where it failed though the server may have it, only another try shows what it
    /// would have shown.
    fn of(data: Result<SeparationData, ReadFailure>) -> Result<Reading, ReadFailure> {
        let mut reading = Reading::default();
        match data {
            Ok(data) => {
                // An absent kind is unknown, not empty.
                reading.add(ChildKind::Conversation, &data.conversations);
                reading.add(ChildKind::Application, &data.applications);
                reading.add(ChildKind::Note, &data.contact_notes);
                reading.add(ChildKind::Reminder, &data.reminders);
                reading.add(ChildKind::TrainingSnapshot, &data.training_snapshots);
                reading.part = Some(data.contact);
            }
            Err(failure) if failure.concerns_all() => return Err(failure),
            Err(failure) if failure.may_lack_route() => {}
            Err(failure) => {
                let kinds = ChildKind::ALL.into_iter().filter(|kind| *kind != ChildKind::Document);
                reading.failed = kinds.map(|kind| (kind, failure.clone())).collect();
            }
        }
        Ok(reading)
    }

    fn add<T: Serialize>(&mut self, kind: ChildKind, records: &Maybe<Vec<T>>) {
        if let Some(records) = records.value() {
            self.lists.insert(kind, List { docs: documents(records), complete: true, cut_short: false });
        }
    }

    /// The contact as the store puts it together: by its own route, with what came beside its records laid over.
    pub(crate) fn contact(&self) -> Option<ContactDto> {
        let mut document = Map::new();
        for contact in [&self.whole, &self.part].into_iter().flatten() {
            if let Ok(Value::Object(fields)) = serde_json::to_value(contact) {
                document.extend(fields);
            }
        }
        decode_value(Value::Object(document)).ok().filter(|_| self.whole.is_some() || self.part.is_some())
    }

    /// What of it is to be stored, where it began at a time.
    pub(crate) fn to_store(&self, protection: Option<ProtectionStatus>, begun: Timestamp) -> ContactReading {
        let whole = self.whole.clone().map(ContactUpdate::whole);
        let contacts = whole.into_iter().chain(self.part.clone().map(ContactUpdate::part));
        let list = |(kind, list): (&ChildKind, &List)| {
            (*kind, ChildList { docs: list.docs.clone(), complete: list.complete, seen_at: begun })
        };
        let cut_short = self.lists.iter().filter(|(_, list)| list.cut_short).map(|(kind, _)| *kind);
        ContactReading {
            contacts: contacts.map(|contact| contact.begun(begun)).collect(),
            children: Children { lists: self.lists.iter().map(list).collect(), protection },
            cut_short: cut_short.collect(),
            left_out: !self.failed.is_empty(),
            begun,
        }
    }

    /// Whether the contact names another organisation.
    pub(crate) fn is_foreign(&self, organization_id: Option<&str>) -> bool {
        let named = [&self.whole, &self.part].into_iter().flatten();
        let mut named = named.filter_map(|contact| contact.organization_id.text());
        named.any(|named| organization_id.is_some_and(|ours| ours != named))
    }

    /// Leaves out records that name another organisation. A list that had one is not known as a whole.
    pub(crate) fn leave_out_foreign(&mut self, organization_id: Option<&str>) {
        let Some(ours) = organization_id else { return };
        for list in self.lists.values_mut() {
            let before = list.docs.len();
            list.docs.retain(|doc| {
                let named = doc.get("organizationId").and_then(Value::as_str);
                named.is_none_or(|named| named == ours)
            });
            list.complete &= list.docs.len() == before;
        }
    }

    /// The contact as a separation works on it, without messages.
    ///
    /// # Errors
    /// The failure of a kind that could not be read; [`ReadClass::Broken`] where a record is not in the form of its kind.
    pub(crate) fn subject(&self) -> Result<Subject, ReadFailure> {
        if let Some(failure) = self.failed.values().next() {
            return Err(failure.clone());
        }
        let broken = || ReadFailure::new(ReadClass::Broken);
        let mut document = json!({"contact": self.contact().ok_or_else(broken)?});
        for (kind, list) in &self.lists {
            if let Some(kind) = core_kind(*kind) {
                document[kind.key()] = Value::Array(list.docs.clone());
            }
        }
        let data: SeparationData = decode_value(document).map_err(|_| broken())?;
        let mut subject = separate_core::subject(&data);
        let parts = self.lists.iter().filter(|(_, list)| !list.complete);
        subject.incomplete.extend(parts.filter_map(|(kind, _)| core_kind(*kind)));
        if let Some(list) = self.lists.get(&ChildKind::Document).filter(|list| list.complete) {
            let documents: Vec<DocumentDto> =
                decode_value(Value::Array(list.docs.clone())).map_err(|_| broken())?;
            subject.documents = Some(separate_core::documents(&documents));
        }
        Ok(subject)
    }
}

/// The kind by its key in separation data; none for documents, which are no part of it.
fn core_kind(kind: ChildKind) -> Option<CoreKind> {
    match kind {
        ChildKind::Conversation => Some(CoreKind::Conversation),
        ChildKind::Application => Some(CoreKind::Application),
        ChildKind::Note => Some(CoreKind::Note),
        ChildKind::Reminder => Some(CoreKind::Reminder),
        ChildKind::TrainingSnapshot => Some(CoreKind::TrainingSnapshot),
        ChildKind::Document => None,
    }
}

fn documents<T: Serialize>(records: &[T]) -> Vec<Value> {
    records.iter().filter_map(|record| serde_json::to_value(record).ok()).collect()
}

/// How many the server says there are.
fn count(total: Option<&Number>) -> Option<usize> {
    usize::try_from(total?.as_u64()?).ok()
}
