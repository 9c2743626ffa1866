//! How often suggestions are right in worlds with known truth.

use cleave_core::suggest::{People, suggest};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::world::{self, World};

/// Counts over all worlds.
#[derive(Default)]
pub struct Figures {
    /// Children of one person.
    pub children: usize,
    /// Those in which the world planted something that tells their person.
    pub telling: usize,
    /// Of the telling, those with the right side; one without a suggestion counts as wrong.
    pub telling_right: usize,
    /// Children with a suggestion, and those of them that are right.
    pub proposed: usize,
    pub right: usize,
    /// Conversations of one person for which cuts were offered all the same.
    pub false_cuts: usize,
    pub whole_threads: usize,
    pub shared: usize,
    /// Shared conversations whose true cut is the first, and is among the three.
    pub first: usize,
    pub among: usize,
    /// Shared conversations that were seen to be shared.
    pub offered: usize,
    /// Five bins of confidence from 0.5 to 1: how many, how many right, sum of confidence.
    pub bins: [(usize, usize, f64); 5],
    /// Telling children that were missed, for looking at: kind, truth, what was proposed.
    pub missed: Vec<String>,
}

/// Measures `worlds` worlds of a seed.
pub fn measure(seed: u64, worlds: usize) -> Figures {
    let mut figures = Figures::default();
    for number in 0..worlds {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(number as u64);
        figures.add(&world::make(&mut chance));
    }
    figures
}

impl Figures {
    fn add(&mut self, world: &World) {
        let people = People::of(&world.subject, &world.plan);
        let found = suggest(&world.subject, &people);
        for ((kind, id), truth) in &world.truth {
            let tells = world.telling.iter().any(|(k, i)| k == kind && i == id);
            self.children += 1;
            self.telling += usize::from(tells);
            let suggestion = found.children.iter().find(|one| one.kind == *kind && one.id == *id);
            let right = suggestion.is_some_and(|one| one.target == *truth);
            self.telling_right += usize::from(tells && right);
            if tells && !right {
                let said = suggestion
                    .map_or("nothing".to_owned(), |one| format!("{:.2} {:?}", one.confidence, one.evidence));
                self.missed.push(format!("{kind:?} of {truth:?}: {said}"));
            }
            if let Some(one) = suggestion {
                self.proposed += 1;
                self.right += usize::from(right);
                let bin = &mut self.bins[(((one.confidence - 0.5) * 10.0) as usize).min(4)];
                *bin = (bin.0 + 1, bin.1 + usize::from(right), bin.2 + one.confidence);
            }
        }
        for conversation in &world.subject.conversations {
            let own: Vec<_> = cleave_core::suggest::cuts(conversation, &people);
            let offered = found.cuts.iter().any(|cut| cut.conversation_id == conversation.id);
            match world.cuts.get(&conversation.id) {
                None => {
                    self.whole_threads += 1;
                    self.false_cuts += usize::from(offered);
                }
                Some(truth) => {
                    self.shared += 1;
                    let at = own.iter().position(|cut| cut.message_id == *truth);
                    self.first += usize::from(at == Some(0));
                    self.among += usize::from(at.is_some());
                    self.offered += usize::from(offered);
                }
            }
        }
    }
}

/// A share as per cent; 0 of nothing.
pub fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}
