//! End to end: the real window driven through WebKitWebDriver, real HTTP, a real keyring.
//!
//! Every test has its own display, D-Bus session, unlocked keyring and home, starts the binary cargo
//! built and finds things by `data-testid`. What a person would see is checked in the window, what
//! happened is checked at the service, by HTTP. Pictures land in `target/screens/`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on should say so and stop"
)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the tour and the measurement report to a terminal"
)]

mod close;
mod desk;
mod driver;
mod editor;
mod life;
mod pointer;
mod screen_reader;
mod server;
mod window;

mod conflict;
mod connect;
mod decide;
mod files;
mod gallery;
mod import;
mod leaving;
mod outage;
mod outbox_screen;
mod sandbox;
mod separation;
mod settings;
mod start;
mod taking;
mod tour;
