//! `cargo xtask test`: everything that must hold, as a list of steps. A step that fails does not
//! stop the others, only those that need it, so that one run tells everything that is wrong.

use std::process::Command;
use std::time::Instant;

use crate::counts::{self, Counts};
use crate::packages::{self, Need};
use crate::repo::Repo;
use crate::step::{Stop, open, quiet, seconds, succeeds};
use crate::{arrows, contract, docs, ui};

/// What a step does with its part of the run.
type Run = fn(&Repo) -> (Counts, Option<Stop>);

struct Step {
    name: &'static str,
    about: &'static str,
    needs: &'static [&'static str],
    run: Run,
}

const STEPS: &[Step] = &[
    Step {
        name: "tools",
        about: "system packages, Node and cargo-nextest",
        needs: &[],
        run: |repo| whole(tools(repo)),
    },
    Step { name: "format", about: "cargo fmt --check", needs: &[], run: |repo| whole(format(repo)) },
    Step {
        name: "arrows",
        about: "crates use only what ARCHITECTURE.md allows",
        needs: &[],
        run: |repo| whole(arrows::check(repo)),
    },
    Step {
        name: "docs",
        about: "links and commands in the documents exist",
        needs: &[],
        run: |repo| whole(docs::check(repo)),
    },
    Step {
        name: "ui-install",
        about: "npm ci, when the lock file changed",
        needs: &["tools"],
        run: |repo| whole(ui::install(repo)),
    },
    Step {
        name: "ui-types",
        about: "TypeScript",
        needs: &["ui-install"],
        run: |repo| whole(npm(repo, "typecheck")),
    },
    Step { name: "ui-lint", about: "Biome", needs: &["ui-install"], run: |repo| whole(npm(repo, "lint")) },
    Step { name: "ui-test", about: "Vitest", needs: &["ui-install"], run: ui_test },
    Step {
        name: "ui-build",
        about: "ui/dist, when its inputs changed",
        needs: &["ui-install"],
        run: |repo| whole(ui::build(repo)),
    },
    Step {
        name: "clippy",
        about: "all targets, warnings denied",
        needs: &["tools"],
        run: |repo| whole(clippy(repo)),
    },
    Step {
        name: "rustdoc",
        about: "the crates' own documentation, warnings denied",
        needs: &["tools"],
        run: |repo| whole(rustdoc(repo)),
    },
    Step {
        name: "rust-test",
        about: "nextest: units, properties, contract, bindings up to date, the real window",
        needs: &["tools", "ui-build"],
        run: rust_test,
    },
    Step {
        name: "schemathesis",
        about: "generated requests against the local API service that rust-test built",
        needs: &["tools"],
        run: |repo| whole(contract::check(repo)),
    },
];

/// The steps, for the help text.
pub fn list() -> String {
    STEPS.iter().map(|step| format!("  {:<13} {}\n", step.name, step.about)).collect()
}

/// Runs the steps named, or all, and ends with the line of counts.
pub fn test(repo: &Repo, names: &[String]) -> Result<(), Stop> {
    let start = Instant::now();
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        return Err(Stop::usage(format!("no step is called `{unknown}`; see `cargo xtask --help`")));
    }
    let mut total = Counts::default();
    let mut failed: Vec<&str> = Vec::new();
    let mut summary = Vec::new();
    for step in STEPS.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)) {
        let began = Instant::now();
        println!("\n── {} · {}", step.name, step.about);
        let (counts, stop) = match step.needs.iter().find(|need| failed.contains(need)) {
            Some(need) => (Counts::one(false), Some(Stop::found(format!("not run, because {need} failed")))),
            None => (step.run)(repo),
        };
        total = Counts { passed: total.passed + counts.passed, failed: total.failed + counts.failed };
        let mark = if stop.is_none() { "✓" } else { "✗" };
        let reason = stop.as_ref().map(|stop| format!("  {stop}")).unwrap_or_default();
        println!("{mark} {}{reason}", step.name);
        if stop.is_some() {
            failed.push(step.name);
        }
        let short = reason.lines().next().unwrap_or_default().to_owned();
        summary.push(format!(
            "{mark} {:<13} {:>12}  {:>5} passed {:>3} failed{short}",
            step.name,
            seconds(began.elapsed()),
            counts.passed,
            counts.failed
        ));
    }
    println!("\n── summary · {}", seconds(start.elapsed()));
    println!("{}\n", summary.join("\n"));
    println!("{} passed, {} failed", total.passed, total.failed);
    if failed.is_empty() { Ok(()) } else { Err(Stop::told()) }
}

