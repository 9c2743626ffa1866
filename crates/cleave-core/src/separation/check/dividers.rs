//! A divider cuts a conversation that was read, leaves messages on both sides, and is the only cause of metadata.

use crate::separation::cut;
use crate::separation::kind::ChildKind;
use crate::separation::plan::{DIVIDED, SeparationPlan};
use crate::separation::problem::{Place, Problem, ProblemCode};
use crate::separation::subject::Subject;
use crate::separation::target::Target;

pub(super) fn check(subject: &Subject, plan: &SeparationPlan, problems: &mut Vec<Problem>) {
    // A divider of a conversation that is not there is named among the children.
    for conversation in &subject.conversations {
        let id = &conversation.id;
        let Some(divider) = plan.dividers.get(id) else { continue };
        let mut at =
            |code, message: &str| problems.push(Problem::new(Place::Divider(id.clone()), code, message));
        match cut::halves(conversation, divider) {
            None if conversation.messages.is_none() => {
                at(ProblemCode::DividerUnknown, "The messages of this conversation have not been read yet.");
            }
            None => {
                at(ProblemCode::DividerUnknown, "The message at the divider is not in this conversation.")
            }
            Some(halves) => {
                if Target::BOTH.iter().any(|side| halves.of(*side).is_empty()) {
                    let message = "The divider leaves one side without messages. Move it, or give the whole conversation to one contact.";
                    at(ProblemCode::DividerEmptyHalf, message);
                }
            }
        }
        if plan.assignment(ChildKind::Conversation, id) != DIVIDED {
            at(ProblemCode::DividedAssigned, "A divided conversation is listed with the original contact.");
        }
    }
    for id in plan.meta.keys().filter(|id| !plan.dividers.contains_key(*id)) {
        let message = "Only a divided conversation makes a new one that can be described.";
        problems.push(Problem::new(Place::Divider(id.clone()), ProblemCode::MetaWithoutCut, message));
    }
}
