//! From a documented request, such as a plan file, to a plan.
//!
//! What a request leaves out is read as follows: of an absent pair, or an absent side of one, the original contact
//! keeps what it has and the new one has nothing; absent documents and an absent `misc` stay; a child that no map lists
//! is undecided, unless a divider cuts it. A blank text is nothing.

use std::collections::BTreeMap;

use cleave_core::readings;
use cleave_core::separation::{
    Assignment, ChildKind, Divider, FieldSplit, NewConversationMeta, Pair, SeparationPlan, Subject, Target,
};
use serde_json::{Map, Value};

use crate::maybe::Maybe;
use crate::separate::{
    ChildAssignment, SeparateContactFieldSplit, SeparateContactRequest, SeparationFieldOriginalNewString,
    SeparationFieldOriginalNewStringOptional,
};

/// Something in a request that no plan can say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path} {what}")]
pub struct RequestFault {
    /// Where, as a dotted path with indices (`messageDividers[1].conversationId`).
    pub path: String,
    /// What is wrong there, in words that follow the path.
    pub what: &'static str,
}

impl RequestFault {
    fn new(path: impl Into<String>, what: &'static str) -> Self {
        Self { path: path.into(), what }
    }
}

/// The plan that a request says for this subject.
///
/// Children, documents and messages that the subject does not have are kept, for the preview to name.
///
/// # Errors
///
/// [`RequestFault`] for fields this build does not know, a second divider or second metadata of a conversation, a
/// divided conversation that is listed on the wrong side, and metadata without a divider.
pub fn plan(request: &SeparateContactRequest, subject: &Subject) -> Result<SeparationPlan, RequestFault> {
    nothing_unknown("", &request.extra)?;
    nothing_unknown("fieldSplit.", &request.field_split.extra)?;
    let mut plan = SeparationPlan::start(subject);
    fields(&mut plan.fields, &request.field_split);
    let assignment = &request.child_record_assignment;
    for (kind, assigned) in [
        (ChildKind::Conversation, &assignment.conversations),
        (ChildKind::Application, &assignment.applications),
        (ChildKind::Note, &assignment.contact_notes),
        (ChildKind::Reminder, &assignment.reminders),
        (ChildKind::TrainingSnapshot, &assignment.training_snapshots),
    ] {
        assign(plan.children.entry(kind).or_default(), assigned);
    }
    dividers(&mut plan, request)?;
    meta(&mut plan, request)?;
    Ok(plan)
}

fn nothing_unknown(prefix: &str, extra: &Map<String, Value>) -> Result<(), RequestFault> {
    match extra.keys().next() {
        Some(key) => Err(RequestFault::new(format!("{prefix}{key}"), "is no field of a separation")),
        None => Ok(()),
    }
}

fn fields(plan: &mut FieldSplit, split: &SeparateContactFieldSplit) {
    let name = |pair: &SeparationFieldOriginalNewString| Pair {
        original: pair.original.clone(),
        new: pair.new.clone(),
    };
    plan.first_name = name(&split.first_name);
    plan.last_name = name(&split.last_name);
    optional(&mut plan.email, split.email.as_ref());
    optional(&mut plan.phone_number, split.phone_number.as_ref());
    optional(&mut plan.date_of_birth, split.date_of_birth.as_ref());
    if let Some(documents) = &split.documents {
        let ids = |side: &Option<Vec<String>>| side.iter().flatten().cloned().collect();
        plan.documents = Pair { original: ids(&documents.original), new: ids(&documents.new) };
    }
    if let Some(misc) = &split.misc {
        let values = |side: &Map<String, Value>| -> BTreeMap<String, Value> {
            side.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
        };
        if let Some(original) = &misc.original {
            plan.misc.original = values(original);
        }
        if let Some(new) = &misc.new {
            plan.misc.new = values(new);
        }
    }
    plan.status = split.status.into();
    plan.pipeline_id = split.pipeline_id.into();
    plan.pipeline_stage = split.pipeline_stage.into();
    plan.assignees = split.assignees.into();
    plan.outreach_config_id = split.outreach_config_id.into();
}

fn optional(plan: &mut Pair<Option<String>>, pair: Option<&SeparationFieldOriginalNewStringOptional>) {
    let Some(pair) = pair else { return };
    for (value, side) in [(&pair.original, Target::Original), (&pair.new, Target::New)] {
        match value {
            Maybe::Absent => {}
            Maybe::Null => *plan.of_mut(side) = None,
            Maybe::Value(text) => {
                *plan.of_mut(side) = Some(text.clone()).filter(|text| !text.trim().is_empty())
            }
        }
    }
}

fn assign(plan: &mut BTreeMap<String, Assignment>, assigned: &ChildAssignment) {
    for (id, target) in assigned {
        plan.insert(id.clone(), Target::from(*target).into());
    }
}

fn dividers(plan: &mut SeparationPlan, request: &SeparateContactRequest) -> Result<(), RequestFault> {
    let listed_as = Assignment::from(readings::DIVIDED_IS_LISTED_AS);
    for (at, divider) in request.message_dividers.iter().flatten().enumerate() {
        let id = &divider.conversation_id;
        let fault = |what| RequestFault::new(format!("messageDividers[{at}].conversationId"), what);
        let one =
            Divider { message_id: divider.divider_message_id.clone(), direction: divider.direction.into() };
        if plan.dividers.insert(id.clone(), one).is_some() {
            return Err(fault("names a conversation that is divided already"));
        }
        let assigned =
            plan.children.entry(ChildKind::Conversation).or_default().entry(id.clone()).or_default();
        if *assigned != Assignment::Undecided && *assigned != listed_as {
            return Err(fault(
                "names a conversation that is assigned to new: a divided one is listed as original",
            ));
        }
        *assigned = listed_as;
    }
    Ok(())
}

fn meta(plan: &mut SeparationPlan, request: &SeparateContactRequest) -> Result<(), RequestFault> {
    let mut named = std::collections::BTreeSet::new();
    for (at, meta) in request.new_conversation_meta.iter().flatten().enumerate() {
        nothing_unknown(&format!("newConversationMeta[{at}]."), &meta.extra)?;
        let id = &meta.conversation_id;
        let fault = |what| RequestFault::new(format!("newConversationMeta[{at}].conversationId"), what);
        if !plan.dividers.contains_key(id) {
            return Err(fault("names a conversation that no divider cuts"));
        }
        if !named.insert(id) {
            return Err(fault("names a conversation that is described already"));
        }
        let meta = NewConversationMeta { assignees: meta.assignees.clone(), status: meta.status.clone() };
        if !meta.is_empty() {
            plan.meta.insert(id.clone(), meta);
        }
    }
    Ok(())
}
