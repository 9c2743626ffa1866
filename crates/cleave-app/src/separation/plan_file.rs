//! A separation by a plan from a file: the documented request body.

use std::sync::Arc;

use cleave_store::{CachedSubject, sync_state};
use cleave_wire::decode::decode;
use cleave_wire::separate::SeparateContactRequest;
use cleave_wire::separate_core;

use super::draft::Draft;
use super::separate::{Done, Source, check, decided_before, not_on_its_way, refuse, save};
use crate::ipc::{AppError, ErrorCode, PlannedSeparation, SeparatedByPlan};
use crate::review::kept;
use crate::view::names::Names;
use crate::view::separation::sheet::{sheet, warn_of_earlier};
use crate::view::separation::state::state;
use crate::{App, blocking};

/// Largest plan, in bytes.
pub const LARGEST_PLAN: usize = 16 * 1024 * 1024;

impl App {
    /// Separates a contact by a plan; with `dry_run`, only says what that would do. The contact is read to the end
    /// first, or taken from the cache where the server does not answer.
    ///
    /// Answers also where the plan cannot be sent, with everything that is wrong with it and nothing saved: see
    /// `blocked` of its state. Otherwise as [`App::separate`].
    ///
    /// # Errors
    /// Those of [`App::separate`]; `Invalid` at the place in the plan where it is no request, or none that a plan can
    /// say; `NotFound`, `Unreachable` and the like where the contact's records are nowhere to be had.
    pub async fn separate_by_plan(
        &self,
        contact_id: &str,
        plan: &[u8],
        op_id: &str,
        dry_run: bool,
    ) -> Result<SeparatedByPlan, AppError> {
        check(op_id)?;
        let request = read(plan)?;
        let active = self.inner.active()?;
        if !dry_run {
            let (op, id) = (op_id.to_owned(), contact_id.to_owned());
            let before = active.disk_with(move |store| decided_before(store, &op, &id)).await?;
            if let Some(done) = before {
                let answer = self.separated(&active, done).await?;
                return Ok(SeparatedByPlan { planned: None, answer: Some(answer) });
            }
        }
        let cached = self.all_records(contact_id).await?;
        let (worker, times) = (Arc::clone(&active), self.times());
        let (op, id) = (op_id.to_owned(), contact_id.to_owned());
        let (planned, done) = blocking(move || {
            let draft = planned(&worker.store, &id, cached, &request)?;
            let mut sheet = sheet(&draft.subject, &draft.plan, &draft.preview, &draft.names);
            if worker.store.may_have_been_separated(&id, None)? {
                warn_of_earlier(&mut sheet);
            }
            let planned = PlannedSeparation { sheet: sheet.clone(), state: state(&draft, None) };
            if refuse(&draft.preview, None).is_err() || dry_run {
                return Ok((planned, None));
            }
            not_on_its_way(&worker.store, &id)?;
            // What somebody works on is another plan: it stays.
            let plan = (&*draft.subject, &draft.plan, &draft.preview);
            let saved = save(&worker.store, &op, plan, Source::Elsewhere, times)?;
            Ok((planned, Some(Done { sheet, saved: Some(saved) })))
        })
        .await?;
        let answer = match done {
            Some(done) => Some(self.separated(&active, done).await?),
            None => None,
        };
        Ok(SeparatedByPlan { planned: Some(planned), answer })
    }
}

fn invalid(message: String, at: &str) -> AppError {
    AppError::new(ErrorCode::Invalid, message).at(at)
}

/// Reads a plan file. An error names the place and no value.
fn read(plan: &[u8]) -> Result<SeparateContactRequest, AppError> {
    if plan.len() > LARGEST_PLAN {
        return Err(invalid(format!("The plan has more than {} MB.", LARGEST_PLAN / 1024 / 1024), "plan"));
    }
    decode(plan).map_err(|error| {
        let at = if error.path.is_empty() { "plan".to_owned() } else { error.path.clone() };
        invalid(format!("The plan is no separation request: {error}."), &at)
    })
}

fn planned(
    store: &cleave_store::Store,
    contact_id: &str,
    cached: CachedSubject,
    request: &SeparateContactRequest,
) -> Result<Draft, AppError> {
    let subject = cached.subject;
    let plan = separate_core::plan(request, &subject)
        .map_err(|fault| invalid(format!("The plan cannot be read: {fault}."), &fault.path))?;
    let mut draft = Draft::of(plan, subject, Names(kept(store, sync_state::NAMES)?));
    let held = store.held_by_others(contact_id, &draft.numbers())?;
    draft.hold(held);
    Ok(draft)
}
