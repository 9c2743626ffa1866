//! The generated world: people, their duplicates and neighbours, what was said and kept, and the reviews.
//!
//! Nothing in it comes from outside: the names are lists of our own, the numbers lie in ranges kept free for fiction
//! (`555-01xx` and its like abroad) and the mail at `example.com`, `.org` and `.net`. The same seed and the same clock
//! give the same world. Nothing is merged: pairs that the settings would merge at once wait in the queue as well.

mod children;
mod contacts;
mod detect;
mod errors;
mod names;
mod people;
mod records;
mod shared_thread;
mod store;
mod talk;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rusqlite::Transaction;

use crate::config::Seed;
use crate::error::StartError;
use crate::world::Base;

pub(crate) use children::give_children;
pub(crate) use contacts::Draft;
pub(crate) use detect::file_reviews;
pub(crate) use store::store;

/// The one source of chance in a world.
pub(crate) type Chance = ChaCha8Rng;

/// The chance that belongs to a seed.
pub(crate) fn chance(number: u64) -> Chance {
    ChaCha8Rng::seed_from_u64(number)
}

/// Makes the world of a seed.
pub(crate) fn fill(tx: &Transaction<'_>, base: &Base, seed: Seed) -> Result<(), StartError> {
    let mut chance = chance(seed.number);
    let contacts = contacts::generate(base, seed.contacts.min(Seed::MOST) as usize, &mut chance);
    let stored = store(tx, base, contacts)?;
    let involved = file_reviews(tx, base, &stored)?;
    give_children(tx, base, &stored, &involved, &mut chance)
}

#[cfg(test)]
mod tests;
