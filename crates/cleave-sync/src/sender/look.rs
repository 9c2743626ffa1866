//! Both contacts of a separation as they are now: the one that was there, and the one that it makes, if it is there.

use cleave_core::compare::{Sameness, compare};
use cleave_core::contact::Contact;
use cleave_core::field;
use cleave_core::separation::receipt::{self, Receipt, ReceiptLine};
use cleave_core::separation::{ChildKind, DecidedSeparation, Seen, Sighting, Subject};
use cleave_wire::contact::ContactDto;

use super::Sender;
use crate::failure::{ReadClass, ReadFailure, SyncError};
use crate::read::Holder;

/// Contacts of the list that are read whole because they have the new one's name.
const MOST_NAMESAKES: usize = 5;

/// Contacts that are asked for by name or address.
const NAMESAKES_A_PAGE: u32 = 20;

/// What was seen.
pub(super) struct Looked {
    pub(super) seen: Seen,
    pub(super) original: Subject,
    /// The new contact, or one that may be it.
    pub(super) new: Option<Subject>,
}

/// By what the new contact may be found, the surest first.
const TRACES: [Trace; 3] = [Trace::Conversation, Trace::Number, Trace::Name];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trace {
    /// Whose messages of a conversation are that was to move.
    Conversation,
    /// Who holds the number that it was to have.
    Number,
    /// Who has its name or address.
    Name,
}

impl Sender {
    /// Reads the original contact, and looks for the new one.
    pub(super) async fn look(&self, decided: &DecidedSeparation) -> Result<Looked, SyncError> {
        let original = self.original_now(decided).await?;
        self.look_beside(decided, original).await
    }

    /// Looks for the new contact beside an original that was just read.
    pub(super) async fn look_beside(
        &self,
        decided: &DecidedSeparation,
        original: Subject,
    ) -> Result<Looked, SyncError> {
        let mut tried = vec![original.contact.id.clone()];
        let mut suspect = None;
        for trace in TRACES {
            let mut ids = self.follow(trace, decided, &original).await?;
            ids.retain(|id| !tried.contains(id));
            if trace == Trace::Name {
                ids.truncate(MOST_NAMESAKES);
            }
            for id in ids {
                tried.push(id.clone());
                let new = match self.new_now(decided, &id).await {
                    Ok(new) => new,
                    // Another's, or gone again.
                    Err(SyncError::Read(failure)) if is_of_one_record(&failure) => continue,
                    Err(error) => return Err(error),
                };
                if decided.expected.compare(&original, Some(&new)) == Seen::After {
                    return Ok(Looked { seen: Seen::After, original, new: Some(new) });
                }
                if trace != Trace::Name || decided.expected.looks_like_new(&new) {
                    suspect = suspect.or(Some(new));
                }
            }
        }
        let seen = match suspect {
            Some(_) => Seen::Neither,
            None => decided.expected.compare(&original, None),
        };
        Ok(Looked { seen, original, new: suspect })
    }

    /// The contact that is separated, with the messages of the conversations that are cut.
    pub(super) async fn original_now(&self, decided: &DecidedSeparation) -> Result<Subject, SyncError> {
        let mut now = self.puller.subject_now(&decided.plan.contact_id).await?;
        if decided.knew_more_than(&now) {
            return Err(ReadFailure::new(ReadClass::Broken).into());
        }
        let cut = now.ids(ChildKind::Conversation).filter(|id| decided.plan.dividers.contains_key(*id));
        let cut = cut.map(str::to_owned).collect();
        self.puller.messages_into(&mut now, cut).await?;
        Ok(now)
    }

    /// A contact that may be the new one. Where it has the records of the new one, with the messages of the conversations
    /// that a cut may have made.
    pub(super) async fn new_now(&self, decided: &DecidedSeparation, id: &str) -> Result<Subject, SyncError> {
        let mut now = self.puller.subject_now(id).await?;
        if !decided.expected.after.new.halves.is_empty() && decided.expected.has_records_of_new(&now) {
            let known = decided.expected.before.children.get(&ChildKind::Conversation);
            let made = now.ids(ChildKind::Conversation);
            let made = made.filter(|id| !known.is_some_and(|known| known.contains(*id)));
            let made = made.map(str::to_owned).collect();
            self.puller.messages_into(&mut now, made).await?;
        }
        Ok(now)
    }

