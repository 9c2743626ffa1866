//! One contact separated into two (documented).
//!
//! The enums of a request are closed on purpose: what an unknown side or direction would do to somebody's records is
//! not for a reader to guess. Answers stay open.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

closed_enum! {
    /// Which of the two contacts something goes to (schema `SeparationTarget`).
    pub enum SeparationTarget {
        /// The contact that was there.
        Original = "original",
        /// The contact that the separation makes.
        New = "new",
    }
}

closed_enum! {
    /// Which half of a divided conversation lies on which side (schema `SeparateContactMessageDivider.direction`).
    pub enum DividerDirection {
        /// What came before the divider stays with the original contact.
        BeforeToOriginal = "before_to_original",
        /// What came before the divider goes to the new contact.
        BeforeToNew = "before_to_new",
    }
}

record! {
    /// A text for each side (schema `SeparationFieldOriginalNewString`).
    #[derive(Default)]
    pub closed struct SeparationFieldOriginalNewString {
        required {
            /// What the original contact has afterwards.
            original: String,
            /// What the new contact gets.
            new: String,
        }
    }
}

record! {
    /// A text or nothing for each side (schema `SeparationFieldOriginalNewStringOptional`).
    ///
    /// What absent, `null` and `""` mean is not documented: send both sides explicitly.
    #[derive(Default)]
    pub closed struct SeparationFieldOriginalNewStringOptional {
        optional {
            /// What the original contact has afterwards.
            original: String,
            /// What the new contact gets.
            new: String,
        }
    }
}

record! {
    /// Document ids by side (schema `SeparationFieldDocuments`): disjoint and complete.
    #[derive(Default)]
    pub closed struct SeparationFieldDocuments {
        omittable {
            /// Documents that stay.
            original: Vec<String>,
            /// Documents that go.
            new: Vec<String>,
        }
    }
}

record! {
    /// The free-form fields by side (schema `SeparationFieldMisc`): whole objects, a key may be in both.
    #[derive(Default)]
    pub closed struct SeparationFieldMisc {
        omittable {
            /// What the original contact has afterwards.
            original: Map<String, Value>,
            /// What the new contact gets.
            new: Map<String, Value>,
        }
    }
}

record! {
    /// How the contact's own fields are divided (schema `SeparateContactFieldSplit`).
    pub struct SeparateContactFieldSplit {
        required {
            /// Given names.
            first_name: SeparationFieldOriginalNewString,
            /// Family names.
            last_name: SeparationFieldOriginalNewString,
            /// Which contact has the status.
            status: SeparationTarget,
            /// Which contact has the pipeline.
            pipeline_id: SeparationTarget,
            /// Which contact has the pipeline's stage.
            pipeline_stage: SeparationTarget,
            /// Which contact has the assignees.
            assignees: SeparationTarget,
            /// Which contact has the outreach configuration.
            outreach_config_id: SeparationTarget,
        }
        omittable {
            /// E-mail addresses.
            email: SeparationFieldOriginalNewStringOptional,
            /// Phone numbers, one a side.
            phone_number: SeparationFieldOriginalNewStringOptional,
            /// Dates of birth.
            date_of_birth: SeparationFieldOriginalNewStringOptional,
            /// Documents.
            documents: SeparationFieldDocuments,
            /// Free-form fields.
            misc: SeparationFieldMisc,
        }
    }
}

/// Child ids of one kind, each with its side.
pub type ChildAssignment = BTreeMap<String, SeparationTarget>;

record! {
    /// Which child record goes where (schema `SeparateContactChildRecordAssignment`). All five are required, even empty.
    #[derive(Default)]
    pub closed struct SeparateContactChildRecordAssignment {
        required {
            /// Conversations; a divided one is listed as `original`.
            conversations: ChildAssignment,
            /// Applications.
            applications: ChildAssignment,
            /// Notes.
            contact_notes: ChildAssignment,
            /// Reminders.
            reminders: ChildAssignment,
            /// Training snapshots.
            training_snapshots: ChildAssignment,
        }
    }
}

record! {
    /// Where one conversation is cut (schema `SeparateContactMessageDivider`).
    pub closed struct SeparateContactMessageDivider {
        required {
            /// The conversation to cut.
            conversation_id: String,
            /// The message at the cut.
            divider_message_id: String,
            /// Which half goes where.
            direction: DividerDirection,
        }
    }
}

record! {
    /// How a conversation made by a cut is set up (schema `SeparateContactNewConversationMeta`).
    #[derive(Default)]
    pub struct SeparateContactNewConversationMeta {
        required {
            /// Taken as the conversation that was cut.
            conversation_id: String,
        }
        omittable {
            /// Who works on it.
            assignees: Vec<String>,
            /// Its status.
            status: String,
        }
    }
}

record! {
    /// Body of `POST /api/contacts/{id}/separate` (schema `SeparateContactRequest`).
    pub struct SeparateContactRequest {
        required {
            /// The contact's own fields.
            field_split: SeparateContactFieldSplit,
            /// Its child records.
            child_record_assignment: SeparateContactChildRecordAssignment,
        }
        omittable {
            /// Conversations to cut, one divider each.
            message_dividers: Vec<SeparateContactMessageDivider>,
            /// Set-up of the conversations that the cuts make.
            new_conversation_meta: Vec<SeparateContactNewConversationMeta>,
        }
    }
}

record! {
    /// What was moved. Every count is optional.
    #[derive(Default)]
    pub struct SeparationSummary {
        optional {
            /// Whole conversations moved.
            conversations_moved: Number,
            /// Applications moved.
            applications_moved: Number,
            /// Notes moved.
            notes_moved: Number,
            /// Reminders moved.
            reminders_moved: Number,
            /// Training snapshots moved.
            training_snapshots_moved: Number,
            /// Messages that belong to the new contact now.
            messages_reassigned: Number,
        }
    }
}

record! {
    /// What a separation made.
    #[derive(Default)]
    pub struct SeparationOutcome {
        required {
            /// The contact that was there.
            original_contact_id: String,
            /// The contact that was made.
            new_contact_id: String,
        }
        optional {
            /// The counts.
            summary: SeparationSummary,
        }
    }
}

record! {
    /// Answer of a separation (schema `SeparateContactResponseEnvelope`).
    #[derive(Default)]
    pub struct SeparateContactResponseEnvelope {
        required {
            /// False makes the answer a failure whatever its status.
            success: bool,
            /// What was made.
            data: SeparationOutcome,
        }
    }
}
