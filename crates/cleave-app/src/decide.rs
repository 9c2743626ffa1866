//! Deciding: the preview and the real thing are one function, which stops early for `dryRun`.

use std::collections::BTreeMap;
use std::time::Duration;

use cleave_core::decision::{Decision, NOTE_LIMIT};
use cleave_core::field::{FieldPath, Side};
use cleave_core::merge::MergePlan;
use cleave_core::outbox::{Event, step};
use cleave_core::reconcile::basis_of;
use cleave_core::review::Review;
use cleave_store::{Entry, NewEntry, Predicted, Store, StoreError, Superseding};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::App;
use crate::feed::Touched;
use crate::ipc::{AppError, DecideAnswer, DecideRequest, DecisionInput, ErrorCode, FieldPick, MergePreview};
use crate::review::{Loaded, not_here};
use crate::view;
use crate::view::children::moving;
use crate::view::merge::{Around, plan_of, preview};
use crate::view::review::{name, resolved};
use crate::view::row::{into, pair};

impl App {
    /// Decides about a review; with `dryRun`, only says what that would do.
    ///
    /// When this answers, the decision is on the disk. A second call with the same `opId` saves nothing and answers
    /// with the first decision as it stands now. A decision that waits in the outbox is replaced by a later one about
    /// the same review; one that may be on its way is not.
    ///
    /// # Errors
    /// `NoAccount`; `NotFound` (review); `Stale`: the review is not what `basedOn` was made from; `TooLate`: it is
    /// resolved, or a decision about it is on its way; `Invalid`: the id of the operation, also where it names a
    /// decision other than this one, the note, a pick, or what the preview calls blocking; `Storage`. Nothing is saved
    /// then.
    pub async fn decide(&self, request: DecideRequest) -> Result<DecideAnswer, AppError> {
        let app = &self.inner;
        let active = app.active()?;
        check(&request)?;
        let (now, window) = (app.config.clock.now(), app.config.cancel_window);
        let done = active.disk_with(move |store| decide(store, request, now, window)).await?;
        let Some(saved) = done.saved else {
            return Ok(DecideAnswer { preview: done.preview, entry: None, changes: None });
        };
        if let Some(net) = &active.net {
            net.send_wanted.notify_one();
        }
        let entries = saved.superseded.into_iter().chain([saved.op_id.clone()]).collect();
        let told = app.tell(Touched { decided: vec![saved.review_id], entries, ..Touched::default() }).await;
        // The decision is on the disk: that it could not be read back for the screen is no failure of it.
        let changes = told
            .inspect_err(|error| tracing::warn!(code = ?error.code, "a saved decision could not be shown"))
            .ok();
        let told = changes.iter().flat_map(|changes| &changes.outbox);
        let entry = match told.into_iter().find(|entry| entry.op_id == saved.op_id) {
            Some(entry) => Some(entry.clone()),
            None => self.outbox_entry(&saved.op_id).await.ok(),
        };
        Ok(DecideAnswer { preview: done.preview, entry, changes })
    }
}

/// What came of it.
struct Done {
    preview: Option<MergePreview>,
    /// `None` for a dry run.
    saved: Option<Saved>,
}

struct Saved {
    op_id: String,
    review_id: String,
    superseded: Option<String>,
}

/// What can be said about a request without the review.
fn check(request: &DecideRequest) -> Result<(), AppError> {
    if uuid::Uuid::parse_str(&request.op_id).is_err() {
        return Err(AppError::new(ErrorCode::Invalid, "The id of the operation is no UUID.").at("opId"));
    }
    let (DecisionInput::Merge { note, .. } | DecisionInput::KeepSeparate { note }) = &request.decision;
    let length = note.as_deref().map_or(0, |note| note.chars().count());
    if length > NOTE_LIMIT {
        let message = format!("The note has {length} characters; {NOTE_LIMIT} are the most.");
        return Err(AppError::new(ErrorCode::Invalid, message).at("note"));
    }
    Ok(())
}

