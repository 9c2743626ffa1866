//! Which type reads which schema.

use cleave_wire::{
    DecodeError, application, auth, bulk, contact, conversation, decode, document, message, note, paging,
    phone, pipeline, protection, reminder, resolution, review, separate, separation_data, settings, training,
    user,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Reads a document as the schema's type and writes it again.
pub type RoundTrip = fn(&[u8]) -> Result<Value, DecodeError>;

fn round_trip<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<Value, DecodeError> {
    let document: T = decode(bytes)?;
    let written = serde_json::to_vec(&document).expect("a record can be written");
    Ok(serde_json::from_slice(&written).expect("what was written is JSON"))
}

macro_rules! types {
    ($($schema:literal => $type:ty,)+) => {
        /// Every schema of `openapi.json` with its type.
        pub const TYPES: &[(&str, RoundTrip)] = &[$(($schema, round_trip::<$type>)),+];
    };
}

/// The error schemas have no type of their own: `ApiProblem` reads them and never writes them.
pub const ERRORS: [&str; 2] = ["LegacyErrorResponse", "OrganizationErrorResponse"];

types! {
    "ApplicationDto" => application::ApplicationDto,
    "ApplicationListRequest" => application::ApplicationListRequest,
    "ApplicationListResponse" => application::ApplicationListResponse,
    "BulkItemResult" => bulk::BulkItemResult,
    "BulkKeepSeparateRequest" => bulk::BulkKeepSeparateRequest,
    "BulkKeepSeparateResponse" => bulk::BulkKeepSeparateResponse,
    "ContactDedupReviewKeepSeparateResponse" => review::KeepSeparateResponse,
    "ContactDedupReviewResolutionBody" => resolution::ResolutionBody,
    "ContactDto" => contact::ContactDto,
    "ContactFuzzyMergeCustomFieldRule" => settings::ContactFuzzyMergeCustomFieldRule,
    "ContactFuzzyMergeSettingsData" => settings::ContactFuzzyMergeSettingsData,
    "ContactFuzzyMergeSettingsResponse" => settings::ContactFuzzyMergeSettingsResponse,
    "ContactFuzzyMergeSettingsUpdateResponse" => settings::ContactFuzzyMergeSettingsUpdateResponse,
    "ContactListResponse" => contact::ContactListResponse,
    "ContactPhoneNumber" => phone::ContactPhoneNumber,
    "ContactResponse" => contact::ContactResponse,
    "ContactSearchResponse" => message::ContactSearchResponse,
    "ConversationDto" => conversation::ConversationDto,
    "ConversationMatches" => message::ConversationMatches,
    "ConversationSearchResponse" => message::ConversationSearchResponse,
    "ConversationsRequest" => conversation::ConversationsRequest,
    "ConversationsResponse" => conversation::ConversationsResponse,
    "DedupReviewDto" => review::DedupReviewDto,
    "DedupReviewPhoneConflict" => review::DedupReviewPhoneConflict,
    "DocumentDto" => document::DocumentDto,
    "DocumentListResponse" => document::DocumentListResponse,
    "LoginRequest" => auth::LoginRequest,
    "LoginResponse" => auth::LoginResponse,
    "MergeResponse" => review::MergeResponse,
    "MessageDto" => message::MessageDto,
    "MessageMatch" => message::MessageMatch,
    "MessagesRequest" => message::MessagesRequest,
    "MessagesResponse" => message::MessagesResponse,
    "NoteDto" => note::NoteDto,
    "NoteListResponse" => note::NoteListResponse,
    "Pagination" => paging::Pagination,
    "PhoneLookupRequest" => contact::PhoneLookupRequest,
    "PhoneLookupResponse" => contact::PhoneLookupResponse,
    "PipelineDto" => pipeline::PipelineDto,
    "PipelineListRequest" => pipeline::PipelineListRequest,
    "PipelineListResponse" => pipeline::PipelineListResponse,
    "PipelineStageDto" => pipeline::PipelineStageDto,
    "ProtectionStatus" => protection::ProtectionStatus,
    "ProtectionStatusResponse" => protection::ProtectionStatusResponse,
    "RefreshRequest" => auth::RefreshRequest,
    "RefreshResponse" => auth::RefreshResponse,
    "ReminderDto" => reminder::ReminderDto,
    "ReminderListResponse" => reminder::ReminderListResponse,
    "ReviewListResponse" => review::ReviewListResponse,
    "ReviewResponse" => review::ReviewResponse,
    "SeparateContactChildRecordAssignment" => separate::SeparateContactChildRecordAssignment,
    "SeparateContactFieldSplit" => separate::SeparateContactFieldSplit,
    "SeparateContactMessageDivider" => separate::SeparateContactMessageDivider,
    "SeparateContactNewConversationMeta" => separate::SeparateContactNewConversationMeta,
    "SeparateContactRequest" => separate::SeparateContactRequest,
    "SeparateContactResponseEnvelope" => separate::SeparateContactResponseEnvelope,
    "SeparationData" => separation_data::SeparationData,
    "SeparationDataResponse" => separation_data::SeparationDataResponse,
    "SeparationFieldDocuments" => separate::SeparationFieldDocuments,
    "SeparationFieldMisc" => separate::SeparationFieldMisc,
    "SeparationFieldOriginalNewString" => separate::SeparationFieldOriginalNewString,
    "SeparationFieldOriginalNewStringOptional" => separate::SeparationFieldOriginalNewStringOptional,
    "SeparationTarget" => separate::SeparationTarget,
    "SignedInUser" => auth::SignedInUser,
    "TrainingMessage" => training::TrainingMessage,
    "TrainingSnapshotDto" => training::TrainingSnapshotDto,
    "UpdateContactFuzzyMergeSettingsRequest" => settings::UpdateContactFuzzyMergeSettingsRequest,
    "UserDto" => user::UserDto,
    "UserListResponse" => user::UserListResponse,
    "VerifyTokenResponse" => auth::VerifyTokenResponse,
}
