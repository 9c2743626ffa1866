//! From one plan of a contact to another, as one edit.

use std::collections::BTreeSet;

use super::edit::{Edit, NamePart, OptionalField};
use super::fields::TargetField;
use super::kind::ChildKind;
use super::plan::SeparationPlan;
use super::target::{Assignment, Pair, Target};

impl SeparationPlan {
    /// The edit that makes this plan the same as `other`, which is for the same contact and the same records.
    pub fn turned_into(&self, other: &SeparationPlan) -> Edit {
        let mut edits = Vec::new();
        self.turn_fields(other, &mut edits);
        self.turn_children(other, &mut edits);
        Edit::Batch { edits }
    }

    fn turn_fields(&self, other: &SeparationPlan, edits: &mut Vec<Edit>) {
        let (from, to) = (&self.fields, &other.fields);
        for side in Target::BOTH {
            for (part, from, to) in [
                (NamePart::First, &from.first_name, &to.first_name),
                (NamePart::Last, &from.last_name, &to.last_name),
            ] {
                if from.of(side) != to.of(side) {
                    edits.push(Edit::Name { part, side, value: to.of(side).clone() });
                }
            }
            for (field, from, to) in [
                (OptionalField::Email, &from.email, &to.email),
                (OptionalField::PhoneNumber, &from.phone_number, &to.phone_number),
                (OptionalField::DateOfBirth, &from.date_of_birth, &to.date_of_birth),
            ] {
                if from.of(side) != to.of(side) {
                    edits.push(Edit::Value { field, side, value: to.of(side).clone() });
                }
            }
        }
        for field in TargetField::ALL.into_iter().filter(|field| from.target(*field) != to.target(*field)) {
            edits.push(Edit::Target { field, to: to.target(field) });
        }
        let on = |plan: &SeparationPlan, id: &String| {
            let documents = &plan.fields.documents;
            Pair { original: documents.original.contains(id), new: documents.new.contains(id) }
        };
        let documents = [&from.documents, &to.documents].map(|pair| pair.original.union(&pair.new));
        let ids: BTreeSet<&String> = documents.into_iter().flatten().collect();
        for id in ids.into_iter().filter(|id| on(self, id) != on(other, id)) {
            edits.push(Edit::Document { id: id.clone(), on: on(other, id) });
        }
        let values = |plan: &SeparationPlan, key: &String| {
            let misc = &plan.fields.misc;
            Pair { original: misc.original.get(key).cloned(), new: misc.new.get(key).cloned() }
        };
        let keys = [&from.misc, &to.misc].map(|pair| pair.original.keys().chain(pair.new.keys()));
        let keys: BTreeSet<&String> = keys.into_iter().flatten().collect();
        for key in keys.into_iter().filter(|key| values(self, key) != values(other, key)) {
            edits.push(Edit::Misc { key: key.clone(), values: values(other, key) });
        }
    }

    fn turn_children(&self, other: &SeparationPlan, edits: &mut Vec<Edit>) {
        for id in self.dividers.keys().filter(|id| !other.dividers.contains_key(*id)) {
            edits.push(Edit::Divide { conversation: id.clone(), divider: None });
        }
        for kind in ChildKind::ALL {
            for (id, to) in other.children.get(&kind).into_iter().flatten() {
                let cut =
                    |plan: &SeparationPlan| kind == ChildKind::Conversation && plan.dividers.contains_key(id);
                let from = if cut(self) { Assignment::Undecided } else { self.assignment(kind, id) };
                if !cut(other) && from != *to {
                    edits.push(Edit::Assign { kind, id: id.clone(), to: *to });
                }
            }
        }
        for (id, divider) in &other.dividers {
            if self.dividers.get(id) != Some(divider) {
                edits.push(Edit::Divide { conversation: id.clone(), divider: Some(divider.clone()) });
            }
            let meta = other.meta.get(id).cloned().unwrap_or_default();
            if self.meta.get(id).cloned().unwrap_or_default() != meta {
                edits.push(Edit::Describe { conversation: id.clone(), meta });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::super::{Direction, Divider};
    use super::*;

    #[test]
    fn any_plan_turns_into_any_other_and_back() {
        let (start, full) = (SeparationPlan::start(&samples::subject()), samples::plan());
        let mut moved = full.clone();
        let divider = Divider { message_id: "sms-4".into(), direction: Direction::BeforeToNew };
        moved.apply(Edit::Divide { conversation: "sms".into(), divider: Some(divider.clone()) }).unwrap();
        moved.apply(Edit::Describe { conversation: "sms".into(), meta: Default::default() }).unwrap();
        moved.apply(Edit::Divide { conversation: "web".into(), divider: Some(divider) }).unwrap();
        let mut whole = full.clone();
        whole.apply(Edit::Divide { conversation: "sms".into(), divider: None }).unwrap();
        let to = Assignment::New;
        whole.apply(Edit::Assign { kind: ChildKind::Conversation, id: "sms".into(), to }).unwrap();
        let plans = [start, full, moved, whole];
        for from in &plans {
            for to in &plans {
                let mut plan = from.clone();
                let back = plan.apply(from.turned_into(to)).unwrap();
                assert!(plan == *to, "not the plan it should be");
                plan.apply(back).unwrap();
                assert!(plan == *from, "not taken back");
                assert!(from.turned_into(from) == Edit::Batch { edits: Vec::new() });
            }
        }
    }
}
