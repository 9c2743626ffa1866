//! From a plan to the documented request.
//!
//! Everything is said explicitly: both sides of every pair (`null` for nothing), every child, every document. Only what
//! was not known of the contact is left out: documents that were not read, and a `misc` that is no object.

use cleave_core::separation::{ChildKind, Pair, SeparationPlan, Subject};
use serde_json::Map;

use crate::maybe::Maybe;
use crate::separate::{
    ChildAssignment, SeparateContactChildRecordAssignment, SeparateContactFieldSplit,
    SeparateContactMessageDivider, SeparateContactNewConversationMeta, SeparateContactRequest,
    SeparationFieldDocuments, SeparationFieldMisc, SeparationFieldOriginalNewString,
    SeparationFieldOriginalNewStringOptional,
};

/// A plan with children that nobody has decided about, which no request can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} records are undecided")]
pub struct Undecided(
    /// How many.
    pub usize,
);

/// The body of `POST /api/contacts/{id}/separate` for a plan of this subject.
///
/// Whether the server would take it is the preview's to say.
///
/// # Errors
///
/// [`Undecided`] when a child of the subject, or one that the plan names, has no side.
pub fn request(plan: &SeparationPlan, subject: &Subject) -> Result<SeparateContactRequest, Undecided> {
    let missing =
        |kind| subject.ids(kind).filter(move |id| plan.assignment(kind, id).target().is_none()).count();
    let unknown = |kind: ChildKind| {
        let ids = plan.children.get(&kind).into_iter().flatten();
        let undecided = ids.filter(|(_, assignment)| assignment.target().is_none());
        let known: std::collections::BTreeSet<&str> = subject.ids(kind).collect();
        undecided.filter(|(id, _)| !known.contains(id.as_str())).count()
    };
    match ChildKind::ALL.into_iter().map(|kind| missing(kind) + unknown(kind)).sum() {
        0 => {}
        undecided => return Err(Undecided(undecided)),
    }
    let dividers = plan.dividers.iter().map(|(id, divider)| SeparateContactMessageDivider {
        conversation_id: id.clone(),
        divider_message_id: divider.message_id.clone(),
        direction: divider.direction.into(),
    });
    let meta = plan.meta.iter().map(|(id, meta)| SeparateContactNewConversationMeta {
        conversation_id: id.clone(),
        assignees: meta.assignees.clone(),
        status: meta.status.clone(),
        extra: Map::new(),
    });
    Ok(SeparateContactRequest {
        field_split: field_split(plan, subject),
        child_record_assignment: SeparateContactChildRecordAssignment {
            conversations: assignment(plan, ChildKind::Conversation),
            applications: assignment(plan, ChildKind::Application),
            contact_notes: assignment(plan, ChildKind::Note),
            reminders: assignment(plan, ChildKind::Reminder),
            training_snapshots: assignment(plan, ChildKind::TrainingSnapshot),
        },
        message_dividers: Some(dividers.collect()),
        new_conversation_meta: Some(meta.collect()),
        extra: Map::new(),
    })
}

fn assignment(plan: &SeparationPlan, kind: ChildKind) -> ChildAssignment {
    let ids = plan.children.get(&kind).into_iter().flatten();
    ids.filter_map(|(id, assignment)| Some((id.clone(), assignment.target()?.into()))).collect()
}

fn field_split(plan: &SeparationPlan, subject: &Subject) -> SeparateContactFieldSplit {
    let fields = &plan.fields;
    let name = |pair: &Pair<String>| SeparationFieldOriginalNewString {
        original: pair.original.clone(),
        new: pair.new.clone(),
    };
    let optional = |pair: &Pair<Option<String>>| SeparationFieldOriginalNewStringOptional {
        original: Maybe::or_null(pair.original.clone()),
        new: Maybe::or_null(pair.new.clone()),
    };
    let documents = subject.documents.as_ref().map(|_| SeparationFieldDocuments {
        original: Some(fields.documents.original.iter().cloned().collect()),
        new: Some(fields.documents.new.iter().cloned().collect()),
    });
    let misc = subject.misc.as_ref().map(|_| SeparationFieldMisc {
        original: Some(fields.misc.original.clone().into_iter().collect()),
        new: Some(fields.misc.new.clone().into_iter().collect()),
    });
    SeparateContactFieldSplit {
        first_name: name(&fields.first_name),
        last_name: name(&fields.last_name),
        status: fields.status.into(),
        pipeline_id: fields.pipeline_id.into(),
        pipeline_stage: fields.pipeline_stage.into(),
        assignees: fields.assignees.into(),
        outreach_config_id: fields.outreach_config_id.into(),
        email: Some(optional(&fields.email)),
        phone_number: Some(optional(&fields.phone_number)),
        date_of_birth: Some(optional(&fields.date_of_birth)),
        documents,
        misc,
        extra: Map::new(),
    }
}
