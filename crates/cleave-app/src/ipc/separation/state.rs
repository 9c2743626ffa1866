//! The draft as it stands after an edit: both contacts, every record, every problem at its place.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ChildPlace, ChildRef, CutView, SeparationSide};
use crate::ipc::ChildKind;

/// The plan as far as it is, and what would come of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparationState {
    /// Counts the changes of this draft in this process; a state with a lower one is older.
    pub revision: u32,
    /// Both contacts line by line, in reading order.
    pub lines: Vec<SplitLine>,
    /// Where child records are: all of them in a [`SeparationView`](super::SeparationView), else those that moved by
    /// this edit.
    pub places: Vec<ChildPlaceView>,
    /// Every conversation that is cut.
    pub cuts: Vec<CutView>,
    /// How many child records are undecided.
    pub undecided: u32,
    /// What the server should answer, counter by counter, in the order of the contract.
    pub summary: Vec<CounterView>,
    /// Whether the server itself would refuse a second copy.
    pub guarded: bool,
    /// Why, in words.
    pub guard: String,
    /// Values that a separation has no place for, each with where it stays.
    pub unslotted: Vec<UnslottedView>,
    /// What is wrong elsewhere than in a line; without one for each undecided child.
    pub problems: Vec<SeparationProblem>,
    /// Why it cannot be separated yet, in words; `None` when it can.
    pub blocked: Option<String>,
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is something to do again.
    pub can_redo: bool,
}

/// Where a child record is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildPlaceView {
    /// Its kind.
    pub kind: ChildKind,
    /// Its id.
    pub id: String,
    /// Where.
    pub place: ChildPlace,
}

/// How a line of the contact can be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LineKind {
    /// A name: each side has a text.
    Name,
    /// A value that each side may have, and that may be edited.
    Value,
    /// A value that goes to one side as a whole; the other has the organisation's default.
    Whole,
    /// A key of `misc`: each side may have it; edited only where it is a text or a number.
    Misc,
    /// A document, on one side.
    Document,
}

/// One line of both contacts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SplitLine {
    /// What edits call it: a field's path, `misc.KEY` or `documents.ID`.
    pub path: String,
    /// What people call it.
    pub label: String,
    /// How it can be split.
    pub kind: LineKind,
    /// What the contact has now, as people read it; `None` is nothing.
    pub now: Option<String>,
    /// What the original contact has afterwards.
    pub original: SplitValue,
    /// What the new contact has afterwards.
    pub new: SplitValue,
    /// Whether both may have it.
    pub both: bool,
    /// Whether the texts may be edited.
    pub editable: bool,
    /// Values known from elsewhere that a side could have: further numbers, what a thread or an application says.
    pub options: Vec<SplitOption>,
}

/// One side of a line.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SplitValue {
    /// The text as it is edited; empty is nothing.
    pub text: String,
    /// The text as people read it; empty is nothing.
    pub shown: String,
    /// Whether the server fills it, with a default or a copy.
    pub server_decides: bool,
    /// What is wrong with it.
    pub problems: Vec<SeparationProblem>,
}

/// A value that a side could have.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SplitOption {
    /// The text to set.
    pub text: String,
    /// The text as people read it.
    pub shown: String,
    /// Where it is from, in words.
    pub from: String,
}

/// Something wrong, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparationProblem {
    /// A sentence.
    pub message: String,
    /// Whether it stands in the way.
    pub blocking: bool,
    /// The line it is about, if it is about one.
    pub path: Option<String>,
    /// The side it is about, if it is about one.
    pub side: Option<SeparationSide>,
    /// The child record it is about, if it is about one.
    pub child: Option<ChildRef>,
}

/// A counter of the summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CounterView {
    /// The contract's name of it (`notesMoved`).
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The number; `None` where it cannot be predicted.
    pub count: Option<u32>,
}

/// A value without a place in a separation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnslottedView {
    /// What people call the field.
    pub label: String,
    /// The value as people read it.
    pub text: String,
    /// Who keeps it.
    pub stays_with: SeparationSide,
}

discreet! {
    SplitLine { path, kind, original, new }
    SplitValue { server_decides, problems }
    SplitOption {}
    UnslottedView { stays_with }
}