    /// Ids of contacts that may be the new one. A trace that cannot be followed leads nowhere.
    async fn follow(
        &self,
        trace: Trace,
        decided: &DecidedSeparation,
        original: &Subject,
    ) -> Result<Vec<String>, ReadFailure> {
        let found = match trace {
            Trace::Conversation => self.holder_of_moved(decided, original).await,
            Trace::Number => match &decided.plan.fields.phone_number.new {
                Some(number) => self.api.holder(number).await.map(|holder| match holder {
                    Holder::Contact(id) => vec![id],
                    Holder::Nobody | Holder::Unknown => Vec::new(),
                }),
                None => Ok(Vec::new()),
            },
            Trace::Name => self.namesakes(decided).await,
        };
        match found {
            Err(failure) if is_of_one_record(&failure) => Ok(Vec::new()),
            found => found,
        }
    }

    /// Whose the messages are of a conversation that was to move and has left the original.
    async fn holder_of_moved(
        &self,
        decided: &DecidedSeparation,
        original: &Subject,
    ) -> Result<Vec<String>, ReadFailure> {
        let moved = decided.expected.after.new.children.get(&ChildKind::Conversation);
        let gone = moved.into_iter().flatten().find(|id| original.conversation(id).is_none());
        let Some(id) = gone else { return Ok(Vec::new()) };
        let messages = self.api.messages(id).await?;
        Ok(messages
            .first()
            .and_then(|message| message.contact_id.text())
            .map(str::to_owned)
            .into_iter()
            .collect())
    }

    /// Contacts with the name of the new one, found by its address and by its name.
    async fn namesakes(&self, decided: &DecidedSeparation) -> Result<Vec<String>, ReadFailure> {
        let fields = &decided.plan.fields;
        let name = format!("{} {}", fields.first_name.new.trim(), fields.last_name.new.trim());
        let texts = [fields.email.new.clone(), Some(name)];
        let mut ids = Vec::new();
        for text in texts.into_iter().flatten().filter(|text| !text.trim().is_empty()) {
            let listed = self.api.contacts_like(text.trim(), NAMESAKES_A_PAGE).await?;
            let namesakes = listed.iter().filter(|dto| is_namesake(decided, dto));
            for id in namesakes.filter_map(|dto| dto.id.text()) {
                if !ids.iter().any(|known| known == id) {
                    ids.push(id.to_owned());
                }
            }
        }
        Ok(ids)
    }
}

/// Whether a contact has the name of the new one, however it is written.
fn is_namesake(decided: &DecidedSeparation, dto: &ContactDto) -> bool {
    let contact = Contact::from(dto);
    let fields = &decided.plan.fields;
    [(field::FIRST_NAME, &fields.first_name.new), (field::LAST_NAME, &fields.last_name.new)].into_iter().all(
        |(path, planned)| {
            let planned = Some(planned.trim()).filter(|text| !text.is_empty());
            let sameness = compare(&path.into(), planned, contact.text(path).as_deref());
            matches!(sameness, Sameness::Equal | Sameness::EqualNormalised | Sameness::BothMissing)
        },
    )
}

/// Whether a failure is about the record that was asked for, and says nothing of others.
fn is_of_one_record(failure: &ReadFailure) -> bool {
    failure.may_lack_route() || matches!(failure.class, ReadClass::Forbidden | ReadClass::Refused)
}

impl Looked {
    /// What was seen, in words.
    pub(super) fn sighting(&self, decided: &DecidedSeparation) -> Sighting {
        decided.expected.sighting(&self.original, self.new.as_ref())
    }

    /// Every contact that was read and matters.
    pub(super) fn contact_ids(&self) -> Vec<String> {
        let both = [Some(&self.original), self.new.as_ref()];
        both.into_iter().flatten().map(|subject| subject.contact.id.clone()).collect()
    }

    /// What became of it beside what was predicted; `None` without a new contact.
    pub(super) fn receipt(&self, decided: &DecidedSeparation, counters: Vec<ReceiptLine>) -> Option<Receipt> {
        let new = self.new.as_ref()?;
        Some(Receipt {
            new_contact_id: Some(new.contact.id.clone()),
            counters,
            contacts: receipt::contacts(decided, &self.original, new),
        })
    }
}
