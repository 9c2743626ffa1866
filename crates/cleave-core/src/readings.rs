//! Readings of the contract that nobody wrote down, each named once.
//!
//! A reading is a guess that the code depends on. It stands here, is tested, and every answer of the server that
//! could expose it as wrong is compared with the prediction and shown to the admin with both values.

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
