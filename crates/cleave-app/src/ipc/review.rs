//! One review, side by side, with the preview of its merge.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{DecisionInput, OutboxEntry, ReviewKindView};

/// Source or candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SideName {
    /// The contact a merge dissolves.
    Source,
    /// The contact that survives.
    Candidate,
}

/// How the two values of a field relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FieldSameness {
    /// Letter for letter the same.
    Equal,
    /// The same once normalised.
    EqualNormalised,
    /// Different.
    Different,
    /// Only the source has a value.
    OnlySource,
    /// Only the candidate has a value.
    OnlyCandidate,
    /// Neither has one.
    BothMissing,
}

/// Why a field has its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum FieldReason {
    /// The admin picked it.
    Picked,
    /// Both say the same.
    Equal,
    /// Only one side has a value.
    OnlyValue,
    /// A rule of the organisation's settings.
    Rule {
        /// Its name, such as `prefer_newer`.
        rule: String,
    },
    /// The surviving contact has a value.
    Survivor,
    /// Both are kept.
    United,
}

/// A run of characters of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SegmentView {
    /// The characters.
    pub text: String,
    /// Whether the other side lacks them.
    pub differs: bool,
}

/// A value as shown: its text in runs. No runs means missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ValueView {
    /// The runs, in order.
    pub segments: Vec<SegmentView>,
    /// What it was when the review was filed, if that was something else (drift).
    pub was: Option<String>,
}

/// One field of the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldRow {
    /// Dotted path, such as `address.city`.
    pub path: String,
    /// The source's value.
    pub source: ValueView,
    /// The candidate's value.
    pub candidate: ValueView,
    /// How the two relate.
    pub sameness: FieldSameness,
    /// Whose value survives a merge.
    pub choice: SideName,
    /// Whether picking changes anything.
    pub choosable: bool,
    /// Why this side.
    pub reason: FieldReason,
    /// The value after a merge; `None` is missing.
    pub result: Option<String>,
}

/// What a merge with the present picks would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MergePreview {
    /// Every field either contact has, in reading order.
    pub fields: Vec<FieldRow>,
    /// Name of the surviving contact as it will read.
    pub survivor_name: String,
    /// Id of the surviving contact: the candidate's.
    pub survivor_id: String,
    /// Child records that move to the surviving contact, if all are known.
    pub moving: Option<u32>,
    /// Other open reviews of the source that the merge closes as kept separate.
    pub cascades: Vec<CascadeView>,
    /// What stands in the way, or should be known before.
    pub problems: Vec<Problem>,
}

/// Another open review that a merge closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CascadeView {
    /// Its id.
    pub review_id: String,
    /// Names of the pair.
    pub pair: String,
    /// Whether the admin has a decision about it waiting in the outbox.
    pub decided_here: bool,
}

/// Something that stands in the way of a decision, or should be known before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The field it belongs to, if any.
    pub field: Option<String>,
    /// Whether the decision cannot be saved while it stands.
    pub blocking: bool,
    /// One sentence.
    pub message: String,
}

/// One of the two contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SideView {
    /// Its id.
    pub contact_id: String,
    /// Its name.
    pub name: String,
    /// RFC 3339.
    pub created_at: Option<String>,
    /// RFC 3339.
    pub updated_at: Option<String>,
    /// Whether only the values at the time of filing are known, not those of now.
    pub snapshot_only: bool,
    /// Set while the contact is protected.
    pub protection: Option<ProtectionView>,
}

/// A protected contact: somebody is working with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProtectionView {
    /// Who.
    pub owner: Option<String>,
    /// RFC 3339 time until which it is protected.
    pub until: Option<String>,
}

/// How alike the two are, as the server reports it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ScoreView {
    /// Percent, 0 to 100.
    pub percent: f64,
    /// The number as the server sent it.
    pub raw: f64,
    /// Percent above which the server merges, at the time of filing.
    pub merge_threshold: Option<f64>,
    /// Percent above which it asks, at the time of filing.
    pub review_threshold: Option<f64>,
    /// Per field, as reported; the unit is the server's own.
    pub breakdown: Vec<BreakdownRow>,
}

/// One line of the breakdown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BreakdownRow {
    /// Dotted path.
    pub path: String,
    /// The value as text, as reported.
    pub reported: String,
    /// Length of the bar, 0 to 1: the value against the largest of the same breakdown, or against 100; `None` where it is no number.
    pub bar: Option<f64>,
}

/// Why a phone conflict was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PhoneConflictView {
    /// The number both would hold, formatted for reading.
    pub phone: String,
    /// Whether the source has it now.
    pub source_has_it: bool,
    /// Whether the candidate has it now.
    pub candidate_has_it: bool,
}

/// A kind of child record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ChildKind {
    /// A thread of messages.
    Conversation,
    /// An application.
    Application,
    /// A note.
    Note,
    /// A reminder.
    Reminder,
    /// A training snapshot.
    TrainingSnapshot,
    /// A document.
    Document,
}

/// Child records of one kind on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildGroup {
    /// The kind.
    pub kind: ChildKind,
    /// Those of the source, newest first; `None` if they are not known here.
    pub source: Option<Vec<ChildItem>>,
    /// Those of the candidate.
    pub candidate: Option<Vec<ChildItem>>,
}

/// A child record, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChildItem {
    /// Its id.
    pub id: String,
    /// What it is: channel and number of a thread, first line of a note, name of a document.
    pub title: String,
    /// A second line: latest message, author, stage; empty where there is none.
    pub detail: String,
    /// Messages in it, for conversations.
    pub messages: Option<u32>,
    /// RFC 3339 time of the last thing that happened in it.
    pub at: Option<String>,
}

/// A review, ready to be decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReviewView {
    /// Its id.
    pub review_id: String,
    /// Fingerprint of what is shown; goes back with the decision.
    pub based_on: String,
    /// Why it was filed.
    pub kind: ReviewKindView,
    /// Whether it waits for a decision on the server, as far as is known.
    pub open: bool,
    /// How the server says it was resolved, in words; `None` while it is open.
    pub resolved: Option<String>,
    /// RFC 3339.
    pub created_at: Option<String>,
    /// The contact that a merge dissolves.
    pub source: SideView,
    /// The contact that survives.
    pub candidate: SideView,
    /// How alike.
    pub score: Option<ScoreView>,
    /// Set for a phone conflict.
    pub phone_conflict: Option<PhoneConflictView>,
    /// Child records beside the fields.
    pub children: Vec<ChildGroup>,
    /// The merge with its default choices.
    pub preview: MergePreview,
    /// The decision that waits here, or was made here last.
    pub decision: Option<OutboxEntry>,
    /// What was decided, where [`ReviewView::decision`] can be changed: the window starts from it.
    pub decided: Option<DecisionInput>,
    /// RFC 3339 time at which this was last read from the server.
    pub read_at: Option<String>,
}