/// `test`, the licences and origins of what we depend on, and a working tree left as it was.
pub fn ci(repo: &Repo) -> Result<(), Stop> {
    let before = tracked(repo)?;
    if !succeeds("cargo-deny", &["--version"]) {
        open("install cargo-deny (minutes, once)", repo.cargo().args(["install", "cargo-deny", "--locked"]))?;
    }
    open(
        "licences, bans and sources",
        repo.cargo().args(["deny", "--all-features", "check", "licenses", "bans", "sources"]),
    )?;
    test(repo, &[])?;
    if tracked(repo)? == before {
        return Ok(());
    }
    Err(Stop::found("the run changed tracked files: commit what it generated (see `git status`)"))
}

fn tracked(repo: &Repo) -> Result<Vec<u8>, Stop> {
    let mut git = Command::new("git");
    git.current_dir(&repo.root).args(["diff", "HEAD"]);
    git.output().map(|output| output.stdout).map_err(|error| Stop::io("start git", &error))
}

fn whole(result: Result<(), Stop>) -> (Counts, Option<Stop>) {
    (Counts::one(result.is_ok()), result.err())
}

fn tools(repo: &Repo) -> Result<(), Stop> {
    packages::ensure(repo, Need::Window)?;
    if succeeds("cargo-nextest", &["nextest", "--version"]) {
        return Ok(());
    }
    open("install cargo-nextest (minutes, once)", repo.cargo().args(["install", "cargo-nextest", "--locked"]))
}

fn format(repo: &Repo) -> Result<(), Stop> {
    open("cargo fmt", repo.cargo().args(["fmt", "--all", "--check"]))
}

fn clippy(repo: &Repo) -> Result<(), Stop> {
    open(
        "cargo clippy",
        repo.cargo().args(["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]),
    )
}

fn rustdoc(repo: &Repo) -> Result<(), Stop> {
    let mut command = repo.cargo();
    command.args(["doc", "--workspace", "--no-deps", "--locked", "--document-private-items"]);
    // Private items are documented as well, so links to them lead somewhere.
    command.env("RUSTDOCFLAGS", "--deny warnings --allow rustdoc::private_intra_doc_links");
    quiet(repo, "cargo doc", "rustdoc", &mut command)
}

fn npm(repo: &Repo, script: &str) -> Result<(), Stop> {
    open(&format!("npm run {script}"), ui::npm(repo).args(["run", "--silent", script]))
}

fn ui_test(repo: &Repo) -> (Counts, Option<Stop>) {
    let run = || -> Result<_, Stop> {
        let report = repo.scratch("vitest.json")?;
        let _ = std::fs::remove_file(&report);
        let mut command = ui::npm(repo);
        command.args(["exec", "--", "vitest", "run", "--reporter=default", "--reporter=json"]);
        command.arg(format!("--outputFile.json={}", report.display()));
        Ok((open("vitest", &mut command), counts::vitest(&report)))
    };
    counted(run())
}

fn rust_test(repo: &Repo) -> (Counts, Option<Stop>) {
    let run = || -> Result<_, Stop> {
        // Said in .config/nextest.toml; nextest does not follow CARGO_TARGET_DIR.
        let report = repo.root.join("target/nextest/default/junit.xml");
        let _ = std::fs::remove_file(&report);
        let mut command = repo.cargo();
        command.args(["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]);
        Ok((open("cargo nextest", &mut command), counts::junit(&report)))
    };
    counted(run())
}

/// A runner's result with the counts of its report. Without a report, or when the runner failed
/// though no test did, that is one failure more.
fn counted(result: Result<(Result<(), Stop>, Option<Counts>), Stop>) -> (Counts, Option<Stop>) {
    match result {
        Ok((Ok(()), Some(counts))) if counts.failed == 0 => (counts, None),
        Ok((Ok(()), _)) => (Counts::one(false), Some(Stop::found("the runner left no report of success"))),
        Ok((Err(stop), counts)) => {
            let mut counts = counts.unwrap_or_default();
            counts.failed = counts.failed.max(1);
            (counts, Some(stop))
        }
        Err(stop) => (Counts::one(false), Some(stop)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_need_only_steps_before_them() {
        for (index, step) in STEPS.iter().enumerate() {
            for need in step.needs {
                assert!(
                    STEPS[..index].iter().any(|before| before.name == *need),
                    "{} needs {need}",
                    step.name
                );
            }
        }
    }

    #[test]
    fn a_runner_without_a_report_failed() {
        assert_eq!(counted(Ok((Ok(()), None))).0, Counts::one(false));
        let failed = counted(Ok((Err(Stop::found("x")), Some(Counts { passed: 5, failed: 0 }))));
        assert_eq!(failed.0, Counts { passed: 5, failed: 1 });
        assert!(failed.1.is_some());
        assert!(counted(Ok((Ok(()), Some(Counts { passed: 5, failed: 0 })))).1.is_none());
    }
}
