//! The API as plain serde types, and their conversion to and from core. No logic.
//!
//! # What it promises
//!
//! * Decode then encode gives an equal JSON document. Fields this build does not know stay in `extra`, enum values
//!   it does not know stay in `Other`, an absent key stays apart from `null` ([`Maybe`]), and a populated reference
//!   is never reduced to its id ([`Ref`]).
//! * Nothing is required that the contract does not require.
//! * `Debug` of a wire type never prints what it holds: any of them may carry contact data or a token.
//! * A document that does not fit is a [`DecodeError`] that names the place and not the value.
//!
//! # What it does not do
//!
//! It validates no ranges and knows no rules; that is the work of `cleave-core` and of the service.
//!
//! The description of every route and schema is `openapi.json` beside this crate's manifest ([`OPENAPI_JSON`]).
//! Three grades of certainty run through it: *documented* (the four reference pages), *published* (seen on the
//! vendor's other pages) and *inferred* (named by analogy). A module's header says which grade its types have.

#[macro_use]
mod record;
#[macro_use]
mod string_enum;

pub mod application;
pub mod auth;
pub mod bulk;
pub mod contact;
pub mod conversation;
pub mod decode;
pub mod document;
pub mod error;
pub mod into_core;
pub mod maybe;
pub mod message;
pub mod note;
pub mod paging;
pub mod phone;
pub mod pipeline;
pub mod protection;
pub mod reference;
pub mod reminder;
pub mod resolution;
pub mod review;
pub mod separate;
pub mod separate_core;
pub mod separation_data;
pub mod settings;
pub mod training;
pub mod user;

pub use decode::{DecodeError, decode};
pub use error::ApiProblem;
pub use maybe::Maybe;
pub use reference::Ref;

/// The OpenAPI 3.1 description of everything the client expects and the local API service implements.
///
/// The text is JSON and is served as it stands at `/openapi.json`.
pub const OPENAPI_JSON: &str = include_str!("../openapi.json");
