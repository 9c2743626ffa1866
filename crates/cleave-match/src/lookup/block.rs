//! The contacts that share one key.

use super::keys::Key;
use super::{LARGEST_BLOCK, NEIGHBOURS};

/// A key with its contacts.
pub(super) struct Block {
    pub(super) key: Key,
    /// Where its members begin.
    pub(super) start: usize,
    /// How many there are.
    pub(super) len: usize,
    /// What sharing this key promises.
    pub(super) promise: u32,
}

impl Block {
    pub(super) fn is_large(&self) -> bool {
        self.len > LARGEST_BLOCK
    }

    pub(super) fn members<'a>(&self, all: &'a [u32]) -> &'a [u32] {
        all.get(self.start..self.start + self.len).unwrap_or_default()
    }

    /// The members that one at `place` meets: all, or its neighbours in a block that is too large.
    pub(super) fn around<'a>(&self, all: &'a [u32], place: usize) -> &'a [u32] {
        let members = self.members(all);
        if !self.is_large() {
            return members;
        }
        let from = place.saturating_sub(NEIGHBOURS);
        let to = (place + NEIGHBOURS + 1).min(members.len());
        members.get(from..to).unwrap_or_default()
    }
}
