//! Notes on a contact (published).

use serde_json::Value;

use crate::{paging::Pagination, reference::Ref, user::UserDto};

record! {
    /// A note.
    #[derive(Default)]
    pub struct NoteDto {
        required {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
        }
        optional {
            /// The contact it is about.
            contact_id: String,
            /// Who wrote it.
            user_id: Ref<UserDto>,
            /// The text.
            note: String,
            /// Files, in a form that is not published.
            attachments: Vec<Value>,
            /// Reactions, in a form that is not published.
            reactions: Vec<Value>,
            /// Whether it was changed after it was written.
            is_edited: bool,
            /// RFC 3339.
            created_at: String,
            /// RFC 3339.
            updated_at: String,
        }
    }
}

record! {
    /// Answer of `GET /api/contact-notes`.
    #[derive(Default)]
    pub struct NoteListResponse {
        required {
            /// The notes of this stretch.
            data: Vec<NoteDto>,
        }
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
            /// Where in the list this stretch stands.
            pagination: Pagination,
        }
    }
}
