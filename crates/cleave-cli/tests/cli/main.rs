//! The commands as a person or a script runs them: processes, a home in a folder, the real service.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

mod after_the_commit;
mod deciding;
mod desk;
mod ends;
mod import;
mod leaving;
mod outbox;
mod separating;
mod separation_shapes;
mod served;
mod settings;
mod shapes;
mod signing_in;
mod taking;
