//! Ordering the candidates of one contact by their promise.

use crate::base::Base;

/// The candidates of one contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The most promising first.
    pub(crate) candidates: Vec<u32>,
    /// How many more there were.
    pub(crate) cut_off: u32,
}

/// Space to sum promises in, reused from contact to contact.
pub(crate) struct Ranking {
    /// By contact; 0 for those not met.
    promises: Vec<u32>,
    met: Vec<u32>,
}

impl Ranking {
    pub(crate) fn new(base: &Base) -> Self {
        Self { promises: vec![0; base.len()], met: Vec::new() }
    }

    pub(super) fn add(&mut self, members: &[u32], promise: u32) {
        for &member in members {
            if let Some(sum) = self.promises.get_mut(member as usize) {
                if *sum == 0 {
                    self.met.push(member);
                }
                // At least 1, or a member of a worthless block would be met again and again.
                *sum = sum.saturating_add(promise.max(1));
            }
        }
    }

    /// Who was met, but for the contact itself and those below the least promise; leaves the space clean.
    pub(super) fn take(&mut self, base: &Base, itself: Option<u32>, limit: usize, least: u32) -> Found {
        let mut ranked: Vec<(u32, u32, u32)> = Vec::with_capacity(self.met.len());
        for &member in &self.met {
            let Some(sum) = self.promises.get_mut(member as usize) else { continue };
            if *sum >= least && Some(member) != itself {
                ranked.push((u32::MAX - *sum, base.rank(member), member));
            }
            *sum = 0;
        }
        self.met.clear();
        let cut_off = ranked.len().saturating_sub(limit);
        if cut_off > 0 && limit > 0 {
            ranked.select_nth_unstable(limit - 1);
        }
        ranked.truncate(limit);
        ranked.sort_unstable();
        Found {
            candidates: ranked.into_iter().map(|(_, _, member)| member).collect(),
            cut_off: u32::try_from(cut_off).unwrap_or(u32::MAX),
        }
    }
}
