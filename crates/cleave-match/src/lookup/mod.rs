//! Finding the candidates of a contact without comparing it with everyone ("blocking").
//!
//! Each value of a `lookupTriggerFields` path gives a few keys: its exact normalised form, and forms that
//! survive errors (the sound of a name, an e-mail's part before the `@`, most of a number). Contacts that share
//! a key are candidates of each other. What a shared key promises is how rare it is, in bits, times how much
//! its kind is worth; a candidate's promise is the sum over the keys that it shares, so that one rare key
//! outweighs several common ones and a switchboard number hardly counts.
//!
//! The promise only chooses and orders candidates; it is no part of any score.

mod block;
mod keys;
mod rank;

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::base::Base;
use crate::plan::Plan;

use block::Block;
pub(crate) use rank::{Found, Ranking};

/// A block of more contacts than this is not compared all with all, but each contact with its
/// [`NEIGHBOURS`] in the order of values: what keeps the cost near `n log n` when everyone shares a number.
pub const LARGEST_BLOCK: usize = 100;

/// How many contacts before and behind it a contact meets in a block that is too large.
pub const NEIGHBOURS: usize = 12;

/// The share of `log2(contacts)` that a candidate's promise must reach. Keys that add up to less are shared by
/// too many for an error to be likelier than chance: all the Smiths whose first names begin with J.
pub const LEAST_PROMISE: f64 = 0.6;

/// A base of fewer contacts is taken for a part of one of this size: two people of one name are rare in the
/// world, even where they are all that is loaded.
pub const SMALLEST_WORLD: usize = 4096;

/// One bit of promise.
const BIT: f64 = 256.0;

/// The blocks of a base under some settings.
pub(crate) struct Lookup {
    blocks: Vec<Block>,
    /// The contacts of all blocks, one block behind the other.
    members: Vec<u32>,
    /// Where the blocks of contact `c` begin in `memberships`; they end where those of `c + 1` begin.
    starts: Vec<usize>,
    /// Each contact's blocks, with its place in the block.
    memberships: Vec<Membership>,
    /// The columns that order a large block.
    order: Vec<usize>,
    least: u32,
}

#[derive(Clone, Copy)]
struct Membership {
    block: u32,
    place: u32,
}

/// An exact value that very many contacts share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommonValue {
    /// The path of the trigger field.
    pub field: String,
    /// One of the contacts, to read the value from.
    pub example: u32,
    /// How many contacts have it.
    pub contacts: u32,
}

impl Lookup {
    /// The blocks for comparing the contacts of the base with each other.
    pub(crate) fn among(base: &Base, plan: &Plan) -> Self {
        Self::of_blocks(base, plan, 2)
    }

    /// The blocks for comparing new contacts with those of the base, where a key that only one of them has
    /// counts too.
    pub(crate) fn for_new(base: &Base, plan: &Plan) -> Self {
        Self::of_blocks(base, plan, 1)
    }

