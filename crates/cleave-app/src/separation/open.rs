//! Opening the separation of a contact: from the cache at once, and as the server has it as soon as that is read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cleave_core::outbox::State;
use cleave_core::separation::{Drift, Subject};
use cleave_store::{CachedSubject, Entry, EntryHead, StoreError, sync_state};
use jiff::Timestamp;

use super::desk::lock;
use super::draft::{Draft, in_the_way};
use super::read::is_reachable;
use super::refusal::Refusal;
use super::stored::Kept;
use crate::active::Active;
use crate::ipc::{AppError, Choice, ErrorCode, ProtectionView, SeparationView};
use crate::review::kept;
use crate::view::names::Names;
use crate::view::separation::cards::cards;
use crate::view::separation::drift;
use crate::view::separation::state::state;
use crate::{App, blocking, feed};

impl App {
    /// Opens the separation of a contact: the draft that is open, the one on the disk, the plan of a decision about the
    /// contact that is not settled, or else a new one.
    ///
    /// The cache answers where it has the contact's records, whatever else is still to be read; the server is asked
    /// beside that, and the stream tells the contact when more of it is here. Without the cache the server is waited
    /// for.
    ///
    /// # Errors
    /// `NoAccount`; `NotFound`, `Unreachable` and the like where the records are nowhere to be had; `Storage`, also for
    /// a draft that a newer version wrote, which stays as it is.
    pub async fn separation(&self, contact_id: &str) -> Result<SeparationView, AppError> {
        self.open_separation(contact_id, None).await
    }

    /// As [`App::separation`], with the plan of an entry where there is one.
    pub(super) async fn open_separation(
        &self,
        contact_id: &str,
        entry: Option<Entry>,
    ) -> Result<SeparationView, AppError> {
        let active = self.inner.active()?;
        let cached = self.inner.records(&active, contact_id).await?;
        let (opener, id) = (Arc::clone(&active), contact_id.to_owned());
        blocking(move || open(&opener, &id, cached, entry)).await
    }
}

impl crate::Inner {
    /// The records of a contact as they are cached, read first where they are not, and read again beside that where
    /// they were not read just now.
    pub(super) async fn records(
        self: &Arc<Self>,
        active: &Arc<Active>,
        contact_id: &str,
    ) -> Result<CachedSubject, AppError> {
        let id = contact_id.to_owned();
        let look = move |store: &cleave_store::Store| store.subject(&id);
        let usable = |cached: &CachedSubject| cached.read_at.is_some();
        let cached = active.disk(look.clone()).await?;
        if let Some(cached) = cached.filter(usable) {
            if is_reachable(active) && active.desk.is_due(contact_id) {
                drop(self.read_contact(active, contact_id));
            }
            return Ok(cached);
        }
        let read = self.read_some(active, contact_id).await;
        let cached = active.disk(look).await?;
        // Some kinds may not be to be had at all; those that are count as incomplete.
        cached.filter(|cached| read.is_ok() || usable(cached)).ok_or_else(|| match read {
            Err(error) if error.code != ErrorCode::NotFound => AppError {
                message: format!("The records of this contact are not on this machine. {}", error.message),
                ..error
            },
            _ => AppError::new(ErrorCode::NotFound, "This contact is not there.")
                .hint("It may have been deleted, or merged into another."),
        })
    }
}

/// Opens the draft and shows it. Blocks.
fn open(
    active: &Active,
    contact_id: &str,
    cached: CachedSubject,
    from: Option<Entry>,
) -> Result<SeparationView, AppError> {
    let CachedSubject { subject, read_at, .. } = cached;
    let store = &active.store;
    let names = Names(kept(store, sync_state::NAMES)?);
    let people: BTreeMap<String, String> = kept(store, sync_state::PEOPLE)?;
    let about = match &from {
        Some(entry) => Some(entry.clone()),
        None => store.entry_about(contact_id)?.filter(|entry| entry.decision.separation().is_some()),
    };
    close_if_done(active, contact_id)?;
    let (held, drift, resumed) = match active.desk.draft(contact_id) {
        Some(held) => {
            let drift = lock(&held).follow(subject);
            (held, drift, true)
        }
        None => {
            let (draft, drift) = restored(active, contact_id, subject, names, about.as_ref())?;
            let resumed = draft.is_touched();
            (active.desk.open(contact_id, draft), drift, resumed)
        }
    };
    let (mut draft, mut drift) = (lock(&held), drift);
    if let Some(entry) = &from {
        drift.extend(take_plan(&mut draft, entry)?);
    }
    draft.notice(drift);
    draft.in_the_way = obstacle(active, contact_id, about.as_ref());
    let taken_from = about.as_ref().filter(|entry| draft.entry.as_ref() == Some(&entry.op_id));
    draft.refusal = taken_from.and_then(Refusal::of);
    let held_by_others = store.held_by_others(contact_id, &draft.numbers())?;
    draft.hold(held_by_others);
    draft.revision = active.desk.next_revision();
    if draft.unsaved {
        active.desk.save_wanted.notify_one();
    }
    let entry = entry_of(active, &draft, about.as_ref())?;
    let resumed = resumed && draft.is_touched();
    Ok(show(&draft, people, read_at, resumed, entry))
}

