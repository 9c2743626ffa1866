//! The client, the rounds and the sender over real HTTP: against answers no sound server gives, and against the local
//! API service.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod before_sending;
mod bench;
mod lost_answers;
mod odd_answers;
mod reading;
mod refresh;
mod rounds;
mod separating;
mod service;
mod settings;
mod signing_in;
mod stub;
