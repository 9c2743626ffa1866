//! Each contact has a name.

use crate::field;
use crate::separation::plan::SeparationPlan;
use crate::separation::problem::{Problem, ProblemCode};
use crate::separation::target::Target;

pub(super) fn check(plan: &SeparationPlan, problems: &mut Vec<Problem>) {
    for side in Target::BOTH {
        let names = [plan.fields.first_name.of(side), plan.fields.last_name.of(side)];
        if names.iter().all(|name| name.trim().is_empty()) {
            let message = "Give this contact a first name or a last name.";
            problems.push(Problem::field(field::FIRST_NAME, side, ProblemCode::NoName, message));
        }
    }
}
