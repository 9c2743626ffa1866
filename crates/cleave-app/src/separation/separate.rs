//! Separating: the last sheet and the real thing are one function, which stops early for `dryRun`.

use std::sync::Arc;
use std::time::Duration;

use cleave_core::decision::Decision;
use cleave_core::separation::{
    DecidedSeparation, Expected, Preview, Problem, ProblemCode, SeparationPlan, Severity, Subject, preview,
};
use cleave_store::{Entry, NewEntry, Store, StoreError, Superseding, sync_state};
use cleave_wire::separate_core;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::draft::{Draft, in_the_way};
use super::edit::{opened, still_open};
use crate::active::Active;
use crate::feed::Touched;
use crate::ipc::{AppError, ErrorCode, SeparateAnswer, SeparateRequest, SeparationSheet};
use crate::review::kept;
use crate::view::names::Names;
use crate::view::separation::problems::blocked;
use crate::view::separation::sheet::{People, sheet, warn_of_earlier};
use crate::{App, blocking};

impl App {
    /// Separates a contact by its open draft; with `dryRun`, only says what that would do.
    ///
    /// When this answers, the decision is on the disk and the draft is gone; its plan can be had again from the
    /// decision. A second call with the same `opId` saves nothing and answers with the first decision as it stands now.
    /// A separation of the contact that waits in the outbox is replaced; one that may be on its way is not.
    ///
    /// # Errors
    /// `NoAccount`; `Stale`: the draft is not open, or has changed since `revision`; `TooLate`: a separation of the
    /// contact is on its way; `Invalid`: the id of the operation, also where it names another decision, or what blocks
    /// the plan, with its place; `Storage`. Nothing is saved then.
    pub async fn separate(&self, request: SeparateRequest) -> Result<SeparateAnswer, AppError> {
        check(&request.op_id)?;
        let active = self.inner.active()?;
        let times = self.times();
        let worker = Arc::clone(&active);
        let done = blocking(move || separate(&worker, &request, times)).await?;
        self.separated(&active, done).await
    }

    /// Now, and how long a decision can be taken back.
    pub(super) fn times(&self) -> (Timestamp, Duration) {
        (self.inner.config.clock.now(), self.inner.config.cancel_window)
    }

    /// Tells what was saved, and answers.
    pub(super) async fn separated(&self, active: &Active, done: Done) -> Result<SeparateAnswer, AppError> {
        let Some(saved) = done.saved else {
            return Ok(SeparateAnswer { sheet: done.sheet, entry: None, changes: None });
        };
        if let Some(net) = &active.net {
            net.send_wanted.notify_one();
        }
        let entries = saved.superseded.into_iter().chain([saved.op_id.clone()]).collect();
        let told = self.inner.tell(Touched { entries, ..Touched::default() }).await;
        // The decision is on the disk: that it could not be read back for the screen is no failure of it.
        let changes = told
            .inspect_err(|error| tracing::warn!(code = ?error.code, "a saved decision could not be shown"))
            .ok();
        let found = changes.iter().flat_map(|changes| &changes.outbox);
        let entry = match found.into_iter().find(|entry| entry.op_id == saved.op_id) {
            Some(entry) => Some(entry.clone()),
            None => self.outbox_entry(&saved.op_id).await.ok(),
        };
        Ok(SeparateAnswer { sheet: done.sheet, entry, changes })
    }
}

/// What came of it.
pub(super) struct Done {
    pub sheet: SeparationSheet,
    /// `None` for a dry run.
    pub saved: Option<Saved>,
}

pub(super) struct Saved {
    pub op_id: String,
    pub superseded: Option<String>,
}

/// Refuses an id that is no operation's.
///
/// # Errors
/// `Invalid`.
pub(super) fn check(op_id: &str) -> Result<(), AppError> {
    match uuid::Uuid::parse_str(op_id) {
        Ok(_) => Ok(()),
        Err(_) => Err(AppError::new(ErrorCode::Invalid, "The id of the operation is no UUID.").at("opId")),
    }
}

