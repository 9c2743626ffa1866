//! The scripted session: what an admin and the sender do, one call of the store a step.

use cleave_core::decision::Decision;
use cleave_core::field::Side;
use cleave_core::outbox::{Event, Hold};
use cleave_core::separation::{
    Child, ChildKind, DecidedSeparation, Edit, Expected, Receipt, ReceiptItem, ReceiptLine, SeparationPlan,
    Subject, Target, preview,
};
use cleave_store::{
    AttemptEnd, Difference, Effects, Evidence, NewEntry, Predicted, Result, Store, Superseding, Written,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// One step.
#[derive(Clone, Copy)]
pub enum Step {
    /// Closes the store, if it is open, and opens it.
    Open,
    /// One call.
    Call(fn(&Store, Timestamp) -> Result<()>),
}

/// When a step happens: a minute after the one before.
pub fn at(step: usize) -> Timestamp {
    let start: Timestamp = "2026-03-01T09:00:00Z".parse().unwrap();
    start + SignedDuration::from_mins(i64::try_from(step).unwrap())
}

/// When the next process opens what is left.
pub fn afterwards() -> Timestamp {
    at(1_000_000)
}

/// The session of the CI sizes.
pub const SHORT: &[Step] = &[
    Step::Open,
    Step::Call(|store, now| store.put_draft("c1", "Jane", "a first plan", now)),
    Step::Call(|store, now| store.put_draft("c1", "Jane", &"a plan ".repeat(1000), now)),
    Step::Call(|store, now| decide(store, merge("merge", "r1", now), Superseding::No)),
    Step::Call(|store, now| decide(store, keep("keep", "r2", now), Superseding::No)),
    Step::Call(|store, now| decide(store, merge("waits", "r7", now), Superseding::No)),
    // Takes the draft with it.
    Step::Call(|store, now| decide(store, separate("separation", "c1", now), Superseding::No)),
    Step::Call(|store, now| store.withdraw("keep", now).map(drop)),
    Step::Call(|store, now| decide(store, keep("again", "r2", now), Superseding::No)),
    Step::Call(|store, now| decide(store, merge("instead", "r2", now), Superseding::Yes)),
    Step::Call(|store, now| store.hold_all(Hold::Auth, "Sign in again.", now).map(drop)),
    Step::Call(|store, now| store.retry("merge", now).map(drop)),
    Step::Call(take),
    Step::Call(|store, now| send(store, "merge", now)),
    Step::Call(|store, now| {
        let done = Effects {
            differences: Some(vec![Difference { path: "email".into(), predicted: None, actual: None }]),
            dissolved: Some("source r1".into()),
            ..answered(200, now)
        };
        step(store, "merge", Event::Confirmed, &done)
    }),
    Step::Call(|store, now| {
        let seen = Evidence { at: now, kind: "reading".into(), detail: "the contact".into() };
        store.record_differences(&store.entry_head("merge")?, &[], &seen).map(drop)
    }),
    Step::Call(|store, now| store.retry("separation", now).map(drop)),
    Step::Call(take),
    Step::Call(|store, now| send(store, "separation", now)),
    Step::Call(|store, now| step(store, "separation", Event::Unknown, &Effects::at(now, "No answer."))),
    Step::Call(|store, now| step(store, "separation", Event::Missing, &Effects::at(now, "Look."))),
    Step::Call(|store, now| store.mark_applied("separation", "I saw both.", now).map(drop)),
    Step::Call(|store, now| {
        let seen = Evidence { at: now, kind: "reading".into(), detail: "both contacts".into() };
        store.record_receipt(&store.entry_head("separation")?, &receipt(), &seen).map(drop)
    }),
    Step::Call(|store, now| store.retry("instead", now).map(drop)),
    Step::Call(take),
    Step::Call(|store, now| send(store, "instead", now)),
    // The one that is being sent becomes uncertain.
    Step::Open,
    Step::Call(|store, now| store.put_draft("c2", "Ann", "another plan", now)),
    Step::Call(|store, _| store.discard_draft("c2").map(drop)),
    Step::Call(|store, now| store.retry("waits", now).map(drop)),
    Step::Call(take),
    Step::Call(|store, now| send(store, "waits", now)),
];

/// As [`SHORT`], with so much written in between that the log is brought into the file and begun anew, twice.
pub fn long() -> Vec<Step> {
    let large = Step::Call(|store, now| store.put_draft("c3", "Ann", &"x".repeat(600_000), now));
    let mut steps = SHORT.to_vec();
    for _ in 0..8 {
        steps.insert(24, large);
        steps.insert(12, large);
    }
    steps
}

fn take(store: &Store, now: Timestamp) -> Result<()> {
    store.take_next(now).map(drop)
}

fn decide(store: &Store, new: NewEntry, superseding: Superseding) -> Result<()> {
    store.insert_decision(&new, superseding).map(drop)
}

fn step(store: &Store, op_id: &str, event: Event, effects: &Effects) -> Result<()> {
    store.advance(&store.entry_head(op_id)?, event, effects).map(drop)
}

fn send(store: &Store, op_id: &str, now: Timestamp) -> Result<()> {
    let sending = Effects { body_hash: Some("00ff".into()), ..Effects::at(now, "Being sent.") };
    step(store, op_id, Event::Unchanged, &sending)
}

fn answered(status: u16, now: Timestamp) -> Effects {
    Effects {
        attempt: Some(AttemptEnd {
            written: Written::Answered,
            status: Some(status),
            outcome: "Done.".into(),
        }),
        evidence: Some(Evidence { at: now, kind: "answer".into(), detail: status.to_string() }),
        ..Effects::at(now, "Done.")
    }
}

/// A merge of a review, with contacts named after it.
pub fn merge(op_id: &str, review_id: &str, now: Timestamp) -> NewEntry {
    NewEntry {
        op_id: op_id.into(),
        subject: review_id.into(),
        decision: Decision::Merge { choices: [("email".into(), Side::Source)].into(), note: None },
        basis: "0123456789abcdef".into(),
        seen: Value::Null,
        title: "Ann and Anne".into(),
        contact_ids: vec![format!("source {review_id}"), format!("candidate {review_id}")],
        predicted: vec![Predicted { path: "email".into(), value: Some("a@example.org".into()) }],
        decided_at: now,
        cancel_until: now + SignedDuration::from_hours(24),
        from_draft: false,
    }
}

fn keep(op_id: &str, review_id: &str, now: Timestamp) -> NewEntry {
    NewEntry {
        decision: Decision::KeepSeparate { note: Some("twins".into()) },
        ..merge(op_id, review_id, now)
    }
}

fn separate(op_id: &str, contact_id: &str, now: Timestamp) -> NewEntry {
    let note = |id: &str| Child {
        id: id.into(),
        kind: ChildKind::Note,
        title: "Call back".into(),
        detail: "about the invoice".repeat(20),
        at: None,
        facts: [].into(),
    };
    let mut subject = Subject { notes: vec![note("n1"), note("n2")], ..Subject::default() };
    subject.contact.id = contact_id.into();
    let mut plan = SeparationPlan::start(&subject);
    for (id, to) in [("n1", Target::Original), ("n2", Target::New)] {
        plan.apply(Edit::Assign { kind: ChildKind::Note, id: id.into(), to: to.into() }).unwrap();
    }
    let seen = preview(&subject, &plan);
    let decided = DecidedSeparation {
        request: serde_json::json!({"fieldSplit": {}}),
        expected: Expected::of(&subject, &plan, &seen),
        predicted: seen.summary,
        subject: subject.kept_for(&plan),
        plan,
    };
    NewEntry {
        decision: Decision::Separate(Box::new(decided)),
        title: "Jane into Jane and Janet".into(),
        contact_ids: Vec::new(),
        predicted: Vec::new(),
        from_draft: true,
        ..merge(op_id, contact_id, now)
    }
}

fn receipt() -> Receipt {
    let line = ReceiptLine {
        item: ReceiptItem::Counter { name: "notesMoved".into() },
        predicted: Some("1".into()),
        actual: Some("2".into()),
        same: false,
    };
    Receipt { new_contact_id: Some("c9".into()), counters: vec![line], contacts: Vec::new() }
}
