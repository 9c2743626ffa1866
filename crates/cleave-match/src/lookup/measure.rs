//! What a base of some size makes of rarity, in bits.

use super::{LEAST_PER_DOUBLING, LEAST_PROMISE, SMALLEST_WORLD};

/// One bit of promise.
const BIT: f64 = 64.0;

/// What a base of some size makes of rarity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    world: f64,
    /// What a candidate's promise must reach.
    pub(super) least: u32,
}

impl Measure {
    pub(super) fn of(contacts: usize) -> Self {
        let world = log2(contacts.max(SMALLEST_WORLD));
        Self { world, least: bits(LEAST_PROMISE + LEAST_PER_DOUBLING * (world - log2(SMALLEST_WORLD))) }
    }

    /// What sharing something promises that `total` contacts have.
    pub(super) fn promise(self, worth: f64, total: usize) -> u32 {
        bits(worth * (self.world - log2(total)))
    }
}

pub(super) fn log2(count: usize) -> f64 {
    f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX)).log2()
}

/// Bits as the whole numbers that promises are summed in, so that the order of summing does not matter.
pub(super) fn bits(value: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
    let whole = (value * BIT).round().clamp(0.0, f64::from(u32::MAX >> 8)) as u32;
    whole
}
