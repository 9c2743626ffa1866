//! Finding the candidates of a contact without comparing it with everyone ("blocking").
//!
//! Each value of a `lookupTriggerFields` path has a few *forms*: itself, and forms that survive errors (the sound
//! of a name, an e-mail's part before the `@`, most of a number, a date without its day). Sharing a form promises
//! as many bits as it is rare, times what such an agreement is worth; what a pair shares in different fields adds
//! up, less a little for what differs. A pair is a candidate when that reaches [`LEAST_PROMISE`].
//!
//! Who shares something is found by *blocks*. A form that few share and that promises enough makes a block by
//! itself. Common forms make blocks in twos: a first name with a last name, a name with a month of birth. Blocks
//! that are still larger than [`LARGEST_BLOCK`] are left out, but for whole values (a switchboard, a namesake),
//! whose contacts meet those that are most alike: see [`NEIGHBOURS`].
//!
//! The promise only chooses and orders candidates; it is no part of any score.

mod atoms;
mod blocks;
mod finder;
mod forms;
mod joint;
mod limit;
mod row;

use std::cmp::Ordering;

use cleave_core::normalise::FieldKind;
use rayon::prelude::*;

use crate::base::Base;
use crate::column::{ABSENT, Column};
use crate::plan::{FIRST_NAME_PATH, LAST_NAME_PATH, Plan};

use atoms::{Atom, Slot};
use blocks::Blocks;
pub(crate) use blocks::Links;
pub(crate) use finder::Index;
pub(crate) use forms::of_text;
use forms::{Form, forms};
use joint::Joint;
pub(crate) use limit::Found;
use row::Row;

/// A block of more contacts than this is not compared all with all: what keeps the cost near `n log n` when
/// everyone shares a number.
pub const LARGEST_BLOCK: usize = 64;

/// With how many others at most a contact is compared in a block that is too large: those next to it in the order
/// of the values of the trigger fields, so that the ones most alike meet.
pub const NEIGHBOURS: usize = 12;

/// How many bits a candidate's promise must reach in a base of [`SMALLEST_WORLD`]. Forms that add up to less are
/// shared by too many for an error to be likelier than chance: all the Smiths whose first names begin with J.
pub const LEAST_PROMISE: f64 = 4.0;

/// How many bits more with each doubling of the base. A bit would do if what people share were independent; a
/// quarter more keeps the number of candidates of a contact the same from ten thousand contacts to a million.
pub const LEAST_PER_DOUBLING: f64 = 1.25;

/// A base of fewer contacts is taken for a part of one of this size: two people of one name are rare in the
/// world, even where they are all that is loaded.
pub const SMALLEST_WORLD: usize = 4096;

/// One bit of promise.
const BIT: f64 = 64.0;

/// How many contacts are looked up as one part of the work.
pub(crate) const PART: u32 = 4096;

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

/// What a base of some size makes of rarity.
#[derive(Debug, Clone, Copy)]
struct Measure {
    world: f64,
    /// What a candidate's promise must reach.
    least: u32,
}

impl Measure {
    fn of(contacts: usize) -> Self {
        let world = log2(contacts.max(SMALLEST_WORLD));
        Self { world, least: bits(LEAST_PROMISE + LEAST_PER_DOUBLING * (world - log2(SMALLEST_WORLD))) }
    }

    /// What sharing something promises that `total` contacts have.
    fn promise(self, worth: f64, total: usize) -> u32 {
        bits(worth * (self.world - log2(total)))
    }
}

/// Everything that can be shared in a base under some settings.
pub(crate) struct Layout {
    slots: Vec<Slot>,
    kinds: Vec<FieldKind>,
    /// By column: see [`doubt`].
    doubts: Vec<u32>,
    /// The columns of the names, where they are trigger fields.
    first: Option<usize>,
    last: Option<usize>,
    /// By value of the first name: the hash of its first word, and its nickname sets.
    given: Vec<(u32, u64)>,
    /// By value of the last name: its hash.
    family: Vec<u32>,
    /// What sharing a set of nicknames promises, by its number from 1 on.
    nicknames: Vec<u32>,
    /// The columns of the trigger fields, which order a block that is too large.
    order: Vec<usize>,
    measure: Measure,
}

