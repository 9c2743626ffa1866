//! Decides: contacts, reviews, merge plans, previews, validation and the outbox's transitions.
//!
//! Pure by promise: nothing here reads a file, a socket, a clock or a random number, and nothing is async.
//! Ids and times are passed in. The same functions make the preview (`dryRun`) and the real plan, so the two
//! cannot disagree.

pub mod normalise;
pub mod settings;
