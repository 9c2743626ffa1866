//! Plan beside receipt: what was predicted of a separation, next to what the server answered and what both contacts
//! turned out to be. A difference is kept with both sides of it, never corrected.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::decided::DecidedSeparation;
use super::expected::{Inventory, SplitValues};
use super::fields::FieldSplit;
use super::kind::ChildKind;
use super::subject::Subject;
use super::summary::PredictedSummary;
use super::target::Target;
use crate::compare::{Sameness, compare};
use crate::field::{self, FieldPath};

/// What became of a separation that took effect, beside what was predicted of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Id of the contact that the separation made; `None` while it is not known.
    pub new_contact_id: Option<String>,
    /// The counters of the answer. Empty where no answer with counters came.
    pub counters: Vec<ReceiptLine>,
    /// Both contacts, read again afterwards. Empty until they were read.
    pub contacts: Vec<ReceiptLine>,
}

/// One prediction and what came of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptLine {
    /// What it is about.
    pub item: ReceiptItem,
    /// What the plan said; `None` is nothing, or a number that could not be predicted.
    pub predicted: Option<String>,
    /// What the server shows; `None` is nothing, or a number it did not answer.
    pub actual: Option<String>,
    /// Whether the two are the same, read as what they are: numbers and addresses after normalisation, lists of
    /// records by their ids.
    pub same: bool,
}

/// What a line of a receipt is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "camelCase")]
pub enum ReceiptItem {
    /// A counter of the summary, by its name in the contract.
    Counter {
        /// Such as `notesMoved`.
        name: String,
    },
    /// A value of one of the two contacts.
    Value {
        /// Which contact.
        side: Target,
        /// Its field.
        path: FieldPath,
    },
    /// The records of a kind that one of the two contacts has, as a count; the same only if they are the same records.
    Records {
        /// Which contact.
        side: Target,
        /// Which kind.
        kind: ChildKind,
    },
    /// The documents that one of the two contacts has, as a count; the same only if they are the same documents.
    Documents {
        /// Which contact.
        side: Target,
    },
    /// The messages of one half of a conversation that was cut, as a count.
    Half {
        /// Whose half.
        side: Target,
        /// The conversation that was cut.
        cut: String,
    },
}

private_debug!(Receipt, ReceiptLine, ReceiptItem);

/// The six counters as the server answered them; one that it left out is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AnsweredSummary {
    /// `conversationsMoved`.
    pub conversations_moved: Option<u64>,
    /// `applicationsMoved`.
    pub applications_moved: Option<u64>,
    /// `notesMoved`.
    pub notes_moved: Option<u64>,
    /// `remindersMoved`.
    pub reminders_moved: Option<u64>,
    /// `trainingSnapshotsMoved`.
    pub training_snapshots_moved: Option<u64>,
    /// `messagesReassigned`.
    pub messages_reassigned: Option<u64>,
}

impl Receipt {
    /// Whether everything that is known is as predicted.
    pub fn is_as_predicted(&self) -> bool {
        self.counters.iter().chain(&self.contacts).all(|line| line.same)
    }

    /// Whether both contacts were read again.
    pub fn was_read(&self) -> bool {
        !self.contacts.is_empty()
    }
}

/// The predicted counters beside those of the answer, in the order of the contract.
pub fn counters(predicted: &PredictedSummary, answered: &AnsweredSummary) -> Vec<ReceiptLine> {
    let p = predicted;
    let lines = [
        ("conversationsMoved", Some(p.conversations_moved), answered.conversations_moved),
        ("applicationsMoved", Some(p.applications_moved), answered.applications_moved),
        ("notesMoved", Some(p.notes_moved), answered.notes_moved),
        ("remindersMoved", Some(p.reminders_moved), answered.reminders_moved),
        ("trainingSnapshotsMoved", Some(p.training_snapshots_moved), answered.training_snapshots_moved),
        ("messagesReassigned", p.messages_reassigned, answered.messages_reassigned),
    ];
    let line = |(name, predicted, actual): (&str, Option<u64>, Option<u64>)| ReceiptLine {
        item: ReceiptItem::Counter { name: name.to_owned() },
        predicted: predicted.map(|number| number.to_string()),
        actual: actual.map(|number| number.to_string()),
        same: predicted == actual,
    };
    lines.into_iter().map(line).collect()
}

/// What was predicted of both contacts beside what they are, read after the separation. The conversations that were
/// cut must have been read.
pub fn contacts(decided: &DecidedSeparation, original: &Subject, new: &Subject) -> Vec<ReceiptLine> {
    let mut lines = Vec::new();
    for (side, now) in [(Target::Original, original), (Target::New, new)] {
        let expected = decided.expected.after.of(side);
        values(expected, side, now, &mut lines);
        records(expected, side, now, &mut lines);
        documents(expected, side, now, &mut lines);
        halves(expected, side, now, &mut lines);
    }
    lines
}

fn values(expected: &Inventory, side: Target, now: &Subject, lines: &mut Vec<ReceiptLine>) {
    // Read as the plan reads them: no secondary number stands in for one under `phoneNumber`.
    let (of, is) = (&expected.values, SplitValues::of(&FieldSplit::start(now), Target::Original));
    for (path, predicted, actual) in [
        (field::FIRST_NAME, &of.first_name, is.first_name),
        (field::LAST_NAME, &of.last_name, is.last_name),
        (field::EMAIL, &of.email, is.email),
        (field::PHONE, &of.phone_number, is.phone_number),
        (field::DATE_OF_BIRTH, &of.date_of_birth, is.date_of_birth),
    ] {
        let same = matches!(
            compare(&path.into(), predicted.as_deref(), actual.as_deref()),
            Sameness::Equal | Sameness::EqualNormalised | Sameness::BothMissing
        );
        if predicted.is_some() || actual.is_some() {
            let item = ReceiptItem::Value { side, path: path.into() };
            lines.push(ReceiptLine { item, predicted: predicted.clone(), actual, same });
        }
    }
}

