//! What is proposed, with its evidence; nothing of it is applied without the person.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::SeparationSide;
use crate::ipc::ChildKind;

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

discreet! {
    EvidenceView { side, message_id }
    GuessView { percent }
}
