//! Runs the tests and says which did not run. `strace` may be missing or not permitted, which is known only here; a test
//! of the usual kind could then but pass. Understands what cargo and nextest ask of a test program.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use crate::figure::child::hindrance;

/// Set, tests that cannot run fail.
const REQUIRED: &str = "CLEAVE_DISK_REQUIRED";

/// A test.
pub struct Test {
    /// Its name.
    pub name: &'static str,
    /// What must be there.
    pub needs: Needs,
    /// The test itself; panics if it fails.
    pub run: fn(),
}

/// What a test needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// `strace`, and the right to trace.
    Trace,
}

/// Lists or runs what the arguments ask for.
pub fn main(tests: &[Test]) -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| args.iter().any(|arg| arg == name);
    let filters: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-') && *arg != "terse").collect();
    let wanted = |test: &&Test| {
        let matches = |filter: &&String| {
            if has("--exact") { test.name == **filter } else { test.name.contains(filter.as_str()) }
        };
        filters.is_empty() || filters.iter().any(matches)
    };
    let why = hindrance().filter(|_| std::env::var_os(REQUIRED).is_none());
    let ignored = |test: &Test| why.filter(|_| test.needs == Needs::Trace);
    if has("--list") {
        for test in tests.iter().filter(|test| !has("--ignored") || ignored(test).is_some()) {
            println!("{}: test", test.name);
        }
        return ExitCode::SUCCESS;
    }
    let (mut passed, mut failed, mut not_run) = (0, 0, 0);
    for test in tests.iter().filter(wanted) {
        if let Some(why) = ignored(test).filter(|_| !has("--ignored") && !has("--include-ignored")) {
            not_run += 1;
            println!("test {} ... ignored, NOT RUN: {why}; {REQUIRED}=1 makes this a failure", test.name);
        } else if catch_unwind(AssertUnwindSafe(test.run)).is_ok() {
            passed += 1;
            println!("test {} ... ok", test.name);
        } else {
            failed += 1;
            println!("test {} ... FAILED", test.name);
        }
    }
    let result = if failed == 0 { "ok" } else { "FAILED" };
    println!("test result: {result}. {passed} passed; {failed} failed; {not_run} ignored");
    ExitCode::from(u8::from(failed > 0) * 101)
}
