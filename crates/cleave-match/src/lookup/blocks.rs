//! Contacts that share a key, key by key.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::atoms::low;
use super::{LARGEST_BLOCK, NEIGHBOURS};

/// Blocks, one behind the other.
#[derive(Default)]
pub(super) struct Blocks {
    members: Vec<u32>,
    /// Where each block ends.
    ends: Vec<usize>,
}

impl Blocks {
    /// Adds the blocks of sorted entries (a key above, a contact below) that have at least `least` members. Of a
    /// block that is too large, `order` says which members are alike: each meets at most [`NEIGHBOURS`] around it,
    /// or nobody where there is no order.
    pub(super) fn add(
        &mut self,
        entries: &[u64],
        least: usize,
        order: Option<&(dyn Fn(u32, u32) -> Ordering + Sync)>,
        mut on_block: impl FnMut(u32, &[u32]),
    ) {
        let mut members = Vec::new();
        for group in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            if group.len() < least {
                continue;
            }
            members.clear();
            members.extend(group.iter().map(|entry| low(*entry)));
            members.dedup();
            let key = group.first().map_or(0, |entry| low(entry >> 32));
            if members.len() <= LARGEST_BLOCK {
                self.push(&members);
            } else if let Some(order) = order {
                members.par_sort_unstable_by(|a, b| order(*a, *b));
                self.push_neighbours(&members);
            } else {
                continue;
            }
            on_block(key, &members);
        }
    }

    fn push(&mut self, members: &[u32]) {
        if members.len() > 1 {
            self.members.extend_from_slice(members);
            self.ends.push(self.members.len());
        }
    }

    /// Overlapping groups of [`NEIGHBOURS`], so that a member meets at least half as many on each side.
    fn push_neighbours(&mut self, ordered: &[u32]) {
        let mut from = 0;
        loop {
            let to = (from + NEIGHBOURS).min(ordered.len());
            let mut group = ordered.get(from..to).unwrap_or_default().to_vec();
            group.sort_unstable();
            self.push(&group);
            if to == ordered.len() {
                break;
            }
            from += NEIGHBOURS / 2;
        }
    }

    /// Who comes behind whom in the blocks, by contact.
    pub(super) fn linked(self, contacts: usize) -> Links {
        let mut starts = vec![0_u32; contacts + 2];
        // Counted two places on, summed to the places where each contact's links start, then moved by one while
        // they are filled in.
        for block in self.each() {
            for &member in block.split_last().map_or(block, |(_, rest)| rest) {
                if let Some(count) = starts.get_mut(member as usize + 2) {
                    *count += 1;
                }
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let total = starts.last().copied().unwrap_or(0) as usize;
        let (mut next, mut rest) = (vec![0_u32; total], vec![0_u8; total]);
        let mut from = 0_u32;
        for block in self.each() {
            let others = (0_u8..=u8::MAX).take(block.len()).rev();
            for ((&member, place), others) in block.iter().zip(from..).zip(others) {
                if others == 0 {
                    continue;
                }
                if let Some(start) = starts.get_mut(member as usize + 1) {
                    let at = *start as usize;
                    *start += 1;
                    if let (Some(next), Some(rest)) = (next.get_mut(at), rest.get_mut(at)) {
                        (*next, *rest) = (place + 1, others);
                    }
                }
            }
            from += u32::try_from(block.len()).unwrap_or(0);
        }
        starts.pop();
        Links { members: self.members, starts, next, rest }
    }

    fn each(&self) -> impl Iterator<Item = &[u32]> {
        let mut from = 0;
        self.ends.iter().map(move |&end| {
            let block = self.members.get(from..end).unwrap_or_default();
            from = end;
            block
        })
    }
}

// The count of those behind a member is a byte.
const _: () = assert!(LARGEST_BLOCK <= 255 && NEIGHBOURS <= LARGEST_BLOCK);

/// For each contact and block, who comes behind it there.
pub(crate) struct Links {
    members: Vec<u32>,
    /// Where the links of each contact start.
    starts: Vec<u32>,
    /// Where in `members` those behind it begin.
    next: Vec<u32>,
    /// How many they are.
    rest: Vec<u8>,
}

impl Links {
    /// Adds everyone behind a contact in a block, as often as they share one.
    pub(super) fn gather(&self, contact: u32, into: &mut Vec<u32>) {
        let at = contact as usize;
        let (Some(&from), Some(&to)) = (self.starts.get(at), self.starts.get(at + 1)) else { return };
        let range = from as usize..to as usize;
        let (Some(next), Some(rest)) = (self.next.get(range.clone()), self.rest.get(range)) else { return };
        for (&next, &rest) in next.iter().zip(rest) {
            let next = next as usize;
            into.extend_from_slice(self.members.get(next..next + rest as usize).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn pairs(blocks: Blocks, contacts: usize) -> BTreeSet<(u32, u32)> {
        let links = blocks.linked(contacts);
        let mut pairs = BTreeSet::new();
        for contact in 0..u32::try_from(contacts).unwrap() {
            let mut behind = Vec::new();
            links.gather(contact, &mut behind);
            pairs.extend(behind.into_iter().map(|other| (contact, other)));
        }
        pairs
    }

    #[test]
    fn everyone_in_a_block_meets_everyone_once() {
        let mut blocks = Blocks::default();
        let entries =
            [(1_u64 << 32), (1 << 32) | 2, (1 << 32) | 4, (2 << 32) | 1, (3 << 32) | 1, (3 << 32) | 3];
        blocks.add(&entries, 2, None, |_, _| {});
        assert_eq!(pairs(blocks, 5), BTreeSet::from([(0, 2), (0, 4), (2, 4), (1, 3)]));
    }

    #[test]
    fn a_block_that_is_too_large_meets_neighbours_or_nobody() {
        let many: Vec<u64> = (0..2_000).collect();
        let mut nobody = Blocks::default();
        nobody.add(&many, 2, None, |_, _| {});
        assert_eq!(pairs(nobody, 2_000), BTreeSet::new());
        let mut near = Blocks::default();
        near.add(&many, 2, Some(&|a, b| b.cmp(&a)), |_, _| {});
        let near = pairs(near, 2_000);
        assert!(near.iter().all(|(a, b)| a < b && b - a < u32::try_from(NEIGHBOURS).unwrap()));
        assert!((0..1_990).all(|at| near.contains(&(at, at + 1)) && near.contains(&(at, at + 6))));
        assert!(near.len() <= 2_000 * NEIGHBOURS);
    }
}
