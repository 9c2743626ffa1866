//! The operations, one a file: what is asked, what is checked, what is answered.
//!
//! Every operation checks in the same order: token (401), role (403), body (400, 413, 415), whether what it names is
//! there (404), whether it is still open (409), and then its own rules (400 that names the field).

mod applications;
mod bulk_keep_separate;
mod contact_documents;
mod contact_get;
mod contact_list;
mod conversation_all;
mod conversation_messages;
mod conversation_search;
mod faults;
mod keep_separate;
mod login;
mod merge;
mod message_find;
mod notes;
mod openapi;
mod organization_twins;
mod pending_reviews;
mod phone_lookup;
mod pipelines;
mod protection_status;
mod refresh;
mod reminders;
mod resolution_body;
mod review_get;
mod review_list;
mod separate;
mod separation_data;
mod settings_get;
mod settings_put;
mod training_snapshot;
mod users;
mod verify_token;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, patch, post};

use crate::state::State;

/// Every route. The paths are those of `openapi.json`.
pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/openapi.json", get(openapi::handle))
        .merge(sign_in())
        .merge(contacts())
        .merge(reviews())
        .merge(organizations())
        .merge(children())
}

/// The fault switches; only part of the service when it was started with them.
pub(crate) fn fault_routes() -> Router<Arc<State>> {
    Router::new().route("/__faults", get(faults::list).post(faults::add).delete(faults::clear))
}

fn sign_in() -> Router<Arc<State>> {
    Router::new()
        .route("/api/auth/login", post(login::handle))
        .route("/api/auth/verify-token", get(verify_token::handle))
        .route("/api/auth/refresh", post(refresh::handle))
        .route("/api/users", get(users::handle))
}

fn contacts() -> Router<Arc<State>> {
    Router::new()
        .route("/api/contacts", get(contact_list::handle))
        .route("/api/contacts/phoneNumber", post(phone_lookup::handle))
        .route("/api/contacts/{id}", get(contact_get::handle))
        .route("/api/contacts/{id}/separate", post(separate::handle))
        .route("/api/contacts/{id}/separation-data", get(separation_data::handle))
        .route("/api/contacts/{id}/documents", get(contact_documents::handle))
        .route("/api/contacts/{id}/protection-status", get(protection_status::handle))
        .route("/api/contacts/{id}/dedup-reviews/pending", get(pending_reviews::handle))
}

fn reviews() -> Router<Arc<State>> {
    Router::new()
        .route("/api/contacts/dedup-reviews", get(review_list::handle))
        .route("/api/contacts/dedup-reviews/bulk/keep-separate", patch(bulk_keep_separate::handle))
        .route("/api/contacts/dedup-reviews/{id}", get(review_get::handle))
        .route("/api/contacts/dedup-reviews/{id}/keep-separate", patch(keep_separate::handle))
        .route("/api/contacts/dedup-reviews/{id}/merge", patch(merge::handle))
}

fn organizations() -> Router<Arc<State>> {
    let twins = "/api/organizations/{organization}/contact-dedup-reviews/{id}";
    Router::new()
        .route(&format!("{twins}/keep-separate"), patch(organization_twins::keep_separate))
        .route(&format!("{twins}/merge"), patch(organization_twins::merge))
        .route(
            "/api/organizations/{organization}/contact-fuzzy-merge-settings",
            get(settings_get::handle).put(settings_put::handle),
        )
}

fn children() -> Router<Arc<State>> {
    Router::new()
        .route("/api/conversation/all", post(conversation_all::handle))
        .route("/api/conversation/messages", post(conversation_messages::by_body))
        .route("/api/conversation/{id}/messages", get(conversation_messages::by_path))
        .route("/api/conversation/{id}/messages/search", get(conversation_search::in_conversation))
        .route("/api/conversation/contact/{id}/messages/search", get(conversation_search::across_contact))
        .route("/api/contact-notes", get(notes::handle))
        .route("/api/reminders", get(reminders::handle))
        .route("/api/applications/list", post(applications::handle))
        .route("/api/training/snapshots/{id}", get(training_snapshot::handle))
        .route("/api/pipelines/list", post(pipelines::handle))
}
