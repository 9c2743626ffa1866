//! Plan beside receipt: what was predicted of a separation, next to what the server answered and what both contacts
//! turned out to be. A difference is kept with both sides of it, never corrected.

use serde::{Deserialize, Serialize};

use super::kind::ChildKind;
use super::summary::PredictedSummary;
use super::target::Target;
use crate::field::FieldPath;

mod contacts;

pub use contacts::contacts;

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
    /// What the server shows; `None` is nothing, or what it did not tell.
    pub actual: Option<String>,
    /// Whether nothing that is known differs, read as what it is: numbers and addresses after normalisation, records by
    /// their ids. What came later counts for nothing.
    pub same: bool,
}

impl ReceiptLine {
    /// Whether both sides of it are known. A counter that the server left out, or that could not be predicted, differs
    /// from nothing.
    pub fn is_known(&self) -> bool {
        match self.item {
            ReceiptItem::Value { .. } => true,
            ReceiptItem::NewConversation { .. } => self.actual.is_some(),
            ReceiptItem::Counter { .. }
            | ReceiptItem::Records { .. }
            | ReceiptItem::Documents { .. }
            | ReceiptItem::Half { .. } => self.predicted.is_some() && self.actual.is_some(),
        }
    }
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
    /// The records of a kind that one of the two contacts has, of those that the plan knows, as a count; the same only if
    /// they are the same records.
    Records {
        /// Which contact.
        side: Target,
        /// Which kind.
        kind: ChildKind,
    },
    /// The documents that one of the two contacts has, of those that the plan knows, as a count; the same only if they
    /// are the same documents.
    Documents {
        /// Which contact.
        side: Target,
    },
    /// The messages of one half of a conversation that was cut, of those that the plan knows, as a count.
    Half {
        /// Whose half.
        side: Target,
        /// The conversation that was cut.
        cut: String,
    },
    /// What the plan says of the conversation that a cut made.
    NewConversation {
        /// Whose it is.
        side: Target,
        /// The conversation that was cut.
        cut: String,
        /// `assignees` or `status`.
        path: FieldPath,
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
        same: predicted == actual || predicted.is_none() || actual.is_none(),
    };
    lines.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    pub(super) fn wrong(lines: &[ReceiptLine]) -> Vec<String> {
        let lines = lines.iter().filter(|line| !line.same);
        lines.map(|line| serde_json::to_string(&line.item).unwrap()).collect()
    }

    #[test]
    fn counters_are_compared_one_by_one_and_a_missing_one_is_unknown() {
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
        assert_eq!(wrong(&lines), [r#"{"of":"counter","name":"notesMoved"}"#]);
        assert!(lines[2].is_known() && !lines[5].is_known() && lines[5].same);
        assert_eq!((lines[2].predicted.as_deref(), lines[2].actual.as_deref()), (Some("1"), Some("2")));
        let receipt = Receipt { counters: lines, ..Receipt::default() };
        assert!(!receipt.is_as_predicted() && !receipt.was_read());
    }
}
