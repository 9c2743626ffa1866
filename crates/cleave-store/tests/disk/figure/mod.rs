//! R3, R4 and R5 of the promise: kills, power cuts, and a disk that fails.

pub mod child;
pub mod disk;
pub mod fail;
pub mod kill;
pub mod look;
pub mod power;
#[allow(dead_code, reason = "figures are only printed here")]
#[path = "../../../../../xtask/src/figure.rs"]
pub mod printed;
pub mod report;
pub mod run;
pub mod session;
pub mod told;
pub mod trace;

use std::path::Path;

/// A folder in memory where there is one: that a disk is slow is not what is looked at.
pub fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir()
        && let Ok(folder) = tempfile::tempdir_in(memory)
    {
        return folder;
    }
    tempfile::tempdir().unwrap()
}

/// How many look at once.
pub const WORKERS: usize = 2;

/// Shares work out and adds up what was found.
pub fn shared(work: impl Fn(usize) -> look::Figure + Sync) -> look::Figure {
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let work = &work;
                scope.spawn(move || work(worker))
            })
            .collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .fold(look::Figure::default(), look::Figure::add)
    })
}
