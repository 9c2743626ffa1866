//! The local API service: the documented operations and their published and inferred neighbours over axum and
//! SQLite.
//!
//! A real server, startable inside a test and inside the app: [`Service::start`] opens or makes a data directory,
//! fills an empty database with a generated world or the contacts of a CSV file, and answers on a loopback port
//! until [`Running::shutdown`].
//!
//! It promises: JWT sign-in with roles, one transaction a write, per-organisation phone uniqueness by a unique
//! index, 409 on a second resolution, 400 that names the field, settings judged against the merged configuration,
//! and the same ids and world for the same seed. Where the contract leaves a question open, the answer is a reading,
//! said in the header of the file that holds it.
//!
//! It does not create or edit contacts by hand, keeps no files behind document addresses, sends no messages, and is
//! no server for a network: the demo users share one password.

mod auth;
mod clock;
mod config;
mod data_dir;
mod db;
mod error;
mod fault;
mod http;
pub mod import;
mod operation;
mod rule;
mod running;
mod seed;
mod state;
mod world;

#[cfg(test)]
mod trial;

pub use clock::Clock;
pub use config::{Config, DataDir, Seed, World};
pub use data_dir::Credentials;
pub use error::StartError;
pub use fault::{Fault, FaultKind, Faults};
pub use running::{Running, Service};
