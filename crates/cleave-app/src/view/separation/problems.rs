//! Problems at their places: in a line where there is one, else by themselves.

use cleave_core::separation::{ChildKind, Place, Preview, Problem, ProblemCode, Severity, Target};

use super::side::{child, side};
use crate::ipc::{LineKind, SeparationProblem, SplitLine};
use crate::separation::refusal::{Refusal, RefusedAt};

/// Most problems that stand by themselves; a line after them says how many there are.
const MOST: usize = 200;

/// Puts the problems of lines into them, and answers the others. Undecided records are counted, not listed, and values
/// without a place are listed elsewhere.
pub(super) fn place(preview: &Preview, lines: &mut [SplitLine]) -> Vec<SeparationProblem> {
    let mut others = Vec::new();
    let mut left_out = 0usize;
    for problem in &preview.problems {
        if matches!(problem.code, ProblemCode::Undecided | ProblemCode::Unslotted) {
            continue;
        }
        let shown = view(problem);
        let line = lines.iter_mut().find(|line| Some(&line.path) == shown.path.as_ref());
        match (line, &problem.place) {
            (Some(line), Place::Field(_, Target::Original)) => line.original.problems.push(shown),
            (Some(line), Place::Field(_, Target::New)) => line.new.problems.push(shown),
            _ if others.len() >= MOST => left_out += 1,
            _ => others.push(shown),
        }
    }
    if left_out > 0 {
        let blocking = preview.problems.iter().skip(MOST).any(|one| one.severity() == Severity::Error);
        others.push(SeparationProblem {
            message: format!("{left_out} more like these."),
            blocking,
            path: None,
            side: None,
            child: None,
        });
    }
    others
}

/// Puts what the server said into its line, or else before the others. It blocks nothing: another plan may be as little
/// to the server's liking, and the same may do later.
pub(super) fn place_refusal(refusal: &Refusal, lines: &mut [SplitLine], others: &mut Vec<SeparationProblem>) {
    let message = match &refusal.words {
        Some(words) => format!("The server said: {words}"),
        None => "The server refused this and did not say why.".to_owned(),
    };
    let mut said = SeparationProblem { message, blocking: false, path: None, side: None, child: None };
    match &refusal.at {
        RefusedAt::Line(line, at) => {
            let path = line.path();
            said.path = Some(path.clone());
            said.side = at.map(side);
            let Some(line) = lines.iter_mut().find(|line| line.path == path) else {
                return others.insert(0, said);
            };
            // Where no side is named it is of both, but for a value that one of them has as a whole.
            let mut sides = vec![(Target::Original, &mut line.original), (Target::New, &mut line.new)];
            match at {
                Some(at) => sides.retain(|(one, _)| one == at),
                None if line.kind == LineKind::Whole => sides.retain(|(_, value)| !value.text.is_empty()),
                None => {}
            }
            for (at, value) in sides {
                value.problems.push(SeparationProblem { side: Some(side(at)), ..said.clone() });
            }
        }
        RefusedAt::Child(kind, id) => {
            said.child = Some(child(*kind, id));
            others.insert(0, said);
        }
        RefusedAt::Whole => others.insert(0, said),
    }
}

fn view(problem: &Problem) -> SeparationProblem {
    let mut shown = SeparationProblem {
        message: problem.message.clone(),
        blocking: problem.severity() == Severity::Error,
        path: None,
        side: None,
        child: None,
    };
    match &problem.place {
        Place::Field(path, at) => {
            shown.path = Some(path.as_str().to_owned());
            shown.side = Some(side(*at));
        }
        Place::Child(kind, id) => shown.child = Some(child(*kind, id)),
        Place::Divider(id) => shown.child = Some(child(ChildKind::Conversation, id)),
        Place::Whole => {}
    }
    shown
}

/// Why the plan cannot be sent, in words; `None` where it can.
pub(crate) fn blocked(preview: &Preview, in_the_way: Option<&str>) -> Option<String> {
    let errors = preview.problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let (undecided, wrong): (Vec<&Problem>, Vec<&Problem>) =
        errors.partition(|problem| problem.code == ProblemCode::Undecided);
    let undecided = match undecided.len() {
        0 => None,
        1 => Some("1 record is undecided".to_owned()),
        count => Some(format!("{count} records are undecided")),
    };
    let wrong = match wrong.as_slice() {
        [] => None,
        [one] => Some(one.message.trim_end_matches('.').to_owned()),
        several => Some(format!("{} problems have to be solved", several.len())),
    };
    let parts: Vec<String> =
        in_the_way.map(str::to_owned).into_iter().chain(undecided).chain(wrong).collect();
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}
