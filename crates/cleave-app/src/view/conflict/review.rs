//! A decision about a review beside the review as it is now.

use std::collections::BTreeSet;

use cleave_core::contact::Contact;
use cleave_core::decision::Decision;
use cleave_core::field::{FieldPath, Side};
use cleave_core::review::{Party, ReviewStatus};
use cleave_store::{CachedReview, Entry};
use jiff::Timestamp;
use serde_json::Value;

use super::Compared;
use crate::ipc::{Anew, ConflictRow};
use crate::view::field::readable;
use crate::view::names::Names;
use crate::view::review::resolved;
use crate::view::separation::label;

/// What a merge makes of every value of the source as such; what survives of it is among the candidate's.
const DISSOLVED: &str = "dissolved";

/// The review as it is now.
pub(crate) struct Now<'a> {
    /// As it was read last.
    pub cached: &'a CachedReview,
    /// Names behind ids.
    pub names: &'a Names,
    /// Contacts that the server says it does not have.
    pub gone: Vec<String>,
}

/// The comparison. `missing`: the server does not have the review.
pub(crate) fn compare(entry: &Entry, now: Option<Now<'_>>, missing: bool) -> Compared {
    let mut rows = Vec::new();
    for side in [Side::Source, Side::Candidate] {
        rows.extend(rows_of(entry, side, now.as_ref()));
    }
    // A field in which the pair differed, or of which one side changed, is shown of both.
    let matter: BTreeSet<FieldPath> = rows
        .iter()
        .filter(|row| {
            row.1.changed || seen(entry, Side::Source, &row.0) != seen(entry, Side::Candidate, &row.0)
        })
        .map(|row| row.0.clone())
        .collect();
    let rows = rows.into_iter().filter(|row| matter.contains(&row.0)).map(|row| row.1).collect();
    let open = now.as_ref().is_some_and(|now| now.cached.open && !now.cached.review.status.is_resolved());
    let anew = (open && !missing).then(|| Anew::Review { review_id: entry.subject.clone() });
    Compared::of(rows, also(entry, now.as_ref(), missing), anew)
}

fn also(entry: &Entry, now: Option<&Now<'_>>, missing: bool) -> Vec<String> {
    let mut also = Vec::new();
    if missing {
        also.push("The server does not have this review any more.".to_owned());
    }
    let Some(now) = now else { return also };
    let review = &now.cached.review;
    if let Some(how) = resolved(review) {
        also.push(match &review.resolved_at {
            Some(at) => format!("The review is resolved: {how}, {}.", when(at)),
            None => format!("The review is resolved: {how}."),
        });
    }
    for (side, party, then) in [
        ("source", &review.source, entry.source_id()),
        ("candidate", &review.candidate, entry.candidate_id()),
    ] {
        if is_gone(side == "source", party, now) {
            also.push(format!("The {side} is not there any more."));
        } else if then.is_some_and(|then| then != party.id) {
            also.push(format!("The {side} is another contact than the one you decided about."));
        }
    }
    also
}

/// Whether the contact is not there: the server says so, or a merge has dissolved it.
fn is_gone(is_source: bool, party: &Party, now: &Now<'_>) -> bool {
    let dissolved = is_source && now.cached.review.status == ReviewStatus::Merged;
    dissolved || now.gone.contains(&party.id)
}

fn rows_of(entry: &Entry, side: Side, now: Option<&Now<'_>>) -> Vec<(FieldPath, ConflictRow)> {
    let word = match side {
        Side::Source => "source",
        Side::Candidate => "candidate",
    };
    let party = now.map(|now| match side {
        Side::Source => &now.cached.review.source,
        Side::Candidate => &now.cached.review.candidate,
    });
    let gone = now.zip(party).is_some_and(|(now, party)| is_gone(side == Side::Source, party, now));
    let contact: Option<&Contact> = party.and_then(|party| party.contact.as_ref()).filter(|_| !gone);
    let then = entry.seen.get(word).and_then(Value::as_object);
    let mut paths: BTreeSet<FieldPath> =
        contact.map(Contact::paths).unwrap_or_default().into_iter().collect();
    paths.extend(then.into_iter().flatten().map(|(path, _)| FieldPath::new(path)));
    let known = gone || contact.is_some();
    let read = |path: &FieldPath, text: Option<String>| {
        text.map(|text| match now {
            Some(now) => readable(path.as_str(), &text, now.names),
            None => text,
        })
    };
    paths
        .into_iter()
        .map(|path| {
            let before = seen(entry, side, &path);
            let current = contact.and_then(|contact| contact.text(path.as_str()));
            // Nothing that was kept of what was seen tells of no change.
            let changed = known && then.is_some() && before != current;
            let kept = if known { current.clone() } else { before.clone() };
            let mine = match (&entry.decision, side) {
                (Decision::Merge { .. }, Side::Source) => Some(DISSOLVED.to_owned()),
                (Decision::Merge { .. }, Side::Candidate) => {
                    let predicted = entry.predicted.iter().find(|one| one.path == path.as_str());
                    predicted.map_or(kept, |one| one.value.clone())
                }
                _ => kept,
            };
            let row = ConflictRow {
                path: format!("{word}.{path}"),
                label: format!("{}: {}", titled(side), label::field(path.as_str())),
                when_decided: read(&path, before),
                now: read(&path, current),
                mine: match (&entry.decision, side) {
                    // Words of ours are no value to read.
                    (Decision::Merge { .. }, Side::Source) => mine,
                    _ => read(&path, mine),
                },
                changed,
            };
            (path, row)
        })
        .collect()
}

/// The side as a heading says it.
fn titled(side: Side) -> &'static str {
    match side {
        Side::Source => "Source",
        Side::Candidate => "Candidate",
    }
}

/// The time as people read it; what is no time stays as the server wrote it.
fn when(at: &str) -> String {
    at.parse::<Timestamp>()
        .map_or_else(|_| at.to_owned(), |at| at.strftime("%Y-%m-%d at %H:%M UTC").to_string())
}

/// What the admin saw of a field.
fn seen(entry: &Entry, side: Side, path: &FieldPath) -> Option<String> {
    let side = match side {
        Side::Source => "source",
        Side::Candidate => "candidate",
    };
    entry.seen.get(side)?.get(path.as_str())?.as_str().map(str::to_owned)
}