fn decide(store: &Store, request: DecideRequest, now: Timestamp, window: Duration) -> Result<Done, AppError> {
    let DecideRequest { op_id, review_id, based_on, decision, dry_run } = request;
    if !dry_run && let Some(done) = decided_before(store, &op_id, &review_id, &decision)? {
        return Ok(done);
    }
    let loaded = Loaded::read(store, &review_id)?.ok_or_else(not_here)?;
    still_decidable(&loaded, &based_on)?;
    let asked = decision.clone();
    let (decision, plan) = plan_decision(&loaded, decision)?;
    let shown = plan.as_ref().map(|plan| show(plan, &loaded));
    if dry_run {
        return Ok(Done { preview: shown, saved: None });
    }
    if let Some(problem) = shown.iter().flat_map(|preview| &preview.problems).find(|problem| problem.blocking)
    {
        return Err(AppError {
            field: problem.field.clone(),
            ..AppError::new(ErrorCode::Invalid, &problem.message)
        });
    }
    let entry = entry(op_id, decision, plan.as_ref(), &loaded.cached.review, now, window);
    let inserted = store.insert_decision(&entry, Superseding::Yes).map_err(|error| match error {
        // The sender took the earlier one up meanwhile.
        StoreError::Step(_) | StoreError::LostRace { .. } => on_its_way(),
        error => error.into(),
    })?;
    if !inserted.fresh {
        is_the_same(&inserted.entry, &review_id, &asked)?;
    }
    Ok(Done {
        preview: shown,
        saved: Some(Saved {
            op_id: inserted.entry.head.op_id,
            review_id,
            superseded: inserted.superseded.map(|entry| entry.op_id),
        }),
    })
}

/// The answer to a second call with the same id: the first decision, with the preview as it would be now.
fn decided_before(
    store: &Store,
    op_id: &str,
    review_id: &str,
    asked: &DecisionInput,
) -> Result<Option<Done>, AppError> {
    let entry = match store.entry(op_id) {
        Ok(entry) => entry,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    is_the_same(&entry, review_id, asked)?;
    let loaded = Loaded::read(store, review_id)?;
    let preview = match (&entry.decision, &loaded) {
        (Decision::Merge { choices, .. }, Some(loaded)) => {
            Some(show(&plan_of(&loaded.cached.review, choices, &loaded.rules), loaded))
        }
        _ => None,
    };
    let saved = Saved { op_id: entry.head.op_id, review_id: entry.head.subject, superseded: None };
    Ok(Some(Done { preview, saved: Some(saved) }))
}

/// Refuses an id that was used for something else: whoever asks would take that decision for the one asked for. What a
/// pick leaves out follows from the contacts as they were then, so only picks that contradict count.
fn is_the_same(entry: &Entry, review_id: &str, asked: &DecisionInput) -> Result<(), AppError> {
    let decided = match (&entry.decision, asked) {
        (Decision::Merge { choices, note }, DecisionInput::Merge { picks, note: asked }) => {
            let fits = |pick: &FieldPick| {
                let chosen = choices.get(&FieldPath::new(&pick.path));
                chosen.is_none_or(|chosen| *chosen == view::side(pick.side))
            };
            *note == written(asked.clone()) && picks.iter().all(fits)
        }
        (Decision::KeepSeparate { note }, DecisionInput::KeepSeparate { note: asked }) => {
            *note == written(asked.clone())
        }
        _ => false,
    };
    if decided && entry.subject == review_id {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::Invalid, "The id of the operation was used for another decision.")
        .at("opId"))
}

/// A note as it is stored: without blanks around it, and none where nothing is left.
fn written(note: Option<String>) -> Option<String> {
    note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty())
}

