//! Separation plans from the outside: what holds of every subject and plan, every problem at its place, and the
//! readings that the plan depends on.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test stops where it fails")]
#![allow(clippy::print_stdout, reason = "figures are shown")]

mod decide;
mod large;
mod problems;
mod properties;
mod readings;
mod reconciling;
mod worlds;
