//! Plan beside receipt.

use cleave_core::separation::{ChildKind, Receipt, ReceiptItem, ReceiptLine, Target};

use super::label;
use super::side::{nouns, side};
use crate::ipc::{ReceiptRow, ReceiptView};
use crate::view::field::readable;
use crate::view::names::Names;

/// The receipt, for the window.
pub(crate) fn receipt(receipt: &Receipt) -> ReceiptView {
    ReceiptView {
        new_contact_id: receipt.new_contact_id.clone(),
        rows: receipt.counters.iter().chain(&receipt.contacts).map(row).collect(),
        as_predicted: receipt.is_as_predicted(),
        was_read: receipt.was_read(),
    }
}

fn row(line: &ReceiptLine) -> ReceiptRow {
    let (label, whose, path): (String, Option<Target>, &str) = match &line.item {
        ReceiptItem::Counter { name } => (label::counter(name), None, ""),
        ReceiptItem::Value { side, path } => (label::field(path.as_str()), Some(*side), path.as_str()),
        ReceiptItem::Records { side, kind } => (capital(nouns(*kind).1), Some(*side), ""),
        ReceiptItem::Documents { side } => (label::field("documents"), Some(*side), ""),
        ReceiptItem::Half { side, .. } => {
            (format!("Messages of the cut {}", nouns(ChildKind::Conversation).0), Some(*side), "")
        }
        ReceiptItem::NewConversation { side, path, .. } => {
            let noun = nouns(ChildKind::Conversation).0;
            (format!("{} of the new {noun}", label::field(path.as_str())), Some(*side), path.as_str())
        }
    };
    let text = |text: &Option<String>| {
        let known = line.is_known();
        text.as_ref().map_or_else(
            || if known { String::new() } else { NOT_TOLD.to_owned() },
            |text| readable(path, text, &Names::default()),
        )
    };
    ReceiptRow {
        label,
        side: whose.map(side),
        predicted: text(&line.predicted),
        actual: text(&line.actual),
        same: line.same,
    }
}

/// What stands where a prediction or the server is silent, so that it does not read like nothing.
const NOT_TOLD: &str = "not told";

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_words_and_both_numbers() {
        let line = |item, predicted: &str, actual: &str| ReceiptLine {
            item,
            predicted: Some(predicted.to_owned()),
            actual: Some(actual.to_owned()).filter(|text| !text.is_empty()),
            same: predicted == actual || actual.is_empty(),
        };
        let value = ReceiptItem::Value { side: Target::New, path: "phoneNumber".into() };
        let records = ReceiptItem::Records { side: Target::Original, kind: ChildKind::TrainingSnapshot };
        let stored = Receipt {
            new_contact_id: Some("c2".into()),
            counters: vec![line(ReceiptItem::Counter { name: "notesMoved".into() }, "2", "1")],
            contacts: vec![line(value, "+14165550199", "+14165550199"), line(records, "1", "")],
        };
        let shown = receipt(&stored);
        let rows: Vec<_> = shown
            .rows
            .iter()
            .map(|row| {
                format!(
                    "{} {:?} {}|{} {}",
                    row.label,
                    row.side.is_some(),
                    row.predicted,
                    row.actual,
                    row.same
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                "Notes moved false 2|1 false",
                "Phone true +1 416-555-0199|+1 416-555-0199 true",
                "Training snapshots true 1|not told true",
            ]
        );
        assert!(!shown.as_predicted && shown.was_read);
    }
}
