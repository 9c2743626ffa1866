//! The figures of the promise that no decision is lost, doubled or misreported: every part as a program of its own, one
//! after the other, and one table at the end.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::figure::Figure;
use crate::packages;
use crate::repo::Repo;
use crate::step::{Stop, done, say, seconds};

/// One program that measures.
struct Part {
    name: &'static str,
    /// What cargo is asked for, always of a release build.
    cargo: &'static [&'static str],
    /// What the program is given.
    args: &'static [&'static str],
    /// Variables that say how much.
    sizes: &'static [(&'static str, &'static str)],
    /// The same for the longer run.
    long: &'static [(&'static str, &'static str)],
    /// Given to it for the longer run.
    long_args: &'static [&'static str],
    /// What its tests show together, where it prints no figures: name, what, goal.
    shows: Option<(&'static str, &'static str, &'static str)>,
}

const NOTHING: Part =
    Part { name: "", cargo: &[], args: &[], sizes: &[], long: &[], long_args: &[], shows: None };

/// The seed where nobody gives another one with `CLEAVE_SEED`.
const SEED: u64 = 1;

const DRAWN: &[(&str, &str)] = &[("PROPTEST_CASES", "10000")];
const DRAWN_LONG: &[(&str, &str)] = &[("PROPTEST_CASES", "200000")];

const PARTS: &[Part] = &[
    Part {
        name: "protocol",
        cargo: &["test", "--package", "cleave-core", "--test", "outbox_model"],
        args: &["--nocapture"],
        long: &[("CLEAVE_MODEL_DEPTH", "1")],
        shows: Some(("R1", "every order of events; naive variants planted", "0 violations, each found")),
        ..NOTHING
    },
    Part {
        name: "schedules",
        cargo: &["test", "--package", "cleave-sync", "--test", "schedules"],
        args: &["--nocapture", "--skip", "wire::"],
        sizes: &[
            ("CLEAVE_SCHEDULES", "10000"),
            ("CLEAVE_SERVICE_SCHEDULES", "400"),
            ("CLEAVE_REPLAYED", "200"),
        ],
        long: &[
            ("CLEAVE_SCHEDULES", "200000"),
            ("CLEAVE_SERVICE_SCHEDULES", "4000"),
            ("CLEAVE_REPLAYED", "1000"),
        ],
        ..NOTHING
    },
    Part {
        name: "disk",
        cargo: &["run", "--package", "cleave-store", "--example", "bench_disk"],
        long_args: &["--long"],
        ..NOTHING
    },
    Part {
        name: "disk, planted",
        cargo: &["test", "--package", "cleave-store", "--test", "disk"],
        args: &["finds"],
        shows: Some((
            "R3-R5",
            "planted: marked before the commit, lost attempt row, NORMAL for FULL, swallowed error",
            "each found",
        )),
        ..NOTHING
    },
    Part {
        name: "wire",
        cargo: &["test", "--package", "cleave-sync", "--test", "schedules"],
        args: &["--nocapture", "wire::"],
        sizes: &[("CLEAVE_WIRE_KINDS", "5"), ("CLEAVE_WIRE_RANDOM", "100")],
        long: &[("CLEAVE_WIRE_KINDS", "5"), ("CLEAVE_WIRE_RANDOM", "10000")],
        ..NOTHING
    },
    Part {
        name: "back online",
        cargo: &["run", "--package", "cleave-app", "--example", "bench_online"],
        ..NOTHING
    },
    Part {
        name: "plans",
        cargo: &["test", "--package", "cleave-core", "--test", "separation"],
        sizes: DRAWN,
        long: DRAWN_LONG,
        shows: Some((
            "R10",
            "separation: each child, message and value on one side, edit and inverse, storing, rebasing, states",
            "10,000 each",
        )),
        ..NOTHING
    },
    Part {
        name: "requests of plans",
        cargo: &["test", "--package", "cleave-wire", "--test", "separation"],
        sizes: DRAWN,
        long: DRAWN_LONG,
        shows: Some(("R10", "separation: a plan is a valid request and comes back", "10,000 each")),
        ..NOTHING
    },
    Part {
        name: "merges",
        cargo: &["test", "--package", "cleave-core", "--lib"],
        args: &["merge::"],
        sizes: DRAWN,
        long: DRAWN_LONG,
        shows: Some((
            "R10",
            "merge: nothing lost without a pick, what is sent gives the same plan",
            "10,000 each",
        )),
        ..NOTHING
    },
    Part {
        name: "load",
        cargo: &["run", "--package", "cleave-app", "--example", "bench_load"],
        long_args: &["--long"],
        ..NOTHING
    },
];

