//! How a long scan tells where it is and is told to stop.

/// Watches a scan. Called from several threads, a few hundred times at most.
pub trait Progress: Sync {
    /// `done` of `total` contacts have been compared with their candidates. Calls of two
    /// threads may arrive in either order.
    fn advanced(&self, done: usize, total: usize);

    /// Asked between parts of the work; `true` ends the scan with [`MatchError::Stopped`](crate::MatchError).
    fn stop(&self) -> bool {
        false
    }
}

/// Nobody is watching.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn advanced(&self, _done: usize, _total: usize) {}
}
