//! The keys of a contact: what must be equal for two contacts to meet.

use cleave_core::normalise::FieldKind;

use crate::base::Base;
use crate::compare::{is_role, mailbox};
use crate::nicknames;
use crate::plan::{FIRST_NAME_PATH, LAST_NAME_PATH, Plan};
use crate::sound::sound;

/// What a key is made of, with what an agreement in it is worth. Several keys of one value agree together, so
/// the worth of each is below 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    /// The normalised value.
    Exact = 0,
    /// The sound of a name.
    Sound = 1,
    /// The beginning of another text.
    Beginning = 2,
    /// An e-mail's part before the `@`, letters only.
    Mailbox = 3,
    /// The last seven digits of a number, without the area.
    Subscriber = 4,
    /// A number without its last four digits, where the slip may be.
    Exchange = 5,
    /// First and last name, in either order, with the short forms of the first.
    FullName = 6,
    /// The sound of the last name with the beginning of the first.
    SoundAndInitial = 7,
    /// The first name with the beginning of the last.
    FirstAndBeginning = 8,
    /// The first name with the end of the last.
    FirstAndEnd = 9,
}

impl Kind {
    fn worth(code: u64) -> f64 {
        const WORTH: [f64; 10] = [1.0, 0.4, 0.5, 0.8, 0.5, 0.3, 0.6, 0.6, 0.6, 0.5];
        usize::try_from(code).ok().and_then(|code| WORTH.get(code)).copied().unwrap_or(0.0)
    }
}

/// A key: 52 bits of hash, then the trigger field's place, then the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u64);

const KIND_BITS: u32 = 4;
const TRIGGER_BITS: u32 = 6;

impl Key {
    fn new(kind: Kind, trigger: usize, parts: &[&str]) -> Self {
        let tag = ((trigger as u64 & ((1 << TRIGGER_BITS) - 1)) << KIND_BITS) | kind as u64;
        let hash = hash(tag, parts) << (KIND_BITS + TRIGGER_BITS);
        Self(hash | tag)
    }

    pub(super) fn worth(self) -> f64 {
        Kind::worth(self.0 & ((1 << KIND_BITS) - 1))
    }

    pub(super) fn is_exact(self) -> bool {
        self.0 & ((1 << KIND_BITS) - 1) == Kind::Exact as u64
    }

    /// The place of the trigger field in the settings.
    pub(super) fn trigger(self) -> usize {
        ((self.0 >> KIND_BITS) & ((1 << TRIGGER_BITS) - 1)) as usize
    }
}

/// FNV-1a with a final mix: the same on every machine and in every run, so that results are.
fn hash(seed: u64, parts: &[&str]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// Puts the keys of a contact into `keys`, each once. `value` gives the normalised value of a column.
pub(super) fn of<'a>(
    base: &Base,
    plan: &Plan,
    value: impl Fn(usize) -> Option<&'a str>,
    keys: &mut Vec<Key>,
) {
    keys.clear();
    let (mut first, mut last) = (None, None);
    for (trigger, &column) in plan.triggers.iter().enumerate() {
        let (Some(known), Some(value)) = (base.columns.get(column), value(column)) else { continue };
        match known.path.as_str() {
            FIRST_NAME_PATH => first = Some((trigger, value)),
            LAST_NAME_PATH => last = Some((trigger, value)),
            _ => {}
        }
        of_value(known.kind, trigger, value, keys);
    }
    if let (Some((trigger, first)), Some((_, last))) = (first, last) {
        of_names(trigger, first, last, keys);
    }
    keys.sort_unstable();
    keys.dedup();
}

fn of_value(kind: FieldKind, trigger: usize, value: &str, keys: &mut Vec<Key>) {
    let mut add = |kind, part: &str| {
        if !part.is_empty() {
            keys.push(Key::new(kind, trigger, &[part]));
        }
    };
    add(Kind::Exact, value);
    match kind {
        FieldKind::Name => add(Kind::Sound, &sound(value)),
        FieldKind::Email => {
            let local = value.rsplit_once('@').map_or(value, |(local, _)| local);
            let letters: String = mailbox(local).filter(|c| c.is_alphabetic()).collect();
            if letters.chars().count() >= SHORTEST_MAILBOX && !is_role(&letters) {
                add(Kind::Mailbox, &letters);
            }
        }
        FieldKind::Phone => {
            let digits = value.trim_start_matches('+');
            if let Some(at) = digits.len().checked_sub(SUBSCRIBER_DIGITS) {
                add(Kind::Subscriber, digits.get(at..).unwrap_or_default());
                add(Kind::Exchange, digits.get(..digits.len() - LAST_DIGITS).unwrap_or_default());
            }
        }
        FieldKind::Date => {}
        FieldKind::Text => {
            let beginning: String = value.chars().filter(|c| *c != ' ').take(BEGINNING_CHARS).collect();
            add(Kind::Beginning, &beginning);
        }
    }
}

/// Shorter mailboxes are initials, which everyone has.
const SHORTEST_MAILBOX: usize = 4;
const SUBSCRIBER_DIGITS: usize = 7;
const LAST_DIGITS: usize = 4;
const BEGINNING_CHARS: usize = 8;

/// The keys that need both names. Each first name stands for the sets of short forms that it is in, too.
fn of_names(trigger: usize, first: &str, last: &str, keys: &mut Vec<Key>) {
    let given = first.split(' ').next().unwrap_or(first);
    let (beginning, end) = (start(last, 3), tail(last, 3));
    let mut add = |kind, parts: &[&str]| keys.push(Key::new(kind, trigger, parts));
    let mut forms: Vec<String> = nicknames::sets_of(given).iter().map(|set| format!("#{set}")).collect();
    forms.push(given.to_owned());
    for form in &forms {
        add(Kind::FullName, &[form, last]);
        add(Kind::FirstAndBeginning, &[form, beginning]);
        add(Kind::FirstAndEnd, &[form, end]);
    }
    // The other way round, under the key that a contact with the names in place has.
    add(Kind::FullName, &[last, given]);
    let sound = sound(last);
    add(Kind::SoundAndInitial, &[&sound, start(given, 1)]);
    let initials = nicknames::sets_of(given).iter().map(|set| format!("#{set}"));
    for initial in initials {
        add(Kind::SoundAndInitial, &[&sound, &initial]);
    }
}

/// The first `count` characters.
fn start(value: &str, count: usize) -> &str {
    value.char_indices().nth(count).map_or(value, |(end, _)| value.get(..end).unwrap_or(value))
}

/// The last `count` characters.
fn tail(value: &str, count: usize) -> &str {
    let at = count.checked_sub(1).and_then(|back| value.char_indices().nth_back(back));
    at.map_or(value, |(start, _)| value.get(start..).unwrap_or(value))
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
