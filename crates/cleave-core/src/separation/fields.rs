//! How the contact's own fields are divided (schema `SeparateContactFieldSplit`).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::subject::Subject;
use super::target::{Pair, Target};
use crate::contact::text_of;
use crate::field;

/// Where each value of the contact goes.
///
/// A value of an optional pair is `None` or holds more than blanks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldSplit {
    /// Given names; one side may be empty as long as its last name is not.
    pub first_name: Pair<String>,
    /// Family names.
    pub last_name: Pair<String>,
    /// E-mail addresses.
    pub email: Pair<Option<String>>,
    /// Phone numbers, one a side.
    pub phone_number: Pair<Option<String>>,
    /// Dates of birth.
    pub date_of_birth: Pair<Option<String>>,
    /// Ids of documents. A partition, which [`super::preview()`] checks.
    pub documents: Pair<BTreeSet<String>>,
    /// `misc` of both sides; a key may be on both, with different values.
    pub misc: Pair<BTreeMap<String, Value>>,
    /// Who has the status.
    pub status: Target,
    /// Who has the pipeline.
    pub pipeline_id: Target,
    /// Who has the stage.
    pub pipeline_stage: Target,
    /// Who has the assignees.
    pub assignees: Target,
    /// Who has the outreach configuration.
    pub outreach_config_id: Target,
}

impl FieldSplit {
    /// Every value on the original contact.
    pub fn start(subject: &Subject) -> FieldSplit {
        let contact = &subject.contact;
        let value = |path: &str| contact.values.get(&path.into());
        FieldSplit {
            first_name: on_original(value(field::FIRST_NAME).and_then(written).unwrap_or_default()),
            last_name: on_original(value(field::LAST_NAME).and_then(written).unwrap_or_default()),
            email: on_original(value(field::EMAIL).and_then(written)),
            phone_number: on_original(super::phones::primary(contact)),
            date_of_birth: on_original(value(field::DATE_OF_BIRTH).and_then(written)),
            documents: on_original(subject.document_ids().map(str::to_owned).collect()),
            misc: on_original(subject.misc.clone().unwrap_or_default()),
            status: Target::Original,
            pipeline_id: Target::Original,
            pipeline_stage: Target::Original,
            assignees: Target::Original,
            outreach_config_id: Target::Original,
        }
    }

    /// Who has the value of a field that is not divided.
    pub fn target(&self, field: TargetField) -> Target {
        match field {
            TargetField::Status => self.status,
            TargetField::PipelineId => self.pipeline_id,
            TargetField::PipelineStage => self.pipeline_stage,
            TargetField::Assignees => self.assignees,
            TargetField::OutreachConfigId => self.outreach_config_id,
        }
    }

    pub(super) fn target_mut(&mut self, field: TargetField) -> &mut Target {
        match field {
            TargetField::Status => &mut self.status,
            TargetField::PipelineId => &mut self.pipeline_id,
            TargetField::PipelineStage => &mut self.pipeline_stage,
            TargetField::Assignees => &mut self.assignees,
            TargetField::OutreachConfigId => &mut self.outreach_config_id,
        }
    }
}

private_debug!(FieldSplit);

/// A field that goes to one side as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TargetField {
    /// `status`.
    Status,
    /// `pipelineId`.
    PipelineId,
    /// `pipelineStage`.
    PipelineStage,
    /// `assignees`.
    Assignees,
    /// `outreachConfigId`.
    OutreachConfigId,
}

impl TargetField {
    /// All five, in the order of the request.
    pub const ALL: [TargetField; 5] = [
        TargetField::Status,
        TargetField::PipelineId,
        TargetField::PipelineStage,
        TargetField::Assignees,
        TargetField::OutreachConfigId,
    ];

    /// The API's name of the field.
    pub fn path(self) -> &'static str {
        match self {
            TargetField::Status => "status",
            TargetField::PipelineId => "pipelineId",
            TargetField::PipelineStage => "pipelineStage",
            TargetField::Assignees => "assignees",
            TargetField::OutreachConfigId => "outreachConfigId",
        }
    }
}

fn on_original<T: Default>(value: T) -> Pair<T> {
    Pair { original: value, new: T::default() }
}

/// A text exactly as it is written, outer blanks included, so that the server knows it again; another value as people
/// read it; nothing for a blank one.
pub(super) fn written(value: &Value) -> Option<String> {
    let read = text_of(value)?;
    Some(value.as_str().map_or(read, str::to_owned))
}
