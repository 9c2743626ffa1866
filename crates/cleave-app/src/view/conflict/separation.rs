//! A separation beside its contact as it is now.

use std::collections::BTreeSet;

use cleave_core::field::{DATE_OF_BIRTH, EMAIL, FIRST_NAME, LAST_NAME, PHONE};
use cleave_core::separation::{
    DecidedSeparation, Drift, SeparationPlan, Subject, Target, TargetField, rebase,
};

use super::Compared;
use crate::ipc::{Anew, ConflictRow};
use crate::view::field::readable;
use crate::view::names::Names;
use crate::view::separation::drift::{called, value};
use crate::view::separation::label;
use crate::view::separation::side::nouns;

/// Most changes that are told one by one.
const MOST: usize = 100;

/// The comparison. `missing`: the server does not have the contact.
pub(crate) fn compare(
    decided: &DecidedSeparation,
    now: Option<&Subject>,
    missing: bool,
    names: &Names,
) -> Compared {
    let (plan, then) = (&decided.plan, &decided.subject);
    let now = now.map(|now| now.kept_for(plan));
    let drift = now.as_ref().map(|now| rebase(plan.clone(), then, now).1).unwrap_or_default();
    let changed: BTreeSet<&str> = drift
        .iter()
        .filter_map(|one| match one {
            Drift::ValueChanged { path, .. } => Some(path.as_str()),
            _ => None,
        })
        .collect();
    let divided = [FIRST_NAME, LAST_NAME, EMAIL, PHONE, DATE_OF_BIRTH].into_iter();
    let divided: BTreeSet<&str> = divided.filter(|path| mine(plan, path, then).is_some()).collect();
    let rows = changed.union(&divided).map(|path| {
        let read = |text: String| readable(path, &text, names);
        ConflictRow {
            path: (*path).to_owned(),
            label: label::field(path),
            when_decided: text(then, path).map(read),
            now: now.as_ref().and_then(|now| text(now, path)).map(read),
            mine: mine(plan, path, then).map(|[original, new]| {
                let side = |value: Option<String>| value.map_or_else(|| "nothing".to_owned(), read);
                format!("original: {}; new: {}", side(original), side(new))
            }),
            changed: changed.contains(path),
        }
    });
    let mut also = Vec::new();
    if missing {
        also.push("The server does not have this contact any more.".to_owned());
    }
    also.extend(now.as_ref().map(|now| sentences(&drift, then, now)).unwrap_or_default());
    let anew = Anew::Separation { contact_id: plan.contact_id.clone() };
    Compared::of(rows.collect(), also, (!missing).then_some(anew))
}

fn text(subject: &Subject, path: &str) -> Option<String> {
    if path == PHONE {
        return subject.contact.primary_phone().map(str::to_owned);
    }
    value(&subject.contact, path)
}

/// What the plan gives to the original and to the new contact; `None` where it leaves the value as it is.
fn mine(plan: &SeparationPlan, path: &str, then: &Subject) -> Option<[Option<String>; 2]> {
    let fields = &plan.fields;
    let written = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
    let pair = match path {
        FIRST_NAME => [written(&fields.first_name.original), written(&fields.first_name.new)],
        LAST_NAME => [written(&fields.last_name.original), written(&fields.last_name.new)],
        EMAIL => [fields.email.original.clone(), fields.email.new.clone()],
        PHONE => [fields.phone_number.original.clone(), fields.phone_number.new.clone()],
        DATE_OF_BIRTH => [fields.date_of_birth.original.clone(), fields.date_of_birth.new.clone()],
        path => {
            let field = TargetField::ALL.into_iter().find(|field| field.path() == path)?;
            let value = text(then, path);
            match fields.target(field) {
                Target::Original => [value, None],
                Target::New => [None, value],
            }
        }
    };
    pair.iter().any(Option::is_some).then_some(pair)
}

/// What changed and is no value.
fn sentences(drift: &[Drift], then: &Subject, now: &Subject) -> Vec<String> {
    let mut told: Vec<String> = drift.iter().filter_map(|one| sentence(one, then, now)).collect();
    if let Some(more) = told.len().checked_sub(MOST).filter(|more| *more > 0) {
        told.truncate(MOST);
        told.push(format!("{more} more changes like these."));
    }
    told
}

fn sentence(drift: &Drift, then: &Subject, now: &Subject) -> Option<String> {
    let document = |of: &Subject, id: &str| {
        let found = of.documents.iter().flatten().find(|document| document.id == id);
        found.map_or_else(String::new, |document| format!(" “{}”", document.filename))
    };
    Some(match drift {
        Drift::ChildAppeared { kind, id } => format!("New since you decided: {}.", called(now, *kind, id)),
        Drift::ChildVanished { kind, id, .. } => {
            format!("Gone since you decided: {}.", called(then, *kind, id))
        }
        Drift::ChildChanged { kind, id } => format!("Changed since you decided: {}.", called(now, *kind, id)),
        Drift::DividerDropped { conversation } => {
            let (noun, _) = nouns(cleave_core::separation::ChildKind::Conversation);
            let what = now.conversation(conversation).map_or_else(
                || noun.to_owned(),
                |_| called(now, cleave_core::separation::ChildKind::Conversation, conversation),
            );
            format!("The message at the cut is gone: {what}.")
        }
        Drift::DocumentAppeared { id } => format!("New since you decided: a document{}.", document(now, id)),
        Drift::DocumentVanished { id } => {
            format!("Gone since you decided: a document{}.", document(then, id))
        }
        Drift::ValueChanged { .. } => return None,
    })
}
