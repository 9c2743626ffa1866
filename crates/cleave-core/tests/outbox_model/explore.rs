//! Breadth first through every state that can be reached, each kept whole: nothing is told apart by a digest alone.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Debug;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// Something with states and moves between them.
pub trait Model {
    type State: Copy + Eq + Hash + Debug;
    type Move: Copy + Debug;
    type Promise: Copy + Debug;

    fn starts(&self) -> Vec<Self::State>;

    /// Every move that is possible, with where it leads.
    fn moves(&self, from: &Self::State, out: &mut Vec<(Self::Move, Self::State)>);

    /// The first promise that a state breaks.
    fn broken(&self, state: &Self::State) -> Option<Self::Promise>;

    /// Whether a move happens by itself: by the program, the network or the passing of time.
    fn is_by_itself(&self, taken: Self::Move) -> bool;

    /// Whether nothing has to happen by itself any more.
    fn is_at_rest(&self, state: &Self::State) -> bool;

    /// Bits for what a state is an instance of; all that were seen are told at the end.
    fn landmarks(&self, state: &Self::State) -> u32;

    /// One line about a state.
    fn line(&self, state: &Self::State) -> String;
}

/// How far it went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    pub states: usize,
    pub moves: usize,
    /// Moves to the state that is furthest away.
    pub depth: usize,
    /// Every landmark of every state.
    pub landmarks: u32,
}

/// A way into a state that must not be, as short as any.
pub struct Counterexample<P> {
    /// What is broken; `None` for a state from which nothing comes to rest by itself.
    pub promise: Option<P>,
    pub trace: String,
    pub length: usize,
}

pub type Outcome<P> = Result<Extent, Counterexample<P>>;

struct Found<M: Model> {
    states: Vec<M::State>,
    came: Vec<Option<(u32, M::Move)>>,
    depths: Vec<u32>,
    /// Moves that happen by themselves, as pairs of indices.
    by_itself: Vec<(u32, u32)>,
}

/// Explores everything, or up to the first state that breaks a promise.
pub fn explore<M: Model>(model: &M) -> Outcome<M::Promise> {
    let mut found: Found<M> =
        Found { states: model.starts(), came: Vec::new(), depths: Vec::new(), by_itself: Vec::new() };
    let mut index: HashMap<M::State, u32, BuildHasherDefault<Mix>> = HashMap::default();
    for (at, start) in (0u32..).zip(&found.states) {
        index.insert(*start, at);
        found.came.push(None);
        found.depths.push(0);
    }
    let (mut at, mut moves, mut landmarks, mut out) = (0usize, 0usize, 0, Vec::new());
    while at < found.states.len() {
        let (state, here) = (found.states[at], index_of(at));
        if let Some(promise) = model.broken(&state) {
            return Err(found.counterexample(model, at, Some(promise)));
        }
        landmarks |= model.landmarks(&state);
        out.clear();
        model.moves(&state, &mut out);
        moves += out.len();
        for &(taken, next) in &out {
            let there = match index.entry(next) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    let there = index_of(found.states.len());
                    new.insert(there);
                    found.states.push(next);
                    found.came.push(Some((here, taken)));
                    found.depths.push(found.depths[at] + 1);
                    there
                }
            };
            if there != here && model.is_by_itself(taken) {
                found.by_itself.push((here, there));
            }
        }
        at += 1;
    }
    if let Some(stuck) = found.stuck(model) {
        return Err(found.counterexample(model, stuck, None));
    }
    let depth = found.depths.last().copied().unwrap_or(0) as usize;
    Ok(Extent { states: found.states.len(), moves, depth, landmarks })
}

fn index_of(at: usize) -> u32 {
    u32::try_from(at).expect("fewer states than that fit in memory")
}

impl<M: Model> Found<M> {
    /// The first state from which no state at rest is reached by moves that happen by themselves.
    fn stuck(&self, model: &M) -> Option<usize> {
        let mut starts = vec![0u32; self.states.len() + 1];
        for (_, there) in &self.by_itself {
            starts[*there as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let (mut free, mut back) = (starts.clone(), vec![0u32; self.by_itself.len()]);
        for (here, there) in &self.by_itself {
            back[free[*there as usize] as usize] = *here;
            free[*there as usize] += 1;
        }
        let mut good: Vec<bool> = self.states.iter().map(|state| model.is_at_rest(state)).collect();
        let mut todo: Vec<usize> = (0..good.len()).filter(|at| good[*at]).collect();
        while let Some(at) = todo.pop() {
            for before in &back[starts[at] as usize..starts[at + 1] as usize] {
                if !good[*before as usize] {
                    good[*before as usize] = true;
                    todo.push(*before as usize);
                }
            }
        }
        good.iter().position(|good| !good)
    }

    fn counterexample(
        &self,
        model: &M,
        mut at: usize,
        promise: Option<M::Promise>,
    ) -> Counterexample<M::Promise> {
        let mut lines = Vec::new();
        while let Some((before, taken)) = self.came[at] {
            lines.push(format!("{taken:?}: {}", model.line(&self.states[at])));
            at = before as usize;
        }
        let length = lines.len();
        lines.push(format!("Start: {}", model.line(&self.states[at])));
        let numbered = lines.iter().rev().enumerate().map(|(number, line)| format!("\n  {number:2}. {line}"));
        Counterexample { promise, trace: numbered.collect(), length }
    }
}

/// A quick hash: the states are not chosen by anybody who wants them to collide.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value.cast_unsigned() as u64);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
