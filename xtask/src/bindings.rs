//! `ui/src/ipc/bindings.ts`, written by the shell's own test `bindings`, which otherwise compares.

use crate::repo::Repo;
use crate::step::{Stop, open};

/// Writes the bindings. The file's text changes only when a command or an IPC type changed.
pub fn write(repo: &Repo) -> Result<(), Stop> {
    let mut command = repo.cargo();
    command.args(["test", "--package", "cleave", "--lib", "--", "--quiet", "bindings"]);
    command.env("CLEAVE_WRITE_BINDINGS", "1");
    open("generate the IPC bindings", &mut command)
}