/// Runs every part, however the others end. Fails where a goal is missed.
pub fn reliability(repo: &Repo, args: &[String]) -> Result<(), Stop> {
    let long = args.iter().any(|arg| arg == "--long");
    packages::install(repo, &["strace"])?;
    build(repo)?;
    let began = Instant::now();
    let mut figures = Vec::new();
    for part in PARTS {
        figures.extend(part.run(repo, long)?);
    }
    println!("\n{}", table(&figures));
    let missed = figures.iter().filter(|figure| !figure.held).count();
    println!("{} figures in {}, {missed} missed", figures.len(), seconds(began.elapsed()));
    if missed == 0 { Ok(()) } else { Err(Stop::found("a goal was missed")) }
}

/// Compiles everything first, so that a figure's time is its own.
fn build(repo: &Repo) -> Result<(), Stop> {
    let mut built: Vec<&[&str]> = Vec::new();
    for part in PARTS.iter().filter(|part| !part.cargo.is_empty()) {
        if built.contains(&part.cargo) {
            continue;
        }
        built.push(part.cargo);
        let mut command = repo.cargo();
        let (verb, rest) = part.cargo.split_first().unwrap_or((&"build", &[]));
        if *verb == "test" {
            command.args(["test", "--no-run"]);
        } else {
            command.arg("build");
        }
        command.arg("--release").args(rest);
        crate::step::open(&format!("build {}", part.name), &mut command)?;
    }
    Ok(())
}

impl Part {
    fn run(&self, repo: &Repo, long: bool) -> Result<Vec<Figure>, Stop> {
        say(self.name);
        let began = Instant::now();
        let (verb, rest) = self.cargo.split_first().unwrap_or((&"test", &[]));
        let mut command = repo.cargo();
        command.arg(verb).args(["--quiet", "--release"]).args(rest).arg("--").args(self.args);
        if long {
            command.args(self.long_args);
        }
        let sizes = if long && !self.long.is_empty() { self.long } else { self.sizes };
        command.envs(sizes.iter().copied());
        let seed: u64 = std::env::var("CLEAVE_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(SEED);
        command.env("CLEAVE_SEED", seed.to_string()).env("PROPTEST_RNG_SEED", seed.to_string());
        let heard = hear(&mut command, self.name)?;
        let took = began.elapsed();
        let mut figures = heard.figures;
        if let Some((name, what, goal)) = self.shows {
            let drawn = sizes.iter().any(|(name, _)| *name == "PROPTEST_CASES");
            figures.push(Figure {
                name: name.to_owned(),
                what: what.to_owned(),
                goal: goal.to_owned(),
                result: format!("{} tests passed", heard.passed),
                seed: drawn.then_some(seed),
                took,
                held: heard.succeeded && heard.passed > 0,
            });
        } else if figures.is_empty() || !heard.succeeded && figures.iter().all(|figure| figure.held) {
            figures.push(Figure {
                name: "-".to_owned(),
                what: self.name.to_owned(),
                goal: "runs to its end".to_owned(),
                result: "did not".to_owned(),
                seed: None,
                took,
                held: false,
            });
        }
        done(self.name, began);
        Ok(figures)
    }
}

/// What a part said.
struct Heard {
    figures: Vec<Figure>,
    /// Tests that passed.
    passed: u64,
    succeeded: bool,
}

/// Runs a program in the open, and remembers its figures.
fn hear(command: &mut Command, what: &str) -> Result<Heard, Stop> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|error| Stop::io(&format!("start {what}"), &error))?;
    let (mut figures, mut passed) = (Vec::new(), 0);
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()) {
        let Ok(line) = line else { break };
        passed += passed_in(&line);
        match Figure::parse(&line) {
            Some(figure) => {
                println!("  {}", row(&figure));
                figures.push(figure);
            }
            None => println!("{line}"),
        }
    }
    let status = child.wait().map_err(|error| Stop::io(&format!("wait for {what}"), &error))?;
    Ok(Heard { figures, passed, succeeded: status.success() })
}

