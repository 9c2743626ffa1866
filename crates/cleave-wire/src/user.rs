//! People of the organisation. Populated references are documented (`DedupReviewDto.resolvedBy`); the list is inferred.

use serde_json::Number;

use crate::reference::Identified;

open_enum! {
    /// What a user may do. Only the first two decide about duplicates.
    pub enum AccessRole {
        /// Administrator of one organisation.
        Admin = "ADMIN",
        /// Administrator of every organisation.
        SuperAdmin = "SUPERADMIN",
        /// Leads a department.
        DepartmentHead = "DEPARTMENT_HEAD",
        /// Sells.
        SalesRep = "SALES_REP",
    }
}

record! {
    /// A user, whole in the list and in part where a reference is populated.
    #[derive(Default)]
    pub struct UserDto {
        optional {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
            /// Name to show.
            full_name: String,
            /// E-mail address.
            email: String,
            /// The organisation the user belongs to.
            organization_id: String,
            /// What the user may do.
            access_role: AccessRole,
        }
    }
}

impl Identified for UserDto {
    fn id(&self) -> Option<&str> {
        self.id.text()
    }
}

record! {
    /// Answer of `GET /api/users` (inferred).
    #[derive(Default)]
    pub struct UserListResponse {
        required {
            /// The users of the caller's organisation.
            data: Vec<UserDto>,
        }
        optional {
            /// False would make the answer a failure whatever its status.
            success: bool,
            /// How many there are in all.
            total: Number,
        }
    }
}
