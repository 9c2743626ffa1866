//! The application without a window: what the shell and the CLI call; owns the IPC types.

pub mod ipc;
