//! The preview: what would come of a plan.

use super::check;
use super::cut::{self, CutPreview};
use super::guard::Guard;
use super::kind::ChildKind;
use super::plan::SeparationPlan;
use super::problem::{Problem, Severity};
use super::result::{self, ResultingContact};
use super::subject::Subject;
use super::summary::{self, PredictedSummary};
use super::target::{Pair, Target};
use super::unslotted::{self, Unslotted};

/// Everything that would come of a plan. Made by [`preview`] and by nothing else, for the window, the CLI and for real.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Both contacts afterwards.
    pub contacts: Pair<ResultingContact>,
    /// Every child of the subject, conversations first, each with its side.
    pub children: Vec<ChildPreview>,
    /// Both halves of every conversation that a divider cuts.
    pub cuts: Vec<CutPreview>,
    /// The counters that the server should answer with.
    pub summary: PredictedSummary,
    /// Whether a second copy of the request would be refused.
    pub guard: Guard,
    /// Values that the request has no place for.
    pub unslotted: Vec<Unslotted>,
    /// What is wrong; errors first.
    pub problems: Vec<Problem>,
}

impl Preview {
    /// Whether nothing stands in the way of sending the plan.
    pub fn can_submit(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity() == Severity::Warning)
    }

    /// The ids of a kind that are on one side as a whole.
    pub fn ids(&self, kind: ChildKind, side: Target) -> impl Iterator<Item = &str> {
        let side = ChildSide::from(side);
        let there = self.children.iter().filter(move |child| child.kind == kind && child.side == side);
        there.map(|child| child.id.as_str())
    }
}

/// A child and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildPreview {
    /// Which kind.
    pub kind: ChildKind,
    /// Which one.
    pub id: String,
    /// Where it goes.
    pub side: ChildSide,
}

/// Where a child goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChildSide {
    /// Nobody has said.
    Undecided,
    /// It stays.
    Original,
    /// It moves.
    New,
    /// A conversation that is cut: one half each.
    Cut,
}

impl From<Target> for ChildSide {
    fn from(target: Target) -> Self {
        match target {
            Target::Original => ChildSide::Original,
            Target::New => ChildSide::New,
        }
    }
}

/// Computes what would come of a plan.
pub fn preview(subject: &Subject, plan: &SeparationPlan) -> Preview {
    let children = children(subject, plan);
    let cuts = cuts(subject, plan);
    let contacts = result::contacts(subject, plan);
    let unslotted = unslotted::list(subject, plan);
    let mut preview = Preview {
        summary: summary::predict(subject, &children, &cuts),
        guard: Guard::of(plan),
        contacts,
        children,
        cuts,
        unslotted,
        problems: Vec::new(),
    };
    preview.problems = check::all(subject, plan, &preview);
    preview
}

fn children(subject: &Subject, plan: &SeparationPlan) -> Vec<ChildPreview> {
    let of_kind = |kind| {
        subject.ids(kind).map(move |id| {
            let cut = kind == ChildKind::Conversation && plan.dividers.contains_key(id);
            let side = match plan.assignment(kind, id).target() {
                _ if cut => ChildSide::Cut,
                Some(target) => ChildSide::from(target),
                None => ChildSide::Undecided,
            };
            ChildPreview { kind, id: id.to_owned(), side }
        })
    };
    ChildKind::ALL.into_iter().flat_map(of_kind).collect()
}

fn cuts(subject: &Subject, plan: &SeparationPlan) -> Vec<CutPreview> {
    let divided = subject.conversations.iter().filter_map(|conversation| {
        let divider = plan.dividers.get(&conversation.id)?;
        cut::preview(conversation, divider)
    });
    divided.collect()
}
