//! The plan as far as it is, and what would come of it.

use cleave_core::separation::{ChildPreview, ChildSide, PredictedSummary};

use super::{cuts, label, lines, problems, side};
use crate::ipc::{CounterView, SeparationState, UnslottedView};
use crate::separation::draft::Draft;
use crate::view::field::readable;

/// The state of a draft. With the places of `before`, only those that are different now are told.
pub(crate) fn state(draft: &Draft, before: Option<&[ChildPreview]>) -> SeparationState {
    let (subject, plan, preview) = (&draft.subject, &draft.plan, &draft.preview);
    let mut lines = lines::lines(subject, plan, &draft.names, &draft.options);
    let mut problems = problems::place(preview, &mut lines);
    if let Some(refusal) = draft.refusal.as_ref().filter(|refusal| refusal.is_of(plan)) {
        problems::place_refusal(refusal, &mut lines, &mut problems);
    }
    let undecided = preview.children.iter().filter(|child| child.side == ChildSide::Undecided).count();
    let unslotted = preview.unslotted.iter().map(|value| UnslottedView {
        label: label::field(value.path.as_str()),
        text: readable(value.path.as_str(), &value.text, &draft.names),
        stays_with: side::side(value.stays_with),
    });
    SeparationState {
        revision: draft.revision,
        lines,
        places: places(&preview.children, before),
        cuts: cuts::cuts(subject, plan),
        undecided: u32::try_from(undecided).unwrap_or(u32::MAX),
        summary: summary(&preview.summary),
        guarded: preview.guard.is_guarded(),
        guard: preview.guard.why().to_owned(),
        unslotted: unslotted.collect(),
        problems,
        blocked: problems::blocked(preview, draft.in_the_way.as_deref()),
        can_undo: !draft.undo.is_empty(),
        can_redo: !draft.redo.is_empty(),
    }
}

/// Where the children are; of two lists of the same children only those that moved.
fn places(now: &[ChildPreview], before: Option<&[ChildPreview]>) -> Vec<crate::ipc::ChildPlaceView> {
    match before.filter(|before| before.len() == now.len()) {
        Some(before) => {
            let moved = now.iter().zip(before).filter(|(now, before)| now != before);
            moved.map(|(now, _)| side::place(now)).collect()
        }
        None => now.iter().map(side::place).collect(),
    }
}

/// The six counters in the order of the contract.
fn summary(predicted: &PredictedSummary) -> Vec<CounterView> {
    let counters = [
        ("conversationsMoved", Some(predicted.conversations_moved)),
        ("applicationsMoved", Some(predicted.applications_moved)),
        ("notesMoved", Some(predicted.notes_moved)),
        ("remindersMoved", Some(predicted.reminders_moved)),
        ("trainingSnapshotsMoved", Some(predicted.training_snapshots_moved)),
        ("messagesReassigned", predicted.messages_reassigned),
    ];
    counters
        .into_iter()
        .map(|(name, count)| CounterView {
            name: name.to_owned(),
            label: label::counter(name),
            count: count.map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
        })
        .collect()
}
