//! Training snapshots: stretches of conversation kept for teaching (published).

use serde_json::Number;

use crate::{contact::ContactDto, reference::Ref, user::UserDto};

record! {
    /// A message inside a snapshot.
    #[derive(Default)]
    pub struct TrainingMessage {
        optional {
            /// Opaque id.
            id: String,
            /// The text.
            content: String,
            /// Who said it.
            sender: String,
            /// What kind of sender that is.
            sender_type: String,
            /// RFC 3339.
            timestamp: String,
        }
    }
}

record! {
    /// Answer of `GET /api/training/snapshots/{id}`, which stands in no envelope.
    #[derive(Default)]
    pub struct TrainingSnapshotDto {
        required {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
        }
        optional {
            /// The organisation.
            organization_id: String,
            /// Who took it.
            user_id: Ref<UserDto>,
            /// The contact it was taken from.
            contact_id: Ref<ContactDto>,
            /// The contact's name when it was taken.
            customer_name: String,
            /// The contact's number when it was taken.
            customer_phone: String,
            /// The contact's e-mail address when it was taken.
            customer_email: String,
            /// The messages.
            messages: Vec<TrainingMessage>,
            /// How many there are.
            message_count: Number,
            /// When it was taken, RFC 3339.
            snapshot_date: String,
            /// RFC 3339.
            conversation_start_date: String,
            /// RFC 3339.
            conversation_end_date: String,
            /// What the taker noted.
            notes: String,
            /// Labels.
            tags: Vec<String>,
            /// How good the conversation is as an example.
            quality: String,
            /// What it is an example of.
            category: String,
            /// Whether it is put away.
            is_archived: bool,
            /// RFC 3339.
            created_at: String,
            /// RFC 3339.
            updated_at: String,
        }
    }
}
