//! What should be seen on the server before and after a separation, for reconciling one whose outcome is unknown.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

mod compare;
mod further;
mod sighting;

use super::fields::FieldSplit;
use super::kind::ChildKind;
use super::plain::PlainValue;
use super::plan::SeparationPlan;
use super::preview::{ChildSide, Preview};
use super::subject::Subject;
use super::target::{Pair, Target};
use crate::field::FieldPath;
use crate::readings;

pub use compare::Seen;
pub use sighting::Sighting;

/// The states to look for, computed when the separation is queued and stored with it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Expected {
    /// The contact before the separation.
    pub before: Inventory,
    /// Both contacts after it.
    pub after: Pair<Inventory>,
}

/// What one contact has.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inventory {
    /// Ids of its children by kind. Of a cut conversation only the half that keeps the id is among them.
    pub children: BTreeMap<ChildKind, BTreeSet<String>>,
    /// Halves of cut conversations; on the side that does not keep the id, the conversation has a new one.
    pub halves: Vec<HalfMark>,
    /// Ids of its documents; `None` when they were not known.
    pub documents: Option<BTreeSet<String>>,
    /// The values by which the contact is known.
    pub values: SplitValues,
    /// What else is predicted of its values, by field; `None` is a value that it should not have. Empty before the
    /// separation, and where an earlier version stored it.
    #[serde(default)]
    pub further: BTreeMap<FieldPath, Option<PlainValue>>,
}

/// One half of a cut conversation, or the whole of it before the cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HalfMark {
    /// The conversation that is cut.
    pub cut: String,
    /// How many messages the half has.
    pub count: u64,
    /// Its oldest message.
    pub first: Option<String>,
    /// Its newest message.
    pub last: Option<String>,
}

/// The values that a separation divides.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SplitValues {
    /// First name.
    pub first_name: Option<String>,
    /// Last name.
    pub last_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Phone number.
    pub phone_number: Option<String>,
    /// Date of birth.
    pub date_of_birth: Option<String>,
}

private_debug!(Expected, Inventory, SplitValues);

impl Expected {
    /// The states of a plan that can be sent, with its preview over the same subject.
    pub fn of(subject: &Subject, plan: &SeparationPlan, preview: &Preview) -> Expected {
        let whole = preview.cuts.iter().filter_map(|cut| {
            let messages = subject.conversation(&cut.conversation_id)?.messages.as_deref()?;
            Some(mark(&cut.conversation_id, messages.iter().map(|message| message.id.as_str())))
        });
        let start = FieldSplit::start(subject);
        let before = Inventory {
            children: ChildKind::ALL
                .map(|kind| (kind, subject.ids(kind).map(str::to_owned).collect()))
                .into(),
            halves: whole.collect(),
            documents: subject.documents.as_ref().map(|_| start.documents.original.clone()),
            values: SplitValues::of(&start, Target::Original),
            further: BTreeMap::new(),
        };
        let after = |side| Inventory {
            children: ChildKind::ALL.map(|kind| (kind, ids_after(preview, kind, side))).into(),
            halves: preview
                .cuts
                .iter()
                .map(|cut| {
                    let half = cut.halves.of(side);
                    HalfMark {
                        cut: cut.conversation_id.clone(),
                        count: half.count,
                        first: half.first.as_ref().map(|mark| mark.id.clone()),
                        last: half.last.as_ref().map(|mark| mark.id.clone()),
                    }
                })
                .collect(),
            documents: subject.documents.as_ref().map(|_| plan.fields.documents.of(side).clone()),
            values: SplitValues::of(&plan.fields, side),
            further: further::values(subject, preview, side),
        };
        Expected { before, after: Pair { original: after(Target::Original), new: after(Target::New) } }
    }
}

fn ids_after(preview: &Preview, kind: ChildKind, side: Target) -> BTreeSet<String> {
    let there = preview.children.iter().filter(|child| {
        child.kind == kind
            && (child.side == ChildSide::from(side)
                || (child.side == ChildSide::Cut && side == readings::CUT_KEEPS_ID_ON))
    });
    there.map(|child| child.id.clone()).collect()
}

fn mark<'a>(cut: &str, ids: impl Iterator<Item = &'a str>) -> HalfMark {
    let ids: Vec<&str> = ids.collect();
    HalfMark {
        cut: cut.to_owned(),
        count: u64::try_from(ids.len()).unwrap_or(u64::MAX),
        first: ids.first().map(|id| (*id).to_owned()),
        last: ids.last().map(|id| (*id).to_owned()),
    }
}

