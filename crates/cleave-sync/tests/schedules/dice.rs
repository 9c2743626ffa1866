//! Chance that is the same every time: whatever is drawn follows from a seed and from what it is drawn for.

use std::hash::{DefaultHasher, Hash, Hasher};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The same for the same seed and the same purpose, in whichever order purposes come.
    pub fn of(seed: u64, purpose: impl Hash) -> Dice {
        let mut hasher = DefaultHasher::new();
        (seed, purpose).hash(&mut hasher);
        Dice(ChaCha8Rng::seed_from_u64(hasher.finish()))
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    pub fn below(&mut self, end: u32) -> u32 {
        self.0.random_range(0..end)
    }

    pub fn between(&mut self, first: u32, last: u32) -> u32 {
        self.0.random_range(first..=last)
    }

    pub fn pick<T: Clone>(&mut self, among: &[T]) -> T {
        among[self.0.random_range(0..among.len())].clone()
    }
}
