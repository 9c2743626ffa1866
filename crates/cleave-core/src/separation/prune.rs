//! Edits of an earlier time, without what is not there any more.

use std::collections::BTreeSet;

use super::edit::Edit;
use super::kind::ChildKind;
use super::rebase::Drift;

/// Records that an undo must not bring back: they vanished, or lost their divider, underneath the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gone {
    children: BTreeSet<(ChildKind, String)>,
    documents: BTreeSet<String>,
}

impl Gone {
    /// What a drift took away.
    pub fn of(drift: &[Drift]) -> Gone {
        let mut gone = Gone::default();
        for one in drift {
            match one {
                Drift::ChildVanished { kind, id, .. } => {
                    gone.children.insert((*kind, id.clone()));
                }
                Drift::DividerDropped { conversation } => {
                    gone.children.insert((ChildKind::Conversation, conversation.clone()));
                }
                Drift::DocumentVanished { id } => {
                    gone.documents.insert(id.clone());
                }
                Drift::ChildAppeared { .. }
                | Drift::ChildChanged { .. }
                | Drift::ValueChanged { .. }
                | Drift::DocumentAppeared { .. } => {}
            }
        }
        gone
    }

    /// Whether nothing was taken away.
    pub fn is_empty(&self) -> bool {
        self.children.is_empty() && self.documents.is_empty()
    }

    /// The edit without its parts about such records; `None` where nothing is left of it.
    ///
    /// What is left can still be applied: edits of different records do not depend on each other.
    pub fn without(&self, edit: Edit) -> Option<Edit> {
        let child = |kind: ChildKind, id: &str| self.children.contains(&(kind, id.to_owned()));
        let about_gone = match &edit {
            Edit::Assign { kind, id, .. } => child(*kind, id),
            Edit::Divide { conversation, .. } | Edit::Describe { conversation, .. } => {
                child(ChildKind::Conversation, conversation)
            }
            Edit::Document { id, .. } => self.documents.contains(id),
            Edit::Name { .. }
            | Edit::Value { .. }
            | Edit::Target { .. }
            | Edit::Misc { .. }
            | Edit::Batch { .. } => false,
        };
        match edit {
            _ if about_gone => None,
            Edit::Batch { edits } => {
                let edits: Vec<Edit> = edits.into_iter().filter_map(|edit| self.without(edit)).collect();
                (!edits.is_empty()).then_some(Edit::Batch { edits })
            }
            edit => Some(edit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::super::{Assignment, NamePart, Pair, Target, rebase};
    use super::*;

    #[test]
    fn what_is_left_of_an_undo_can_be_applied_after_the_drift() {
        let (old, mut plan) = (samples::subject(), samples::plan());
        let assign = |kind, id: &str| Edit::Assign { kind, id: id.into(), to: Assignment::Original };
        let document = |id: &str| Edit::Document { id: id.into(), on: Pair { original: true, new: false } };
        let name = Edit::Name { part: NamePart::First, side: Target::New, value: "Ann".into() };
        let step = vec![
            Edit::Divide { conversation: "sms".into(), divider: None },
            assign(ChildKind::Conversation, "sms"),
            assign(ChildKind::Note, "n1"),
            assign(ChildKind::Reminder, "r1"),
            document("d1"),
            name,
        ];
        let undo = plan.apply(Edit::Batch { edits: step }).unwrap();
        let mut new = old.clone();
        new.conversations.remove(0);
        new.notes.clear();
        new.documents.as_mut().unwrap().remove(0);
        let (mut plan, drift) = rebase(plan, &old, &new);
        assert!(plan.clone().apply(undo.clone()).is_err(), "nothing to prune");
        let gone = Gone::of(&drift);
        let left = gone.without(undo).unwrap();
        plan.apply(left).unwrap();
        assert_eq!(plan.fields.first_name.new, "Janet");
        assert_eq!(plan.assignment(ChildKind::Reminder, "r1"), Assignment::New);
        assert!(!plan.fields.documents.original.contains("d1"));
        assert_eq!(gone.without(Edit::Batch { edits: vec![assign(ChildKind::Note, "n1")] }), None);
        assert!(Gone::of(&[]).is_empty() && !gone.is_empty());
    }
}
