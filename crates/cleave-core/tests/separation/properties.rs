//! What holds of every subject and every plan.

use std::collections::BTreeSet;

use cleave_core::separation::{
    ChildKind, ChildSide, Expected, Problem, ProblemCode, Seen, SeparationPlan, Severity, Target, phone_key,
    preview, rebase,
};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::worlds::{decided, edit, subject};

proptest! {
    #[test]
    fn every_child_is_on_exactly_one_side((subject, plan) in decided()) {
        let preview = preview(&subject, &plan);
        for kind in ChildKind::ALL {
            let listed: Vec<&str> = subject.ids(kind).collect();
            let sides: Vec<(&str, ChildSide)> =
                preview.children.iter().filter(|c| c.kind == kind).map(|c| (c.id.as_str(), c.side)).collect();
            prop_assert_eq!(&sides.iter().map(|(id, _)| *id).collect::<Vec<_>>(), &listed);
            prop_assert!(sides.iter().all(|(_, side)| *side != ChildSide::Undecided));
            let original: BTreeSet<&str> = preview.ids(kind, Target::Original).collect();
            let new: BTreeSet<&str> = preview.ids(kind, Target::New).collect();
            prop_assert!(original.is_disjoint(&new));
            let cut = sides.iter().filter(|(_, side)| *side == ChildSide::Cut).count();
            prop_assert_eq!(original.len() + new.len() + cut, listed.len());
        }
    }

    #[test]
    fn every_message_is_in_exactly_one_half((subject, plan) in decided()) {
        let preview = preview(&subject, &plan);
        prop_assert_eq!(preview.cuts.len(), plan.dividers.len());
        for cut in &preview.cuts {
            let conversation = subject.conversation(&cut.conversation_id).unwrap();
            prop_assert_eq!(Some(cut.halves.original.count + cut.halves.new.count), conversation.count());
            let messages = conversation.messages.as_ref().unwrap();
            let ends = [messages.first().unwrap().id.as_str(), messages.last().unwrap().id.as_str()];
            let divider = &plan.dividers[&cut.conversation_id];
            let (before, after) = (cut.halves.of(divider.direction.before()), cut.halves.of(divider.direction.before().other()));
            prop_assert_eq!(before.first.as_ref().map(|m| m.id.as_str()), Some(ends[0]));
            prop_assert_eq!(after.first.as_ref().map(|m| m.id.as_str()), Some(divider.message_id.as_str()));
            prop_assert_eq!(after.last.as_ref().map(|m| m.id.as_str()), Some(ends[1]));
        }
    }

    #[test]
    fn every_value_document_and_number_is_accounted_for((subject, plan) in decided()) {
        let preview = preview(&subject, &plan);
        let sides = [&preview.contacts.original, &preview.contacts.new];
        let on = |side: Target| plan.fields.documents.of(side);
        prop_assert!(on(Target::Original).is_disjoint(on(Target::New)));
        let documents: BTreeSet<&str> = Target::BOTH.iter().flat_map(|s| on(*s)).map(String::as_str).collect();
        prop_assert_eq!(documents, subject.document_ids().collect());
        let reported: BTreeSet<String> = preview.problems.iter().filter_map(|problem| match problem {
            Problem { code: ProblemCode::ValueDropped, place: cleave_core::separation::Place::Field(path, _), .. } =>
                Some(path.to_string()),
            _ => None,
        }).collect();
        for path in subject.contact.paths() {
            let (path, was) = (path.as_str(), subject.contact.text(path.as_str()));
            if path.starts_with("phoneNumber") || path.starts_with("secondaryPhone") || path.starts_with("misc") || path == "documents" {
                continue;
            }
            let kept = sides.iter().any(|side| side.contact.text(path) == was);
            prop_assert!(kept || reported.contains(path), "{} is lost in silence", path);
        }
        let numbers: BTreeSet<String> = sides.iter().flat_map(|s| s.contact.all_phones()).map(phone_key).collect();
        for number in subject.contact.all_phones() {
            prop_assert!(numbers.contains(&phone_key(number)));
        }
        for key in subject.misc.iter().flatten().map(|(key, _)| key) {
            prop_assert!(Target::BOTH.iter().any(|side| plan.fields.misc.of(*side).contains_key(key)));
        }
    }

    #[test]
    fn an_edit_and_its_inverse_change_nothing(subject in subject(), edits in vec(edit(), 0..20)) {
        let mut plan = SeparationPlan::start(&subject);
        let (mut states, mut undo) = (Vec::new(), Vec::new());
        for edit in edits {
            let before = plan.clone();
            match plan.apply(edit) {
                Ok(inverse) => {
                    states.push(before);
                    undo.push(inverse);
                }
                Err(_) => prop_assert!(plan == before, "a refused edit changed the plan"),
            }
        }
        let end = plan.clone();
        let mut redo = Vec::new();
        while let (Some(inverse), Some(before)) = (undo.pop(), states.pop()) {
            redo.push(plan.apply(inverse).unwrap());
            prop_assert!(plan == before, "undo went elsewhere");
        }
        while let Some(again) = redo.pop() {
            plan.apply(again).unwrap();
        }
        prop_assert!(plan == end, "redo went elsewhere");
    }

    #[test]
    fn a_plan_survives_storing(subject in subject(), edits in vec(edit(), 0..10)) {
        let mut plan = SeparationPlan::start(&subject);
        for edit in edits {
            let _ = plan.apply(edit);
        }
        let stored = serde_json::to_string(&plan).unwrap();
        prop_assert!(serde_json::from_str::<SeparationPlan>(&stored).unwrap() == plan);
    }

    #[test]
    fn an_unchanged_subject_rebases_to_the_same_plan(subject in subject(), edits in vec(edit(), 0..10)) {
        let mut plan = SeparationPlan::start(&subject);
        for edit in edits {
            let _ = plan.apply(edit);
        }
        let (rebased, drift) = rebase(plan.clone(), &subject, &subject);
        prop_assert!(rebased == plan);
        prop_assert_eq!(drift, []);
    }

    #[test]
    fn a_rebased_plan_knows_the_new_subject_and_no_more((old, plan) in decided(), new in subject()) {
        let (plan, drift) = rebase(plan, &old, &new);
        let preview = preview(&new, &plan);
        prop_assert!(preview.problems.iter().all(|p| p.code != ProblemCode::UnknownChild && p.code != ProblemCode::DocumentUnknown));
        for kind in ChildKind::ALL {
            let before: BTreeSet<&str> = old.ids(kind).collect();
            let fresh = new.ids(kind).filter(|id| !before.contains(id)).count();
            let undecided = plan.children[&kind].values().filter(|a| a.target().is_none()).count();
            prop_assert!(undecided >= fresh);
            let ids: BTreeSet<&str> = plan.children[&kind].keys().map(String::as_str).collect();
            prop_assert_eq!(ids, new.ids(kind).collect());
        }
        prop_assert_eq!(drift.is_empty(), rebase(plan.clone(), &old, &new).1.is_empty());
    }

    #[test]
    fn nothing_stands_between_a_start_and_its_children(subject in subject()) {
        let plan = SeparationPlan::start(&subject);
        let preview = preview(&subject, &plan);
        let undecided = preview.problems.iter().filter(|p| p.code == ProblemCode::Undecided).count();
        prop_assert_eq!(undecided, ChildKind::ALL.iter().map(|kind| subject.ids(*kind).count()).sum::<usize>());
        prop_assert_eq!(undecided, plan.undecided());
        let mut severities: Vec<Severity> = preview.problems.iter().map(Problem::severity).collect();
        prop_assert!(severities.is_sorted());
        severities.dedup();
        prop_assert_eq!(preview.can_submit(), !severities.contains(&Severity::Error));
        let expected = Expected::of(&subject, &plan, &preview);
        prop_assert_eq!(expected.compare(&subject, None), Seen::Before);
    }
}
