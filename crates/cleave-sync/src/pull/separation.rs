//! Everything that the separation of a contact is decided on.

use std::collections::HashSet;

use cleave_core::separation::Subject;
use cleave_store::ChildKind;
use cleave_wire::conversation::ConversationDto;
use cleave_wire::decode::decode_value;
use cleave_wire::separate_core;
use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;

use super::{AT_ONCE, Puller};
use crate::disk::on_disk;
use crate::failure::{ReadClass, ReadFailure, SyncError};
use crate::read::Reading;

/// Conversations whose messages are read at a time beside other work.
const FEW_AT_ONCE: usize = 2;

/// What was read of a contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PulledContact {
    /// Why something of it was left out that the server may have; `None` where nothing was.
    pub left_out: Option<ReadFailure>,
}

impl Puller {
    /// Reads a contact with all its records, documents and protection, then the messages of its conversations, several
    /// at a time. Each conversation is stored as it comes, and `on` is told its id. One whose messages are here already,
    /// as many and as late as the server counts, is not read again; one that cannot be read stays unread.
    ///
    /// # Errors
    /// [`SyncError`]: the contact is not there, or not in this organisation ([`ReadClass::NotFound`]), or nothing can be
    /// read for now. What was stored before stays.
    pub async fn pull_separation(
        &self,
        contact_id: &str,
        on: impl Fn(&str) + Send + Sync,
    ) -> Result<(), SyncError> {
        self.read_contact(contact_id, Some(AT_ONCE), on).await.map(drop)
    }

    /// The same beside other work, with little at a time; without messages if they are not wanted.
    ///
    /// # Errors
    /// As [`Puller::pull_separation`].
    pub async fn pull_contact(&self, contact_id: &str, messages: bool) -> Result<PulledContact, SyncError> {
        self.read_contact(contact_id, messages.then_some(FEW_AT_ONCE), |_| {}).await
    }

    /// Reads a contact, and, if they are wanted, the messages of so many conversations at a time.
    async fn read_contact(
        &self,
        contact_id: &str,
        messages: Option<usize>,
        on: impl Fn(&str) + Send + Sync,
    ) -> Result<PulledContact, SyncError> {
        let begun = self.clock.now();
        let (reading, protection) =
            tokio::join!(self.api.everything(contact_id), self.protection(contact_id));
        let mut reading = reading?;
        if reading.is_foreign(self.organization_id.as_deref()) {
            return Err(ReadFailure::new(ReadClass::NotFound).into());
        }
        reading.leave_out_foreign(self.organization_id.as_deref());
        let mut conversations = conversations(&reading);
        let cut_short = reading.lists.get(&ChildKind::Conversation).is_some_and(|list| list.cut_short);
        let mut pulled = PulledContact { left_out: reading.failed.values().next().cloned() };
        self.keep_reading(contact_id, reading, protection?, begun).await?;
        if cut_short {
            // A longer list may have stayed that does not have all of these.
            let listed = self.listed(contact_id).await?;
            conversations.retain(|conversation| listed.contains(&conversation.id));
        }
        let wanted = self.doubtful(contact_id, conversations).await?;
        let Some(at_once) = messages else { return Ok(pulled) };
        let read = self.read_messages(wanted, at_once, on, &mut pulled).await;
        let settled = contact_id.to_owned();
        on_disk(&self.store, move |store| store.settle_contact(&settled)).await?;
        read.map(|()| pulled)
    }

    /// Ids of the conversations in the stored list.
    async fn listed(&self, contact_id: &str) -> Result<HashSet<String>, SyncError> {
        let id = contact_id.to_owned();
        let mut children = on_disk(&self.store, move |store| store.children(&id)).await?;
        let list = children.lists.remove(&ChildKind::Conversation);
        let docs = list.into_iter().flat_map(|list| list.docs);
        Ok(docs.filter_map(|doc| Some(doc.get("_id")?.as_str()?.to_owned())).collect())
    }

    /// The conversations whose messages are to be read. What is stored of them is in doubt until they are.
    async fn doubtful(
        &self,
        contact_id: &str,
        conversations: Vec<ConversationDto>,
    ) -> Result<Vec<String>, SyncError> {
        let (mut right, mut wanted) = (Vec::new(), Vec::new());
        for conversation in conversations {
            let list = if self.is_here(&conversation).await? { &mut right } else { &mut wanted };
            list.push(conversation.id);
        }
        let (id, doubt, now) = (contact_id.to_owned(), wanted.clone(), self.clock.now());
        on_disk(&self.store, move |store| store.doubt_messages(&id, &right, &doubt, now)).await?;
        Ok(wanted)
    }

