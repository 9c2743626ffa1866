//! Both contacts as they were read again, beside what was predicted of them.
//!
//! Life goes on after a separation too: records and messages that the plan does not know came later, and count for
//! nothing. What was not read has no line.

use std::collections::BTreeSet;

use super::{ReceiptItem, ReceiptLine};
use crate::compare::{Sameness, compare};
use crate::field;
use crate::readings;
use crate::separation::decided::DecidedSeparation;
use crate::separation::expected::{HalfMark, Inventory, SplitValues};
use crate::separation::fields::FieldSplit;
use crate::separation::kind::ChildKind;
use crate::separation::plain::{self, PlainValue};
use crate::separation::subject::{Conversation, Subject};
use crate::separation::target::Target;

/// What was predicted of both contacts beside what they are, read after the separation. A half of a cut conversation
/// counts where it was read.
pub fn contacts(decided: &DecidedSeparation, original: &Subject, new: &Subject) -> Vec<ReceiptLine> {
    let mut lines = Vec::new();
    for (side, now) in [(Target::Original, original), (Target::New, new)] {
        let mut contact = OneSide { decided, side, now, lines: &mut lines };
        contact.values();
        contact.further();
        contact.records();
        contact.documents();
        contact.halves();
    }
    lines
}

/// One of the two contacts, and the receipt that its lines are added to.
struct OneSide<'a> {
    decided: &'a DecidedSeparation,
    side: Target,
    now: &'a Subject,
    lines: &'a mut Vec<ReceiptLine>,
}

