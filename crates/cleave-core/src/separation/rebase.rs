//! Carrying a plan over to a contact that changed underneath.
//!
//! What appeared is undecided again, what vanished is dropped and named, and a value that the plan took over
//! unchanged follows the contact. Nothing that the admin wrote or decided about what is still there is touched.

mod children;
mod matters;
pub(super) mod values;

pub use matters::drift_in_words;

use super::kind::ChildKind;
use super::misc::{MISC, is_within};
use super::plan::SeparationPlan;
use super::subject::Subject;
use super::target::{Assignment, Target};
use crate::field::FieldPath;

/// One thing that changed underneath a plan.
#[derive(Clone, PartialEq, Eq)]
pub enum Drift {
    /// A new child, undecided in the plan.
    ChildAppeared {
        /// Which kind.
        kind: ChildKind,
        /// Which one.
        id: String,
    },
    /// A child is gone, and the plan no longer has it.
    ChildVanished {
        /// Which kind.
        kind: ChildKind,
        /// Which one.
        id: String,
        /// Where it would have gone.
        was: Assignment,
    },
    /// A child reads differently; its side stands.
    ChildChanged {
        /// Which kind.
        kind: ChildKind,
        /// Which one.
        id: String,
    },
    /// The message at a divider is gone, or its conversation: one that is still there is undecided again.
    DividerDropped {
        /// The conversation.
        conversation: String,
    },
    /// A value of the contact changed.
    ValueChanged {
        /// Its field; `misc.key` for a free-form one.
        path: FieldPath,
        /// Which sides of the plan had the old value and now have the new one.
        followed: Vec<Target>,
    },
    /// A new document, on the original contact.
    DocumentAppeared {
        /// Which one.
        id: String,
    },
    /// A document is gone, and the plan no longer has it.
    DocumentVanished {
        /// Which one.
        id: String,
    },
}

/// Which kind of drift, and of which field or child by its opaque id: no value is printed, and no key of `misc`, which is
/// whatever somebody typed.
impl std::fmt::Debug for Drift {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (kind, of) = match self {
            Drift::ChildAppeared { id, .. } => ("ChildAppeared", id.as_str()),
            Drift::ChildVanished { id, .. } => ("ChildVanished", id.as_str()),
            Drift::ChildChanged { id, .. } => ("ChildChanged", id.as_str()),
            Drift::DividerDropped { conversation } => ("DividerDropped", conversation.as_str()),
            Drift::ValueChanged { path, .. } if is_within(path, MISC) => ("ValueChanged", MISC),
            Drift::ValueChanged { path, .. } => ("ValueChanged", path.as_str()),
            Drift::DocumentAppeared { id } => ("DocumentAppeared", id.as_str()),
            Drift::DocumentVanished { id } => ("DocumentVanished", id.as_str()),
        };
        write!(f, "{kind}({of})")
    }
}

