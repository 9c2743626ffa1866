//! R3, R4 and R5 in sizes for every day, and that each finds a fault that is planted. The figures themselves come from
//! `cargo run --release --package cleave-store --example bench_disk`, with `--long` for the longer run.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test stops where it fails")]

mod figure;
mod harness;
mod two;

use std::process::ExitCode;

use cleave_store::planted::Fault;
use figure::child::{Program, Run};
use figure::fail::{self, Failure};
use figure::look::Figure;
use figure::report::{self, Line, Recorded, TESTS};
use figure::run::{self, Length};
use figure::trace::Call;
use figure::{kill, power};
use harness::{Needs, Test};

fn main() -> ExitCode {
    if run::is_child() {
        return ExitCode::SUCCESS;
    }
    let traced = Needs::Trace;
    let tests = [
        Test {
            name: "the_second_process_reads_and_writes_when_the_first_was_killed",
            needs: Needs::Nothing,
            run: two::processes,
        },
        Test { name: "r3_a_kill_loses_nothing", needs: traced, run: kills },
        Test { name: "r4_a_power_cut_loses_nothing", needs: traced, run: cuts },
        Test { name: "r5_nothing_is_called_saved_that_is_not", needs: traced, run: failures },
        Test { name: "r3_finds_an_answer_before_the_commit", needs: traced, run: finds_an_early_answer },
        Test { name: "r3_finds_a_send_without_its_attempt", needs: traced, run: finds_a_lost_attempt },
        Test { name: "r4_finds_a_commit_that_does_not_wait_for_the_disk", needs: traced, run: finds_no_sync },
        Test { name: "r5_finds_an_error_that_is_swallowed", needs: traced, run: finds_a_swallowed_error },
    ];
    harness::main(&tests)
}

/// The session is this program again: `run::is_child`.
fn program() -> Program {
    Program { args: Vec::new() }
}

fn nothing_wrong(line: &Line) {
    println!("{}", line.printed);
    assert!(line.wrong.is_empty(), "{}\n{:#?}", line.printed, &line.wrong[..line.wrong.len().min(10)]);
}

fn kills() {
    report::kills(&program(), TESTS).iter().for_each(nothing_wrong);
}

fn cuts() {
    report::cuts(&program(), TESTS).iter().for_each(nothing_wrong);
}

fn failures() {
    nothing_wrong(&report::failures(&program(), TESTS));
}

/// A fault that is planted must be found.
fn found(fault: Fault, look: impl Fn(Run<'_>, &Recorded) -> Figure) {
    let program = program();
    let session = Run { program: &program, length: Length::Short, fault: Some(fault) };
    let figure = look(session, &Recorded::of(session));
    println!("{fault:?} planted: {} of {} points wrong", figure.wrong.len(), figure.points);
    assert!(!figure.wrong.is_empty(), "{fault:?} was not found at {} points", figure.points);
}

fn some_writes(recorded: &Recorded) -> Vec<&Call> {
    recorded.calls.iter().filter(|call| call.name == "pwrite64").step_by(40).collect()
}

fn finds_no_sync() {
    found(Fault::NoSync, |_, recorded| {
        power::cuts(&recorded.calls, recorded.from(), &recorded.expected, 400, TESTS.seed)
    });
}

fn finds_an_early_answer() {
    found(Fault::AnswerBeforeCommit, |session, recorded| {
        kill::really(session, &some_writes(recorded), &recorded.expected)
    });
}

fn finds_a_lost_attempt() {
    found(Fault::LostAttempt, |session, recorded| {
        // It stops where the end of the attempt is to be recorded; from there on the attempt is missing.
        let last: Vec<&Call> = recorded.changes().collect::<Vec<_>>().into_iter().rev().take(10).collect();
        kill::really(session, &last, &recorded.expected)
    });
}

fn finds_a_swallowed_error() {
    found(Fault::SwallowedError, |session, recorded| {
        let fails = |call| Failure { call, error: "ENOSPC", for_good: false };
        let failures: Vec<Failure<'_>> = some_writes(recorded).into_iter().map(fails).collect();
        fail::each(session, &failures, &recorded.expected)
    });
}
