//! Applications of a contact (list published; what one holds is inferred, so most of it stays in `extra`).

use serde_json::Number;

use crate::{contact::ContactDto, reference::Ref};

record! {
    /// An application.
    #[derive(Default)]
    pub struct ApplicationDto {
        required {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
        }
        optional {
            /// Whose application it is.
            contact_id: Ref<ContactDto>,
            /// The organisation.
            organization_id: String,
            /// What to call it.
            title: String,
            /// Where it stands.
            status: String,
            /// RFC 3339.
            created_at: String,
            /// RFC 3339.
            updated_at: String,
        }
    }
}

record! {
    /// Body of `POST /api/applications/list`.
    #[derive(Default)]
    pub struct ApplicationListRequest {
        required {
            /// Whose applications.
            contact_id: String,
        }
        omittable {
            /// The page, from 1.
            page: u64,
            /// Applications a page.
            size: u64,
        }
    }
}

record! {
    /// Answer of `POST /api/applications/list`.
    #[derive(Default)]
    pub struct ApplicationListResponse {
        required {
            /// The applications of this page.
            data: Vec<ApplicationDto>,
        }
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
            /// How many there are in all.
            total: Number,
            /// The page answered, from 1.
            page: Number,
            /// Applications a page.
            size: Number,
        }
    }
}
