//! Readings of the contract that nobody wrote down, each named once.
//!
//! A reading is a guess that the code depends on. It stands here, is tested, and every answer of the server that
//! could expose it as wrong is compared with the prediction and shown to the admin with both values.

use crate::separation::Target;

/// A merge goes from the source into the candidate, and the candidate survives.
///
/// Stated on the page of `PATCH …/merge`; the id of `targetContact` in its answer is compared with this.
pub const SURVIVOR: crate::field::Side = crate::field::Side::Candidate;

/// Key under `resolution` that carries our operation id, so that a later 409 can be told apart: ours or another's.
pub const OP_ID_KEY: &str = "cleaveOpId";

/// Key under `resolution` that carries the map of field to `source` or `candidate`.
pub const FIELD_CHOICES_KEY: &str = "fieldChoices";

/// Key under `resolution` that carries the admin's reason.
pub const NOTE_KEY: &str = "note";

/// A merge unites the phone numbers of both; `fieldChoices.phoneNumber` says which stays primary.
pub const MERGE_UNITES_PHONES: bool = true;

/// A separation's divider message and everything later are after the divider; strictly earlier messages are before it.
///
/// A reading: the contract does not say on which side the divider message is. The server's `messagesReassigned` is
/// compared with the prediction.
pub const DIVIDER_MESSAGE_IS_AFTER: bool = true;

/// How many dividers a conversation takes. A reading: how several would combine is undefined, so a second one is
/// refused.
pub const DIVIDERS_A_CONVERSATION: usize = 1;

/// The contact whose half of a cut conversation keeps the conversation's id. A reading, checked by re-reading both
/// contacts: the other half becomes a conversation with an id of its own, described by the `newConversationMeta` that
/// names the cut conversation.
pub const CUT_KEEPS_ID_ON: Target = Target::Original;

/// What a divided conversation is listed as in `childRecordAssignment.conversations`. A reading: both sides have a
/// half of it, and the list takes one word.
pub const DIVIDED_IS_LISTED_AS: Target = Target::Original;

/// All messages of a conversation that moves as a whole count in `messagesReassigned`, beside the moved part of cut
/// ones. A reading: in the contract's example it is 4 with no divider.
pub const WHOLE_CONVERSATIONS_COUNT_MESSAGES: bool = true;

/// Whether a cut conversation counts in `conversationsMoved`. A reading: it stays, and a part of it moves.
pub const CUT_COUNTS_AS_MOVED: bool = false;

/// `status`, `pipelineId`, `pipelineStage`, `assignees` and `outreachConfigId` go to the named contact and leave the
/// other, which has the organisation's default. A reading: what the other gets is unspecified.
pub const TARGET_LEAVES_DEFAULT: bool = true;

/// Who keeps what the request has no slot for: further numbers, secondary numbers, address, owner, company and every
/// other field. A reading, named to the admin before anything is sent.
pub const UNSLOTTED_STAY_WITH: Target = Target::Original;

/// Fields without a slot that a server may fill on the new contact too, because a contact without an owner or a source
/// is in nobody's list. A reading: nothing is predicted of them.
pub const SERVER_FILLS_ON_NEW: [&str; 2] = ["userId", "source"];
