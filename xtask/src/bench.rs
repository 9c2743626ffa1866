//! Measurements, always of release builds.

use crate::packages::{self, Need};
use crate::repo::Repo;
use crate::run;
use crate::step::{Stop, open};
use crate::ui;

/// Runs the measurement named first.
pub fn bench(repo: &Repo, args: &[String]) -> Result<(), Stop> {
    let (what, rest) = match args.split_first() {
        Some((what, rest)) => (what.as_str(), rest),
        None => ("", args),
    };
    let rest = rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest);
    match what {
        "service" => {
            let mut command = repo.cargo();
            command
                .args(["run", "--release", "--package", "cleave-service", "--example", "bench", "--"])
                .args(rest);
            open("bench service", &mut command)
        }
        "start" => {
            packages::ensure(repo, Need::Window)?;
            ui::build(repo)?;
            run::build(repo, true)?;
            let mut command = repo.cargo();
            command.args(["test", "--package", "cleave", "--test", "window", "--"]);
            command.args(["--nocapture", "--ignored", "--exact", "start::cold_start"]);
            command.env("CLEAVE_BINARY", repo.binary("release", "cleave"));
            open("bench start", &mut command)
        }
        _ => Err(Stop::usage("which measurement? `cargo xtask bench start` or `cargo xtask bench service`")),
    }
}
