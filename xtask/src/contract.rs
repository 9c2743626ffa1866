//! Schemathesis against the local API service: generated requests for every operation the service
//! publishes, each answer held against its schema. How, is the service's own business: see
//! `crates/cleave-service/schemathesis/`.

use std::process::Command;

use crate::packages;
use crate::repo::Repo;
use crate::step::{Stop, open, succeeds};

/// Runs it, with the built `cleave-cli` and a Python environment of our own.
pub fn check(repo: &Repo) -> Result<(), Stop> {
    if !succeeds("python3", &["-c", "import venv, ensurepip"]) {
        packages::install(repo, &["python3", "python3-venv"])?;
    }
    let mut command = Command::new("crates/cleave-service/schemathesis/run.sh");
    command
        .current_dir(&repo.root)
        .arg(repo.binary("debug", "cleave-cli"))
        .arg(repo.scratch("schemathesis")?);
    open("schemathesis (the first time it is installed from PyPI)", &mut command)
}