fn still_decidable(loaded: &Loaded, based_on: &str) -> Result<(), AppError> {
    let review = &loaded.cached.review;
    if !loaded.cached.open || review.status.is_resolved() {
        let how = resolved(review).unwrap_or_else(|| "Resolved".to_owned());
        return Err(AppError::new(ErrorCode::TooLate, format!("This review is resolved already: {how}.")));
    }
    if let Some((entry, _)) = &loaded.decision {
        let settled = entry.state.is_final() && !withdrawn(entry.state);
        if settled {
            return Err(AppError::new(
                ErrorCode::TooLate,
                "Your decision about this review has been carried out.",
            ));
        }
        if !entry.state.is_final() && step(entry.state, Event::Supersede).is_err() {
            return Err(on_its_way());
        }
    }
    if basis_of(review) != based_on {
        return Err(AppError::new(ErrorCode::Stale, "The review has changed since you looked at it.")
            .hint("Look at it again; nothing was saved."));
    }
    Ok(())
}

/// Why a decision that is being sent is not replaced.
fn on_its_way() -> AppError {
    AppError::new(ErrorCode::TooLate, "Your decision about this review is on its way.")
        .hint("Wait until the outbox says what became of it.")
}

/// Whether the decision was taken back or replaced, so that it stands in nobody's way.
fn withdrawn(state: cleave_core::outbox::State) -> bool {
    use cleave_core::outbox::State;
    matches!(state, State::Withdrawn | State::Superseded)
}

/// The decision as it is stored, and for a merge its plan. The plan's choices are stored, not the picks, so that what
/// was previewed is what is sent.
fn plan_decision(loaded: &Loaded, input: DecisionInput) -> Result<(Decision, Option<MergePlan>), AppError> {
    match input {
        DecisionInput::KeepSeparate { note } => Ok((Decision::KeepSeparate { note: written(note) }, None)),
        DecisionInput::Merge { picks, note } => {
            let picks: BTreeMap<FieldPath, Side> = picks
                .into_iter()
                .map(|FieldPick { path, side }| (FieldPath::new(path), view::side(side)))
                .collect();
            let plan = plan_of(&loaded.cached.review, &picks, &loaded.rules);
            if let Some(path) = picks.keys().find(|path| !plan.fields.iter().any(|f| f.path == **path)) {
                let message = format!("Neither contact has a field “{path}”.");
                return Err(AppError::new(ErrorCode::Invalid, message).at(path.as_str()));
            }
            Ok((Decision::Merge { choices: plan.field_choices(), note: written(note) }, Some(plan)))
        }
    }
}

fn show(plan: &MergePlan, loaded: &Loaded) -> MergePreview {
    let around = Around {
        moving: moving(&loaded.source_children),
        cascades: loaded.cascades.clone(),
        earlier: loaded.earlier(),
    };
    preview(plan, &loaded.cached.review, &loaded.names, around)
}

fn entry(
    op_id: String,
    decision: Decision,
    plan: Option<&MergePlan>,
    review: &Review,
    now: Timestamp,
    window: Duration,
) -> NewEntry {
    let (source, candidate) = (name(&review.source), name(&review.candidate));
    let title = match decision {
        Decision::Merge { .. } => into(&source, &candidate),
        Decision::KeepSeparate { .. } | Decision::Separate(_) | Decision::Settings(_) => {
            pair(&source, &candidate)
        }
    };
    let predicted = plan.into_iter().flat_map(|plan| &plan.fields).filter(|field| field.choosable);
    NewEntry {
        op_id,
        subject: review.id.clone(),
        decision,
        basis: basis_of(review),
        title,
        contact_ids: vec![review.source.id.clone(), review.candidate.id.clone()],
        predicted: predicted
            .map(|field| Predicted { path: field.path.as_str().to_owned(), value: field.result.clone() })
            .collect(),
        seen: seen(review),
        decided_at: now,
        cancel_until: SignedDuration::try_from(window)
            .ok()
            .and_then(|window| now.checked_add(window).ok())
            .unwrap_or(now),
        from_draft: false,
    }
}

/// Both contacts as the admin saw them, for the screen that compares them with what the server has by then.
fn seen(review: &Review) -> Value {
    let side = |contact: Option<&cleave_core::contact::Contact>| -> Value {
        let Some(contact) = contact else { return Value::Null };
        contact
            .paths()
            .into_iter()
            .map(|path| (path.as_str().to_owned(), Value::from(contact.text(path.as_str()))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    json!({ "source": side(review.source.known()), "candidate": side(review.candidate.known()) })
}
