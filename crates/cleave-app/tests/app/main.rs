//! The application without a window, against the real service over HTTP: a temporary home, a clock that is set by
//! hand, and every outcome checked at the server by a client of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

mod chains;
mod conflict;
mod connecting;
mod deciding;
mod drafting;
mod files;
mod leaving;
mod network;
mod queueing;
mod refused;
mod rehearsing;
mod reviewing;
mod running;
mod separated;
mod separating;
mod separations;
mod settings;
mod taking;
mod undoing;
mod world;