impl Layout {
    fn new(base: &Base, plan: &Plan) -> Self {
        let measure = Measure::of(base.len());
        let mut columns = Vec::new();
        for (trigger, &at) in plan.triggers.iter().enumerate() {
            if !columns.iter().any(|(_, known)| *known == at) {
                columns.push((trigger, at));
            }
        }
        let mut slots = Vec::new();
        for &place in &columns {
            if let Some(column) = base.columns.get(place.1) {
                slots.extend(forms(column.kind).iter().map(|&form| Slot::new(place, column, form, measure)));
            }
        }
        let named = |path| {
            let is =
                |&&(_, at): &&(usize, usize)| base.columns.get(at).is_some_and(|column| column.path == path);
            columns.iter().find(is).map(|(_, at)| *at)
        };
        let (first, last) = (named(FIRST_NAME_PATH), named(LAST_NAME_PATH));
        let column = |at: Option<usize>| base.columns.get(at?);
        let mut layout = Self {
            slots,
            kinds: base.columns.iter().map(|column| column.kind).collect(),
            doubts: base.columns.iter().map(|column| bits(doubt(column.kind))).collect(),
            first,
            last,
            given: column(first).map_or_else(Vec::new, |column| each(column, joint::given)),
            family: column(last).map_or_else(Vec::new, |column| each(column, forms::of_text)),
            nicknames: Vec::new(),
            order: plan.triggers.clone(),
            measure,
        };
        if let Some(column) = column(first) {
            layout.count_nicknames(column);
        }
        layout
    }

    fn count_nicknames(&mut self, column: &Column) {
        let mut totals: Vec<usize> = Vec::new();
        for (value, &(_, sets)) in (0..).zip(&self.given) {
            for set in (Row { atoms: &[], names: (0, 0), sets }).nicknames().map(usize::from) {
                if set >= totals.len() {
                    totals.resize(set + 1, 0);
                }
                if let Some(total) = totals.get_mut(set) {
                    *total += column.sharing(value) as usize;
                }
            }
        }
        self.nicknames =
            totals.iter().map(|&total| self.measure.promise(Form::Sound.worth(), total)).collect();
    }

    fn kind(&self, slot: &Slot) -> FieldKind {
        self.kinds.get(slot.column).copied().unwrap_or(FieldKind::Text)
    }

    fn alone(&self, slot: usize, atom: Atom) -> bool {
        self.slots.get(slot).is_some_and(|slot| slot.alone(atom))
    }

    /// What two contacts promise to be one.
    fn promise(&self, a: &Row<'_>, b: &Row<'_>) -> u32 {
        let (mut sum, mut best, mut field) = (0_u32, 0, usize::MAX);
        let (mut first, mut last) = (0, 0);
        let (mut against, mut differs) = (0_u32, false);
        let mut close = |column: usize, best: u32, differs: bool| {
            sum += best;
            if differs && best == 0 {
                against += self.doubts.get(column).copied().unwrap_or(0);
            }
            if Some(column) == self.first {
                first = best;
            } else if Some(column) == self.last {
                last = best;
            }
        };
        for ((slot, &ours), &theirs) in self.slots.iter().zip(a.atoms).zip(b.atoms) {
            if slot.column != field {
                close(field, best, differs);
                // The first form of a field is the value itself.
                (field, best, differs) = (slot.column, 0, ours != theirs && ours != 0 && theirs != 0);
            }
            if ours == theirs && ours != 0 {
                best = best.max(slot.promise(ours));
            }
        }
        close(field, best, differs);
        if first == 0 && a.sets != 0 && b.sets != 0 {
            let theirs = |set| b.nicknames().any(|other| other == set);
            let shared = a.nicknames().filter(|set| theirs(*set));
            if let Some(&best) = shared.filter_map(|set| self.nicknames.get(usize::from(set))).max() {
                sum += best;
                against = against.saturating_sub(bits(doubt(FieldKind::Name)));
            }
        }
        let swapped = a.names.0 != 0 && a.names.1 != 0 && a.names.0 == b.names.1 && a.names.1 == b.names.0;
        if swapped && first == 0 && last == 0 {
            return sum + self.measure.least;
        }
        sum.saturating_sub(against)
    }
}

/// How many bits speak against a pair that has different values in a field, with no form in common. Little where
/// one person has several, such as addresses and numbers.
fn doubt(kind: FieldKind) -> f64 {
    match kind {
        FieldKind::Name => 2.0,
        FieldKind::Date => 1.0,
        FieldKind::Email | FieldKind::Phone | FieldKind::Text => 0.5,
    }
}

