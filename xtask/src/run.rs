//! `cargo xtask run`: from a bare machine to the app, or to its tour where nobody can see a window.

use std::time::Instant;

use crate::packages::{self, Need};
use crate::repo::Repo;
use crate::step::{Stop, done, open, say};
use crate::{bindings, ui};

struct Options {
    release: bool,
    tour: bool,
    app: Vec<String>,
}

/// Builds and starts the app.
pub fn run(repo: &Repo, args: &[String]) -> Result<(), Stop> {
    let start = Instant::now();
    let options = parse(args)?;
    let tour = options.tour || !display();
    packages::ensure(repo, if tour { Need::Window } else { Need::Build })?;
    bindings::write(repo)?;
    ui::build(repo)?;
    if tour {
        return take_tour(repo, options.release, start);
    }
    build(repo, options.release)?;
    done("ready", start);
    let binary = repo.binary(if options.release { "release" } else { "debug" }, "cleave");
    open("Cleave", std::process::Command::new(binary).args(&options.app))
}

/// Compiles the app in the profile asked for.
pub fn build(repo: &Repo, release: bool) -> Result<(), Stop> {
    let mut command = repo.cargo();
    if release {
        command.args(["build", "--release", "--package", "cleave"]);
    } else {
        // The test profile of the package, so that the app, its bindings test and its tour share one
        // set of compiled dependencies instead of building the window's stack twice.
        command.args(["test", "--package", "cleave", "--no-run"]);
    }
    open("build the app", &mut command)
}

fn take_tour(repo: &Repo, release: bool, start: Instant) -> Result<(), Stop> {
    build(repo, false)?;
    let mut command = repo.cargo();
    command.args([
        "test",
        "--package",
        "cleave",
        "--test",
        "window",
        "--",
        "--nocapture",
        "--exact",
        "tour::tour",
    ]);
    if release {
        build(repo, true)?;
        command.env("CLEAVE_BINARY", repo.binary("release", "cleave"));
    }
    done("ready", start);
    if !display() {
        say("no display here: Cleave is shown on a virtual one and driven through the main job");
    }
    open("tour", &mut command)?;
    let summary = repo.target.join("tour/summary.md");
    let text =
        std::fs::read_to_string(&summary).map_err(|error| Stop::io("read the tour's summary", &error))?;
    println!("\n{text}\nPictures: {}", repo.target.join("tour").display());
    Ok(())
}

/// Whether a window could be seen. Only X11 and Wayland desktops need asking.
fn display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn parse(args: &[String]) -> Result<Options, Stop> {
    let mut options = Options { release: false, tour: false, app: Vec::new() };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--release" => options.release = true,
            "--tour" => options.tour = true,
            "--" => options.app = args.by_ref().cloned().collect(),
            other => {
                return Err(Stop::usage(format!("`run` does not know `{other}`; see `cargo xtask --help`")));
            }
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn options_before_and_arguments_after_the_dashes() {
        let options = parse(&words("--release -- --home x --tour")).unwrap();
        assert!(options.release);
        assert!(!options.tour);
        assert_eq!(options.app, words("--home x --tour"));
        assert!(parse(&words("--fast")).is_err());
    }
}