fn records(expected: &Inventory, side: Target, now: &Subject, lines: &mut Vec<ReceiptLine>) {
    for kind in ChildKind::ALL {
        let planned: BTreeSet<&str> =
            expected.children.get(&kind).into_iter().flatten().map(String::as_str).collect();
        let there: BTreeSet<&str> = now.ids(kind).collect();
        // A cut makes a conversation with an id of its own, on the side that does not keep the id.
        let made = match kind {
            ChildKind::Conversation => {
                expected.halves.iter().filter(|half| !planned.contains(half.cut.as_str())).count()
            }
            _ => 0,
        };
        let same = planned.is_subset(&there) && there.len() == planned.len() + made;
        if planned.len() + made + there.len() > 0 {
            let item = ReceiptItem::Records { side, kind };
            lines.push(counted(item, planned.len() + made, there.len(), same));
        }
    }
}

fn documents(expected: &Inventory, side: Target, now: &Subject, lines: &mut Vec<ReceiptLine>) {
    let (Some(planned), Some(_)) = (&expected.documents, &now.documents) else { return };
    let there: BTreeSet<&str> = now.document_ids().collect();
    let same = planned.iter().map(String::as_str).collect::<BTreeSet<_>>() == there;
    if planned.len() + there.len() > 0 {
        lines.push(counted(ReceiptItem::Documents { side }, planned.len(), there.len(), same));
    }
}

fn halves(expected: &Inventory, side: Target, now: &Subject, lines: &mut Vec<ReceiptLine>) {
    for half in &expected.halves {
        // By its id where the half keeps it, else by the oldest message of the half.
        let found = now.conversations.iter().find(|conversation| {
            let first = conversation.messages.iter().flatten().next();
            conversation.id == half.cut
                || (half.first.is_some() && first.map(|m| &m.id) == half.first.as_ref())
        });
        let actual = found.and_then(|conversation| conversation.messages.as_ref()).map(Vec::len);
        let predicted = usize::try_from(half.count).ok();
        let item = ReceiptItem::Half { side, cut: half.cut.clone() };
        lines.push(ReceiptLine {
            item,
            predicted: predicted.map(|count| count.to_string()),
            actual: actual.map(|count| count.to_string()),
            same: predicted == actual,
        });
    }
}

fn counted(item: ReceiptItem, predicted: usize, actual: usize, same: bool) -> ReceiptLine {
    ReceiptLine { item, predicted: Some(predicted.to_string()), actual: Some(actual.to_string()), same }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn wrong(lines: &[ReceiptLine]) -> Vec<String> {
        let lines = lines.iter().filter(|line| !line.same);
        lines.map(|line| serde_json::to_string(&line.item).unwrap()).collect()
    }

    #[test]
    fn what_came_as_predicted_has_no_difference_and_anything_else_is_named() {
        let decided = samples::decided();
        let (original, new) = samples::separated();
        let as_predicted = contacts(&decided, &original, &new);
        assert_eq!(wrong(&as_predicted), [""; 0]);
        let of = |wanted: fn(&ReceiptItem) -> bool| as_predicted.iter().filter(|l| wanted(&l.item)).count();
        assert_eq!(of(|item| matches!(item, ReceiptItem::Records { side: Target::New, .. })), 3);
        assert_eq!(of(|item| matches!(item, ReceiptItem::Documents { .. })), 2);
        assert_eq!(of(|item| matches!(item, ReceiptItem::Half { .. })), 2);
        let mut secondary_only = original.clone();
        secondary_only.contact.phones.clear();
        let found = wrong(&contacts(&decided, &secondary_only, &new));
        assert_eq!(found, [r#"{"of":"value","side":"original","path":"phoneNumber"}"#]);
        let mut spoilt = new.clone();
        spoilt.notes.clear();
        spoilt.contact.values.insert("email".into(), serde_json::json!("x@example.com"));
        spoilt.conversations[0].messages.as_mut().unwrap().pop();
        let found = wrong(&contacts(&decided, &original, &spoilt));
        assert_eq!(
            found,
            [
                r#"{"of":"value","side":"new","path":"email"}"#,
                r#"{"of":"records","side":"new","kind":"contactNotes"}"#,
                r#"{"of":"half","side":"new","cut":"sms"}"#,
            ]
        );
    }

    #[test]
    fn counters_are_compared_one_by_one_and_a_missing_one_differs() {
        let predicted = samples::decided().predicted;
        let mut answered = AnsweredSummary {
            conversations_moved: Some(1),
            applications_moved: Some(0),
            notes_moved: Some(1),
            reminders_moved: Some(1),
            training_snapshots_moved: Some(0),
            messages_reassigned: Some(6),
        };
        assert!(counters(&predicted, &answered).iter().all(|line| line.same));
        answered.notes_moved = Some(2);
        answered.messages_reassigned = None;
        let lines = counters(&predicted, &answered);
        assert_eq!(wrong(&lines).len(), 2);
        assert_eq!((lines[2].predicted.as_deref(), lines[2].actual.as_deref()), (Some("1"), Some("2")));
        let receipt = Receipt { counters: lines, ..Receipt::default() };
        assert!(!receipt.is_as_predicted() && !receipt.was_read());
    }
}