impl<'a> OneSide<'a> {
    fn expected(&self) -> &'a Inventory {
        self.decided.expected.after.of(self.side)
    }

    fn values(&mut self) {
        // Read as the plan reads them: no secondary number stands in for one under `phoneNumber`.
        let (of, is) =
            (&self.expected().values, SplitValues::of(&FieldSplit::start(self.now), Target::Original));
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
                let item = ReceiptItem::Value { side: self.side, path: path.into() };
                self.lines.push(ReceiptLine { item, predicted: predicted.clone(), actual, same });
            }
        }
    }

    fn further(&mut self) {
        let values = plain::values(&self.now.contact);
        let numbers = plain::further_numbers(&self.now.contact);
        for (path, predicted) in &self.expected().further {
            let actual =
                if path.as_str() == field::SECONDARY_PHONE { numbers.as_ref() } else { values.get(path) };
            let same = match (predicted, actual) {
                (Some(predicted), Some(actual)) => predicted.fits(path, actual),
                (predicted, actual) => predicted.is_none() && actual.is_none(),
            };
            if predicted.is_some() || actual.is_some() {
                let item = ReceiptItem::Value { side: self.side, path: path.clone() };
                // One record is told by one name, whether the server gave it this time or not.
                let told = |actual: &PlainValue| match predicted {
                    Some(predicted) if predicted.value == actual.value => predicted.text.clone(),
                    _ => actual.text.clone(),
                };
                let (predicted, actual) = (predicted.as_ref().map(|one| one.text.clone()), actual.map(told));
                self.lines.push(ReceiptLine { item, predicted, actual, same });
            }
        }
    }

    fn records(&mut self) {
        for kind in ChildKind::ALL {
            let planned: BTreeSet<&str> = self.expected().ids(kind).collect();
            let known: BTreeSet<&str> = self.decided.expected.before.ids(kind).collect();
            let (there, later): (BTreeSet<&str>, BTreeSet<&str>) =
                self.now.ids(kind).partition(|id| known.contains(id));
            let made = if kind == ChildKind::Conversation { self.made() } else { 0 };
            if self.now.incomplete.contains(&kind) && there.is_subset(&planned) {
                // What is missing may only not be listed.
                continue;
            }
            let (planned_count, actual) = (planned.len() + made, there.len() + made.min(later.len()));
            if planned_count + actual > 0 {
                let item = ReceiptItem::Records { side: self.side, kind };
                self.count(item, planned_count, actual, planned == there);
            }
        }
    }

    /// How many conversations cuts make on this side, with ids of their own.
    fn made(&self) -> usize {
        if keeps_id(self.side) {
            return 0;
        }
        self.expected().halves.iter().filter(|half| half.count > 0).count()
    }

    fn documents(&mut self) {
        let (Some(planned), Some(_)) = (&self.expected().documents, &self.now.documents) else { return };
        let planned: BTreeSet<&str> = planned.iter().map(String::as_str).collect();
        let known = self.decided.expected.before.documents.as_ref();
        let there: BTreeSet<&str> =
            self.now.document_ids().filter(|id| known.is_none_or(|known| known.contains(*id))).collect();
        if planned.len() + there.len() > 0 {
            let item = ReceiptItem::Documents { side: self.side };
            self.count(item, planned.len(), there.len(), planned == there);
        }
    }

    fn halves(&mut self) {
        for half in &self.expected().halves {
            if half.count == 0 && !keeps_id(self.side) {
                continue;
            }
            let mut candidates = self.candidates(half);
            if candidates.iter().any(|one| one.messages.is_none()) {
                // One that was not read may be the half.
                candidates.retain(|one| half.is_in(one));
                if candidates.is_empty() {
                    continue;
                }
            }
            let begins = |one: &&&Conversation| {
                let first = one.messages.iter().flatten().next();
                keeps_id(self.side) || first.map(|message| &message.id) == half.first.as_ref()
            };
            let found = candidates.iter().find(begins).copied();
            let actual = found.map_or(0, |one| self.known_messages(half, one));
            let theirs = self.decided.expected.after.of(self.side.other());
            let theirs = theirs.halves.iter().find(|theirs| theirs.cut == half.cut);
            let planned = usize::try_from(half.count).unwrap_or(usize::MAX);
            let same = planned == actual
                && found.is_none_or(|one| {
                    half.is_in(one) && !theirs.is_some_and(|theirs| theirs.has_end_in(one))
                });
            self.count(ReceiptItem::Half { side: self.side, cut: half.cut.clone() }, planned, actual, same);
            if let Some(made) = found.filter(|_| !keeps_id(self.side)) {
                self.new_conversation(half, made);
            }
        }
    }

    /// The conversations that may be a half: by its id where the half keeps it, else those that were not there before.
    fn candidates(&self, half: &HalfMark) -> Vec<&'a Conversation> {
        let known: BTreeSet<&str> = self.decided.expected.before.ids(ChildKind::Conversation).collect();
        let may_be = |one: &&Conversation| {
            if keeps_id(self.side) { one.id == half.cut } else { !known.contains(one.id.as_str()) }
        };
        self.now.conversations.iter().filter(may_be).collect()
    }

    /// How many messages of a conversation were in the one that was cut.
    fn known_messages(&self, half: &HalfMark, one: &Conversation) -> usize {
        let cut = self.decided.subject.conversation(&half.cut).and_then(|cut| cut.messages.as_ref());
        let known: Option<BTreeSet<&str>> =
            cut.map(|messages| messages.iter().map(|message| message.id.as_str()).collect());
        let messages = one.messages.iter().flatten();
        messages
            .filter(|message| known.as_ref().is_none_or(|known| known.contains(message.id.as_str())))
            .count()
    }

    /// What was said of the conversation that a cut made, where the server shows it.
    fn new_conversation(&mut self, half: &HalfMark, made: &Conversation) {
        let Some(meta) = self.decided.plan.meta.get(&half.cut) else { return };
        let mut line = |path: &str, predicted: Option<String>, actual: Option<String>, same: bool| {
            let item =
                ReceiptItem::NewConversation { side: self.side, cut: half.cut.clone(), path: path.into() };
            self.lines.push(ReceiptLine { item, predicted, same: same || actual.is_none(), actual });
        };
        if let Some(planned) = &meta.assignees {
            let ids = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
            // Nobody reads like a list that the server does not show.
            let shown = !made.assignees.is_empty() || planned.is_empty();
            let (same, actual) = (ids(planned) == ids(&made.assignees), made.assignees.join(", "));
            line("assignees", Some(planned.join(", ")), shown.then_some(actual), same);
        }
        if let Some(planned) = &meta.status {
            let sameness = compare(&"status".into(), Some(planned), made.status.as_deref());
            let same = matches!(sameness, Sameness::Equal | Sameness::EqualNormalised);
            line("status", Some(planned.clone()), made.status.clone(), same);
        }
    }

    fn count(&mut self, item: ReceiptItem, predicted: usize, actual: usize, same: bool) {
        let same = same && predicted == actual;
        let (predicted, actual) = (Some(predicted.to_string()), Some(actual.to_string()));
        self.lines.push(ReceiptLine { item, predicted, actual, same });
    }
}

fn keeps_id(side: Target) -> bool {
    side == readings::CUT_KEEPS_ID_ON
}

