//! Edits of an earlier time, without what is not there any more.

use std::collections::BTreeSet;

use super::edit::{Edit, NamePart, OptionalField};
use super::fields::FieldSplit;
use super::kind::ChildKind;
use super::rebase::Drift;
use super::rebase::values::follows;
use super::subject::Subject;
use super::target::Target;

/// What an undo must not bring back: records that vanished, or lost their divider, underneath the plan, and values that
/// are others now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gone {
    children: BTreeSet<(ChildKind, String)>,
    documents: BTreeSet<String>,
    /// The contact's values before and after, where any changed.
    values: Option<Box<[FieldSplit; 2]>>,
}

impl Gone {
    /// What a drift from one reading of the contact to another took away.
    pub fn of(drift: &[Drift], old: &Subject, new: &Subject) -> Gone {
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
                Drift::ValueChanged { .. } => {
                    let values = || Box::new([old, new].map(FieldSplit::start));
                    gone.values.get_or_insert_with(values);
                }
                Drift::ChildAppeared { .. } | Drift::ChildChanged { .. } | Drift::DocumentAppeared { .. } => {
                }
            }
        }
        gone
    }

    /// Whether nothing was taken away.
    pub fn is_empty(&self) -> bool {
        self.children.is_empty() && self.documents.is_empty() && self.values.is_none()
    }

    /// The edit without its parts about such records, and with the value of now where it would bring back one of the
    /// contact's that changed; `None` where nothing is left of it.
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
            edit => Some(self.with_values_of_now(edit)),
        }
    }

    /// The plan follows a value of the contact that it took over; an edit that brings one back follows in the same way.
    fn with_values_of_now(&self, mut edit: Edit) -> Edit {
        let Some([was, now]) = self.values.as_deref() else { return edit };
        match &mut edit {
            Edit::Name { part, side, value } => {
                let of = |fields: &FieldSplit| match part {
                    NamePart::First => fields.first_name.original.clone(),
                    NamePart::Last => fields.last_name.original.clone(),
                };
                follow(*side, value, &of(was), of(now));
            }
            Edit::Value { field, side, value } => {
                let of = |fields: &FieldSplit| match field {
                    OptionalField::Email => fields.email.original.clone(),
                    OptionalField::PhoneNumber => fields.phone_number.original.clone(),
                    OptionalField::DateOfBirth => fields.date_of_birth.original.clone(),
                };
                follow(*side, value, &of(was), of(now));
            }
            Edit::Misc { key, values } => {
                let of = |fields: &FieldSplit| fields.misc.original.get(key).cloned();
                for side in Target::BOTH {
                    follow(side, values.of_mut(side), &of(was), of(now));
                }
            }
            _ => {}
        }
        edit
    }
}

fn follow<T: Default + PartialEq>(side: Target, held: &mut T, was: &T, now: T) {
    if follows(side, held, was) {
        *held = now;
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::super::{Assignment, Pair, SeparationPlan, rebase};
    use super::*;
    use serde_json::json;

    #[test]
    fn a_step_back_brings_no_value_back_that_is_another_now() {
        let (old, mut new) = (samples::subject(), samples::subject());
        new.contact.values.insert("firstName".into(), json!("Joan"));
        new.contact.values.insert("email".into(), json!(null));
        new.contact.phones[0].value = "+14165550177".into();
        new.misc = Some([("tier".into(), json!("iron")), ("fresh".into(), json!(1))].into());
        let start = SeparationPlan::start(&old);
        let written = samples::plan();
        // Back to the start from a plan in which every value of the original is another.
        let mut plan = written.clone();
        let edits = vec![
            Edit::Name { part: NamePart::First, side: Target::Original, value: "J.".into() },
            Edit::Value {
                field: OptionalField::Email,
                side: Target::Original,
                value: Some("j@x.org".into()),
            },
            Edit::Value { field: OptionalField::PhoneNumber, side: Target::Original, value: None },
            Edit::Misc { key: "tier".into(), values: Pair { original: None, new: Some(json!("silver")) } },
        ];
        plan.apply(Edit::Batch { edits }).unwrap();
        let undo = plan.turned_into(&start);
        let (mut plan, drift) = rebase(plan, &old, &new);
        let gone = Gone::of(&drift, &old, &new);
        plan.apply(gone.without(undo).unwrap()).unwrap();
        assert!(plan.fields == FieldSplit::start(&new));
        // What the admin wrote stands.
        let written = start.turned_into(&written);
        plan.apply(gone.without(written).unwrap()).unwrap();
        assert_eq!(plan.fields.first_name.new, "Janet");
        assert_eq!(plan.fields.phone_number.new.as_deref(), Some("+14165550101"));
        assert_eq!(plan.fields.misc.new.get("tier"), Some(&json!("silver")));
        assert_eq!(plan.fields.misc.original.get("tier"), Some(&json!("iron")));
    }

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
        let gone = Gone::of(&drift, &old, &new);
        let left = gone.without(undo).unwrap();
        plan.apply(left).unwrap();
        assert_eq!(plan.fields.first_name.new, "Janet");
        assert_eq!(plan.assignment(ChildKind::Reminder, "r1"), Assignment::New);
        assert!(!plan.fields.documents.original.contains("d1"));
        assert_eq!(gone.without(Edit::Batch { edits: vec![assign(ChildKind::Note, "n1")] }), None);
        assert!(Gone::of(&[], &old, &new).is_empty() && !gone.is_empty());
    }
}
