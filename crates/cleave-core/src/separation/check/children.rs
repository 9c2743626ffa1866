//! Every child has a side, and the plan names no others.

use std::collections::BTreeSet;

use crate::separation::kind::ChildKind;
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
    for child in preview.children.iter().filter(|child| child.side == ChildSide::Undecided) {
        let message = format!("Say which contact this {} goes to.", child.kind.noun());
        let place = Place::Child(child.kind, child.id.clone());
        problems.push(Problem::new(place, ProblemCode::Undecided, message));
    }
    for kind in ChildKind::ALL {
        let known: BTreeSet<&str> = subject.ids(kind).collect();
        for id in plan.children.get(&kind).into_iter().flatten().map(|(id, _)| id) {
            if !known.contains(id.as_str()) {
                let message = format!("The contact has no such {}.", kind.noun());
                problems.push(Problem::new(
                    Place::Child(kind, id.clone()),
                    ProblemCode::UnknownChild,
                    message,
                ));
            }
        }
    }
}