/// Closes a draft that is nothing but the plan of a decision which has taken effect meanwhile: the decision keeps it.
fn close_if_done(active: &Active, contact_id: &str) -> Result<(), AppError> {
    let Some(held) = active.desk.draft(contact_id) else { return Ok(()) };
    let taken_from = {
        let draft = lock(&held);
        let unchanged = draft.undo.is_empty() && draft.redo.is_empty();
        draft.entry.clone().filter(|_| unchanged)
    };
    let Some(op_id) = taken_from else { return Ok(()) };
    if matches!(active.store.entry_head(&op_id)?.state, State::Applied | State::AppliedElsewhere) {
        let _saving = active.desk.hold_saving();
        active.store.discard_draft(contact_id)?;
        active.desk.close(contact_id);
    }
    Ok(())
}

/// The draft of the disk, the plan of an unsettled decision, or a new draft.
fn restored(
    active: &Active,
    contact_id: &str,
    subject: Subject,
    names: Names,
    about: Option<&Entry>,
) -> Result<(Draft, Vec<Drift>), AppError> {
    if let Some(stored) = active.store.draft(contact_id)? {
        return Ok(Draft::restored(Kept::read(&stored.doc)?, subject, names));
    }
    let unsettled = about.filter(|entry| !entry.state.is_final());
    match unsettled.and_then(|entry| Some((entry, entry.decision.separation()?))) {
        Some((entry, decided)) => Ok(Draft::restored(Kept::of_entry(&entry.op_id, decided), subject, names)),
        None => Ok((Draft::start(subject, names), Vec::new())),
    }
}

/// Puts the plan of an entry in the place of the draft's, as one step, and answers what has changed since it was made. A
/// draft that was taken from it already goes on.
fn take_plan(draft: &mut Draft, entry: &Entry) -> Result<Vec<Drift>, AppError> {
    if draft.entry.as_deref() == Some(entry.op_id.as_str()) {
        return Ok(Vec::new());
    }
    let Some(decided) = entry.decision.separation() else { return Ok(Vec::new()) };
    let subject = Subject::clone(&draft.subject);
    let (taken, drift) = Draft::restored(Kept::of_entry(&entry.op_id, decided), subject, Names::default());
    let turn = draft.plan.turned_into(&taken.plan);
    draft.step(turn)?;
    draft.entry = Some(entry.op_id.clone());
    draft.unsaved = true;
    Ok(drift)
}

/// Why the contact cannot be separated whatever the plan is.
fn obstacle(active: &Active, contact_id: &str, about: Option<&Entry>) -> Option<String> {
    let gone = active.desk.failure(contact_id).is_some_and(|error| error.code == ErrorCode::NotFound);
    let gone = gone.then(|| "This contact is not on the server any more".to_owned());
    gone.or_else(|| in_the_way(about?.state))
}

/// The decision that the draft was taken from, or that waits about this contact.
fn entry_of(
    active: &Active,
    draft: &Draft,
    about: Option<&Entry>,
) -> Result<Option<crate::ipc::OutboxEntry>, AppError> {
    let taken: Option<EntryHead> = match &draft.entry {
        Some(op_id) => match active.store.entry_head(op_id) {
            Ok(head) => Some(head),
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        },
        None => None,
    };
    let waiting = about.filter(|entry| !entry.state.is_final()).map(|entry| entry.head.clone());
    let Some(head) = taken.filter(|head| !head.state.is_final()).or(waiting) else { return Ok(None) };
    let attempts = active.store.attempts(&head.op_id)?;
    Ok(Some(feed::shown(active, &head, &attempts)))
}

fn show(
    draft: &Draft,
    people: BTreeMap<String, String>,
    read_at: Option<Timestamp>,
    resumed: bool,
    entry: Option<crate::ipc::OutboxEntry>,
) -> SeparationView {
    let subject = &draft.subject;
    let protection = subject.protection.as_ref();
    SeparationView {
        contact_id: subject.contact.id.clone(),
        name: subject.contact.display_name(),
        read_at: read_at.map(|at| at.to_string()),
        cards: cards(subject, &draft.names),
        protection: protection
            .map(|claim| ProtectionView { owner: claim.owner_name.clone(), until: claim.until.clone() }),
        drift: drift::words(&draft.drift, subject, &draft.names),
        resumed,
        entry,
        users: users(draft, people),
        statuses: statuses(subject),
        state: state(draft, None),
    }
}

/// Everybody who can be assigned, by name: the people of the organisation, and who was met with this contact or is in
/// the plan.
fn users(draft: &Draft, people: BTreeMap<String, String>) -> Vec<Choice> {
    let Draft { subject, plan, names, .. } = draft;
    let of_contact = ["assignees", "userId"].map(|path| subject.contact.text(path).unwrap_or_default());
    let of_contact = of_contact.iter().flat_map(|ids| ids.split(", ")).filter(|id| names.0.contains_key(*id));
    let working = subject.conversations.iter().flat_map(|one| &one.assignees).map(String::as_str);
    let planned = plan.meta.values().flat_map(|meta| meta.assignees.iter().flatten()).map(String::as_str);
    let met: BTreeSet<&str> = of_contact.chain(working).chain(planned).filter(|id| !id.is_empty()).collect();
    let met = met.into_iter().filter(|id| !people.contains_key(*id));
    let met: Vec<Choice> = met.map(|id| Choice { id: id.to_owned(), label: names.read(id) }).collect();
    let mut users: Vec<Choice> =
        people.into_iter().map(|(id, label)| Choice { id, label }).chain(met).collect();
    users.sort_by_cached_key(|user| (user.label.to_lowercase(), user.id.clone()));
    users
}

fn statuses(subject: &Subject) -> Vec<String> {
    let words: BTreeSet<&String> =
        subject.conversations.iter().filter_map(|one| one.status.as_ref()).collect();
    words.into_iter().cloned().collect()
}
