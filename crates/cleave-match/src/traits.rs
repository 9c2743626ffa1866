//! What can be told of a value at a glance, to know that two values are strangers without reading them.
//!
//! Of ten pairs of different names nine have nothing in common. Twelve bytes a value say so for most of them, and
//! never of a pair that reading would find alike, which a property holds.

use cleave_core::normalise::FieldKind;

use crate::compare::{CHANCE, EMAIL_SLIP, MAX_COMPARED, bound};
use crate::nicknames;

/// A glance at a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    /// The first four bytes of what is compared.
    first: [u8; 4],
    /// Which letters occur, by [`kind_of`].
    kinds: u32,
    /// How long it is in bytes, 0 where a glance says nothing.
    len: u8,
    flags: u8,
}

/// The value has short or long forms.
const NICKNAMES: u8 = 1;
/// Punctuation or a tag that mailboxes pass over.
const TAGGED: u8 = 2;

impl Traits {
    pub(crate) fn of(kind: FieldKind, value: &str) -> Self {
        match kind {
            FieldKind::Name if !value.contains(' ') && value.len() > 1 => {
                let flags = if nicknames::sets_of(value).is_empty() { 0 } else { NICKNAMES };
                Self { flags, ..Self::of_text(value) }
            }
            FieldKind::Text => Self::of_text(value),
            FieldKind::Email => value.rsplit_once('@').map_or_else(Self::default, |(local, _)| {
                let flags = if local.contains('+') { TAGGED } else { 0 };
                Self { flags, ..Self::of_text(local) }
            }),
            FieldKind::Phone if value.len() > 8 && value.is_ascii() => {
                // The end stands for the kinds: one slip leaves either the beginning or the end as it is.
                let end = value.as_bytes().last_chunk::<4>().copied().unwrap_or_default();
                Self { kinds: u32::from_be_bytes(end), ..Self::of_text(value) }
            }
            _ => Self::default(),
        }
    }

    fn of_text(value: &str) -> Self {
        if !value.is_ascii() || value.len() > MAX_COMPARED {
            return Self::default();
        }
        let bytes = value.as_bytes();
        let mut first = [0; 4];
        first.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
        let kinds = bytes.iter().fold(0, |kinds, byte| kinds | 1 << kind_of(*byte));
        Self { first, kinds, len: u8::try_from(bytes.len()).unwrap_or(0), flags: 0 }
    }

    /// Whether two different values of a kind have nothing in common, where a glance is enough to know.
    pub(crate) fn are_strangers(self, other: Self, kind: FieldKind) -> bool {
        if self.len == 0 || other.len == 0 {
            return false;
        }
        match kind {
            FieldKind::Name => self.flags & other.flags & NICKNAMES == 0 && self.at_most(other) < CHANCE,
            FieldKind::Text => self.at_most(other) < CHANCE,
            FieldKind::Email => {
                // One mailbox without a tag has no letters that the other lacks.
                let without = |traits: Self| traits.kinds & !(1 << kind_of(b'.') | 1 << kind_of(b'+'));
                let (ours, theirs) = (without(self), without(other));
                let nested = ours & theirs == ours || ours & theirs == theirs;
                !nested && self.flags & other.flags & TAGGED == 0 && self.at_most(other) < EMAIL_SLIP
            }
            FieldKind::Phone => self.first != other.first && self.kinds != other.kinds,
            FieldKind::Date => false,
        }
    }

    /// A bound of their Jaro-Winkler.
    fn at_most(self, other: Self) -> f64 {
        let prefix = self.first.iter().zip(&other.first);
        let prefix = prefix.take_while(|(a, b)| a == b && **a != 0).count();
        let lens = (usize::from(self.len), usize::from(other.len));
        bound(lens, (u64::from(self.kinds), u64::from(other.kinds)), prefix)
    }
}

/// Letters and digits have a place of their own as far as there are places; what shares one only loosens the bound.
fn kind_of(byte: u8) -> u32 {
    match byte {
        b'a'..=b'z' => u32::from(byte - b'a'),
        b'.' => 26,
        b'+' => 27,
        b' ' => 28,
        _ => 29 + u32::from(byte) % 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use cleave_core::settings::MatchMode;
    use proptest::prelude::*;

    const KINDS: [FieldKind; 5] =
        [FieldKind::Name, FieldKind::Email, FieldKind::Phone, FieldKind::Date, FieldKind::Text];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_500))]

        #[test]
        fn strangers_at_a_glance_are_strangers(
            kind in prop::sample::select(KINDS.to_vec()),
            left in "[a-e]{1,8}|[a-d.+]{1,6}@[a-c]{1,3}|\\+1[0-3]{7,8}|bill|al|a|\\PC{0,6}|[a-e ]{0,12}",
            right in "[a-e]{1,8}|[a-d.+]{1,6}@[a-c]{1,3}|\\+1[0-3]{7,8}|william|albert|[a-e ]{0,12}",
        ) {
            let strangers = Traits::of(kind, &left).are_strangers(Traits::of(kind, &right), kind);
            let compared = compare(kind, MatchMode::FuzzyString, Some(&left), Some(&right));
            prop_assert!(!strangers || left == right || compared.value == Some(0.0), "{left} {right}");
        }
    }

    #[test]
    fn most_strangers_are_known() {
        let glance = |kind, a, b| Traits::of(kind, a).are_strangers(Traits::of(kind, b), kind);
        assert!(glance(FieldKind::Name, "smith", "jones"));
        assert!(glance(FieldKind::Email, "ann.lee@gmail.com", "bob.cole@gmail.com"));
        assert!(glance(FieldKind::Phone, "+16177930671", "+14178880144"));
        assert!(!glance(FieldKind::Name, "smith", "smyth"));
        assert!(!glance(FieldKind::Name, "bill", "will"));
    }
}