impl SplitValues {
    pub(super) fn of(fields: &FieldSplit, side: Target) -> SplitValues {
        let name = |name: &String| Some(name.clone()).filter(|name| !name.trim().is_empty());
        SplitValues {
            first_name: name(fields.first_name.of(side)),
            last_name: name(fields.last_name.of(side)),
            email: fields.email.of(side).clone(),
            phone_number: fields.phone_number.of(side).clone(),
            date_of_birth: fields.date_of_birth.of(side).clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::subject::{Child, MessageHead};
    use super::super::{Edit, NamePart, preview, samples};
    use super::*;

    #[test]
    fn before_after_and_everything_between() {
        let (before, plan) = (samples::subject(), samples::plan());
        let expected = Expected::of(&before, &plan, &preview(&before, &plan));
        let stored = serde_json::to_string(&expected).unwrap();
        assert!(serde_json::from_str::<Expected>(&stored).unwrap() == expected);
        let mut earlier: serde_json::Value = serde_json::from_str(&stored).unwrap();
        for side in ["original", "new"] {
            earlier["after"][side].as_object_mut().unwrap().remove("further");
        }
        let earlier: Expected = serde_json::from_value(earlier).unwrap();
        assert!(
            earlier.after.new.further.is_empty() && earlier.after.new.values == expected.after.new.values
        );
        let (original, new) = samples::separated();
        assert_eq!(expected.compare(&before, None), Seen::Before);
        assert_eq!(expected.compare(&original, Some(&new)), Seen::After);
        assert_eq!(expected.compare(&original, None), Seen::Neither);
        assert_eq!(expected.compare(&before, Some(&new)), Seen::Neither);
        let halfway: [fn(&mut Subject); 7] = [
            |subject| subject.notes.clear(),
            |subject| subject.conversations.truncate(1),
            |subject| subject.conversations[0].messages = None,
            |subject| subject.conversations[0].id = "sms".into(),
            |subject| subject.documents.as_mut().unwrap().clear(),
            |subject| subject.contact.values.clear(),
            |subject| subject.contact.organization_id = Some("o2".into()),
        ];
        for (at, spoil) in halfway.into_iter().enumerate() {
            let mut spoilt = new.clone();
            spoil(&mut spoilt);
            assert_eq!(expected.compare(&original, Some(&spoilt)), Seen::Neither, "{at}");
        }
    }

    #[test]
    fn what_came_later_counts_for_nothing_and_what_is_missing_does() {
        let (before, plan) = (samples::subject(), samples::plan());
        let expected = Expected::of(&before, &plan, &preview(&before, &plan));
        let (original, new) = samples::separated();
        let later = |subject: &mut Subject| {
            let late = MessageHead { id: "late".into(), ..MessageHead::default() };
            subject
                .conversations
                .iter_mut()
                .for_each(|one| one.messages.as_mut().unwrap().push(late.clone()));
            subject.conversations.push(samples::conversation("fresh", 2));
            subject.notes.push(Child { id: "n9".into(), ..before.notes[0].clone() });
        };
        let (mut busy_before, mut busy, mut busy_new) = (before.clone(), original.clone(), new.clone());
        later(&mut busy_before);
        later(&mut busy);
        later(&mut busy_new);
        assert_eq!(expected.compare(&busy_before, None), Seen::Before);
        assert_eq!(expected.compare(&busy, Some(&busy_new)), Seen::After);
        // A message of the moved half is gone again, and another came.
        busy_new.conversations[0].messages.as_mut().unwrap().remove(1);
        assert_eq!(expected.compare(&busy, Some(&busy_new)), Seen::Neither);
        // The cut has not happened, though everything else has.
        busy.conversations[0].messages.clone_from(&before.conversations[0].messages);
        assert_eq!(expected.compare(&busy, Some(&new)), Seen::Neither);
        assert!(!expected.has_left_original(&busy) && expected.has_left_original(&original));
    }

    #[test]
    fn a_separation_that_takes_nothing_leaves_no_trace() {
        let before = samples::subject();
        let mut plan = SeparationPlan::start(&before);
        let name = |plan: &mut SeparationPlan, side| {
            plan.apply(Edit::Name { part: NamePart::First, side, value: "Janet".into() }).unwrap();
        };
        let expected = |plan: &SeparationPlan| Expected::of(&before, plan, &preview(&before, plan));
        for kind in ChildKind::ALL {
            for id in before.ids(kind).map(str::to_owned).collect::<Vec<_>>() {
                plan.apply(Edit::Assign { kind, id, to: Target::Original.into() }).unwrap();
            }
        }
        name(&mut plan, Target::New);
        assert!(!expected(&plan).leaves_trace());
        name(&mut plan, Target::Original);
        assert!(expected(&plan).leaves_trace());
        assert!(expected(&samples::plan()).leaves_trace());
    }

    #[test]
    fn what_was_seen_is_told_in_counts() {
        let (before, plan) = (samples::subject(), samples::plan());
        let expected = Expected::of(&before, &plan, &preview(&before, &plan));
        let (original, mut new) = samples::separated();
        new.notes.clear();
        let told = expected.sighting(&original, Some(&new)).to_string();
        assert_eq!(
            told,
            "The original contact has 4 of the 4 records that stay and 0 of the 4 that move, and 1 of 1 halves of cut \
             conversations as planned; its values are as they were, which is as planned. A contact that may be the new one has 3 of the 4 \
             records that move and 0 of the 4 that stay, and 1 of 1 halves of cut conversations as planned; its values \
             are as planned."
        );
        let told = expected.sighting(&before, None).to_string();
        assert!(told.contains("4 of the 4 that move") && told.ends_with("looks like the new one."), "{told}");
    }
}
