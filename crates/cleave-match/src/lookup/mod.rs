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
mod layout;
mod limit;
mod measure;
mod row;
mod table;

use crate::base::Base;
use crate::plan::Plan;

pub(crate) use finder::Index;
pub(crate) use forms::of_text;
pub(crate) use limit::Found;
pub(crate) use table::Table;

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
