//! What a separation request asks for, judged against the contact as it is and turned into what is to be done.
//!
//! Nothing here writes: [`plan`] answers with the two contacts and the moves, or with 400 that names the field.

mod children;
mod dividers;
mod fields;
mod meta;
mod partition;
mod phone_split;

use std::collections::BTreeMap;

use cleave_wire::separate::{SeparateContactRequest, SeparationTarget};
use serde_json::Value;

use crate::db::child::Kind;
use crate::http::Refusal;

/// The contact and all it has, as the transaction sees it.
pub(crate) struct Before {
    /// The contact.
    pub(crate) contact: Value,
    /// Ids of its conversations, each with the ids of its messages, the oldest first.
    pub(crate) conversations: BTreeMap<String, Vec<String>>,
    /// Ids of its other records, by kind.
    pub(crate) records: BTreeMap<&'static str, Vec<String>>,
    /// Ids of its documents.
    pub(crate) documents: Vec<String>,
    /// Ids of the organisation's users.
    pub(crate) users: Vec<String>,
    /// What a contact has where a target went to the other side.
    pub(crate) defaults: Defaults,
}

/// The organisation's defaults for the fields that a separation gives to one side.
pub(crate) struct Defaults {
    /// `status`.
    pub(crate) status: Value,
    /// `pipelineId`.
    pub(crate) pipeline: Value,
    /// `pipelineStage`.
    pub(crate) stage: Value,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Separation {
    /// The contact that was there, as it is afterwards.
    pub(crate) original: Value,
    /// The contact that is made, still without an id and times.
    pub(crate) new: Value,
    /// Whole conversations that move.
    pub(crate) conversations: Vec<String>,
    /// Conversations that are cut, with the messages that move.
    pub(crate) cuts: Vec<Cut>,
    /// Records that move, by kind.
    pub(crate) records: Vec<(Kind, Vec<String>)>,
    /// Documents that move.
    pub(crate) documents: Vec<String>,
}

/// One cut conversation.
#[derive(Debug)]
pub(crate) struct Cut {
    /// The conversation; it stays with the original contact.
    pub(crate) conversation: String,
    /// Messages that go into the new conversation on the new contact.
    pub(crate) messages: Vec<String>,
    /// Assignees of the new conversation, where the request names them.
    pub(crate) assignees: Option<Vec<String>>,
    /// Status of the new conversation, where the request names one.
    pub(crate) status: Option<String>,
}

/// Judges a request.
pub(crate) fn plan(before: &Before, request: &SeparateContactRequest) -> Result<Separation, Refusal> {
    let (original, new) = fields::split(before, &request.field_split)?;
    let documents = partition::documents(&before.documents, request.field_split.documents.as_ref())?;
    let assignment = &request.child_record_assignment;
    let known: Vec<String> = before.conversations.keys().cloned().collect();
    let conversations = children::moved("conversations", &known, &assignment.conversations)?;
    let mut records = Vec::new();
    for kind in Kind::ASSIGNED {
        let assigned = match kind {
            Kind::Application => &assignment.applications,
            Kind::Note => &assignment.contact_notes,
            Kind::Reminder => &assignment.reminders,
            Kind::TrainingSnapshot | Kind::Document => &assignment.training_snapshots,
        };
        let known = before.records.get(kind.key()).map(Vec::as_slice).unwrap_or_default();
        records.push((kind, children::moved(kind.key(), known, assigned)?));
    }
    let dividers = request.message_dividers.as_deref().unwrap_or_default();
    let mut cuts = dividers::cuts(&before.conversations, dividers, &conversations)?;
    let metas = request.new_conversation_meta.as_deref().unwrap_or_default();
    meta::apply(&mut cuts, metas, &before.users)?;
    Ok(Separation { original, new, conversations, cuts, records, documents })
}

fn goes_to_new(target: SeparationTarget) -> bool {
    target == SeparationTarget::New
}

#[cfg(test)]
mod tests;
