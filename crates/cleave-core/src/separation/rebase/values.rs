//! Values and documents of a plan that is carried over.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Drift;
use crate::field::{self, FieldPath};
use crate::separation::fields::FieldSplit;
use crate::separation::misc::{MISC, is_within};
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

/// The sides that have the contact's old value get its new one. A value that was not there, or is not there any more,
/// is followed by the original contact only.
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
    let nothing = T::default();
    let sides: &[Target] = if *was == nothing { &[Target::Original] } else { &Target::BOTH };
    let mut followed = Vec::new();
    for side in sides {
        let value = plan.of_mut(*side);
        if value == was {
            value.clone_from(now);
            followed.push(*side);
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
            let follows = match before {
                Some(_) => values.get(key) == before,
                None => side == Target::Original && !values.contains_key(key),
            };
            if follows {
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

/// Values that the plan does not hold itself: targets and fields without a slot.
fn others(old: &Subject, new: &Subject, drift: &mut Vec<Drift>) {
    let own = [field::FIRST_NAME, field::LAST_NAME, field::EMAIL, field::PHONE, field::DATE_OF_BIRTH];
    let paths = old.contact.paths().into_iter().chain(new.contact.paths());
    let in_misc = |path: &FieldPath| (old.misc.is_some() && new.misc.is_some()) && is_within(path, MISC);
    let paths: BTreeSet<FieldPath> =
        paths.filter(|path| !own.contains(&path.as_str()) && !in_misc(path)).collect();
    for path in paths {
        if old.contact.text(path.as_str()) != new.contact.text(path.as_str()) {
            drift.push(Drift::ValueChanged { path, followed: Vec::new() });
        }
    }
}