fn separate(
    active: &Active,
    request: &SeparateRequest,
    times: (Timestamp, Duration),
) -> Result<Done, AppError> {
    let SeparateRequest { op_id, contact_id, revision, dry_run } = request;
    if !dry_run && let Some(done) = decided_before(&active.store, op_id, contact_id)? {
        return Ok(done);
    }
    let held = opened(active, contact_id)?;
    // While this is held nothing is written that would bring the draft back.
    let _saving = active.desk.hold_saving();
    let mut draft = still_open(active, contact_id, &held)?;
    if draft.revision != *revision {
        return Err(AppError::new(ErrorCode::Stale, "The plan has changed since you looked at it.")
            .hint("Look at it again; nothing was saved."));
    }
    not_on_its_way(&active.store, contact_id)?;
    let held_by_others = active.store.held_by_others(contact_id, &draft.numbers())?;
    draft.hold(held_by_others);
    let Draft { subject, plan, preview, names, in_the_way, .. } = &*draft;
    let mut sheet = sheet(subject, plan, preview, names);
    if active.store.may_have_been_separated(contact_id, None)? {
        warn_of_earlier(&mut sheet);
    }
    refuse(preview, in_the_way.as_deref())?;
    if *dry_run {
        return Ok(Done { sheet, saved: None });
    }
    let saved = save(&active.store, op_id, (subject, plan, preview), Source::Draft, times)?;
    draft.unsaved = false;
    // While the draft is held: an edit that waits for it must not find it on the desk.
    active.desk.close(contact_id);
    drop(draft);
    Ok(Done { sheet, saved: Some(saved) })
}

/// Where a plan is from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The draft of the contact, which goes with the decision.
    Draft,
    /// A file.
    Elsewhere,
}

/// Saves the decision. What it was made of must be ready to be sent.
pub(super) fn save(
    store: &Store,
    op_id: &str,
    (subject, plan, preview): (&Subject, &SeparationPlan, &Preview),
    source: Source,
    (now, window): (Timestamp, Duration),
) -> Result<Saved, AppError> {
    let request = separate_core::request(plan, subject)
        .map_err(|undecided| AppError::new(ErrorCode::Invalid, format!("{undecided}.")))?;
    let request = serde_json::to_value(&request)
        .map_err(|_| AppError::new(ErrorCode::Invalid, "The plan does not fit into a request."))?;
    let contact_id = subject.contact.id.clone();
    let entry = NewEntry {
        op_id: op_id.to_owned(),
        subject: contact_id.clone(),
        decision: Decision::Separate(Box::new(DecidedSeparation {
            plan: plan.clone(),
            request,
            subject: subject.kept_for(plan),
            expected: Expected::of(subject, plan, preview),
            predicted: preview.summary,
        })),
        // What the admin saw is kept whole, in the decision.
        basis: String::new(),
        seen: Value::Null,
        title: People::of(subject, preview).title(),
        contact_ids: vec![contact_id.clone()],
        predicted: Vec::new(),
        decided_at: now,
        cancel_until: SignedDuration::try_from(window)
            .ok()
            .and_then(|window| now.checked_add(window).ok())
            .unwrap_or(now),
        from_draft: source == Source::Draft,
    };
    let inserted = store.insert_decision(&entry, Superseding::Yes)?;
    if !inserted.fresh {
        is_the_same(&inserted.entry, &contact_id)?;
    }
    Ok(Saved {
        op_id: inserted.entry.op_id.clone(),
        superseded: inserted.superseded.map(|entry| entry.op_id.clone()),
    })
}

