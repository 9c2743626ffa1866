//! What one contact has of everything that may find its like.

use super::atoms::Atom;

/// The atoms and names of one contact.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// By slot.
    pub(super) atoms: &'a [Atom],
    /// The hashes of the first name's first word and of the last name.
    pub(super) names: (u32, u32),
    /// The nickname sets of the first name, packed by [`joint::given`](super::joint::given).
    pub(super) sets: u64,
}

impl Row<'_> {
    pub(super) fn atom(&self, slot: usize) -> Atom {
        self.atoms.get(slot).copied().unwrap_or(0)
    }

    pub(super) fn names(&self) -> (u32, u32) {
        self.names
    }

    /// The numbers of the nickname sets, from 1 on.
    pub(super) fn nicknames(&self) -> impl Iterator<Item = u16> + use<> {
        let sets = self.sets;
        (0..4).map(move |at| ((sets >> (16 * at)) & 0xffff) as u16).filter(|set| *set != 0)
    }
}
