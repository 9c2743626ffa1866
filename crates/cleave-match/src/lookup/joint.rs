//! Keys of two fields together, for values that are too common to find anyone by themselves.

use crate::nicknames;

use super::forms::{Form, mixed, of_text};
use super::layout::Layout;
use super::row::Row;

/// What must agree together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// The forms of two slots.
    Forms(usize, usize),
    /// The short forms of the first name with a form of the last name.
    Nickname(usize),
    /// First and last name, in either order.
    Swapped,
}

/// The joints of a layout.
pub(super) fn joints(layout: &Layout) -> Vec<Joint> {
    let mut joints = Vec::new();
    let slot = |column: Option<usize>, form| {
        let known = |slot: &super::atoms::Slot| Some(slot.column) == column && slot.form == form;
        layout.slots.iter().position(known)
    };
    let (first, last) = (layout.first, layout.last);
    let mut both = |one: Option<usize>, other: Option<usize>| {
        if let (Some(one), Some(other)) = (one, other) {
            joints.push(Joint::Forms(one, other));
        }
    };
    both(slot(first, Form::FirstWord), slot(last, Form::Start));
    both(slot(first, Form::FirstWord), slot(last, Form::End));
    both(slot(first, Form::Sound), slot(last, Form::Sound));
    both(slot(first, Form::Initial), slot(last, Form::Sound));
    let names = [slot(first, Form::FirstWord), slot(last, Form::Sound)];
    for (at, coarse) in
        layout.slots.iter().enumerate().filter(|(_, slot)| slot.form.is_coarse(layout.kind(slot)))
    {
        for name in names {
            both(name, Some(at));
        }
        // Two fields that are neither names.
        for (other, further) in layout.slots.iter().enumerate().skip(at + 1) {
            let pair = further.form.is_coarse(layout.kind(further)) && further.trigger != coarse.trigger;
            if pair && (coarse.form == Form::Exact || further.form == Form::Exact) {
                both(Some(at), Some(other));
            }
        }
    }
    if first.is_some() {
        let sounds = [slot(last, Form::Exact), slot(last, Form::Sound)];
        joints.extend(sounds.into_iter().flatten().map(Joint::Nickname));
    }
    if first.is_some() && last.is_some() {
        joints.push(Joint::Swapped);
    }
    joints
}

/// The keys that a contact has for a joint: none where a value is missing, or finds people by itself.
pub(super) fn keys(layout: &Layout, joint: Joint, row: &Row<'_>, mut add: impl FnMut(u32)) {
    match joint {
        Joint::Forms(one, other) => {
            let (a, b) = (row.atom(one), row.atom(other));
            if a != 0 && b != 0 && !layout.alone(one, a) && !layout.alone(other, b) {
                add(mixed(u64::from(a), u64::from(b)));
            }
        }
        Joint::Nickname(last) => {
            let atom = row.atom(last);
            if atom != 0 && !layout.alone(last, atom) {
                for set in row.nicknames() {
                    add(mixed(u64::from(set), u64::from(atom)));
                }
            }
        }
        Joint::Swapped => {
            let (first, last) = row.names();
            if first != 0 && last != 0 && first != last {
                add(mixed(u64::from(first.min(last)), u64::from(first.max(last))));
            }
        }
    }
}

/// The hash of a name's first word, and the nickname sets that it is in, packed.
pub(super) fn given(name: &str) -> (u32, u64) {
    let word = name.split(' ').next().unwrap_or(name);
    let sets = nicknames::sets_of(word).iter().take(4);
    let packed = sets.fold(0_u64, |packed, set| packed << 16 | u64::from(set + 1));
    (of_text(word), packed)
}