/// The number in `test result: ok. 5 passed; …`.
fn passed_in(line: &str) -> u64 {
    let counted = line.strip_prefix("test result: ok. ").and_then(|rest| rest.split(' ').next());
    counted.and_then(|count| count.parse().ok()).unwrap_or(0)
}

fn row(figure: &Figure) -> String {
    let Figure { name, what, goal, result, took, .. } = figure;
    let seed = figure.seed.map(|seed| format!(", seed {seed}")).unwrap_or_default();
    let held = if figure.held { "held" } else { "MISSED" };
    format!("{name:<6} {held:<6} {:>9}  {what}{seed}: {result} (goal: {goal})", short(*took))
}

fn short(took: Duration) -> String {
    if took.is_zero() { String::new() } else { format!("{:.1} s", took.as_secs_f64()) }
}

/// One line a figure, in the order of their names.
fn table(figures: &[Figure]) -> String {
    let number = |figure: &Figure| {
        let digits: String = figure.name.chars().skip(1).take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(u32::MAX)
    };
    let mut sorted: Vec<&Figure> = figures.iter().collect();
    sorted.sort_by_key(|figure| number(figure));
    sorted.into_iter().map(|figure| row(figure) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(name: &str, seed: Option<u64>, held: bool) -> Figure {
        let (what, goal, result) = ("schedules".to_owned(), "0 lost".to_owned(), "0 lost".to_owned());
        Figure { name: name.to_owned(), what, goal, result, seed, took: Duration::from_millis(1234), held }
    }

    #[test]
    fn what_is_printed_is_read_again() {
        for figure in [figure("R2", Some(7), true), figure("R2", None, false)] {
            assert_eq!(Figure::parse(&figure.to_string()), Some(figure.clone()));
            // The name of the test may stand before it on the same line.
            assert_eq!(Figure::parse(&format!("test a ... {figure}")), Some(figure));
        }
        assert_eq!(Figure::parse("test result: ok"), None);
    }

    #[test]
    fn the_table_is_in_the_order_of_the_promise() {
        let text =
            table(&[figure("R10", None, true), figure("R2", Some(3), true), figure("R15", None, false)]);
        let names: Vec<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(names, ["R2", "R10", "R15"]);
        assert!(text.contains("seed 3") && text.contains("MISSED"), "{text}");
    }

    #[test]
    fn passed_tests_are_counted() {
        assert_eq!(passed_in("test result: ok. 12 passed; 0 failed; 0 ignored"), 12);
        assert_eq!(passed_in("test result: FAILED. 12 passed; 1 failed"), 0);
    }

    #[test]
    fn every_part_is_there() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for part in PARTS {
            let after = |name: &str| part.cargo.iter().skip_while(|arg| **arg != name).nth(1);
            let package = root.join("crates").join(after("--package").unwrap());
            let (folder, name) = match (after("--test"), after("--example")) {
                (Some(test), _) => ("tests", *test),
                (None, Some(example)) => ("examples", *example),
                (None, None) => ("src", "lib"),
            };
            let file = package.join(folder).join(name);
            let there = [file.with_extension("rs"), file.join("main.rs")];
            assert!(there.iter().any(|file| file.is_file()), "{}", part.name);
        }
    }
}
