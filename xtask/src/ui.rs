//! The UI's side: its packages, its checks and its build, each only when its inputs changed.

use std::process::Command;

use crate::repo::Repo;
use crate::stamp;
use crate::step::{Stop, quiet};

/// Not inputs of anything: what npm, the build and the tests leave behind.
const LEFT_BEHIND: &[&str] = &["node_modules", "dist", "coverage"];

/// `npm` in the UI's folder.
pub fn npm(repo: &Repo) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(repo.ui()).env("NO_UPDATE_NOTIFIER", "1");
    command
}

/// `npm ci`, when the lock file changed since the last time.
pub fn install(repo: &Repo) -> Result<(), Stop> {
    let ui = repo.ui();
    let hash = stamp::hash(&ui, &["package.json", "package-lock.json"], &[])?;
    if ui.join("node_modules").is_dir() && stamp::is(repo, "npm-ci", &hash)? {
        return Ok(());
    }
    quiet(
        repo,
        "install the UI's packages (npm ci)",
        "npm-ci",
        npm(repo).args(["ci", "--no-audit", "--no-fund"]),
    )?;
    stamp::set(repo, "npm-ci", &hash)
}

/// Builds `ui/dist`, when its inputs or it itself changed since the last time.
pub fn build(repo: &Repo) -> Result<(), Stop> {
    install(repo)?;
    let ui = repo.ui();
    let inputs = stamp::hash(&ui, &["."], LEFT_BEHIND)?;
    let state = |inputs: &str| Ok::<_, Stop>(format!("{inputs} {}", stamp::hash(&ui, &["dist"], &[])?));
    if stamp::is(repo, "ui-build", &state(&inputs)?)? {
        return Ok(());
    }
    quiet(repo, "build the UI", "ui-build", npm(repo).args(["run", "build"]))?;
    stamp::set(repo, "ui-build", &state(&inputs)?)
}
