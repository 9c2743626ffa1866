//! What concerns the plan as a whole.

use std::collections::BTreeSet;

use crate::separation::cut::CutPreview;
use crate::separation::plan::SeparationPlan;
use crate::separation::preview::{ChildSide, Preview};
use crate::separation::problem::{Place, Problem, ProblemCode};
use crate::separation::subject::Subject;

pub(super) fn check(
    subject: &Subject,
    plan: &SeparationPlan,
    preview: &Preview,
    problems: &mut Vec<Problem>,
) {
    let mut whole = |code, message: String| problems.push(Problem::new(Place::Whole, code, message));
    if plan.contact_id != subject.contact.id {
        whole(ProblemCode::WrongContact, "This plan was made for another contact.".to_owned());
    }
    if plan.fields.pipeline_id != plan.fields.pipeline_stage {
        let message = "The pipeline and its stage go to different contacts, where the stage means nothing.";
        whole(ProblemCode::PipelineApart, message.to_owned());
    }
    if subject.protection.is_some() {
        whole(ProblemCode::Protected, "A colleague is at work with this contact.".to_owned());
    }
    let fields: BTreeSet<&str> = preview.unslotted.iter().map(|entry| entry.path.as_str()).collect();
    if !fields.is_empty() {
        let list = fields.into_iter().collect::<Vec<_>>().join(", ");
        whole(
            ProblemCode::Unslotted,
            format!("These fields cannot be divided and stay with the original contact: {list}."),
        );
    }
    if !moves_anything(plan, preview) {
        let message = "The new contact gets no record, document or message.";
        whole(ProblemCode::NothingMoved, message.to_owned());
    }
    if subject.documents.is_none() {
        let message = "The documents could not be read: all of them stay with the original contact.";
        whole(ProblemCode::Incomplete, message.to_owned());
    }
    for kind in &subject.incomplete {
        let message = format!(
            "The server did not list every {}: one that is missing here is not divided.",
            kind.noun()
        );
        whole(ProblemCode::Incomplete, message);
    }
}

fn moves_anything(plan: &SeparationPlan, preview: &Preview) -> bool {
    let messages = |cut: &CutPreview| cut.halves.new.count > 0;
    preview.children.iter().any(|child| child.side == ChildSide::New)
        || preview.cuts.iter().any(messages)
        || !plan.fields.documents.new.is_empty()
}
