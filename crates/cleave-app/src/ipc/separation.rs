//! Separating one contact into two: what the editor shows, and what it sends.
//!
//! The draft lives in this process and on the disk; the window holds no part of the plan. It sends edits and shows the
//! [`SeparationState`] that comes back.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Changes, ChildKind, OutboxEntry, ProtectionView};

/// One of the two contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SeparationSide {
    /// The contact that is there.
    Original,
    /// The contact that the separation makes.
    New,
}

/// Where a child record goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ChildPlace {
    /// Nobody has said.
    Undecided,
    /// It stays.
    Original,
    /// It moves.
    New,
    /// A conversation that is cut: one half each. Only shown, never sent.
    Cut,
}

/// A child record by kind and id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildRef {
    /// Its kind; never a document, which is a line.
    pub kind: ChildKind,
    /// Its id.
    pub id: String,
}

/// One change of the plan, and one step of undo.
#[derive(Clone, Serialize, Deserialize, Type)]
#[serde(tag = "edit", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SeparationEdit {
    /// Sets the text of one side of a line, as typed; blank is nothing.
    Set {
        /// `path` of the line: a name, a value or a key of `misc`.
        path: String,
        /// Whose.
        side: SeparationSide,
        /// The text.
        text: String,
    },
    /// Gives what the contact has in a line to one side, and nothing to the other.
    Give {
        /// `path` of the line.
        path: String,
        /// To whom.
        to: SeparationSide,
    },
    /// Gives what the contact has in a line to both sides. Only where `both` of the line says so.
    Share {
        /// `path` of the line.
        path: String,
    },
    /// Says where child records go. A conversation that is cut loses its divider by it.
    Assign {
        /// Which.
        children: Vec<ChildRef>,
        /// Where to; not `cut`.
        to: ChildPlace,
    },
    /// Cuts a conversation, or moves its cut.
    Divide {
        /// Which conversation.
        conversation_id: String,
        /// The first message after the cut.
        message_id: String,
        /// Whose are the messages before it.
        before: SeparationSide,
    },
    /// Moves the cut of a conversation by so many messages, later where positive, at most to the ends.
    MoveDivider {
        /// Which conversation.
        conversation_id: String,
        /// By how many messages.
        by: i32,
    },
    /// Takes the cut of a conversation away; it is undecided then.
    Undivide {
        /// Which conversation.
        conversation_id: String,
    },
    /// Sets up the conversation that a cut makes; `None` leaves a part to the server.
    Describe {
        /// The conversation that is cut.
        conversation_id: String,
        /// Ids of the users who work on the new one.
        assignees: Option<Vec<String>>,
        /// Its status.
        status: Option<String>,
    },
}

/// What is typed may be personal data: nothing of it is printed.
impl std::fmt::Debug for SeparationEdit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SeparationEdit(..)")
    }
}

/// What the editor opens with.
#[derive(Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparationView {
    /// The contact.
    pub contact_id: String,
    /// Its name as it is now.
    pub name: String,
    /// RFC 3339 time at which its records were last read from the server; `None` if they never were.
    pub read_at: Option<String>,
    /// Every child record, conversations first, in each kind the newest first.
    pub cards: Vec<ChildCard>,
    /// Set while a colleague is at work with the contact.
    pub protection: Option<ProtectionView>,
    /// What changed on the server underneath the draft since it was last looked at; empty for a new draft.
    pub drift: Vec<DriftView>,
    /// Whether this goes on with a draft of earlier.
    pub resumed: bool,
    /// The decision this draft was taken from again, if it was refused, contradicted or is still waiting.
    pub entry: Option<OutboxEntry>,
    /// People who can be assigned.
    pub users: Vec<Choice>,
    /// Words for the status of a conversation that were met so far.
    pub statuses: Vec<String>,
    /// Everything that changes with the plan.
    pub state: SeparationState,
}

/// An id and what to call it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// The id.
    pub id: String,
    /// What to call it.
    pub label: String,
}

/// A child record as a card.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildCard {
    /// Its kind.
    pub kind: ChildKind,
    /// Its id.
    pub id: String,
    /// What it is, in one line.
    pub title: String,
    /// A second line; empty where there is none.
    pub detail: String,
    /// The channel's word, for conversations (`sms`).
    pub channel: Option<String>,
    /// Messages in it, for conversations, as far as known.
    pub messages: Option<u32>,
    /// Whether its messages are here, so that it can be opened and cut.
    pub readable: bool,
    /// RFC 3339 time of the last thing that happened in it.
    pub at: Option<String>,
}

/// One thing that changed underneath a draft.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DriftView {
    /// What changed, in words.
    pub message: String,
    /// The child record it is about, if it is about one that is there.
    pub child: Option<ChildRef>,
    /// The line it is about, if it is about one.
    pub path: Option<String>,
}

/// The plan as far as it is, and what would come of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparationState {
    /// Counts the changes of this draft in this process; a state with a lower one is older.
    pub revision: u32,
    /// Both contacts line by line, in reading order.
    pub lines: Vec<SplitLine>,
    /// Where child records are: all of them in a [`SeparationView`], else those that moved by this edit.
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

/// A conversation that is cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CutView {
    /// The conversation.
    pub conversation_id: String,
    /// The first message after the cut.
    pub message_id: String,
    /// Its position: messages before it are `before`'s.
    pub index: u32,
    /// Whose are the messages before the cut.
    pub before: SeparationSide,
    /// The half of the original contact.
    pub original: HalfView,
    /// The half of the new contact.
    pub new: HalfView,
    /// Which side's half becomes a new conversation.
    pub made_for: SeparationSide,
    /// Ids of the users who are to work on the new conversation; `None` leaves it to the server.
    pub assignees: Option<Vec<String>>,
    /// The status it is to have; `None` leaves it to the server.
    pub status: Option<String>,
}

