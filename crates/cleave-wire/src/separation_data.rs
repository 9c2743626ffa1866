//! A contact with all its child records, as a separation needs it (route published, body inferred).

use crate::{
    application::ApplicationDto, contact::ContactDto, conversation::ConversationDto, note::NoteDto,
    reminder::ReminderDto, training::TrainingSnapshotDto,
};

record! {
    /// The contact and its children. An absent kind is unknown, not empty: it must be fetched by its own route.
    #[derive(Default)]
    pub struct SeparationData {
        required {
            /// The contact.
            contact: ContactDto,
        }
        optional {
            /// Conversations over all channels.
            conversations: Vec<ConversationDto>,
            /// Applications.
            applications: Vec<ApplicationDto>,
            /// Notes.
            contact_notes: Vec<NoteDto>,
            /// Reminders of every user, fired ones included.
            reminders: Vec<ReminderDto>,
            /// Training snapshots.
            training_snapshots: Vec<TrainingSnapshotDto>,
        }
    }
}

record! {
    /// Answer of `GET /api/contacts/{id}/separation-data`.
    #[derive(Default)]
    pub struct SeparationDataResponse {
        required {
            /// The contact and its children.
            data: SeparationData,
        }
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
        }
    }
}
