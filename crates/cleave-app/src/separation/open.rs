//! Opening the separation of a contact: from the cache at once, and as the server has it as soon as that is read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cleave_core::outbox::State;
use cleave_core::separation::{Drift, Subject};
use cleave_store::{CachedSubject, Entry, EntryHead, StoreError, sync_state};
use jiff::Timestamp;

use super::caps::{ID, within};
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
        within(contact_id, ID, "The id of the contact")?;
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
        let due = active.desk.is_due(contact_id);
        // Where it was read just now and no kind of record was to be had, reading it again brings none either.
        let all_there_is = !due && active.desk.failure(contact_id).is_none();
        if let Some(cached) = cached.filter(|cached| usable(cached) || all_there_is) {
            if is_reachable(active) && due {
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
        None => store.separation_of(contact_id)?,
    };
    close_if_done(active, contact_id)?;
    let (held, mut drift, resumed, newer) = match active.desk.draft(contact_id) {
        Some(held) => (held, Vec::new(), true, Some(subject)),
        None => {
            let (draft, drift) = restored(active, contact_id, subject, names, about.as_ref())?;
            let resumed = draft.is_touched();
            (active.desk.open(contact_id, draft), drift, resumed, None)
        }
    };
    let mut draft = lock(&held);
    // Both are replaced where they change.
    let (subject_before, entry_before) = (Arc::clone(&draft.subject), draft.entry.clone());
    if let Some(subject) = newer {
        drift.extend(draft.follow(subject));
    }
    if let Some(entry) = &from {
        drift.extend(take_plan(&mut draft, entry)?);
    }
    draft.notice(drift);
    draft.in_the_way = obstacle(active, contact_id, about.as_ref());
    let taken_from = about.as_ref().filter(|entry| draft.entry.as_ref() == Some(&entry.op_id));
    draft.refusal = taken_from.and_then(Refusal::of);
    let held_by_others = store.held_by_others(contact_id, &draft.numbers())?;
    draft.hold(held_by_others);
    // Whoever looks at the last sheet meanwhile has to look again only where there is something else to see.
    if !Arc::ptr_eq(&draft.subject, &subject_before) || draft.entry != entry_before {
        draft.revision = active.desk.next_revision();
    }
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
    if took_effect(active, taken_from.as_deref())? {
        discard(active, contact_id)?;
        active.desk.close(contact_id);
    }
    Ok(())
}

/// Throws the stored draft away, where anything can be saved.
fn discard(active: &Active, contact_id: &str) -> Result<(), AppError> {
    let _saving = active.desk.hold_saving();
    if active.writable().is_ok() {
        active.store.discard_draft(contact_id)?;
    }
    Ok(())
}

/// Whether the decision that a plan was taken from has taken effect. One that is not here has not.
fn took_effect(active: &Active, op_id: Option<&str>) -> Result<bool, AppError> {
    let Some(op_id) = op_id else { return Ok(false) };
    match active.store.entry_head(op_id) {
        Ok(head) => Ok(matches!(head.state, State::Applied | State::AppliedElsewhere)),
        Err(StoreError::NotFound) => Ok(false),
        Err(error) => Err(error.into()),
    }
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
        let kept = Kept::read(&stored.doc)?;
        let unchanged = kept.undo.is_empty() && kept.redo.is_empty();
        if !took_effect(active, kept.entry.as_deref().filter(|_| unchanged))? {
            return Ok(Draft::restored(kept, subject, names));
        }
        discard(active, contact_id)?;
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
    let course = active.store.course(&head)?;
    Ok(Some(feed::shown(active, &head, &course)))
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use cleave_core::outbox::Event;
    use cleave_store::Effects;

    use super::super::separate::{Source, save};
    use super::super::trial;
    use super::*;

    fn cached() -> CachedSubject {
        CachedSubject { subject: trial::subject(), read_at: None, unread: Vec::new() }
    }

    #[test]
    fn the_stored_plan_of_a_decision_that_took_effect_does_not_come_back() {
        let (active, _dir) = trial::active();
        let at: Timestamp = "2026-03-01T09:00:00Z".parse().unwrap();
        let draft = trial::ready();
        let plan = (&*draft.subject, &draft.plan, &draft.preview);
        save(&active.store, "op", plan, Source::Draft, (at, Duration::ZERO)).unwrap();
        let entry = active.store.entry("op").unwrap();
        let kept = Kept::of_entry("op", entry.decision.separation().unwrap()).write().unwrap();
        active.store.put_draft("c1", "Jane", &kept, at).unwrap();
        let opened = || {
            let view = open(&active, "c1", cached(), None).unwrap();
            // As the next process finds it.
            active.desk.close("c1");
            (view.resumed, view.entry.is_some())
        };
        assert_eq!(opened(), (true, true));
        let taken = active.store.take_next(at).unwrap().unwrap();
        let effects = Effects { body_hash: Some("00".into()), ..Effects::at(at, "") };
        let sending = active.store.advance(&taken, Event::Unchanged, &effects).unwrap().entry;
        active.store.advance(&sending, Event::Confirmed, &Effects::at(at, "Done.")).unwrap();
        assert_eq!(opened(), (false, false));
        assert!(active.store.draft("c1").unwrap().is_none());
        // A decision that is not here, as in a folder that was carried over, takes nothing away.
        let kept = kept.replace(r#""entry":"op""#, r#""entry":"elsewhere""#);
        active.store.put_draft("c1", "Jane", &kept, at).unwrap();
        assert_eq!((opened().0, opened().0), (true, true));
    }

    #[test]
    fn looking_again_makes_a_new_revision_only_where_something_is_new() {
        let (active, _dir) = trial::active();
        let opened = |cached| open(&active, "c1", cached, None).unwrap().state.revision;
        let first = opened(cached());
        assert_eq!(opened(cached()), first);
        let mut now = cached();
        now.subject.notes.clear();
        let second = opened(now.clone());
        assert_ne!(second, first);
        assert_eq!(opened(now), second);
    }
}
