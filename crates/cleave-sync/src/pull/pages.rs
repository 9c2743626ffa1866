//! The size of a page: as large as the server takes.

use crate::failure::{ReadClass, ReadFailure};

/// Sizes to ask for, largest first. A server may also answer with fewer than asked for, without a word.
const SIZES: [u32; 5] = [200, 100, 50, 20, 10];

/// The most pages of one pass over a list: a server that never ends a list is not followed for ever.
pub(super) const MOST_PAGES: u32 = 20_000;

/// The size that is asked for, lowered when a server refuses it.
#[derive(Debug)]
pub(super) struct PageSize {
    at: usize,
}

impl PageSize {
    pub(super) fn largest() -> Self {
        PageSize { at: 0 }
    }

    pub(super) fn get(&self) -> u32 {
        SIZES[self.at]
    }

    /// Whether a refusal may be about the size, and a smaller one is left to try.
    pub(super) fn lower(&mut self, failure: &ReadFailure) -> bool {
        let can = failure.class == ReadClass::Refused && self.at + 1 < SIZES.len();
        if can {
            self.at += 1;
        }
        can
    }
}
