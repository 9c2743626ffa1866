//! The outbox: what a decision goes through between the admin's word and the server's.
//!
//! [`State`] and [`step`] are the whole machine. The store executes each step as one compare-and-set, the sync
//! crate finds out which [`Event`] happened, and neither decides anything the table here does not say.
//! [`answer::judge`] reads an HTTP answer as an event.
//!
//! Not here yet: editing a queued decision.

pub mod answer;
mod state;

pub use state::{Event, Hold, IllegalStep, State, step};
