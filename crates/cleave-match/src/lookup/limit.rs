//! `candidateLimit`: the most promising candidates of each contact.

use crate::base::Base;

/// Pairs that promise enough, in the order of `left`, then `right`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) left: Vec<u32>,
    pub(crate) right: Vec<u32>,
    /// What each promises.
    pub(crate) promises: Vec<u16>,
    /// How many pairs were left out by the limit.
    pub(crate) cut_off: u64,
}

impl Found {
    /// Leaves out every pair that is on neither side among the `limit` most promising.
    pub(crate) fn limited(mut self, base: &Base, limit: usize) -> Self {
        let mut degrees = vec![0_u32; base.len()];
        for contact in self.left.iter().chain(&self.right) {
            if let Some(degree) = degrees.get_mut(*contact as usize) {
                *degree += 1;
            }
        }
        let over =
            |contact: u32| degrees.get(contact as usize).is_some_and(|degree| *degree as usize > limit);
        let mut entries: Vec<(u32, u16, u32)> = Vec::new();
        for ((&left, &right), &promise) in self.left.iter().zip(&self.right).zip(&self.promises) {
            for (one, other) in [(left, right), (right, left)] {
                if over(one) {
                    entries.push((one, u16::MAX - promise, base.rank(other)));
                }
            }
        }
        if entries.is_empty() {
            return self;
        }
        entries.sort_unstable();
        // The last one that each contact takes.
        let last: Vec<(u32, u16, u32)> = entries
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|group| group.get(limit.checked_sub(1)?).copied())
            .collect();
        let takes = |one: u32, promise: u16, other: u32| {
            !over(one)
                || last
                    .binary_search_by_key(&one, |entry| entry.0)
                    .ok()
                    .and_then(|at| last.get(at))
                    .is_some_and(|entry| (one, u16::MAX - promise, base.rank(other)) <= *entry)
        };
        let before = self.left.len();
        let mut kept = 0;
        for at in 0..before {
            let (left, right, promise) = (self.left[at], self.right[at], self.promises[at]);
            if takes(left, promise, right) || takes(right, promise, left) {
                (self.left[kept], self.right[kept], self.promises[kept]) = (left, right, promise);
                kept += 1;
            }
        }
        self.left.truncate(kept);
        self.right.truncate(kept);
        self.promises.truncate(kept);
        self.cut_off = (before - kept) as u64;
        self
    }
}
