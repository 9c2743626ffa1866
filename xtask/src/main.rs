//! The development commands of this repository, behind `cargo xtask`.
//!
//! Promises: each command installs what it needs or says exactly what is missing, shows what it is
//! doing and how long it took, and exits non-zero when anything failed. It knows Debian and its
//! relatives; elsewhere it names the packages and goes on. It does not build packages yet.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to its terminal")]

mod arrows;
mod bench;
mod bindings;
mod contract;
mod counts;
mod docs;
mod figure;
mod packages;
mod reliability;
mod repo;
mod run;
mod stamp;
mod step;
mod test;
mod ui;

use std::process::ExitCode;

use repo::Repo;
use step::Stop;

const HELP: &str = "\
Development commands for Cleave.

Usage: cargo xtask <command> [options]

  run [--release] [--tour] [-- ARGS…]
        Install what is missing, generate the IPC bindings, build the UI and the app, start it.
        Without a display (or with --tour) the real window is driven through the main job on a
        virtual display instead: numbered pictures and summary.md land in target/tour/.
        ARGS go to the app; `-- --help` lists them.

  test [STEP…]
        Everything that must hold before a change is merged. All steps run even when one fails,
        except those that need it; the last line counts: `N passed, N failed`.
        With names, only those steps (and nothing they need): see the list below.

  ci    `test`, then licences, bans and sources of all dependencies (cargo-deny), then a check that
        none of it changed a tracked file.

  bindings
        Write ui/src/ipc/bindings.ts from the commands and types of the shell.

  bench start | service | separation | suggestions | reliability [-- ARGS…]
        start:   cold start to a usable queue, release build, sandbox of 10,000 contacts; goal 2 s.
        service: latency of the local API service, release build, 100,000 contacts; goal p95 20 ms.
        separation: a contact with 5,000 records and a thread of 20,000 messages; goals: opening
                 300 ms, moving a divider 16 ms.
        suggestions: how often sides and cuts are proposed rightly, on generated worlds; goals: 90 %
                 of records with evidence, 80 % of shared threads.
        reliability: the protocol explored, random schedules of faults, a disk that fails, a process
                 that is killed, power that goes, a proxy that cuts, back online, properties of plans,
                 load; 0 lost, 0 doubled, 0 misreported. One table at the end. `-- --long` for more;
                 CLEAVE_SEED for another seed.

  help, --help
        This text.

Steps of test:
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            let reason = stop.to_string();
            if !reason.is_empty() {
                eprintln!("\nxtask: {reason}");
            }
            ExitCode::from(stop.code())
        }
    }
}

/// What a command does with the arguments behind its name.
type Action = fn(&[String]) -> Result<(), Stop>;

/// Every command; [`HELP`] describes them, and the check of the documents knows no other.
const COMMANDS: &[(&str, Action)] = &[
    ("run", |rest| run::run(&Repo::find()?, rest)),
    ("test", |rest| test::test(&Repo::find()?, rest)),
    ("ci", |_| test::ci(&Repo::find()?)),
    ("bindings", |_| bindings::write(&Repo::find()?)),
    ("bench", |rest| bench::bench(&Repo::find()?, rest)),
    ("help", help),
    ("--help", help),
];

fn help(_: &[String]) -> Result<(), Stop> {
    println!("{HELP}{}", test::list());
    Ok(())
}

fn dispatch(args: &[String]) -> Result<(), Stop> {
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", args),
    };
    match COMMANDS.iter().find(|(name, _)| *name == command) {
        Some((_, action)) => action(rest),
        None => Err(Stop::usage(format!("there is no command `{command}`; see `cargo xtask --help`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{COMMANDS, HELP};

    #[test]
    fn every_command_is_described() {
        for (name, _) in COMMANDS {
            assert!(HELP.lines().any(|line| line.split([' ', ',']).any(|word| word == *name)), "{name}");
        }
    }
}
