//! Values and documents of a plan that is carried over.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Drift;
use crate::field::{self, FieldPath};
use crate::separation::fields::FieldSplit;
use crate::separation::misc::{MISC, is_within};
use crate::separation::plain;
use crate::separation::plan::SeparationPlan;
use crate::separation::subject::Subject;
use crate::separation::target::{Pair, Target};

pub(super) fn rebase(plan: &mut SeparationPlan, old: &Subject, new: &Subject, drift: &mut Vec<Drift>) {
    let (was, now) = (FieldSplit::start(old), FieldSplit::start(new));
    let fields = &mut plan.fields;
    follow(field::FIRST_NAME, &mut fields.first_name, &was.first_name, &now.first_name, drift);
    follow(field::LAST_NAME, &mut fields.last_name, &was.last_name, &now.last_name, drift);
    follow(field::EMAIL, &mut fields.email, &was.email, &now.email, drift);
    follow(field::PHONE, &mut fields.phone_number, &was.phone_number, &now.phone_number, drift);
    follow(field::DATE_OF_BIRTH, &mut fields.date_of_birth, &was.date_of_birth, &now.date_of_birth, drift);
    misc(&mut fields.misc, &was.misc.original, &now.misc.original, drift);
    documents(&mut fields.documents, old, new, drift);
    others(old, new, drift);
}

/// Whether what a side of a plan holds was taken over from the contact and goes with it. What was not there is followed
/// by the original contact only.
pub(in crate::separation) fn follows<T: Default + PartialEq>(side: Target, held: &T, was: &T) -> bool {
    held == was && (side == Target::Original || *was != T::default())
}

/// The sides that have the contact's old value get its new one.
fn follow<T: Clone + Default + PartialEq>(
    path: &str,
    plan: &mut Pair<T>,
    was: &Pair<T>,
    now: &Pair<T>,
    drift: &mut Vec<Drift>,
) {
    let (was, now) = (&was.original, &now.original);
    if was == now {
        return;
    }
    let mut followed = Vec::new();
    for side in Target::BOTH {
        let value = plan.of_mut(side);
        if follows(side, value, was) {
            value.clone_from(now);
            followed.push(side);
        }
    }
    drift.push(Drift::ValueChanged { path: path.into(), followed });
}

fn misc(
    plan: &mut Pair<BTreeMap<String, Value>>,
    was: &BTreeMap<String, Value>,
    now: &BTreeMap<String, Value>,
    drift: &mut Vec<Drift>,
) {
    let keys: BTreeSet<&String> = was.keys().chain(now.keys()).collect();
    for key in keys {
        let (before, after) = (was.get(key), now.get(key));
        if before == after {
            continue;
        }
        let mut followed = Vec::new();
        for side in Target::BOTH {
            let values = plan.of_mut(side);
            if follows(side, &values.get(key), &before) {
                match after {
                    Some(value) => values.insert(key.clone(), value.clone()),
                    None => values.remove(key),
                };
                followed.push(side);
            }
        }
        drift.push(Drift::ValueChanged { path: FieldPath::new(format!("{MISC}.{key}")), followed });
    }
}

fn documents(plan: &mut Pair<BTreeSet<String>>, old: &Subject, new: &Subject, drift: &mut Vec<Drift>) {
    let (was, now): (BTreeSet<&str>, BTreeSet<&str>) =
        (old.document_ids().collect(), new.document_ids().collect());
    for id in was.difference(&now) {
        for side in Target::BOTH {
            plan.of_mut(side).remove(*id);
        }
        drift.push(Drift::DocumentVanished { id: (*id).to_owned() });
    }
    for id in now.difference(&was) {
        if !plan.new.contains(*id) {
            plan.original.insert((*id).to_owned());
        }
        drift.push(Drift::DocumentAppeared { id: (*id).to_owned() });
    }
}

/// Values that the plan does not hold itself: targets and fields without a slot. A record counts as its id, whichever
/// form it came in.
fn others(old: &Subject, new: &Subject, drift: &mut Vec<Drift>) {
    let own = [field::FIRST_NAME, field::LAST_NAME, field::EMAIL, field::DATE_OF_BIRTH];
    let in_misc = |path: &FieldPath| (old.misc.is_some() && new.misc.is_some()) && is_within(path, MISC);
    let (was, now) = (plain::values(&old.contact), plain::values(&new.contact));
    let paths: BTreeSet<&FieldPath> = was.keys().chain(now.keys()).collect();
    let changed = paths.into_iter().filter(|path| {
        let same = match (was.get(*path), now.get(*path)) {
            (Some(was), Some(now)) => was.reads_as(now),
            (was, now) => was.is_none() && now.is_none(),
        };
        !own.contains(&path.as_str()) && !in_misc(path) && !same
    });
    let mut changed: BTreeSet<FieldPath> = changed.cloned().collect();
    if old.contact.text(field::SECONDARY_PHONE) != new.contact.text(field::SECONDARY_PHONE) {
        changed.insert(field::SECONDARY_PHONE.into());
    }
    drift.extend(changed.into_iter().map(|path| Drift::ValueChanged { path, followed: Vec::new() }));
}