    fn of_blocks(base: &Base, plan: &Plan, least_members: usize) -> Self {
        let mut entries: Vec<(keys::Key, u32)> = base
            .contacts()
            .into_par_iter()
            .map_init(Vec::new, |keys, contact| {
                keys::of(base, plan, |column| base.columns.get(column)?.text(contact), keys);
                keys.drain(..).map(|key| (key, contact)).collect::<Vec<_>>()
            })
            .flatten_iter()
            .collect();
        entries.par_sort_unstable();

        let mut lookup = Self {
            blocks: Vec::new(),
            members: Vec::with_capacity(entries.len()),
            starts: Vec::new(),
            memberships: Vec::new(),
            order: plan.triggers.clone(),
            least: bits(LEAST_PROMISE * log2(base.len().max(SMALLEST_WORLD))),
        };
        for group in entries.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() >= least_members) {
            lookup.push_block(base, group);
        }
        lookup.place_members(base.len());
        lookup
    }

    /// Exact values shared by more than [`LARGEST_BLOCK`] contacts, the most common first.
    pub(crate) fn common_values(&self, base: &Base, plan: &Plan) -> Vec<CommonValue> {
        let mut common: Vec<CommonValue> = self
            .blocks
            .iter()
            .filter(|block| block.is_large() && block.key.is_exact())
            .filter_map(|block| {
                let column = *plan.triggers.get(block.key.trigger())?;
                Some(CommonValue {
                    field: base.columns.get(column)?.path.clone(),
                    example: *self.members.get(block.start)?,
                    contacts: u32::try_from(block.len).unwrap_or(u32::MAX),
                })
            })
            .collect();
        common.sort_by(|a, b| b.contacts.cmp(&a.contacts).then_with(|| a.field.cmp(&b.field)));
        common
    }

    fn push_block(&mut self, base: &Base, group: &[(keys::Key, u32)]) {
        let Some(&(key, _)) = group.first() else { return };
        let block = Block {
            key,
            start: self.members.len(),
            len: group.len(),
            promise: bits(key.worth() * (log2(base.len().max(SMALLEST_WORLD)) - log2(group.len()))),
        };
        self.members.extend(group.iter().map(|&(_, contact)| contact));
        if block.is_large() {
            let (start, order) = (block.start, &self.order);
            if let Some(members) = self.members.get_mut(start..) {
                members.par_sort_unstable_by(|&a, &b| by_values(base, order, a, b));
            }
        }
        self.blocks.push(block);
    }

    fn place_members(&mut self, contacts: usize) {
        let mut counts = vec![0_usize; contacts + 1];
        for &member in &self.members {
            if let Some(count) = counts.get_mut(member as usize + 1) {
                *count += 1;
            }
        }
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        self.starts.clone_from(&counts);
        self.memberships = vec![Membership { block: 0, place: 0 }; self.members.len()];
        for (number, block) in (0..).zip(&self.blocks) {
            for (place, &member) in (0..).zip(block.members(&self.members)) {
                if let Some(next) = counts.get_mut(member as usize) {
                    if let Some(slot) = self.memberships.get_mut(*next) {
                        *slot = Membership { block: number, place };
                    }
                    *next += 1;
                }
            }
        }
    }

    /// The candidates of a contact of the base, the most promising first, at most `limit`.
    pub(crate) fn candidates(&self, base: &Base, contact: u32, limit: usize, ranking: &mut Ranking) -> Found {
        let at = contact as usize;
        let (start, end) = match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => (start, end),
            _ => return Found::default(),
        };
        for membership in self.memberships.get(start..end).unwrap_or_default() {
            if let Some(block) = self.blocks.get(membership.block as usize) {
                ranking.add(block.around(&self.members, membership.place as usize), block.promise);
            }
        }
        ranking.take(base, Some(contact), limit, self.least)
    }

    /// As [`Self::candidates`], for values that are not in the base. `value` gives the normalised value of a
    /// column.
    pub(crate) fn candidates_of_values<'a>(
        &self,
        base: &Base,
        plan: &Plan,
        value: impl Fn(usize) -> Option<&'a str>,
        limit: usize,
        ranking: &mut Ranking,
    ) -> Found {
        let mut keys = Vec::new();
        keys::of(base, plan, &value, &mut keys);
        for key in keys {
            let Ok(at) = self.blocks.binary_search_by(|block| block.key.cmp(&key)) else { continue };
            let Some(block) = self.blocks.get(at) else { continue };
            let members = block.members(&self.members);
            let place = members.partition_point(|&member| {
                self.order
                    .iter()
                    .map(|&column| text(base, column, member).cmp(&value(column)))
                    .find(|o| o.is_ne())
                    == Some(Ordering::Less)
            });
            ranking.add(block.around(&self.members, place), block.promise);
        }
        ranking.take(base, None, limit, self.least)
    }
}

fn text(base: &Base, column: usize, contact: u32) -> Option<&str> {
    base.columns.get(column)?.text(contact)
}

/// The order within a large block: by the values of the trigger fields, so that neighbours are alike.
fn by_values(base: &Base, order: &[usize], a: u32, b: u32) -> Ordering {
    let values = |&column: &usize| text(base, column, a).cmp(&text(base, column, b));
    let by_value = order.iter().map(values).find(|ordering| ordering.is_ne());
    by_value.unwrap_or_else(|| base.rank(a).cmp(&base.rank(b)))
}

fn log2(count: usize) -> f64 {
    f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX)).log2()
}

/// Bits as the whole numbers that promises are summed in, so that the order of summing does not matter.
fn bits(value: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
    let whole = (value * BIT).round().clamp(0.0, f64::from(u32::MAX >> 8)) as u32;
    whole
}
