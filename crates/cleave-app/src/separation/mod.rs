//! Separating one contact into two: the draft and everything that is done with it, one use case a file.
//!
//! A draft lives in this process ([`desk`]) and on the disk ([`stored`]); the window holds no part of the plan. What an
//! edit means is core's, and so is every problem. What is slow, reading the disk or looking through messages, is done
//! where it holds nobody up.

pub(crate) mod autosave;
pub(crate) mod caps;
mod data;
pub(crate) mod desk;
mod discard;
pub(crate) mod draft;
mod edit;
pub(crate) mod entry;
mod find;
pub(crate) mod line;
mod messages;
mod open;
pub(crate) mod plan_file;
mod read;
pub(crate) mod refusal;
mod separate;
mod stored;
mod suggest;
mod translate;
#[cfg(test)]
pub(crate) mod trial;
mod undo;
