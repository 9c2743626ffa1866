//! Measurements, always of release builds.

use crate::packages::{self, Need};
use crate::repo::Repo;
use crate::run;
use crate::step::{Stop, open};
use crate::ui;

/// The example that measures the local API service; with `--check` it fails where a goal is missed.
const SERVICE: &str = "bench_service";

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
                .args([
                    "run",
                    "--release",
                    "--package",
                    "cleave-service",
                    "--example",
                    SERVICE,
                    "--",
                    "--check",
                ])
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

#[cfg(test)]
mod tests {
    use super::SERVICE;

    #[test]
    fn the_measurement_of_the_service_is_there() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        assert!(root.join("crates/cleave-service/examples").join(SERVICE).with_extension("rs").is_file());
    }
}