/// One half of a cut conversation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HalfView {
    /// How many messages.
    pub count: u32,
    /// RFC 3339 time of the first message, where it has one.
    pub first_at: Option<String>,
    /// The beginning of the first message.
    pub first: String,
    /// RFC 3339 time of the last message, where it has one.
    pub last_at: Option<String>,
    /// The beginning of the last message.
    pub last: String,
}

/// Some messages of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MessagePage {
    /// How many there are in all.
    pub total: u32,
    /// Position of the first of `messages`.
    pub from: u32,
    /// The messages, oldest first.
    pub messages: Vec<MessageView>,
}

/// A message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// Its id.
    pub id: String,
    /// RFC 3339.
    pub at: Option<String>,
    /// Whether the contact wrote it; `None` where the server does not say.
    pub inbound: Option<bool>,
    /// The text.
    pub text: String,
}

/// What is proposed. Nothing of it is in the plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SuggestionsView {
    /// Sides of child records.
    pub children: Vec<SuggestionView>,
    /// Cuts of conversations that two people seem to share, the best first in each conversation.
    pub cuts: Vec<CutProposalView>,
    /// Who the second person may be, while the plan does not say.
    pub guess: Option<GuessView>,
}

/// A side that is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SuggestionView {
    /// The child's kind.
    pub kind: ChildKind,
    /// The child's id.
    pub id: String,
    /// The side.
    pub side: SeparationSide,
    /// How sure, in percent.
    pub percent: u32,
    /// What speaks for it, and then what speaks against it.
    pub evidence: Vec<EvidenceView>,
}

/// Something that speaks for a side or a cut.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceView {
    /// What kind of thing, in words ("greeted by name").
    pub label: String,
    /// Exact piece of the record; empty where it has no text of its own.
    pub quote: String,
    /// The side it speaks for.
    pub side: SeparationSide,
    /// The message it was found in.
    pub message_id: Option<String>,
}

/// A cut that is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CutProposalView {
    /// The conversation.
    pub conversation_id: String,
    /// The first message after the cut.
    pub message_id: String,
    /// Its position.
    pub index: u32,
    /// RFC 3339 time of that message.
    pub at: Option<String>,
    /// Whose are the messages before it.
    pub before: SeparationSide,
    /// How likely, in percent.
    pub percent: u32,
    /// What speaks for it.
    pub evidence: Vec<EvidenceView>,
}

/// Who the second person may be.
#[derive(Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GuessView {
    /// Given name, as it was written.
    pub first_name: String,
    /// Family name, where one was written with it.
    pub last_name: Option<String>,
    /// A number of such threads.
    pub phone: Option<String>,
    /// An address of such records.
    pub email: Option<String>,
    /// How sure, in percent.
    pub percent: u32,
    /// Where the name was found.
    pub evidence: Vec<EvidenceView>,
}

/// The separation for real, or a last look at it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparateRequest {
    /// Made by the caller (a UUID): a second call with the same id answers with the first result.
    pub op_id: String,
    /// The contact.
    pub contact_id: String,
    /// `revision` of the state the admin decided from.
    pub revision: u32,
    /// Only look: nothing is saved.
    pub dry_run: bool,
}

/// The last sheet: what will happen, in words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparationSheet {
    /// Names of both contacts afterwards.
    pub title: String,
    /// What will happen, a sentence each.
    pub happens: Vec<String>,
    /// What cannot be taken back afterwards, a sentence each.
    pub irrevocable: Vec<String>,
    /// What the admin should know before, a sentence each.
    pub warnings: Vec<String>,
}

/// Answer to a separation.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SeparateAnswer {
    /// What it does.
    pub sheet: SeparationSheet,
    /// The saved entry; `None` for a dry run, or where it was saved and could not be read back.
    pub entry: Option<OutboxEntry>,
    /// What changed on the screen; `None` for a dry run, or where that could not be read back.
    pub changes: Option<Changes>,
}

/// Plan beside receipt: what was predicted and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
    /// The contact that the separation made, where it is known.
    pub new_contact_id: Option<String>,
    /// The counters of the answer, then both contacts as they were read again.
    pub rows: Vec<ReceiptRow>,
    /// Whether all of them are as predicted.
    pub as_predicted: bool,
    /// Whether both contacts were read again.
    pub was_read: bool,
}

/// One prediction and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptRow {
    /// What it is.
    pub label: String,
    /// Whose; `None` for a counter of the answer.
    pub side: Option<SeparationSide>,
    /// What the plan said; empty is nothing.
    pub predicted: String,
    /// What the server shows; empty is nothing.
    pub actual: String,
    /// Whether they are the same.
    pub same: bool,
}

discreet! {
    SeparationView { contact_id, read_at, resumed, state }
    Choice { id }
    ChildCard { kind, id, messages, readable }
    DriftView { child, path }
    SplitLine { path, kind, original, new }
    SplitValue { server_decides, problems }
    SplitOption {}
    UnslottedView { stays_with }
    HalfView { count }
    MessageView { id, inbound }
    EvidenceView { side, message_id }
    GuessView { percent }
    SeparationSheet {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_typed_or_read_is_printed() {
        let value = SplitValue { text: "Jane".into(), shown: "Jane".into(), ..SplitValue::default() };
        let message =
            MessageView { id: "m1".into(), at: None, inbound: Some(true), text: "Hello Jane".into() };
        let sheet = SeparationSheet {
            title: "Jane".into(),
            happens: vec!["Jane".into()],
            irrevocable: Vec::new(),
            warnings: Vec::new(),
        };
        let printed = format!("{value:?} {message:?} {sheet:?}");
        assert!(!printed.contains("Jane") && printed.contains("m1"), "{printed}");
    }
}
