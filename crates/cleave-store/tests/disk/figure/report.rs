//! The three figures in given sizes, with a line each.

use std::path::Path;
use std::time::Instant;

use super::child::{Program, Run};
use super::fail::{self, Failure};
use super::look::Figure;
use super::printed::Figure as Printed;
use super::run::{self, Length};
use super::trace::{self, Call};
use super::{kill, power, scratch};

/// How much is looked at.
#[derive(Clone, Copy)]
pub struct Sizes {
    /// What a kill leaves is looked at for one in so many of the calls.
    pub left_every: usize,
    /// The session is really killed at one in so many of its calls.
    pub killed_every: usize,
    /// Images of power cuts in the short session.
    pub images: usize,
    /// Images of power cuts in the long one.
    pub images_long: usize,
    /// Which failures of a call.
    pub failures: Failures,
    /// What the images and the choice of calls follow from.
    pub seed: u64,
}

/// Which failures of each call are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failures {
    /// One of every fourth call: of the next the other one.
    Few,
    /// One error once, and one for good.
    Two,
    /// Every error it can give, once and for good.
    All,
}

/// What the seed is where none is given.
const SEED: u64 = 20_260_301;

/// For every run of the tests, in a build that is not optimised.
#[allow(dead_code, reason = "of the tests")]
pub const TESTS: Sizes = Sizes {
    left_every: 5,
    killed_every: 24,
    images: 1_200,
    images_long: 20,
    failures: Failures::Few,
    seed: SEED,
};
/// For CI, in an optimised build.
#[allow(dead_code, reason = "of bench_disk")]
pub const CI: Sizes = Sizes {
    left_every: 1,
    killed_every: 1,
    images: 20_000,
    images_long: 200,
    failures: Failures::Two,
    seed: SEED,
};
/// The longer run.
#[allow(dead_code, reason = "of bench_disk")]
pub const LONG: Sizes = Sizes {
    left_every: 1,
    killed_every: 1,
    images: 1_000_000,
    images_long: 20_000,
    failures: Failures::All,
    seed: SEED,
};

/// A line of the table, and what was wrong.
pub struct Line {
    /// What was done, how often, and what came of it.
    pub printed: Printed,
    /// What was wrong, one line each.
    pub wrong: Vec<String>,
}

/// A session that was recorded, and what must be found after each of its steps.
pub struct Recorded {
    /// What the session did.
    pub calls: Vec<Call>,
    /// The folder that it ran in.
    pub from: tempfile::TempDir,
    /// What is told after each step and a restart.
    pub expected: Vec<String>,
}

impl Recorded {
    /// Runs the session once.
    pub fn of(run: Run<'_>) -> Self {
        let from = scratch();
        let calls = trace::record(run, from.path());
        Recorded { calls, from, expected: run::expected(run.length) }
    }

    /// The folder that it ran in.
    pub fn from(&self) -> &Path {
        self.from.path()
    }

    /// The calls that change a file or a name.
    pub fn changes(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| kill::changes(&call.act))
    }
}

/// R3.
pub fn kills(program: &Program, sizes: Sizes) -> [Line; 2] {
    let session = Run { program, length: Length::Short, fault: None };
    let recorded = Recorded::of(session);
    let began = Instant::now();
    let all = kill::everywhere(&recorded.calls, sizes.left_every, recorded.from(), &recorded.expected);
    let all = line(
        &format!(
            "R3 kill -9 before and within every write and other call that changes a file{}",
            one_in(sizes.left_every)
        ),
        began,
        None,
        all,
    );

    let began = Instant::now();
    let every = sizes.killed_every;
    let first = usize::try_from(sizes.seed).unwrap_or(0) % every;
    let points: Vec<&Call> = recorded.changes().skip(first).step_by(every).collect();
    let really = kill::really(session, &points, &recorded.expected);
    let name = format!("R3 the process really killed before those calls{}", one_in(every));
    [all, line(&name, began, Some(sizes.seed), really)]
}

/// R4.
pub fn cuts(program: &Program, sizes: Sizes) -> [Line; 2] {
    [(Length::Short, sizes.images), (Length::Long, sizes.images_long)].map(|(length, images)| {
        let recorded = Recorded::of(Run { program, length, fault: None });
        let began = Instant::now();
        let figure = power::cuts(&recorded.calls, recorded.from(), &recorded.expected, images, sizes.seed);
        line(&format!("R4 power cuts, {} session", length.word()), began, Some(sizes.seed), figure)
    })
}

/// R5.
pub fn failures(program: &Program, sizes: Sizes) -> Line {
    let session = Run { program, length: Length::Short, fault: None };
    let recorded = Recorded::of(session);
    let began = Instant::now();
    let mut failures = Vec::new();
    for (number, call) in recorded.changes().enumerate() {
        let errors = fail::errors(call);
        for (at, error) in errors.iter().enumerate() {
            for for_good in [false, true] {
                // The errors that a call can give take turns, and so do once and for good.
                let turn = number / 2 + usize::from(for_good);
                let chosen = match sizes.failures {
                    Failures::Few => {
                        number % 4 == 0 && turn % errors.len() == at && (number % 8 == 0) == for_good
                    }
                    Failures::Two => turn % errors.len() == at,
                    Failures::All => true,
                };
                if chosen {
                    failures.push(Failure { call, error, for_good });
                }
            }
        }
    }
    let figure = fail::each(session, &failures, &recorded.expected);
    line(
        "R5 every write, sync, open and other call that changes a file fails, once or for good",
        began,
        None,
        figure,
    )
}

fn one_in(every: usize) -> String {
    if every == 1 { String::new() } else { format!(" (1 in {every})") }
}

/// `what` begins with the name that the promise has.
fn line(what: &str, began: Instant, seed: Option<u64>, figure: Figure) -> Line {
    let (name, what) = what.split_once(' ').unwrap_or((what, ""));
    let printed = Printed {
        name: name.to_owned(),
        what: format!("{what}: {} points, {} different", figure.points, figure.distinct),
        goal: "0 wrong".to_owned(),
        result: format!("{} wrong; the step under way was there in {}", figure.wrong.len(), figure.more),
        seed,
        took: began.elapsed(),
        held: figure.wrong.is_empty(),
    };
    Line { printed, wrong: figure.wrong }
}
