//! R5: every call that changes a file fails, once or for good.

use super::child::Run;
use super::look::{Figure, store_in};
use super::trace::Call;
use super::{WORKERS, scratch, shared};

/// One failure.
pub struct Failure<'a> {
    /// The call.
    pub call: &'a Call,
    /// The error it gives.
    pub error: &'static str,
    /// Whether every later call of its name fails too.
    pub for_good: bool,
}

/// Which errors a call can give.
pub fn errors(call: &Call) -> &'static [&'static str] {
    match call.name.as_str() {
        "openat" | "pwrite64" | "ftruncate" | "mkdir" => &["ENOSPC", "EIO"],
        _ => &["EIO"],
    }
}

/// Runs the session with each failure. The child goes on: a step that failed must have changed nothing, and is tried
/// again; what it was told is saved must be there afterwards.
pub fn each(run: Run<'_>, failures: &[Failure<'_>], expected: &[String]) -> Figure {
    shared(|worker| {
        let mut figure = Figure::default();
        for failure in failures.iter().skip(worker).step_by(WORKERS) {
            figure.points += 1;
            figure.distinct += 1;
            match one(run, failure, expected) {
                Ok(more) => figure.more += usize::from(more),
                Err(wrong) => {
                    let Failure { call, error, for_good } = failure;
                    let often = if *for_good { "for good" } else { "once" };
                    figure
                        .wrong
                        .push(format!("{} {} gives {error} {often}: {wrong}", call.name, call.number));
                }
            }
        }
        figure
    })
}

fn one(run: Run<'_>, failure: &Failure<'_>, expected: &[String]) -> Result<bool, String> {
    let folder = scratch();
    let Failure { call, error, for_good } = failure;
    let ended = run.failing(folder.path(), &call.name, call.number, error, *for_good);
    if !ended.ended || ended.code != Some(0) {
        return Err(format!("it did not end well: {:?}", ended.code));
    }
    if ended.moved {
        return Err("a step that failed changed something".to_owned());
    }
    if !for_good && ended.saved + 1 != expected.len() {
        return Err(format!("it did not go on: {} steps, then {:?}", ended.saved, ended.failures));
    }
    if let Some(kind) =
        ended.failures.iter().find(|kind| !["full", "io", "read-only"].contains(&kind.as_str()))
    {
        return Err(format!("an error of the disk was told as: {kind}"));
    }
    store_in(&folder.path().join("store"), ended.saved, expected)
}