#[cfg(test)]
mod tests {
    use super::super::tests::wrong;
    use super::*;
    use crate::separation::samples;
    use crate::separation::subject::{Child, Document, MessageHead};
    use serde_json::json;

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
    fn values_that_ended_on_the_wrong_side_are_named() {
        let decided = samples::decided();
        let named = |change: fn(&mut Subject, &mut Subject)| {
            let (mut original, mut new) = samples::separated();
            change(&mut original, &mut new);
            wrong(&contacts(&decided, &original, &new))
        };
        let value = |side: &str, path: &str| format!(r#"{{"of":"value","side":"{side}","path":"{path}"}}"#);
        type Case = (fn(&mut Subject, &mut Subject), Vec<String>);
        let cases: [Case; 7] = [
            // What has no slot was copied, was lost, or went.
            (|_, new| set(new, "company", json!("Acme")), vec![value("new", "company")]),
            (|original, _| set(original, "address.city", json!("")), vec![value("original", "address.city")]),
            (|_, new| set(new, "misc.tier", json!("gold")), vec![value("new", "misc.tier")]),
            (
                |original, _| set(original, "misc.score.value", json!(7)),
                vec![value("original", "misc.score.value")],
            ),
            (
                |original, _| original.contact.secondary_phones.push("416 555 0101".into()),
                vec![value("original", "secondaryPhoneNumber")],
            ),
            (|original, _| set(original, "status", json!("Lost")), vec![value("original", "status")]),
            // What the server decides, writes in its own way, or gives whole.
            (
                |original, new| {
                    set(new, "status", json!("New"));
                    set(new, "userId", json!("u7"));
                    set(new, "visits", json!(3));
                    set(original, "company", json!("ACME "));
                    original.contact.values.remove(&"pipelineId".into());
                    set(original, "pipelineId._id", json!("p1"));
                    set(original, "assignees", json!([{"_id": "u1", "fullName": "Ann"}]));
                },
                Vec::new(),
            ),
        ];
        for (at, (change, expected)) in cases.into_iter().enumerate() {
            assert_eq!(named(change), expected, "{at}");
        }
    }

    fn set(subject: &mut Subject, path: &str, value: serde_json::Value) {
        subject.contact.values.insert(path.into(), value);
    }

    #[test]
    fn what_came_later_and_what_was_not_read_differs_from_nothing() {
        let decided = samples::decided();
        let (mut original, mut new) = samples::separated();
        for now in [&mut original, &mut new] {
            now.conversations[0].messages.as_mut().unwrap().push(MessageHead::default());
            now.conversations.push(samples::conversation("fresh", 2));
            now.notes.push(Child { id: "n9".into(), ..samples::subject().notes[0].clone() });
            now.documents.as_mut().unwrap().push(Document { id: "d9".into(), ..Document::default() });
        }
        let lines = contacts(&decided, &original, &new);
        assert_eq!(wrong(&lines), [""; 0]);
        // Nothing shows who works on the conversation that was made.
        let known: Vec<&ReceiptLine> = lines.iter().filter(|line| line.is_known()).collect();
        assert_eq!(known.len() + 1, lines.len());
        assert!(known.iter().all(|line| line.predicted == line.actual));
        // A half that was not read has no line; one that is not there has.
        let halves = |new: &Subject| {
            let lines = contacts(&decided, &original, new);
            let halves =
                lines.into_iter().filter(|l| matches!(l.item, ReceiptItem::Half { side: Target::New, .. }));
            halves.map(|line| (line.actual.unwrap(), line.same)).collect::<Vec<_>>()
        };
        assert_eq!(halves(&new), [("3".to_owned(), true)]);
        new.conversations[0].messages = None;
        assert_eq!(halves(&new), []);
        new.conversations.remove(0);
        assert_eq!(halves(&new), [("0".to_owned(), false)]);
        // A list that is not whole proves no record missing, and a record of the other side all the same.
        new.notes.clear();
        new.incomplete.insert(ChildKind::Note);
        let notes = r#"{"of":"records","side":"new","kind":"contactNotes"}"#.to_owned();
        assert!(!wrong(&contacts(&decided, &original, &new)).contains(&notes));
        new.incomplete.clear();
        assert!(wrong(&contacts(&decided, &original, &new)).contains(&notes));
    }

    #[test]
    fn what_was_said_of_the_new_conversation_is_compared_where_it_is_shown() {
        let mut decided = samples::decided();
        decided.plan.meta.get_mut("sms").unwrap().status = Some("open".into());
        let (original, mut new) = samples::separated();
        let told = |new: &Subject| {
            let lines = contacts(&decided, &original, new).into_iter();
            let lines = lines.filter(|line| matches!(line.item, ReceiptItem::NewConversation { .. }));
            lines.map(|line| (line.is_known(), line.same)).collect::<Vec<_>>()
        };
        assert_eq!(told(&new), [(false, true), (false, true)]);
        new.conversations[0].assignees = vec!["u1".into()];
        new.conversations[0].status = Some("Open".into());
        assert_eq!(told(&new), [(true, true), (true, true)]);
        new.conversations[0].assignees.push("u2".into());
        new.conversations[0].status = Some("closed".into());
        assert_eq!(told(&new), [(true, false), (true, false)]);
    }
}
