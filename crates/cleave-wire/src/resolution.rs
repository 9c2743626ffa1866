//! What was decided about a review, in the three dialects that were seen.
//!
//! The contract calls the payload free-form. Its description speaks of a `fieldChoices` map, its example is a flat map,
//! and a published twin names the contact to keep and the merged fields. All three are read; which one is written is a
//! setting, with [`ResolutionDialect::FieldChoices`] as the default.

use std::{collections::BTreeMap, fmt};

use cleave_core::decision::Decision;
use cleave_core::field::{FieldPath, Side};
use cleave_core::readings::{FIELD_CHOICES_KEY, NOTE_KEY, OP_ID_KEY};
use serde_json::{Map, Value};

const KEEP_CONTACT_KEY: &str = "keepContactId";
const MERGED_FIELDS_KEY: &str = "mergedFields";

record! {
    /// Body of keep-separate and merge (schema `ContactDedupReviewResolutionBody`).
    #[derive(Default)]
    pub struct ResolutionBody {
        omittable {
            /// The payload as it is persisted on the review.
            resolution: Map<String, Value>,
        }
    }
}

/// The form in which choices are sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum ResolutionDialect {
    /// `{"fieldChoices": {field: side}}`, as the documented description says.
    #[default]
    FieldChoices,
    /// `{field: side}`, as the documented example shows.
    Flat,
    /// `{"keepContactId": id, "mergedFields": [field]}`, as a published twin shows.
    KeepContact,
}

/// Fields and whose value each takes.
pub type FieldChoices = BTreeMap<FieldPath, Side>;

/// The choices of a resolution as they were written.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Choices {
    /// No choice was written in any dialect.
    #[default]
    None,
    /// A side for each field, from either of the two maps.
    ByField(FieldChoices),
    /// The contact that is kept, and the fields that the other one gives to it.
    ByContact {
        /// The contact that is kept.
        keep_contact_id: Option<String>,
        /// Fields that come from the other contact (our reading: the page does not say).
        merged_fields: Vec<String>,
    },
}

/// What a free-form resolution says, as far as this build understands it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ResolutionReading {
    /// The choices.
    pub choices: Choices,
    /// Our operation id, if the decision was made here.
    pub operation_id: Option<String>,
    /// The admin's reason.
    pub note: Option<String>,
}

impl ResolutionReading {
    /// Reads any of the three dialects. What it does not understand it leaves out; the payload itself stays with the
    /// review.
    pub fn of(resolution: &Map<String, Value>) -> Self {
        let text = |key: &str| resolution.get(key).and_then(Value::as_str).map(str::to_owned);
        Self { choices: read_choices(resolution), operation_id: text(OP_ID_KEY), note: text(NOTE_KEY) }
    }

    /// The choices by field, for a review between these two contacts. A kept contact that is neither says nothing.
    pub fn field_choices(&self, source_id: &str, candidate_id: &str) -> FieldChoices {
        match &self.choices {
            Choices::None => FieldChoices::new(),
            Choices::ByField(choices) => choices.clone(),
            Choices::ByContact { keep_contact_id, merged_fields } => {
                let side = match keep_contact_id.as_deref() {
                    Some(id) if id == candidate_id => Side::Source,
                    Some(id) if id == source_id => Side::Candidate,
                    _ => return FieldChoices::new(),
                };
                merged_fields.iter().map(|field| (FieldPath::from(field.as_str()), side)).collect()
            }
        }
    }
}

impl fmt::Debug for ResolutionReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResolutionReading").finish_non_exhaustive()
    }
}

impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::ByField(_) => "ByField(..)",
            Self::ByContact { .. } => "ByContact(..)",
        })
    }
}

fn read_side(value: &Value) -> Option<Side> {
    [Side::Source, Side::Candidate].into_iter().find(|side| value.as_str() == Some(side.as_str()))
}

fn read_choices(resolution: &Map<String, Value>) -> Choices {
    let by_field = |map: &Map<String, Value>| -> FieldChoices {
        map.iter()
            .filter_map(|(field, side)| Some((FieldPath::from(field.as_str()), read_side(side)?)))
            .collect()
    };
    if let Some(Value::Object(map)) = resolution.get(FIELD_CHOICES_KEY) {
        return Choices::ByField(by_field(map));
    }
    let keep_contact_id = resolution.get(KEEP_CONTACT_KEY).and_then(Value::as_str).map(str::to_owned);
    let merged_fields = resolution.get(MERGED_FIELDS_KEY).and_then(Value::as_array);
    if keep_contact_id.is_some() || merged_fields.is_some() {
        let names = merged_fields.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        return Choices::ByContact { keep_contact_id, merged_fields: names.collect() };
    }
    let mut flat = by_field(resolution);
    for reserved in [FIELD_CHOICES_KEY, OP_ID_KEY, NOTE_KEY] {
        flat.remove(&FieldPath::from(reserved));
    }
    if flat.is_empty() { Choices::None } else { Choices::ByField(flat) }
}

impl ResolutionBody {
    /// The body that carries a decision, in one dialect.
    ///
    /// Without choices no dialect writes any. [`ResolutionDialect::KeepContact`] has no word for a field that the
    /// candidate keeps: it names `candidate_id` and the fields that come from the source.
    pub fn of(
        decision: &Decision,
        operation_id: &str,
        candidate_id: &str,
        dialect: ResolutionDialect,
    ) -> Self {
        let mut resolution = match decision {
            Decision::Merge { choices, .. } if !choices.is_empty() => {
                write_choices(choices, candidate_id, dialect)
            }
            // What is about no review resolves none, so nothing asks for its choices.
            Decision::Merge { .. }
            | Decision::KeepSeparate { .. }
            | Decision::Separate(_)
            | Decision::Settings(_) => Map::new(),
        };
        resolution.insert(OP_ID_KEY.into(), operation_id.into());
        if let Some(note) = decision.note() {
            resolution.insert(NOTE_KEY.into(), note.into());
        }
        Self { resolution: Some(resolution), ..Self::default() }
    }
}

fn write_choices(
    choices: &FieldChoices,
    candidate_id: &str,
    dialect: ResolutionDialect,
) -> Map<String, Value> {
    let by_field = || choices.iter().map(|(field, side)| (field.to_string(), side.as_str().into())).collect();
    match dialect {
        ResolutionDialect::FieldChoices => {
            [(FIELD_CHOICES_KEY.to_owned(), Value::Object(by_field()))].into_iter().collect()
        }
        ResolutionDialect::Flat => by_field(),
        ResolutionDialect::KeepContact => {
            let from_source = choices.iter().filter(|(_, side)| **side == Side::Source);
            let names = from_source.map(|(field, _)| Value::from(field.as_str())).collect();
            [(KEEP_CONTACT_KEY, candidate_id.into()), (MERGED_FIELDS_KEY, Value::Array(names))]
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect()
        }
    }
}