    async fn read_messages(
        &self,
        wanted: Vec<String>,
        at_once: usize,
        on: impl Fn(&str) + Send + Sync,
        pulled: &mut PulledContact,
    ) -> Result<(), SyncError> {
        let mut answers = stream::iter(wanted)
            .map(|id| async move { (self.api.messages(&id).await, id) })
            .buffer_unordered(at_once);
        let mut odd = 0;
        while let Some((answer, id)) = answers.next().await {
            match answer {
                // One answer in no known form may be about that conversation; many are a portal's.
                Err(failure) if failure.class == ReadClass::NotTheApi && odd < AT_ONCE => {
                    odd += 1;
                    pulled.left_out.get_or_insert(failure);
                }
                Ok(messages) => {
                    let (conversation, now) = (id.clone(), self.clock.now());
                    on_disk(&self.store, move |store| store.put_messages(&conversation, &messages, now))
                        .await?;
                    on(&id);
                }
                Err(failure) if failure.concerns_all() => return Err(failure.into()),
                // The server has no such route: the other conversations would be answered the same.
                Err(failure) if failure.class == ReadClass::Unsupported => {
                    pulled.left_out.get_or_insert(failure);
                    break;
                }
                Err(failure) => drop(pulled.left_out.get_or_insert(failure)),
            }
        }
        Ok(())
    }

    /// A contact with all its records as they are now, without messages; stored on the way. One of another organisation
    /// is answered and not stored.
    ///
    /// # Errors
    /// [`SyncError`], also where a kind of record could not be read: what is judged by this has to be whole.
    pub(crate) async fn subject_now(&self, contact_id: &str) -> Result<Subject, SyncError> {
        let begun = self.clock.now();
        let (reading, protection) =
            tokio::join!(self.api.everything(contact_id), self.protection(contact_id));
        let mut reading = reading?;
        let ours = !reading.is_foreign(self.organization_id.as_deref());
        if ours {
            // As in what the admin was shown: a record that is never shown can be no conflict.
            reading.leave_out_foreign(self.organization_id.as_deref());
        }
        let subject = reading.subject()?;
        if ours {
            self.keep_reading(contact_id, reading, protection?, begun).await?;
        }
        Ok(subject)
    }

    /// Reads the messages of some conversations of a subject, and stores them on the way.
    ///
    /// # Errors
    /// [`SyncError`] where any of them cannot be read.
    pub(crate) async fn messages_into(
        &self,
        subject: &mut Subject,
        conversation_ids: Vec<String>,
    ) -> Result<(), SyncError> {
        let mut answers = stream::iter(conversation_ids)
            .map(|id| async move { (self.api.messages(&id).await, id) })
            .buffer_unordered(AT_ONCE);
        while let Some((answer, id)) = answers.next().await {
            let messages = answer?;
            if let Some(conversation) = subject.conversations.iter_mut().find(|one| one.id == id) {
                conversation.read(separate_core::messages(&messages));
            }
            let now = self.clock.now();
            on_disk(&self.store, move |store| store.put_messages(&id, &messages, now)).await?;
        }
        Ok(())
    }

    /// Whether the messages of a conversation are stored, and nothing that the server says of it speaks against them.
    async fn is_here(&self, conversation: &ConversationDto) -> Result<bool, SyncError> {
        let Some(count) = conversation.message_count.count() else { return Ok(false) };
        let id = conversation.id.clone();
        let Some(stored) = on_disk(&self.store, move |store| store.messages(&id)).await? else {
            return Ok(false);
        };
        let last = stored.last().and_then(|message| message.created_at.as_deref());
        let at = |text: Option<&str>| text.and_then(|text| text.parse::<Timestamp>().ok());
        Ok(u64::try_from(stored.len()) == Ok(count) && at(last) == at(conversation.last_message_time.text()))
    }
}

fn conversations(reading: &Reading) -> Vec<ConversationDto> {
    let list = reading.lists.get(&ChildKind::Conversation);
    let docs = list.into_iter().flat_map(|list| &list.docs);
    docs.filter_map(|doc| decode_value(doc.clone()).ok()).collect()
}
