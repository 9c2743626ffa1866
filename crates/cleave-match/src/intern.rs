//! Distinct byte strings, each kept once and known by a number.

use std::hash::{BuildHasher, RandomState};

/// A table of byte strings, numbered from 0 in the order of their arrival. The seed of its hash keeps chosen
/// values from colliding, and has no influence on the numbers.
#[derive(Clone, Default)]
pub(crate) struct Interner {
    pub(crate) arena: Vec<u8>,
    /// Where each string ends in the arena; it starts where the one before it ends.
    pub(crate) ends: Vec<usize>,
    /// The upper half of each string's hash.
    hashes: Vec<u32>,
    /// Open addressing: 0 is free, `n + 1` is string `n`. A power of two long, at most half full.
    places: Vec<u32>,
    seed: RandomState,
}

impl Interner {
    /// The number of `value`, a new one if it was not there. `None` when there are no numbers left.
    pub(crate) fn intern(&mut self, value: &[u8]) -> Option<u32> {
        if self.ends.len() * 2 >= self.places.len() {
            self.grow();
        }
        let hash = self.hash(value);
        let mask = self.places.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            match self.places.get(at).copied().unwrap_or(0) {
                0 => break,
                known if self.is(known - 1, hash, value) => return Some(known - 1),
                _ => at = (at + 1) & mask,
            }
        }
        let number = u32::try_from(self.ends.len()).ok().filter(|number| *number < u32::MAX)?;
        self.arena.extend_from_slice(value);
        self.ends.push(self.arena.len());
        self.hashes.push(hash);
        if let Some(place) = self.places.get_mut(at) {
            *place = number + 1;
        }
        Some(number)
    }

    /// The string of a number.
    pub(crate) fn get(&self, number: u32) -> Option<&[u8]> {
        let number = number as usize;
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.arena.get(start..end)
    }

    /// How many strings there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    fn is(&self, number: u32, hash: u32, value: &[u8]) -> bool {
        self.hashes.get(number as usize) == Some(&hash) && self.get(number) == Some(value)
    }

    fn hash(&self, value: &[u8]) -> u32 {
        (self.seed.hash_one(value) >> 32) as u32
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(64);
        self.places = vec![0; size];
        for (number, &hash) in (1..).zip(&self.hashes) {
            let mut at = hash as usize & (size - 1);
            while self.places.get(at).is_some_and(|place| *place != 0) {
                at = (at + 1) & (size - 1);
            }
            if let Some(place) = self.places.get_mut(at) {
                *place = number;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn numbers_are_those_of_a_map(values in prop::collection::vec("[a-c]{0,4}", 0..400)) {
            let (mut interner, mut map) = (Interner::default(), HashMap::new());
            for value in &values {
                let next = u32::try_from(map.len()).unwrap();
                let expected = *map.entry(value.clone()).or_insert(next);
                prop_assert_eq!(interner.intern(value.as_bytes()), Some(expected));
                prop_assert_eq!(interner.get(expected), Some(value.as_bytes()));
            }
            prop_assert_eq!(interner.len(), map.len());
        }
    }
}