/// The plan for `new`, made out of one for `old`, and everything that changed between the two.
///
/// An unchanged subject gives the same plan and no drift.
pub fn rebase(mut plan: SeparationPlan, old: &Subject, new: &Subject) -> (SeparationPlan, Vec<Drift>) {
    let mut drift = Vec::new();
    values::rebase(&mut plan, old, new, &mut drift);
    children::rebase(&mut plan, old, new, &mut drift);
    (plan, drift)
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::super::subject::MessageHead;
    use super::*;
    use serde_json::json;

    fn drifted(change: impl FnOnce(&mut Subject)) -> (SeparationPlan, Vec<Drift>) {
        let old = samples::subject();
        let mut new = old.clone();
        change(&mut new);
        rebase(samples::plan(), &old, &new)
    }

    #[test]
    fn what_appears_is_undecided_and_what_vanishes_is_named() {
        let (plan, drift) = drifted(|subject| {
            subject.conversations.push(samples::conversation("late", 1));
            subject.notes.clear();
            subject.reminders[0].title = "Call".into();
        });
        assert_eq!(plan.assignment(ChildKind::Conversation, "late"), Assignment::Undecided);
        assert!(plan.children[&ChildKind::Note].is_empty());
        assert_eq!(plan.assignment(ChildKind::Reminder, "r1"), Assignment::New);
        let expected = [
            Drift::ChildAppeared { kind: ChildKind::Conversation, id: "late".into() },
            Drift::ChildVanished { kind: ChildKind::Note, id: "n1".into(), was: Assignment::New },
            Drift::ChildChanged { kind: ChildKind::Reminder, id: "r1".into() },
        ];
        assert_eq!(drift, expected);
    }

    #[test]
    fn a_divider_stands_as_long_as_its_message_does() {
        let (plan, drift) = drifted(|subject| {
            let mut messages = subject.conversations[0].messages.clone().unwrap();
            messages.push(MessageHead { id: "sms-9".into(), ..messages[0].clone() });
            subject.conversations[0].read(messages);
        });
        assert!(plan.dividers.contains_key("sms"));
        assert_eq!(drift, [Drift::ChildChanged { kind: ChildKind::Conversation, id: "sms".into() }]);

        let (plan, drift) = drifted(|subject| {
            subject.conversations[0].messages.as_mut().unwrap().retain(|message| message.id != "sms-2");
        });
        assert_eq!(plan.dividers.len() + plan.meta.len(), 0);
        assert_eq!(plan.assignment(ChildKind::Conversation, "sms"), Assignment::Undecided);
        assert!(drift.contains(&Drift::DividerDropped { conversation: "sms".into() }));

        let (plan, drift) = drifted(|subject| {
            subject.conversations.remove(0);
        });
        assert_eq!(plan.dividers.len() + plan.meta.len(), 0);
        assert_eq!(drift.len(), 2);

        // Messages that are not read again prove nothing.
        let (plan, drift) = drifted(|subject| subject.conversations[0].messages = None);
        assert!(plan.dividers.contains_key("sms"));
        assert_eq!(drift, []);
    }

    #[test]
    fn a_value_follows_where_it_was_taken_over_and_stays_where_it_was_written() {
        let (plan, drift) = drifted(|subject| {
            subject.contact.values.insert("firstName".into(), json!("Joan"));
            subject.contact.values.insert("company".into(), json!("Other"));
            subject.misc = Some([("tier".into(), json!("iron")), ("fresh".into(), json!(1))].into());
            subject.contact.values.remove(&"misc.score.value".into());
            subject.contact.values.insert("misc.tier".into(), json!("iron"));
            subject.contact.values.insert("misc.fresh".into(), json!(1));
        });
        assert_eq!(plan.fields.first_name.original, "Joan");
        assert_eq!(plan.fields.first_name.new, "Janet");
        assert_eq!(
            plan.fields.misc.original,
            [("tier".into(), json!("iron")), ("fresh".into(), json!(1))].into()
        );
        assert_eq!(plan.fields.misc.new, [("tier".into(), json!("silver"))].into());
        let changed = |path: &str, followed: &[Target]| Drift::ValueChanged {
            path: path.into(),
            followed: followed.into(),
        };
        let expected = [
            changed("firstName", &[Target::Original]),
            changed("misc.fresh", &[Target::Original]),
            changed("misc.score", &[Target::New]),
            changed("misc.tier", &[Target::Original]),
            changed("company", &[]),
        ];
        assert_eq!(drift, expected);
        assert_eq!(format!("{:?}", drift[1]), "ValueChanged(misc)");
    }

    #[test]
    fn a_record_that_comes_whole_is_no_change() {
        let (_, drift) = drifted(|subject| {
            let values = &mut subject.contact.values;
            values.remove(&"pipelineId".into());
            values.insert("pipelineId._id".into(), json!("p1"));
            values.insert("pipelineId.name".into(), json!("Sales"));
            values.insert("assignees".into(), json!([{"_id": "u1", "fullName": "Ann"}]));
        });
        assert_eq!(drift, []);
        let (_, drift) = drifted(|subject| {
            let values = &mut subject.contact.values;
            values.remove(&"pipelineId".into());
            values.insert("pipelineId._id".into(), json!("p2"));
            values.insert("assignees".into(), json!([{"_id": "u2", "fullName": "Ann"}]));
        });
        let changed = |path: &str| Drift::ValueChanged { path: path.into(), followed: Vec::new() };
        assert_eq!(drift, [changed("assignees"), changed("pipelineId")]);
        assert!(drift.iter().all(Drift::matters));
    }

    #[test]
    fn documents_come_and_go() {
        let (plan, drift) = drifted(|subject| {
            let mut document = subject.documents.as_mut().unwrap().remove(0);
            document.id = "d9".into();
            subject.documents.as_mut().unwrap().push(document);
        });
        assert_eq!(plan.fields.documents.original, ["d9".into()].into());
        assert_eq!(plan.fields.documents.new, ["d2".into()].into());
        let expected =
            [Drift::DocumentVanished { id: "d1".into() }, Drift::DocumentAppeared { id: "d9".into() }];
        assert_eq!(drift, expected);
    }
}
