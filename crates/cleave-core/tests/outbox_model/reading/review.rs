//! Reviews, read by `before_sending` and `after_uncertainty`.

use cleave_core::contact::Contact;
use cleave_core::decision::Decision;
use cleave_core::outbox::Event;
use cleave_core::reconcile::{after_uncertainty, basis_of, before_sending};
use cleave_core::review::{Party, Review, ReviewKind, ReviewStatus};
use serde_json::json;

use super::super::world::{Kind, Mark, Shows, Subject};

const OPERATIONS: [&str; 2] = ["first", "second"];

/// Before sending, and after a send of which nobody knows what became.
pub fn said(kind: Kind, entry: usize, subject: Subject) -> (Event, Event) {
    let decision = match kind {
        Kind::Merge => Decision::Merge { choices: [].into(), note: None },
        _ => Decision::KeepSeparate { note: None },
    };
    let (basis, now) = (basis_of(&review(Subject::BEFORE)), review(subject));
    let op_id = OPERATIONS[entry];
    (before_sending(&decision, &basis, op_id, &now), after_uncertainty(&decision, op_id, &now))
}

fn review(subject: Subject) -> Review {
    let status = match subject.shows {
        Shows::Merged => ReviewStatus::Merged,
        Shows::Kept => ReviewStatus::KeptSeparate,
        _ => ReviewStatus::NeedsReview,
    };
    let email = if subject.shows == Shows::Edited { "new@example.com" } else { "old@example.com" };
    let party = |id: &str| Party {
        id: id.to_owned(),
        contact: Some(Contact {
            id: id.to_owned(),
            values: [("email".into(), json!(email))].into(),
            ..Contact::default()
        }),
        snapshot: None,
    };
    Review {
        id: "review".to_owned(),
        organization_id: None,
        source: party("source"),
        candidate: party("candidate"),
        kind: ReviewKind::FuzzyMatch,
        status,
        score: None,
        breakdown: Vec::new(),
        thresholds: Vec::new(),
        conflict_phone: None,
        resolved_op_id: match subject.mark {
            Mark::None => None,
            Mark::Entry(entry) => Some(OPERATIONS[usize::from(entry)].to_owned()),
            Mark::Stranger => Some("a stranger's".to_owned()),
        },
        resolved_by: None,
        resolved_at: None,
        created_at: None,
        updated_at: None,
    }
}
