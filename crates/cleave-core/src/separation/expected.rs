//! What should be seen on the server before and after a separation, for reconciling one whose outcome is unknown.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fields::FieldSplit;
use super::kind::ChildKind;
use super::plan::SeparationPlan;
use super::preview::{ChildSide, Preview};
use super::subject::Subject;
use super::target::{Pair, Target};
use crate::compare::{Sameness, compare};
use crate::field;
use crate::readings;

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

/// What two contacts, read now, say about a separation that may have been sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Everything is as it was.
    Before,
    /// Everything is as it should be afterwards.
    After,
    /// Neither: a person has to look.
    Neither,
}

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
        };
        Expected { before, after: Pair { original: after(Target::Original), new: after(Target::New) } }
    }

    /// What the original contact and, where one was found, the new one say.
    ///
    /// The conversations that were cut must have been read; documents count only where they are known. A new contact
    /// beside an untouched original is [`Seen::Neither`].
    pub fn compare(&self, original: &Subject, new: Option<&Subject>) -> Seen {
        match new {
            None if self.before.fits(original, true) => Seen::Before,
            Some(new)
                if self.after.original.fits(original, self.keeps_id(Target::Original))
                    && self.after.new.fits(new, self.keeps_id(Target::New)) =>
            {
                Seen::After
            }
            _ => Seen::Neither,
        }
    }

    fn keeps_id(&self, side: Target) -> bool {
        side == readings::CUT_KEEPS_ID_ON
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

impl Inventory {
    /// Whether a contact has exactly this. `keeps_ids`: whether halves are under the id of their conversation.
    fn fits(&self, subject: &Subject, keeps_ids: bool) -> bool {
        self.values.fits(&SplitValues::of(&FieldSplit::start(subject), Target::Original))
            && self.documents_fit(subject)
            && self.records_fit(subject)
            && self.conversations_fit(subject, keeps_ids)
    }

    fn documents_fit(&self, subject: &Subject) -> bool {
        let (Some(expected), Some(_)) = (&self.documents, &subject.documents) else { return true };
        subject.document_ids().map(str::to_owned).collect::<BTreeSet<_>>() == *expected
    }

    fn records_fit(&self, subject: &Subject) -> bool {
        let records = ChildKind::ALL.into_iter().filter(|kind| *kind != ChildKind::Conversation);
        records.into_iter().all(|kind| {
            let seen: BTreeSet<&str> = subject.ids(kind).collect();
            self.children.get(&kind).into_iter().flatten().map(String::as_str).collect::<BTreeSet<_>>()
                == seen
        })
    }

    fn conversations_fit(&self, subject: &Subject, keeps_ids: bool) -> bool {
        let ids = self.children.get(&ChildKind::Conversation).into_iter().flatten();
        let expected: BTreeSet<&str> = ids.map(String::as_str).collect();
        let seen: BTreeSet<&str> = subject.ids(ChildKind::Conversation).collect();
        let further = if keeps_ids { 0 } else { self.halves.len() };
        expected.is_subset(&seen)
            && seen.len() == expected.len() + further
            && self.halves.iter().all(|half| {
                subject.conversations.iter().any(|conversation| {
                    let messages = conversation.messages.iter().flatten();
                    let found = mark(&half.cut, messages.map(|message| message.id.as_str()));
                    (!keeps_ids || conversation.id == half.cut) && found == *half
                })
            })
    }
}

impl SplitValues {
    fn of(fields: &FieldSplit, side: Target) -> SplitValues {
        let name = |name: &String| Some(name.clone()).filter(|name| !name.trim().is_empty());
        SplitValues {
            first_name: name(fields.first_name.of(side)),
            last_name: name(fields.last_name.of(side)),
            email: fields.email.of(side).clone(),
            phone_number: fields.phone_number.of(side).clone(),
            date_of_birth: fields.date_of_birth.of(side).clone(),
        }
    }

    /// Whether the values are the same after normalisation, because servers reformat.
    fn fits(&self, seen: &SplitValues) -> bool {
        let pairs = [
            (field::FIRST_NAME, &self.first_name, &seen.first_name),
            (field::LAST_NAME, &self.last_name, &seen.last_name),
            (field::EMAIL, &self.email, &seen.email),
            (field::PHONE, &self.phone_number, &seen.phone_number),
            (field::DATE_OF_BIRTH, &self.date_of_birth, &seen.date_of_birth),
        ];
        pairs.into_iter().all(|(path, expected, seen)| {
            let sameness = compare(&path.into(), expected.as_deref(), seen.as_deref());
            matches!(sameness, Sameness::Equal | Sameness::EqualNormalised | Sameness::BothMissing)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{preview, samples};
    use super::*;

    #[test]
    fn before_after_and_everything_between() {
        let (before, plan) = (samples::subject(), samples::plan());
        let expected = Expected::of(&before, &plan, &preview(&before, &plan));
        let stored = serde_json::to_string(&expected).unwrap();
        assert!(serde_json::from_str::<Expected>(&stored).unwrap() == expected);
        let (original, new) = samples::separated();
        assert_eq!(expected.compare(&before, None), Seen::Before);
        assert_eq!(expected.compare(&original, Some(&new)), Seen::After);
        assert_eq!(expected.compare(&original, None), Seen::Neither);
        assert_eq!(expected.compare(&before, Some(&new)), Seen::Neither);
        let halfway: [fn(&mut Subject); 5] = [
            |subject| subject.notes.clear(),
            |subject| subject.conversations.truncate(1),
            |subject| subject.conversations[0].messages = None,
            |subject| subject.documents.as_mut().unwrap().clear(),
            |subject| subject.contact.values.clear(),
        ];
        for (at, spoil) in halfway.into_iter().enumerate() {
            let mut spoilt = new.clone();
            spoil(&mut spoilt);
            assert_eq!(expected.compare(&original, Some(&spoilt)), Seen::Neither, "{at}");
        }
    }
}
