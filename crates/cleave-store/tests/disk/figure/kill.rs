//! R3: `kill -9` before and within every call that changes a file.

use std::path::Path;

use super::child::Run;
use super::disk::Disk;
use super::look::{Figure, Looker, store_in};
use super::trace::{Act, Call};
use super::{WORKERS, scratch, shared};

/// Looks at what every kill leaves, or one in so many: before each call, and within each write, after one byte, half, and all but one.
///
/// The files are put together from the calls before. That a real kill leaves the same is what [`really`] shows.
pub fn everywhere(calls: &[Call], every: usize, from: &Path, expected: &[String]) -> Figure {
    shared(|worker| {
        let folder = scratch();
        let mut looker = Looker::new(folder.path(), from, expected);
        let (mut disk, mut saved) = (Disk::default(), 0);
        for (number, call) in calls.iter().enumerate() {
            let mine = number % WORKERS == worker && (number / WORKERS).is_multiple_of(every);
            if mine && changes(&call.act) {
                let what = || format!("killed before {} {}", call.name, call.number);
                looker.look(&disk.killed(), saved, true, what);
                if let Act::Write(file, at, bytes) = &call.act {
                    for part in [1, bytes.len() / 2, bytes.len().saturating_sub(1)] {
                        let torn = disk.killed_within(*file, *at, &bytes[..part]);
                        let what =
                            || format!("killed within {} {} after {part} bytes", call.name, call.number);
                        looker.look(&torn, saved, true, what);
                    }
                }
            }
            disk.apply(&call.act);
            saved += usize::from(matches!(call.act, Act::Saved));
        }
        if worker == 0 {
            looker.look(&disk.killed(), saved, true, || "after the end".to_owned());
        }
        looker.figure
    })
}

/// Kills the real session before each of these calls, and looks at what is left.
pub fn really(run: Run<'_>, calls: &[&Call], expected: &[String]) -> Figure {
    shared(|worker| {
        let mut figure = Figure::default();
        for call in calls.iter().skip(worker).step_by(WORKERS) {
            let folder = scratch();
            let ended = run.killed(folder.path(), &call.name, call.number);
            figure.points += 1;
            figure.distinct += 1;
            let found = if ended.code.is_some() {
                Err("it was not killed".to_owned())
            } else {
                store_in(&folder.path().join("store"), ended.saved, expected)
            };
            match found {
                Ok(more) => figure.more += usize::from(more),
                Err(wrong) => {
                    figure.wrong.push(format!("killed before {} {}: {wrong}", call.name, call.number));
                }
            }
        }
        figure
    })
}

/// Whether a call changes a file or a name.
pub fn changes(act: &Act) -> bool {
    !matches!(act, Act::Saved | Act::Nothing)
}
