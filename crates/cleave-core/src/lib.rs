//! Decides: contacts, reviews, merge and separation plans, previews, validation and the outbox's transitions.
//!
//! Pure by promise: nothing here reads a file, a socket, a clock or a random number, and nothing is async.
//! Ids and times are passed in. The same functions make the preview (`dryRun`) and the real plan, so the two
//! cannot disagree.

pub mod compare;
pub mod contact;
pub mod decision;
pub mod field;
pub mod merge;
pub mod normalise;
pub mod outbox;
pub mod readings;
pub mod reconcile;
pub mod review;
pub mod score;
pub mod separation;
pub mod settings;
pub mod suggest;
