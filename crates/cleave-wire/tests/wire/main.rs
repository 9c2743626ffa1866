//! The fixtures and generated documents, held against the types and against `openapi.json`.
//!
//! A fixture lies in the directory of its schema. One whose name begins with `beyond-` goes beyond the schema in a way
//! that servers do: it must be read and written all the same, and must not be valid.

#![allow(clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

mod decode;
mod description;
mod error;
mod fixtures;
mod generated;
mod into_core;
mod properties;
mod resolution;
mod schema;
mod types;
