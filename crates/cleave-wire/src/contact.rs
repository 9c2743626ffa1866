//! Contacts (documented: `ContactDto`; list, one and phone look-up published).

use serde_json::{Number, Value};

use crate::{phone::PhoneNumbers, reference::Identified};

record! {
    /// A contact (schema `ContactDto`, which requires nothing).
    ///
    /// Fields of the model that the schema does not name (`dateOfBirth`, `address`, `documents`, `misc`,
    /// `outreachConfigId`, …) are in `extra`.
    #[derive(Default)]
    pub struct ContactDto {
        optional {
            /// Opaque id.
            #[serde(rename = "_id")]
            id: String,
            /// Given name.
            first_name: String,
            /// Family name.
            last_name: String,
            /// The phone number or numbers.
            phone_number: PhoneNumbers,
            /// More numbers; may overlap with `phone_number`.
            secondary_phone_number: Vec<String>,
            /// E-mail address.
            email: String,
            /// The organisation's own word for where the contact stands.
            status: String,
            /// The pipeline the contact is in.
            pipeline_id: String,
            /// The stage within that pipeline.
            pipeline_stage: String,
            /// The organisation that holds the contact.
            organization_id: String,
            /// The contact's owner.
            user_id: String,
            /// The user who made the contact.
            created_by: String,
            /// Who works on the contact: ids, objects or anything else.
            assignees: Vec<Value>,
            /// RFC 3339.
            created_at: String,
            /// RFC 3339.
            updated_at: String,
            /// A conversation to go on with instead of opening another; only some lists set it.
            existing_conversation_id: String,
        }
    }
}

impl Identified for ContactDto {
    fn id(&self) -> Option<&str> {
        self.id.text()
    }
}

record! {
    /// Answer of `GET /api/contacts` (published; the counts are inferred).
    #[derive(Default)]
    pub struct ContactListResponse {
        required {
            /// The contacts of this page.
            data: Vec<ContactDto>,
        }
        optional {
            /// False would make the answer a failure whatever its status.
            success: bool,
            /// How many match in all.
            total: Number,
            /// The page answered, from 1.
            page: Number,
            /// Contacts a page.
            size: Number,
        }
    }
}

record! {
    /// Answer of `GET /api/contacts/{id}` (published).
    #[derive(Default)]
    pub struct ContactResponse {
        required {
            /// The contact.
            data: ContactDto,
        }
        optional {
            /// False would make the answer a failure whatever its status.
            success: bool,
        }
    }
}

record! {
    /// Body of `POST /api/contacts/phoneNumber` (published name, inferred body).
    #[derive(Default)]
    pub struct PhoneLookupRequest {
        required {
            /// The number to look for.
            phone_number: String,
        }
    }
}

record! {
    /// Answer of `POST /api/contacts/phoneNumber` (inferred).
    #[derive(Default)]
    pub struct PhoneLookupResponse {
        optional {
            /// False would make the answer a failure whatever its status.
            success: bool,
            /// Who holds the number; `null` when nobody does.
            data: ContactDto,
        }
    }
}