/// The answer to a second call with the same id: the first decision, with the sheet it was made from.
pub(super) fn decided_before(store: &Store, op_id: &str, contact_id: &str) -> Result<Option<Done>, AppError> {
    let entry = match store.entry(op_id) {
        Ok(entry) => entry,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    is_the_same(&entry, contact_id)?;
    let Some(decided) = entry.decision.separation() else { return Ok(None) };
    let seen = preview(&decided.subject, &decided.plan);
    let names = Names(kept(store, sync_state::NAMES)?);
    let mut sheet = sheet(&decided.subject, &decided.plan, &seen, &names);
    if store.may_have_been_separated(contact_id, Some(&entry))? {
        warn_of_earlier(&mut sheet);
    }
    Ok(Some(Done { sheet, saved: Some(Saved { op_id: entry.op_id.clone(), superseded: None }) }))
}

/// Refuses an id that was used for something else: whoever asks would take that decision for the one asked for.
fn is_the_same(entry: &Entry, contact_id: &str) -> Result<(), AppError> {
    if entry.decision.separation().is_some() && entry.subject == contact_id {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::Invalid, "The id of the operation was used for another decision.")
        .at("opId"))
}

/// Refuses while a separation of the contact may be on its way.
pub(super) fn not_on_its_way(store: &Store, contact_id: &str) -> Result<(), AppError> {
    match store.separation_of(contact_id)?.and_then(|entry| in_the_way(entry.state)) {
        Some(why) => Err(AppError::new(ErrorCode::TooLate, format!("{why}."))),
        None => Ok(()),
    }
}

/// Refuses a plan that cannot be sent, at the first place that is in the way.
pub(super) fn refuse(preview: &Preview, in_the_way: Option<&str>) -> Result<(), AppError> {
    let Some(why) = blocked(preview, in_the_way) else { return Ok(()) };
    let wrong =
        |problem: &&Problem| problem.severity() == Severity::Error && problem.code != ProblemCode::Undecided;
    let place = preview.problems.iter().find(wrong).and_then(place);
    Err(AppError { field: place, ..AppError::new(ErrorCode::Invalid, why) })
}

/// A line and its side, such as `phoneNumber.new`; nothing for a record.
fn place(problem: &Problem) -> Option<String> {
    match &problem.place {
        cleave_core::separation::Place::Field(path, side) => Some(format!("{path}.{}", side.as_str())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use cleave_core::outbox::Event;
    use cleave_store::Effects;

    use super::super::desk::lock;
    use super::super::trial;
    use super::*;

    const OP: &str = "01939c2e-0000-7000-8000-000000000001";

    fn order(revision: u32, op_id: &str, dry_run: bool) -> SeparateRequest {
        SeparateRequest { op_id: op_id.into(), contact_id: "c1".into(), revision, dry_run }
    }

    fn opened(active: &Active) -> u32 {
        lock(&active.desk.open("c1", trial::ready())).revision
    }

    #[test]
    fn the_sheet_tells_of_an_earlier_separation_whose_answer_was_lost() {
        let (active, _dir) = trial::active();
        let at: Timestamp = "2026-03-01T09:00:00Z".parse().unwrap();
        let times = (at, Duration::ZERO);
        let revision = opened(&active);
        let told = |order: &SeparateRequest| {
            let done = separate(&active, order, times).unwrap();
            done.sheet
                .warnings
                .iter()
                .any(|one| one.starts_with("An earlier separation of this contact was sent"))
        };
        assert!(!told(&order(revision, OP, true)));
        assert!(!told(&order(revision, OP, false)));
        assert!(active.desk.draft("c1").is_none(), "a draft that became a decision is open");
        let step = |event, effects: &Effects| {
            let entry = active.store.entry_head(OP).unwrap();
            active.store.advance(&entry, event, effects).unwrap();
        };
        let plain = Effects::at(at, "");
        assert_eq!(active.store.take_next(at).unwrap().unwrap().op_id, OP);
        step(Event::Unchanged, &Effects { body_hash: Some("00".into()), ..plain.clone() });
        step(Event::Unknown, &plain);
        step(Event::Missing, &plain);
        let revision = opened(&active);
        assert!(told(&order(revision, OP, true)));
        assert!(!told(&order(revision, OP, false)), "the first answer is that of before");
        let second = "01939c2e-0000-7000-8000-000000000002";
        assert!(told(&order(revision, second, false)));
        assert!(told(&order(revision, second, false)), "and so is the second");
    }
}
