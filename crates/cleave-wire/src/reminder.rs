//! Reminders (published; the wrapper of the list is inferred).

use crate::{contact::ContactDto, conversation::ChannelType, reference::Ref, user::UserDto};

record! {
    /// A reminder to get in touch.
    #[derive(Default)]
    pub struct ReminderDto {
        required {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
        }
        optional {
            /// The contact it is about.
            contact_id: Ref<ContactDto>,
            /// The organisation.
            organization_id: String,
            /// Who made it.
            created_by: Ref<UserDto>,
            /// The text.
            note: String,
            /// When it is due, RFC 3339.
            reminder_date: String,
            /// The channel to get in touch by.
            channel_type: ChannelType,
            /// The number to get in touch with.
            phone_number: String,
            /// The contact's name when it was made.
            contact_name: String,
            /// Whether it is over.
            fired: bool,
            /// RFC 3339.
            created_at: String,
            /// RFC 3339.
            updated_at: String,
        }
    }
}

record! {
    /// Answer of `GET /api/reminders`: only those of the caller that have not fired.
    #[derive(Default)]
    pub struct ReminderListResponse {
        required {
            /// The reminders.
            data: Vec<ReminderDto>,
        }
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
        }
    }
}