/// What `of` makes of each value of a column.
fn each<T: Default + Clone + Send>(column: &Column, of: impl Fn(&str) -> T + Sync) -> Vec<T> {
    (0..column.distinct())
        .into_par_iter()
        .map(|value| column.value(value).map_or_else(T::default, &of))
        .collect()
}

/// A base laid out for looking up.
pub(crate) struct Table<'a> {
    base: &'a Base,
    layout: Layout,
    joints: Vec<Joint>,
    /// The atoms of each contact, one contact behind the other.
    atoms: Vec<Atom>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(base: &'a Base, plan: &Plan) -> Self {
        let mut layout = Layout::new(base, plan);
        let joints = joint::joints(&layout);
        let width = layout.slots.len();
        let mut atoms = vec![0; base.len() * width];
        if width > 0 {
            atoms.par_chunks_mut(width).zip(base.contacts()).for_each(|(row, contact)| {
                for (place, slot) in row.iter_mut().zip(&layout.slots) {
                    *place = base.columns.get(slot.column).map_or(0, |column| slot.atom(column.id(contact)));
                }
            });
        }
        for slot in &mut layout.slots {
            let further =
                base.columns.get(slot.column).is_some_and(|column| !column.all_further().is_empty());
            if !further {
                slot.forget_values();
            }
        }
        Self { base, layout, joints, atoms }
    }

    fn row(&self, contact: u32) -> Row<'_> {
        let (layout, width) = (&self.layout, self.layout.slots.len());
        let at = contact as usize * width;
        let value = |column: Option<usize>| self.base.columns.get(column?).map(|column| column.id(contact));
        let first = value(layout.first).and_then(|id| layout.given.get(id as usize)).copied();
        let last = value(layout.last).and_then(|id| layout.family.get(id as usize)).copied();
        let (given, sets) = first.unwrap_or_default();
        Row {
            atoms: self.atoms.get(at..at + width).unwrap_or_default(),
            names: (given, last.unwrap_or_default()),
            sets,
        }
    }

    /// What two contacts of the base promise, further numbers included.
    fn promise(&self, (one, ours): (u32, &Row<'_>), other: u32) -> u32 {
        let mut promise = self.layout.promise(ours, &self.row(other));
        for &column_at in &self.layout.order {
            let Some(column) = self.base.columns.get(column_at) else { continue };
            if column.all_further().is_empty()
                || column.id(one) == column.id(other) && column.id(one) != ABSENT
            {
                continue;
            }
            if column.further(one).is_empty() && column.further(other).is_empty() {
                continue;
            }
            let exact = |slot: &&Slot| slot.column == column_at && slot.form == Form::Exact;
            if let Some(slot) = self.layout.slots.iter().find(exact) {
                let theirs = column.all(other);
                let shared = column.all(one).filter(|id| theirs.clone().any(|other| other == *id));
                promise += shared.map(|id| slot.promise(slot.atom(id))).max().unwrap_or(0);
            }
        }
        promise
    }

    /// The sorted entries (an atom above, a contact below) of a slot whose atoms `wanted` picks.
    fn entries(&self, slot_at: usize, wanted: impl Fn(Atom) -> bool + Sync) -> Vec<u64> {
        let Some(slot) = self.layout.slots.get(slot_at) else { return Vec::new() };
        let width = self.layout.slots.len();
        let entry =
            |atom: Atom, contact: u32| (wanted(atom)).then_some(u64::from(atom) << 32 | u64::from(contact));
        let own = self.base.contacts().into_par_iter().filter_map(|contact| {
            let atom = self.atoms.get(contact as usize * width + slot_at).copied().unwrap_or(0);
            entry(atom, contact)
        });
        let mut entries: Vec<u64> = own.collect();
        if let Some(column) = self.base.columns.get(slot.column) {
            let further = column.all_further().iter();
            entries.extend(further.filter_map(|&(contact, value)| entry(slot.atom(value), contact)));
        }
        entries.par_sort_unstable();
        entries
    }

    /// The sorted entries (a key above, a contact below) of a joint.
    fn joint_entries(&self, joint: Joint) -> Vec<u64> {
        let contacts: Vec<u32> = self.base.contacts().step_by(PART as usize).collect();
        let part = |from: u32| {
            let to = from.saturating_add(PART).min(self.base.contacts().end);
            let mut entries = Vec::new();
            for contact in from..to {
                joint::keys(&self.layout, joint, &self.row(contact), |key| {
                    entries.push(u64::from(key) << 32 | u64::from(contact));
                });
            }
            entries
        };
        let parts: Vec<Vec<u64>> = contacts.into_par_iter().map(part).collect();
        let mut entries = parts.concat();
        entries.par_sort_unstable();
        entries
    }

    /// Goes through all blocks. `on_block` is told which source and key each is of.
    fn blocks(&self, least: usize, mut on_block: impl FnMut(Source, u32, &[u32])) -> Blocks {
        let mut blocks = Blocks::default();
        let order = |a: u32, b: u32| self.by_values(a, b);
        for (at, slot) in self.layout.slots.iter().enumerate() {
            let whole = slot.form == Form::Exact
                && !matches!(self.layout.kind(slot), FieldKind::Name | FieldKind::Date);
            let entries = self.entries(at, |atom| atom != 0 && (whole || slot.alone(atom)));
            let order: Option<&(dyn Fn(u32, u32) -> Ordering + Sync)> =
                if whole { Some(&order) } else { None };
            blocks.add(&entries, least, order, |key, members| on_block(Source::Slot(at), key, members));
        }
        for (at, &joint) in self.joints.iter().enumerate() {
            let entries = self.joint_entries(joint);
            let whole = joint == Joint::Swapped;
            let order: Option<&(dyn Fn(u32, u32) -> Ordering + Sync)> =
                if whole { Some(&order) } else { None };
            blocks.add(&entries, least, order, |key, members| on_block(Source::Joint(at), key, members));
        }
        blocks
    }

    /// The order within a large block: by the values of the trigger fields, so that neighbours are alike.
    fn by_values(&self, a: u32, b: u32) -> Ordering {
        let values = |&at: &usize| {
            let column = self.base.columns.get(at)?;
            let (ours, theirs) = (column.id(a), column.id(b));
            Some(if ours == theirs { Ordering::Equal } else { column.value(ours).cmp(&column.value(theirs)) })
        };
        let by_value = self.layout.order.iter().filter_map(values).find(|ordering| ordering.is_ne());
        by_value.unwrap_or_else(|| self.base.rank(a).cmp(&self.base.rank(b)))
    }

    /// Makes ready to find all pairs.
    pub(crate) fn linked(&self) -> Links {
        self.blocks(2, |_, _, _| {}).linked(self.base.len())
    }

    /// The pairs of contacts in a range with contacts behind them that promise enough.
    pub(crate) fn pairs(&self, links: &Links, contacts: std::ops::Range<u32>) -> Found {
        let (mut found, mut met) = (Found::default(), Vec::new());
        for contact in contacts {
            met.clear();
            links.gather(contact, &mut met);
            met.sort_unstable();
            met.dedup();
            let row = self.row(contact);
            for &other in &met {
                let promise = self.promise((contact, &row), other);
                if promise >= self.layout.measure.least {
                    found.left.push(contact);
                    found.right.push(other);
                    found.promises.push(u16::try_from(promise).unwrap_or(u16::MAX));
                }
            }
        }
        found
    }
}

/// What a block is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Slot(usize),
    Joint(usize),
}

/// Exact values shared by more than [`LARGEST_BLOCK`] contacts, the most common first.
pub(crate) fn common_values(base: &Base, plan: &Plan) -> Vec<CommonValue> {
    let mut common = Vec::new();
    let mut seen = Vec::new();
    for &at in &plan.triggers {
        let Some(column) = base.columns.get(at).filter(|_| !seen.contains(&at)) else { continue };
        seen.push(at);
        let mut known = vec![false; column.distinct() as usize];
        for (contact, &id) in (0..).zip(column.values()) {
            let contacts = column.sharing(id);
            let Some(known) = known.get_mut(id as usize) else { continue };
            if contacts as usize > LARGEST_BLOCK && !*known {
                *known = true;
                common.push(CommonValue { field: column.path.clone(), example: contact, contacts });
            }
        }
    }
    common.sort_by(|a, b| b.contacts.cmp(&a.contacts).then_with(|| a.field.cmp(&b.field)));
    common
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
