//! Measurements, always of release builds.

use crate::packages::{self, Need};
use crate::reliability;
use crate::repo::Repo;
use crate::run;
use crate::step::{Stop, open};
use crate::ui;

/// A measurement that is an example of a crate. It prints its figures and the seed they come from.
struct Example {
    /// What comes after `bench`.
    name: &'static str,
    package: &'static str,
    example: &'static str,
    /// Given to it before the caller's own arguments.
    args: &'static [&'static str],
}

const EXAMPLES: &[Example] = &[
    // With `--check` they fail where a goal is missed.
    Example { name: "service", package: "cleave-service", example: "bench_service", args: &["--check"] },
    Example { name: "separation", package: "cleave-app", example: "bench_separation", args: &["--check"] },
    Example { name: "suggestions", package: "cleave-core", example: "suggestions", args: &[] },
];

/// Runs the measurement named first.
pub fn bench(repo: &Repo, args: &[String]) -> Result<(), Stop> {
    let (what, rest) = match args.split_first() {
        Some((what, rest)) => (what.as_str(), rest),
        None => ("", args),
    };
    let rest = rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest);
    if let Some(example) = EXAMPLES.iter().find(|example| example.name == what) {
        let mut command = repo.cargo();
        command.args(["run", "--release", "--package", example.package, "--example", example.example, "--"]);
        command.args(example.args).args(rest);
        return open(&format!("bench {what}"), &mut command);
    }
    match what {
        "reliability" => reliability::reliability(repo, rest),
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
        _ => Err(Stop::usage("which measurement? `cargo xtask --help` lists them")),
    }
}

#[cfg(test)]
mod tests {
    use super::{EXAMPLES, Example};

    #[test]
    fn every_measurement_is_there_and_described() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for Example { name, package, example, .. } in EXAMPLES {
            let folder = root.join("crates").join(package).join("examples");
            let there = [folder.join(example).with_extension("rs"), folder.join(example).join("main.rs")];
            assert!(there.iter().any(|file| file.is_file()), "{name}");
            assert!(crate::HELP.contains(&format!("        {name}:")), "{name}");
        }
    }
}
