//! Everything that is wrong with a plan, one rule a file.

mod children;
mod dividers;
mod documents;
mod names;
mod phones;
mod threads;
mod values;
mod whole;

use super::plan::SeparationPlan;
use super::preview::Preview;
use super::problem::Problem;
use super::subject::Subject;

/// All problems, errors first. The preview's own list of them is still empty.
pub(super) fn all(subject: &Subject, plan: &SeparationPlan, preview: &Preview) -> Vec<Problem> {
    let mut problems = Vec::new();
    whole::check(subject, plan, preview, &mut problems);
    names::check(plan, &mut problems);
    phones::check(subject, plan, &mut problems);
    values::check(subject, plan, &mut problems);
    documents::check(subject, plan, &mut problems);
    children::check(subject, plan, preview, &mut problems);
    dividers::check(subject, plan, &mut problems);
    threads::check(subject, preview, &mut problems);
    problems.sort_by_key(Problem::severity);
    problems
}
