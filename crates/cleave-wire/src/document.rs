//! Documents of a contact (published; the wrapper of the list is inferred).

use serde_json::Number;

use crate::{reference::Ref, user::UserDto};

record! {
    /// A document. `signed_url` is a short-lived secret and is never stored.
    #[derive(Default)]
    pub struct DocumentDto {
        required {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
        }
        optional {
            /// Where the server keeps it.
            storage_key: String,
            /// Name of the file.
            filename: String,
            /// Media type.
            content_type: String,
            /// Bytes.
            size: Number,
            /// What kind of document it is.
            document_type: String,
            /// RFC 3339.
            uploaded_at: String,
            /// Who brought it in.
            uploaded_by: Ref<UserDto>,
            /// What was noted about it.
            notes: String,
            /// Address that opens it for a short time.
            signed_url: String,
        }
    }
}

record! {
    /// Answer of `GET /api/contacts/{contactId}/documents`.
    #[derive(Default)]
    pub struct DocumentListResponse {
        required {
            /// The documents.
            data: Vec<DocumentDto>,
        }
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
        }
    }
}
