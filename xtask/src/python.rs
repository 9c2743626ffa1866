//! A Python environment of our own under the target folder, for the one tool that is written in it.

use std::path::PathBuf;
use std::process::Command;

use crate::packages;
use crate::repo::Repo;
use crate::stamp;
use crate::step::{Stop, quiet, succeeds};

/// The exact tool that tests use: another one finds other things.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// The `schemathesis` program, installed when it is not there in this version.
pub fn schemathesis(repo: &Repo) -> Result<PathBuf, Stop> {
    let folder = repo.scratch("python")?;
    let program = folder.join("bin/schemathesis");
    if program.exists() && stamp::is(repo, "python", SCHEMATHESIS)? {
        return Ok(program);
    }
    if !succeeds("python3", &["-c", "import venv, ensurepip"]) {
        packages::install(repo, &["python3", "python3-venv"])?;
    }
    quiet(
        repo,
        "create a Python environment",
        "venv",
        Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder),
    )?;
    let pip = folder.join("bin/pip");
    let mut install = Command::new(pip);
    install.args(["install", "--disable-pip-version-check", SCHEMATHESIS]);
    quiet(repo, "install schemathesis", "pip", &mut install)?;
    stamp::set(repo, "python", SCHEMATHESIS)?;
    Ok(program)
}
