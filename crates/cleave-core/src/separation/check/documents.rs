//! Documents are a partition: each is on exactly one side.

use std::collections::BTreeSet;

use crate::separation::plan::SeparationPlan;
use crate::separation::problem::{Problem, ProblemCode};
use crate::separation::result::DOCUMENTS;
use crate::separation::subject::Subject;
use crate::separation::target::Target;

pub(super) fn check(subject: &Subject, plan: &SeparationPlan, problems: &mut Vec<Problem>) {
    let sides = &plan.fields.documents;
    let known: BTreeSet<&str> = subject.document_ids().collect();
    let mut push = |side, code, message: &str| problems.push(Problem::field(DOCUMENTS, side, code, message));
    for id in &known {
        match (sides.original.contains(*id), sides.new.contains(*id)) {
            (false, false) => {
                push(Target::Original, ProblemCode::DocumentLost, "A document is on neither contact.");
            }
            (true, true) => {
                push(
                    Target::New,
                    ProblemCode::DocumentDoubled,
                    "A document is on both contacts: it can be on one only.",
                );
            }
            _ => {}
        }
    }
    for side in Target::BOTH {
        for _ in sides.of(side).iter().filter(|id| !known.contains(id.as_str())) {
            push(side, ProblemCode::DocumentUnknown, "The contact has no such document.");
        }
    }
}
